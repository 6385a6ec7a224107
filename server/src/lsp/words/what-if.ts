/** The same call in other ways, and what each would cost. */
import { cheaperAlternatives } from '@farthing/shared/catalogue/alternatives';
import type { Catalogue, Model } from '@farthing/shared/catalogue/catalogue';
import { costPerCall } from '@farthing/shared/cost';
import { formatCount, formatMoney } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { LlmCall } from '../../calls/call.ts';
import { needsOf } from '../../rules/support/needs.ts';
import { cacheablePrefix } from './call-facts.ts';
import { alignRows } from './table.ts';

interface Row {
  readonly label: string;
  readonly cost: Range | null;
  readonly note: string;
}

const MOST_MODELS = 3;

/**
 * Lines of equal columns: what it is, its cost per call, the difference to today. Empty where the call as it is has no
 * figure: then there is nothing to compare with.
 */
export function whatIf(call: LlmCall, model: Model, catalogue: Catalogue): readonly string[] {
  const today = call.cost.perCall;
  if (today === null || today.basis === 'unknown' || today.expected === 0) return [];
  const rows: Row[] = [{ label: 'as it is', cost: today, note: '' }];
  const isBatch = call.tier === 'batch';
  const usage = { ...call.tokens, batch: isBatch };
  const prefix = cacheablePrefix(call, model);
  if (prefix !== null && model.price.cacheRead !== null) {
    const cost = costPerCall(model, { ...usage, cachedInput: prefix.expected });
    rows.push({ label: `${formatCount(prefix.expected)} cached (from 2nd use)`, cost, note: '' });
  }
  if (model.batchFactor !== null && !isBatch && call.streaming !== true) {
    rows.push({ label: 'as a batch (24 h)', cost: costPerCall(model, { ...usage, batch: true }), note: '' });
  }
  for (const other of cheaperAlternatives(catalogue, model, needsOf(call)).slice(0, MOST_MODELS)) {
    const note = 'another model: check quality on your own cases';
    rows.push({ label: other.id, cost: costPerCall(other, usage), note });
  }
  const head = [callSize(call), 'per call', 'against today', ''];
  return alignRows([head, ...rows.filter(({ cost }) => cost !== null).map((row) => cells(row, today))], [1, 2]);
}

function cells({ label, cost, note }: Row, today: Range): readonly string[] {
  const change = cost === null || cost === today ? '' : difference(cost.expected, today.expected);
  return [`  ${label}`, formatMoney(cost), change, note];
}

function difference(cost: number, today: number): string {
  const percent = Math.round((cost / today - 1) * 100);
  return percent === 0 ? 'the same' : `${percent > 0 ? '+' : ''}${percent}%`;
}

function callSize({ tokens }: LlmCall): string {
  return `this call, about ${formatCount(tokens.input.expected)} in + ${formatCount(tokens.output.expected)} out`;
}
