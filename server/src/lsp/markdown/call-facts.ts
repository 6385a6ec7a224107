/** Facts about a call that several features of the editor show. */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { formatDollars, formatMoney, formatTokens } from '@farthing/shared/money';
import { printableData } from '@farthing/shared/printable';
import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import type { LlmCall } from '../../calls/call.ts';
import { stablePrefix } from '../../calls/facts/prompt-prefix.ts';
import { describeBriefCost, describeCost, describeInput, describeOutput } from '../../report/describe.ts';
import { describeCallers, describeVia, wrapperName } from '../../report/describe-feature.ts';
import { describeChoice, describeModel } from '../../report/describe-model.ts';
import { describeRun } from '../../report/describe-multiplier.ts';
import { calledFrom, reportCall } from '../../report/report.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { CallWords } from '../protocol.ts';

/** The model in the catalogue, by its certain name or its hint; null if it is unknown. */
export function modelOf(call: LlmCall, { catalogue }: Pick<Workspace, 'catalogue'>): Model | null {
  const name = call.model.value ?? call.model.hint;
  return name === null ? null : catalogue.find(call.provider, name);
}

/** Tokens at the front that never change, if the provider caches them or could; null otherwise. */
export function cacheablePrefix(call: LlmCall, model: Model | null): Range | null {
  if (model === null || model.cacheMinimum === null) return null;
  if (model.cacheMode !== 'automatic' && model.cacheMode !== 'marker') return null;
  const prefix = stablePrefix(call);
  return prefix.low >= model.cacheMinimum ? prefix : null;
}

/** A call in the terminal's wording. */
export function callWords(call: ReportCall): CallWords {
  return printableData({
    model: describeModel(call),
    input: describeInput(call),
    output: describeOutput(call),
    cost: describeCost(call),
    brief: describeBriefCost(call),
    wrapper: wrapperName(call),
  });
}

export function wordsOf(call: LlmCall): CallWords {
  return callWords(reportCall(call, () => NOWHERE));
}

/** What multiplies the call, and what a run of it costs; empty if nothing does. */
export function runWords(call: LlmCall): string {
  return describeRun(reportCall(call, () => NOWHERE));
}

/** `one of 6 models`; empty if the call has no choice. */
export function choiceWords(call: LlmCall): string {
  return describeChoice(reportCall(call, () => NOWHERE));
}

/** The feature calls that lead to a request, sorted by cost, the most expensive first. */
export function callersOf(request: LlmCall, { known }: Pick<Workspace, 'known'>): readonly LlmCall[] {
  const cost = ({ cost: { perCall } }: LlmCall) => (perCall === null ? -1 : perCall.expected);
  return known.featuresOf(request).toSorted((a, b) => cost(b) - cost(a));
}

/** `called from 62 places, $0.0002 to $0.05 per call`; empty for any call but a request with callers. */
export function callersWords(callers: readonly LlmCall[]): string {
  return describeCallers({ calledFrom: calledFrom(callers) });
}

/** `via createGenerateText`; empty for a request. */
export function viaWords({ via }: LlmCall): string {
  return describeVia({
    via: via.map(({ origin, function: name }) => ({ path: origin.path, line: 1, function: name })),
  });
}

/** A cost in a table: its range without a basis. */
export function costOf(cost: Range | null): string {
  if (cost === null) return 'unknown';
  return cost.basis === 'unknown' ? `from ${formatDollars(cost.low, 2)}` : formatMoney(cost);
}

/** `1,240 in, 1,180 cacheable`. */
export function inputWords(call: LlmCall, model: Model | null): string {
  const { input } = wordsOf(call);
  const prefix = cacheablePrefix(call, model);
  return prefix === null ? input : `${input}, ${formatTokens(prefix)} cacheable`;
}

/** The wording does not depend on the position. */
const NOWHERE = { path: '', cell: null, line: 1, column: 1, endLine: 1, endColumn: 1 };
