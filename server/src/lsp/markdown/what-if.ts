/** The same call in other ways, and the cost of each. */
import { cheaperAlternatives } from '@farthing/shared/catalogue/alternatives';
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { formatCount, formatMoney } from '@farthing/shared/money';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Range } from '@farthing/shared/range';
import type { LlmCall } from '../../calls/call.ts';
import { modelRequirements } from '../../calls/facts/model-requirements.ts';
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
export function whatIf(call: LlmCall, model: Model, catalogue: Catalogue): WhatIf | null {
  const today = call.cost.perCall;
  if (today === null || today.basis === 'unknown' || today.expected === 0) return null;
  const rows: Row[] = [{ label: 'as it is', cost: today }];
  const isBatch = call.tier === 'batch';
  const usage = { ...call.tokens, batch: isBatch };
  const prefix = cacheablePrefix(call, model);
  if (prefix !== null && model.price.cacheRead !== null) {
    const cost = costPerCall(model, { ...usage, cachedInput: prefix.expected });
    rows.push({ label: `${formatCount(prefix.expected)} cached (from 2nd use)`, cost });
  }
  if (model.batchFactor !== null && !isBatch && call.streaming !== true) {
    const hours = PROVIDER_TABLE[model.provider].batch?.hours;
    const label = hours === undefined ? 'as a batch' : `as a batch (${hours} h)`;
    rows.push({ label, cost: costPerCall(model, { ...usage, batch: true }) });
  }
  const others = cheaperAlternatives(catalogue, model, modelRequirements(call)).slice(0, MAX_MODELS);
  for (const other of others) rows.push({ label: other.id, cost: costPerCall(other, usage) });
  return {
    rows: [
      [callSize(call), 'per call', 'change'],
      ...rows.filter(({ cost }) => cost !== null).map((row) => cells(row, today)),
    ],
    note: others.length === 0 ? null : 'Another model may give worse answers: check quality on your own cases.',
  };
}

/** Lines with aligned columns, for a monospaced font. */
export function whatIfLines({ rows: [head = [], ...rows], note }: WhatIf): readonly string[] {
  const table = alignRows([head, ...rows.map(([label, ...rest]) => [`  ${label}`, ...rest])], [1, 2]);
  return note === null ? table : [...table, note];
}

function cells({ label, cost }: Row, today: Range): readonly string[] {
  const change = cost === null || cost === today ? '' : difference(cost.expected, today.expected);
  return [label, formatMoney(cost), change];
}

function difference(cost: number, today: number): string {
  const percent = Math.round((cost / today - 1) * 100);
  return percent === 0 ? 'the same' : `${percent > 0 ? '+' : ''}${percent}%`;
}

function callSize({ tokens }: LlmCall): string {
  return `this call, about ${formatCount(tokens.input.expected)} in + ${formatCount(tokens.output.expected)} out`;
}
