/** The same call in other ways, and the cost of each. */
import { cheaperAlternatives } from '@farthing/shared/catalogue/alternatives';
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import type { Language } from '@farthing/shared/language';
import { formatCount } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Range } from '@farthing/shared/range';
import type { LlmCall } from '../../calls/call.ts';
import { cacheUse } from '../../calls/estimate/measured-figures.ts';
import { modelRequirements } from '../../calls/facts/model-requirements.ts';
import { costColumn } from '../../report/describe-figure.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { inDollars } from '../../report/report.ts';
import { cacheablePrefix } from './call-facts.ts';
import { type Page, text } from './page.ts';

interface Row {
  readonly label: string;
  readonly cost: Range | null;
}

const MAX_MODELS = 3;
const NO_CACHE = { cachedInput: 0, cacheWriteInput: 0 };

/** A table, and a note about the other models in it. Empty if the call has no figure to compare with. */
export function whatIf(call: LlmCall, model: Model, catalogue: Catalogue, language: Language): Page {
  const today = call.cost.perCall;
  // Other models are compared by tokens.
  if (call.cost.units !== null) return [];
  if (today === null || today.basis === 'unknown' || today.expected === 0) return [];
  const messages = messagesIn(language).editor.whatIf;
  const rows: Row[] = [{ label: messages.today, cost: today }];
  const isBatch = call.tier === 'batch';
  // The other ways would read from the provider's cache and write to it as well.
  const cache = call.measured === null ? NO_CACHE : cacheUse(call.measured.site);
  const usage = { ...call.tokens, ...cache, batch: isBatch };
  const prefix = cacheablePrefix(call, model);
  if (cache.cachedInput === 0 && prefix !== null && model.price.cacheRead !== null) {
    const cost = costPerCall(model, { ...usage, cachedInput: prefix.expected });
    rows.push({ label: messages.cached(formatCount(prefix.expected, language)), cost });
  }
  if (model.batchFactor !== null && !isBatch && call.streaming !== true) {
    const label = messages.batch(PROVIDER_TABLE[model.provider].batch?.hours ?? null);
    rows.push({ label, cost: costPerCall(model, { ...usage, batch: true }) });
  }
  const others = cheaperAlternatives(catalogue, model, modelRequirements(call)).slice(0, MAX_MODELS);
  for (const other of others) rows.push({ label: other.id, cost: costPerCall(other, usage) });
  const column = costColumn(inDollars(today), language);
  const cells = rows.flatMap(({ label, cost }): readonly (readonly string[])[] => {
    if (cost === null) return [];
    const change = cost === today ? '' : difference(cost.expected, today.expected, language);
    return [[label, column.cell(inDollars(cost)), change]];
  });
  const head = [callSize(call, language), column.head, messages.change];
  const table: Page = [{ kind: 'table', rows: [head, ...cells], right: [1, 2] }];
  return others.length === 0 ? table : [...table, text(messages.qualityNote)];
}

function difference(cost: number, today: number, language: Language): string {
  const percent = Math.round((cost / today - 1) * 100);
  return percent === 0 ? messagesIn(language).editor.whatIf.same : `${percent > 0 ? '+' : ''}${percent}%`;
}

function callSize({ tokens }: LlmCall, language: Language): string {
  const [input, output] = [tokens.input, tokens.output].map(({ expected }) => formatCount(expected, language));
  return messagesIn(language).editor.whatIf.size(input ?? '', output ?? '');
}
