import type { Prices } from '../../../core/prices.ts';
import type { ProviderLookup } from '../../../core/provider-lookup.ts';
import type { EmbeddingUsage } from '../../../semantic/embedders/embedder.ts';
import { inputUsage } from '../../../wire/usage.ts';

export interface CostTools {
  readonly prices: Prices;
  readonly providerAt: ProviderLookup;
}

/** Nano-dollars; null is unknown, and no usage costs nothing. */
export function embeddingCost(usage: EmbeddingUsage | null, { prices, providerAt }: CostTools): number | null {
  if (usage === null) return 0;
  const { url, model: name, tokens } = usage;
  const model = tokens === null ? null : prices.model(providerAt(url), name);
  const cost = model === null || tokens === null ? null : prices.cost(model, inputUsage(tokens), null);
  return cost === null ? null : Math.round(cost.amount);
}
