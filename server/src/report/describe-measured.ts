/** What was measured of a call, in words: how many calls, when, at which code, and how it differs from what the code says. */
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars, formatTokens, formatVolume, NANO_DOLLARS } from '@farthing/shared/money';
import { exactly, type Range } from '@farthing/shared/range';
import type { Report, ReportCall, ReportMeasured } from '@farthing/shared/report';
import { describeExpected, describeFigure } from './describe-figure.ts';
import { messagesIn } from './messages/index.ts';
import { plural } from './plural.ts';

type Measured = Pick<ReportCall, 'measured' | 'cost' | 'tokens'>;

/** `$0.0123 per call measured (n 4,210, 7 days until 2026-11-30) | 12k calls/day | 43% from cache`; empty without any. */
export function describeMeasured(call: Measured, language: Language = 'en'): string {
  const { measured } = call;
  if (measured === null) return '';
  const words = messagesIn(language).measured;
  const cost = measuredCost(call);
  const head = cost === null ? words.unpriced : words.cost(describeExpected(cost, language));
  return [`${head} (${sampleOf(measured, language)})`, ...describeUse(measured, language)].join(' | ');
}

/** `12k calls/day`, `43% from cache`, `2 lines changed since`. */
export function describeUse(measured: ReportMeasured, language: Language = 'en'): readonly string[] {
  const words = messagesIn(language).measured;
  const { callsPerDay, reused, failed, calls, tokens, changedLines, isOtherModel } = measured;
  const parts = callsPerDay === null ? [] : [words.perDay(formatVolume(roundVolume(callsPerDay), language))];
  if (reused > 0) parts.push(words.reused(percent(reused, reused + measured.answered)));
  if (tokens.cachedInput > 0) parts.push(words.inputCached(percent(tokens.cachedInput, tokens.input)));
  if (failed > 0) parts.push(words.failed(percent(failed, calls)));
  if (changedLines !== null && changedLines > 0) parts.push(words.changed(changedLines));
  if (isOtherModel) parts.push(words.otherModel);
  return parts;
}

/** `n 4,210, 7 days until 2026-11-30, at 3f2a1c0`: never a figure without them. */
export function sampleOf({ answered, from, to, revision }: ReportMeasured, language: Language = 'en'): string {
  const words = messagesIn(language).measured;
  const parts = [`n ${formatCount(answered, language)}`];
  if (from !== null && to !== null) {
    const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY);
    parts.push(words.until(days, to.slice(0, 10)));
  }
  return revision === null ? parts.join(', ') : [...parts, words.at(revision.slice(0, 7))].join(', ');
}

const DAY = 86_400_000;

/** What the code alone says, and why it differs; empty where nothing was measured. */
export function describePredicted(call: Measured, language: Language = 'en'): readonly string[] {
  const { measured } = call;
  if (measured === null) return [];
  const words = messagesIn(language).measured;
  const { predicted } = measured;
  const said = predicted.perRequest;
  const amount = said === null || said.basis === 'unknown' ? words.unpredicted : describeFigure(said, language);
  return [words.predicted(amount), ...differences(measured, language)];
}

function differences(measured: ReportMeasured, language: Language): readonly string[] {
  const words = messagesIn(language).measured;
  const { answered, tokens, predicted } = measured;
  if (answered === 0) return [];
  const of = (sum: number): Range => exactly(Math.round(sum / answered), 'measured');
  const compared = (what: 'input' | 'output', sum: number, range: Range): readonly string[] => {
    const mean = of(sum);
    const isWithin = range.basis !== 'unknown' && Math.abs(mean.expected - range.expected) <= range.expected * SAME;
    if (isWithin || (sum === 0 && range.high === 0)) return [];
    return [words[what](formatTokens(mean, language), formatTokens(range, language))];
  };
  const parts = [
    ...compared('input', tokens.input, predicted.input),
    ...compared('output', tokens.output, predicted.output),
  ];
  if (tokens.cachedInput > 0) parts.push(words.cachedWhy(percent(tokens.cachedInput, tokens.input)));
  if (measured.models.length > 1) parts.push(words.models(measured.models.length));
  return parts;
}

/** A tenth is no difference to explain. */
const SAME = 0.1;

/** The mean over the calls whose cost is known, in dollars; null if there are none. */
export function measuredCost({ measured }: Pick<ReportCall, 'measured'>): Range | null {
  if (measured === null || measured.priced === 0) return null;
  return exactly(measured.cost / measured.priced, measured.priced === measured.answered ? 'measured' : 'assumed');
}

/** `4,210 measured calls ($12.40) belong to no call of the code: gpt-6-luna $8.00, ...`; null if all do. */
export function describeUnjoined({ unjoined }: Pick<Report, 'unjoined'>): string | null {
  if (unjoined === null) return null;
  const models = unjoined.models.slice(0, MAX_MODELS).map(({ model, cost, answered, priced }) => {
    const amount = priced === 0 && answered > 0 ? 'cost unknown' : amountOf(cost);
    return `${model} ${amount}`;
  });
  const rest = unjoined.models.length - MAX_MODELS;
  if (rest > 0) models.push(plural(rest, 'other model'));
  const which = models.length === 0 ? '' : `: ${models.join(', ')}`;
  return `${plural(unjoined.calls, 'measured call')} (${amountOf(unjoined.cost)}) could not be joined to the code${which}`;
}

const MAX_MODELS = 5;

function amountOf(dollars: number): string {
  return formatDollars(Math.round(dollars * NANO_DOLLARS), 2);
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}

/** Two digits: a volume is never exactly the same on another day. */
function roundVolume(perDay: number): number {
  return Number(perDay.toPrecision(2));
}
