/** Tools that run at the provider: which they are, and the fee for each use. */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import type { Fee } from '@farthing/shared/vocabulary';
import { PROVIDER_TOOL_FEES } from '../../sdks/descriptors/message-names.ts';

/** A tool that the request allows the provider to run. */
export interface ProviderTool {
  /** As the request names it (`web_search_20250305`, `googleSearch`); null if only the run knows. */
  readonly name: string | null;
  /** The uses that the request allows; null if it sets no limit. */
  readonly maxUses: number | null;
}

/** What a use of a provider's tool costs, in addition to the tokens of what it finds. */
export interface ToolFee extends ProviderTool {
  readonly fee: Fee | null;
  /** Nano-dollars per use; null if unknown. */
  readonly perUse: number | null;
}

export function toolFees(tools: readonly ProviderTool[], model: Model | null): readonly ToolFee[] {
  return tools.map((tool) => {
    const kinds = PROVIDER_TOOL_FEES.find(([pattern]) => pattern.test(tool.name ?? ''))?.[1] ?? [];
    const known = kinds.flatMap((fee) => {
      const perUse = model?.fees[fee]?.low ?? null;
      return perUse === null ? [] : [{ fee, perUse }];
    });
    const [first] = known.toSorted((a, b) => b.perUse - a.perUse);
    return { ...tool, fee: first?.fee ?? kinds[0] ?? null, perUse: first?.perUse ?? null };
  });
}
