/** Describes calls, findings, tokens and money in words. Every format uses these functions, so that all formats agree. */

import { daysSince, STALE_AFTER } from '@farthing/shared/catalogue/age';
import type { Retirement } from '@farthing/shared/catalogue/catalogue';
import {
  formatCount,
  formatDollars,
  formatMoney,
  formatTokens,
  formatVolume,
  NANO_DOLLARS,
} from '@farthing/shared/money';
import { type Range, sumRanges } from '@farthing/shared/range';
import type { Report, ReportCall, ReportPosition } from '@farthing/shared/report';
import { SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import { byText } from '../files/paths.ts';
import { describeCallers, describeVia } from './describe-feature.ts';
import { describeFees } from './describe-fees.ts';
import { describeRates, isModelUnknown } from './describe-model.ts';
import { describeStep } from './describe-multiplier.ts';
import { monthlyShares } from './months.ts';

/** `1 call`, `2 calls`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** `42:18`, and in a notebook `cell 4, 42:18`: cells count from 1, as in editors. */
export function describePosition({ cell, line, column }: Pick<ReportPosition, 'cell' | 'line' | 'column'>): string {
  return cell === null ? `${line}:${column}` : `cell ${cell + 1}, ${line}:${column}`;
}

/**
 * Sorts by path, cell, line and column, the shorter first. A position in a notebook as a whole (no cell) comes before its
 * first cell.
 */
export function byPosition(a: ReportPosition, b: ReportPosition): number {
  return (
    byText(a.path, b.path) ||
    (a.cell ?? -1) - (b.cell ?? -1) ||
    a.line - b.line ||
    a.column - b.column ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn
  );
}

/** `openai chat.completions`; of a feature call, the function through which it goes: `via createGenerateText`. */
export function describeApi(call: ReportCall): string {
  return describeVia(call) || `${call.sdk} ${call.api}`;
}

/** `3,220 in`, `about 3,220 in`; where a part is unknown, `at least 1,290 in`: text that never changes is always sent. */
export function describeInput({ tokens, aboveContext }: ReportCall): string {
  if (aboveContext !== null)
    return `${formatTokens(tokens.input)} in, above the context of ${formatCount(aboveContext)}`;
  if (tokens.input.basis !== 'unknown') return `${formatTokens(tokens.input)} in`;
  const known = certainInput({ tokens });
  return known > 0 ? `at least ${formatCount(known)} in` : 'size unknown';
}

/** Tokens that the call sends in any case: where a part is unknown, those of text that never changes. */
export function certainInput({ tokens }: Pick<ReportCall, 'tokens'>): number {
  if (tokens.input.basis !== 'unknown') return tokens.input.low;
  return tokens.sections.reduce((sum, { stability, low }) => (stability === 'stable' ? sum + low : sum), 0);
}

/** `up to 500 out` under a limit, `about 300 out` without one; empty for calls that write no tokens. */
export function describeOutput({ tokens, outputLimit }: ReportCall): string {
  if (outputLimit.tokens !== null) return `up to ${formatCount(outputLimit.tokens)} out`;
  if (tokens.output.basis === 'unknown') return 'output unknown';
  return tokens.output.high === 0 ? '' : `${formatTokens(tokens.output)} out`;
}

/**
 * `$0.0114 per call, assumed`, and with a volume `$0.0114 per call, $570/month at 50k, assumed`. If part of the prompt is
 * unknown: `from $0.002 per call, the rest unknown`. If there is no figure, the reason. A request behind feature calls costs
 * what these cost: `called from 62 places, $0.0002 to $0.05 per call`.
 */
export function describeCost(call: ReportCall): string {
  const { perCall, perMonth } = call.cost;
  if (perMonth === null && call.calledFrom?.perCall) return describeCallers(call);
  if (perCall === null) return describeStep(call) ?? whyUnpriced(call);
  if (perCall.basis === 'unknown')
    return `from ${formatDollars(perCall.low * NANO_DOLLARS, 2)} per call${describeFees(call)}, the rest unknown`;
  const figure = `${formatDollarRange(perCall)} per call`;
  if (perMonth === null) return `${figure}, ${perCall.basis}`;
  const month = `${formatDollarRange(perMonth)}/month${volumeOf(perCall, perMonth)}`;
  if (perMonth.basis === perCall.basis) return `${figure}, ${month}, ${perCall.basis}`;
  return `${figure}, ${perCall.basis}; ${month}, ${perMonth.basis}`;
}

/** The figure alone, for a list: `$570/month` where the volume is known, else `$0.0114` for one call. */
export function describeBriefCost(call: ReportCall): string {
  const { perCall, perMonth } = call.cost;
  if (perMonth !== null) return `${formatDollarRange(perMonth)}/month`;
  if (call.calledFrom?.perCall) return formatDollarRange(call.calledFrom.perCall);
  if (perCall === null) return whyUnpriced(call);
  return perCall.basis === 'unknown'
    ? `from ${formatDollars(perCall.low * NANO_DOLLARS, 2)}`
    : formatDollarRange(perCall);
}

/** The volume behind both figures; empty for a call that costs nothing. */
function volumeOf(perCall: Range, perMonth: Range): string {
  return perCall.expected > 0 ? ` at ${formatVolume(Math.round(perMonth.expected / perCall.expected))}` : '';
}

/** Formats dollars of a report: the rest of the program counts in nano-dollars. */
export function formatDollarRange({ low, expected, high, basis }: Range): string {
  return formatMoney({ low: low * NANO_DOLLARS, expected: expected * NANO_DOLLARS, high: high * NANO_DOLLARS, basis });
}

function whyUnpriced(call: ReportCall): string {
  if (call.aboveContext !== null) return 'the prompt does not fit';
  if (isModelUnknown(call)) return 'model set at run time';
  if (call.tokens.input.basis !== 'unknown' && call.family !== 'agent') return 'price unknown';
  return describeRates(call) ?? 'cost unknown';
}

function isPriced({ cost }: ReportCall): boolean {
  return cost.perCall !== null && cost.perCall.basis !== 'unknown';
}

/**
 * `12 calls in 7 files, 9 priced, 3 with a model set at run time (they are listed, not guessed)`. Costs per
 * call are never added up: calls run at different rates, and a wrapper would count twice.
 */
export function describeCalls(report: Report): string {
  const calls = countedCalls(report);
  const inTests = report.calls.length - calls.length;
  const files = new Set(calls.map(({ path }) => path)).size;
  const unpriced = calls.filter((call) => !isPriced(call));
  const atRunTime = unpriced.filter(isModelUnknown).length;
  const others = unpriced.length - atRunTime;
  const parts = [
    `${plural(calls.length, 'call')} in ${plural(files, 'file')}`,
    `${formatCount(calls.length - unpriced.length)} priced`,
  ];
  const features = calls.filter(({ via }) => via.length > 0).length;
  if (features > 0) parts.splice(1, 0, `${formatCount(features)} through functions of the project`);
  if (others > 0) parts.push(`${formatCount(others)} with an unknown price or size`);
  if (atRunTime > 0) parts.push(`${formatCount(atRunTime)} with a model set at run time`);
  const rest = inTests === 0 ? '' : `; ${plural(inTests, 'call')} in tests (--include-tests counts them)`;
  return `${parts.join(', ')}${unpriced.length > 0 ? ' (they are listed, not guessed)' : ''}${rest}`;
}

/** The calls that totals are about: those in tests only where they were asked for. */
export function countedCalls({ calls, includesTests }: Pick<Report, 'calls' | 'includesTests'>): readonly ReportCall[] {
  return includesTests ? calls : calls.filter(({ isTest }) => !isTest);
}

/** Says what to do about models that nothing names, once for all calls; null if there are none. */
export function describeUnknownModels(report: Report): string | null {
  return countedCalls(report).some(isModelUnknown)
    ? 'A model that is set at run time has no cost until you declare it: farthing init --models proposes what to write'
    : null;
}

/** The sum of the declared or measured months, with no request in it twice; null if no call has one. */
export function describeMonth(report: Report): string | null {
  const calls = countedCalls(report);
  const shares = monthlyShares(calls);
  const months = calls.flatMap(({ id, cost }) => (cost.perMonth === null ? [] : (shares.get(id) ?? [])));
  if (months.length === 0) return null;
  const total = sumRanges(months);
  const rest = calls.length - shares.size;
  const whose =
    months.length === 1 ? 'the 1 call whose volume is' : `the ${formatCount(months.length)} calls whose volumes are`;
  const others = rest === 0 ? '' : `; ${plural(rest, 'call has', 'calls have')} no volume and are not included`;
  return `${formatDollarRange(total)} per month, ${total.basis}, for ${whose} known${others}`;
}

const SEVERITY_WORDS: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  information: ['information', 'information'],
  hint: ['hint', 'hints'],
};

/** `6 findings: 4 warnings, 2 information`. */
export function describeFindings({ diagnostics }: Report): string {
  if (diagnostics.length === 0) return 'No findings.';
  const counts = SEVERITIES.flatMap((severity) => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [plural(number, ...SEVERITY_WORDS[severity])];
  });
  return `${plural(diagnostics.length, 'finding')}: ${counts.join(', ')}`;
}

/** `3 have a suggested fix: farthing scan --fix-suggested all --dry-run shows them`; null if there is no fix. */
export function describeFixes({ diagnostics }: Report): string | null {
  const have = (safety: 'safe' | 'suggested'): string | null => {
    const count = diagnostics.filter(({ fix }) => fix === safety).length;
    return count === 0 ? null : `${formatCount(count)} ${count === 1 ? 'has' : 'have'} a ${safety} fix`;
  };
  const [safe, suggested] = [have('safe'), have('suggested')];
  const parts = [
    safe === null ? [] : `${safe}: farthing scan --fix`,
    suggested === null ? [] : `${suggested}: farthing scan --fix-suggested all --dry-run shows what it changes`,
  ].flat();
  return parts.length === 0 ? null : parts.join('. ');
}

/** Says what was searched, so that an empty report is not mistaken for a failure. */
export function describeNoCalls({ stats }: Report): string {
  return (
    `No LLM calls found in ${plural(stats.files, 'file')}. ` +
    'Searched TypeScript, JavaScript, Python and notebooks for calls to the SDKs that `farthing sdks` lists, and for requests to their APIs.'
  );
}

const OUTCOME_WORDS = {
  fails: ', after which calls fail',
  rerouted: ', after which the replacement answers and is billed',
};

/** `2026-12-01 (replacement: gemini-3.8-flash), after which the replacement answers and is billed`. */
export function describeRetirement({ date, outcome, replacement }: Retirement): string {
  const successor = replacement === null ? '' : ` (replacement: ${replacement})`;
  return `${date}${successor}${outcome === null ? '' : OUTCOME_WORDS[outcome]}`;
}

/** `second-hand: OpenAI deprecations page`. */
export function describeSource({ source, doubt }: Retirement): string {
  return doubt === null ? source : `${doubt}: ${source}`;
}

/** `prices: genai-prices of 2026-09-22, patched 2026-11-22`. */
export function describePrices({ source, date }: Report['prices']): string {
  return `prices: ${source.includes(date) ? source : `${source} of ${date}`}`;
}

/** Warns about prices that may be out of date; empty while they are recent. */
export function describeAge(date: string, now: Date): string {
  const days = daysSince(date, now);
  if (days <= STALE_AFTER) return '';
  return `prices: last checked ${formatCount(days)} days ago. Set "priceTable" in farthing.config.json to use a newer table.\n`;
}

/** The last line of a report. */
export function describeOrigin({ prices }: Report): string {
  return `${describePrices(prices)}. Nothing left this machine.`;
}
