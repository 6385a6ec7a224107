/** The same call in other ways, and the cost of each. */
import { cheaperAlternatives } from '@farthing/shared/catalogue/alternatives';
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatMoney } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Range } from '@farthing/shared/range';
import type { LlmCall } from '../../calls/call.ts';
import { modelRequirements } from '../../calls/facts/model-requirements.ts';
import { messagesIn } from '../../report/messages/index.ts';
import { cacheablePrefix } from './call-facts.ts';
import { alignRows } from './table.ts';

interface Row {
  readonly label: string;
  readonly cost: Range | null;
}

const MAX_MODELS = 3;

export interface WhatIf {
  /** The headings, then per row: what it is, its cost per call, and the difference to today. */
  readonly rows: readonly (readonly string[])[];
  /** A note about other models; null if there are none in the rows. */
  readonly note: string | null;
}

/** Null if the current call has no figure, because there is nothing to compare with. */
export function whatIf(call: LlmCall, model: Model, catalogue: Catalogue, language: Language): WhatIf | null {
  const today = call.cost.perCall;
  if (today === null || today.basis === 'unknown' || today.expected === 0) return null;
  const messages = messagesIn(language).editor.whatIf;
  const rows: Row[] = [{ label: messages.today, cost: today }];
  const isBatch = call.tier === 'batch';
  const usage = { ...call.tokens, batch: isBatch };
  const prefix = cacheablePrefix(call, model);
  if (prefix !== null && model.price.cacheRead !== null) {
    const cost = costPerCall(model, { ...usage, cachedInput: prefix.expected });
    rows.push({ label: messages.cached(formatCount(prefix.expected, language)), cost });
  }
  if (model.batchFactor !== null && !isBatch && call.streaming !== true) {
    const label = messages.batch(PROVIDER_TABLE[model.provider].batch?.hours ?? null);
    rows.push({ label, cost: costPerCall(model, { ...usage, batch: true }) });
  }
  const others = cheaperAlternatives(catalogue, model, modelRequirements(call)).slice(0, MAX_MODELS);
  for (const other of others) rows.push({ label: other.id, cost: costPerCall(other, usage) });
  return {
    rows: [
      [callSize(call, language), ...messages.head],
      ...rows.filter(({ cost }) => cost !== null).map((row) => cells(row, today, language)),
    ],
    note: others.length === 0 ? null : messages.qualityNote,
  };
}

/** Lines with aligned columns, for a monospaced font. */
export function whatIfLines({ rows: [head = [], ...rows], note }: WhatIf): readonly string[] {
  const table = alignRows([head, ...rows.map(([label, ...rest]) => [`  ${label}`, ...rest])], [1, 2]);
  return note === null ? table : [...table, note];
}

function cells({ label, cost }: Row, today: Range, language: Language): readonly string[] {
  const change = cost === null || cost === today ? '' : difference(cost.expected, today.expected, language);
  return [label, formatMoney(cost, language), change];
}

function difference(cost: number, today: number, language: Language): string {
  const percent = Math.round((cost / today - 1) * 100);
  return percent === 0 ? messagesIn(language).editor.whatIf.same : `${percent > 0 ? '+' : ''}${percent}%`;
}

function callSize({ tokens }: LlmCall, language: Language): string {
  const [input, output] = [tokens.input, tokens.output].map(({ expected }) => formatCount(expected, language));
  return messagesIn(language).editor.whatIf.size(input ?? '', output ?? '');
}
