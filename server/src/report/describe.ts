/** Describes calls, findings, tokens and money in words. Every format uses these functions, so that all formats agree. */

import { daysSince, STALE_AFTER } from '@farthing/shared/catalogue/age';
import type { Retirement } from '@farthing/shared/catalogue/catalogue';
import { LOCK_FILE } from '@farthing/shared/catalogue/lock/price-lock';
import { describeCurrency } from '@farthing/shared/display/currency';
import type { Language } from '@farthing/shared/language';
import {
  formatCount,
  formatExpected,
  formatMoney,
  formatTokens,
  formatVolume,
  NANO_DOLLARS,
} from '@farthing/shared/money';
import { type Range, scaleRange, sumRanges } from '@farthing/shared/range';
import type { Report, ReportCall, ReportPosition } from '@farthing/shared/report';
import { SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import { byText } from '../files/paths.ts';
import { describeCallers, describeVia, hasCostOfCallers } from './describe-feature.ts';
import { describeFees } from './describe-fees.ts';
import { describeAmount, describeExpected, describeFigure, describeLeast, describeSpan } from './describe-figure.ts';
import { describeRates, isModelUnknown } from './describe-model.ts';
import { describeStep } from './describe-multiplier.ts';
import { describeMade, describeUnitPrice } from './describe-units.ts';
import { messagesIn } from './messages/index.ts';
import { monthlyShares } from './months.ts';
import { plural } from './plural.ts';

/** `42:18`, and in a notebook `cell 4, 42:18`: cells count from 1, as in editors. */
export function describePosition(
  { cell, line, column }: Pick<ReportPosition, 'cell' | 'line' | 'column'>,
  language: Language = 'en',
): string {
  return cell === null ? `${line}:${column}` : `${messagesIn(language).cell(cell + 1)}, ${line}:${column}`;
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
export function describeApi(call: ReportCall, language: Language = 'en'): string {
  return describeVia(call, language) || `${call.sdk} ${call.api}`;
}

/** `3,220 in`, `about 3,220 in`; where a part is unknown, `at least 1,290 in`: text that never changes is always sent. */
export function describeInput({ tokens, aboveContext }: ReportCall, language: Language = 'en'): string {
  const messages = messagesIn(language).tokens;
  const size = formatTokens(tokens.input, language);
  if (aboveContext !== null) return messages.aboveContext(size, formatCount(aboveContext, language));
  if (tokens.input.basis !== 'unknown') return messages.input(size);
  const known = certainInput({ tokens });
  return known > 0 ? messages.inputAtLeast(formatCount(known, language)) : size;
}

/** Tokens that the call sends in any case: where a part is unknown, those of text that never changes. */
export function certainInput({ tokens }: Pick<ReportCall, 'tokens'>): number {
  if (tokens.input.basis !== 'unknown') return tokens.input.low;
  return tokens.sections.reduce((sum, { stability, low }) => (stability === 'stable' ? sum + low : sum), 0);
}

/** `up to 500 out` under a limit, `about 300 out` without one; `4 images`; empty for calls that write no tokens. */
export function describeOutput({ tokens, outputLimit, cost }: ReportCall, language: Language = 'en'): string {
  const messages = messagesIn(language).tokens;
  if (cost.units !== null) return describeMade(cost.units, language);
  if (outputLimit.tokens !== null) return messages.outputUpTo(formatCount(outputLimit.tokens, language));
  if (tokens.output.basis === 'unknown') return messages.outputUnknown;
  return tokens.output.high === 0 ? '' : messages.output(formatTokens(tokens.output, language));
}

/**
 * `~$0.0114 per call ($0.01 to $0.016), assumed`, and with a volume `~$0.0114 per call ($0.01 to $0.016), ~$570/month at 50k,
 * assumed`. If part of the prompt is unknown: `from $2.10 per 1,000 calls, the rest unknown`. If there is no figure, the
 * reason. A request behind feature calls costs what these cost: `62 callers, $0.20 to $50.00 per 1,000 calls`.
 */
export function describeCost(call: ReportCall, language: Language = 'en'): string {
  const { bases, cost } = messagesIn(language);
  const { perCall, perMonth } = call.cost;
  if (perMonth === null && call.calledFrom?.perCall) return describeCallers(call, language);
  if (perCall === null) return describeStep(call, language) ?? whyUnpriced(call, language);
  if (perCall.basis === 'unknown') return cost.atLeast(describeLeast(perCall, language), describeFees(call, language));
  const figure = describeFigure(perCall, language);
  if (perMonth === null) return `${figure}, ${bases[perCall.basis]}`;
  const month = monthOf(perMonth, language) + volumeOf(perCall, perMonth, language);
  if (perMonth.basis === perCall.basis) return `${figure}, ${month}, ${bases[perCall.basis]}`;
  return `${figure}, ${bases[perCall.basis]}; ${month}, ${bases[perMonth.basis]}`;
}

/** The figure alone, for a list: `~$570/month` where the volume is known, else `~$0.0114 per call`. */
export function describeBriefCost(call: ReportCall, language: Language = 'en'): string {
  const { perCall, perMonth } = call.cost;
  if (perMonth !== null) return monthOf(perMonth, language);
  if (call.calledFrom?.perCall) return describeSpan(call.calledFrom.perCall, language);
  if (perCall === null) return describeStep(call, language) ?? whyUnpriced(call, language);
  if (perCall.basis === 'unknown') return messagesIn(language).from(describeLeast(perCall, language));
  return describeExpected(perCall, language);
}

/** Its bounds are those of one call, which stand beside it. */
function monthOf(perMonth: Range, language: Language): string {
  const nanos = scaleRange(perMonth, NANO_DOLLARS);
  return messagesIn(language).cost.perMonth(formatExpected(nanos, language));
}

/** The volume behind both figures; empty for a call that costs nothing. */
function volumeOf(perCall: Range, perMonth: Range, language: Language): string {
  if (perCall.expected <= 0) return '';
  const calls = Math.round(perMonth.expected / perCall.expected);
  return messagesIn(language).cost.atVolume(formatVolume(calls, language));
}

function whyUnpriced(call: ReportCall, language: Language): string {
  const { cost, model } = messagesIn(language);
  if (call.aboveContext !== null) return cost.doesNotFit;
  if (isModelUnknown(call)) return model.setAtRunTime;
  if (call.cost.units !== null) return describeUnitPrice(call.cost.units, language);
  if (call.tokens.input.basis !== 'unknown' && call.family !== 'agent') return formatMoney(null, language);
  return describeRates(call, language) ?? cost.unknown;
}

/** True if the whole call has a cost, its own or that of the calls that lead to it. */
export function isPriced(call: ReportCall): boolean {
  const { perCall } = call.cost;
  return hasCostOfCallers(call) || (perCall !== null && perCall.basis !== 'unknown');
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
export function describeMonth(report: Report, language: Language = 'en'): string | null {
  const calls = countedCalls(report);
  const shares = monthlyShares(calls);
  const months = calls.flatMap(({ id, cost }) => (cost.perMonth === null ? [] : (shares.get(id) ?? [])));
  if (months.length === 0) return null;
  const total = sumRanges(months);
  const amount = describeAmount(total, language);
  return messagesIn(language).cost.months(amount, total.basis, months.length, calls.length - shares.size);
}

const SEVERITY_WORDS: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['error', 'errors'],
  warning: ['warning', 'warnings'],
  information: ['information', 'information'],
  hint: ['hint', 'hints'],
};

/** `6 findings: 4 warnings, 2 information; 3 calls in examples are not checked (--include-tests checks them)`. */
export function describeFindings(report: Report): string {
  const unchecked = describeUnchecked(report);
  if (unchecked !== null) return `${countFindings(report)}; ${unchecked}`;
  return report.diagnostics.length === 0 ? `${countFindings(report)}.` : countFindings(report);
}

function countFindings({ diagnostics }: Report): string {
  if (diagnostics.length === 0) return 'No findings';
  const counts = SEVERITIES.flatMap((severity) => {
    const number = diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
    return number === 0 ? [] : [plural(number, ...SEVERITY_WORDS[severity])];
  });
  return `${plural(diagnostics.length, 'finding')}: ${counts.join(', ')}`;
}

/** Calls in examples are counted, so a reader would expect findings there as well. */
function describeUnchecked(report: Report): string | null {
  if (report.includesTests) return null;
  const unchecked = countedCalls(report).filter(({ reachedFrom }) => reachedFrom === 'example').length;
  if (unchecked === 0) return null;
  const are = unchecked === 1 ? 'is' : 'are';
  return `${plural(unchecked, 'call')} in examples ${are} not checked (--include-tests checks ${unchecked === 1 ? 'it' : 'them'})`;
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

/** `2026-12-01 (replacement: gemini-3.8-flash), after which the replacement answers and is billed`. */
export function describeRetirement({ date, outcome, replacement }: Retirement, language: Language = 'en'): string {
  const { retirement } = messagesIn(language);
  const successor = replacement === null ? '' : retirement.replacement(replacement);
  return `${date}${successor}${outcome === null ? '' : retirement.outcomes[outcome]}`;
}

/** `second-hand: OpenAI deprecations page`. */
export function describeSource({ source, doubt }: Retirement, language: Language = 'en'): string {
  return doubt === null ? source : messagesIn(language).retirement.doubts[doubt](source);
}

/** `prices: genai-prices of 2026-09-22, patched 2026-11-22`. */
export function describePrices({ source, date }: Report['prices']): string {
  const currency = describeCurrency();
  const prices = `prices: ${source.includes(date) ? source : `${source} of ${date}`}`;
  return currency === null ? prices : `${prices}; ${currency}`;
}

/** Warns about prices that may be out of date; empty while they are recent. */
export function describeAge({ source, date }: Report['prices'], now: Date): string {
  const days = daysSince(date, now);
  if (days <= STALE_AFTER) return '';
  const remedy = source.startsWith(LOCK_FILE)
    ? '"farthing prices --lock" pins those of today'
    : 'Set "priceTable" in farthing.config.json to use a newer table';
  return `prices: last checked ${formatCount(days)} days ago. ${remedy}.\n`;
}

/** The last line of a report. */
export function describeOrigin({ prices }: Pick<Report, 'prices'>): string {
  return `${describePrices(prices)}. Nothing left this machine.`;
}
