/** What changed, in words that all formats share. */

import type { DiffAmount, DiffCall, DiffCause, DiffReport } from '@farthing/shared/diff-report';
import { formatCount, formatDollars, formatExpected, NANO_DOLLARS } from '@farthing/shared/money';
import { type Range, scaleRange } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import { describeAmount, describeFigure } from '../report/describe-figure.ts';
import { describeMeasured } from '../report/describe-measured.ts';
import { plural } from '../report/plural.ts';

/** Dollars. Below it, so many zeros precede a figure that it is said of 1,000 calls. */
const CENT = 0.01;
const DIGITS = 3;

/** Of causes. */
export const CAUSE_NAMES: Readonly<Record<DiffCause, string>> = {
  requests: 'requests behind it',
  prices: 'price',
  model: 'model',
  api: 'API',
  prompt: 'prompt',
  tools: 'tools',
  schema: 'answer schema',
  reasoning: 'reasoning',
  limit: 'output limit',
  tier: 'service tier',
  assumptions: 'assumed answer',
  loop: 'loop',
  volume: 'volume',
  cache: 'cache',
};

/** What was measured of the call, of the new revision if it is there; empty where nothing was. */
export function describeMeasuredOf({ base, head }: Pick<DiffCall, 'base' | 'head'>): string {
  const call = [head, base].find((one) => one?.measured != null);
  return call == null ? '' : describeMeasured(call).replaceAll(' | ', ', ');
}

/** The revision that shows a call as it is: the new one, unless the call is gone. */
export function shownCall({ head, base }: DiffCall): ReportCall {
  return (head ?? base) as ReportCall;
}

/** `main (3f2a1c9) to the working tree`. */
export function describeRevisions({ base, head }: Pick<DiffReport, 'base' | 'head'>): string {
  const named = ({ name, commit }: DiffReport['base']) =>
    commit === null || commit.startsWith(name) ? name : `${name} (${commit.slice(0, 9)})`;
  return `${named(base)} to ${named(head)}`;
}

/** `2 calls changed, 1 added, 1 removed, 37 unchanged`. */
export function describeCounts({ summary: { changed, added, removed, unchanged } }: DiffReport): string {
  if (changed + added + removed === 0) return `No LLM call changed; ${formatCount(unchanged)} compared`;
  const [[first, kind] = [0, ''], ...others] = (
    [
      [changed, 'changed'],
      [added, 'added'],
      [removed, 'removed'],
    ] as const
  ).filter(([count]) => count > 0);
  const rest = [...others, [unchanged, 'unchanged'] as const].map(([count, word]) => `${formatCount(count)} ${word}`);
  return [`${plural(first, 'call')} ${kind}`, ...rest].join(', ');
}

/** `~$250 -> ~$310 (+$60.00) per month, assumed`; null where no volume is known. */
export function describeMonths({ summary: { perMonth } }: DiffReport): string | null {
  if (perMonth === null) return null;
  const { base, head, change } = perMonth;
  const amount = (range: Range | null) => (range === null ? '$0' : describeAmount(range));
  const basis = (head ?? base)?.basis;
  return `${amount(base)} -> ${amount(head)} per month (${signedDollars(change.expected)}), ${basis}`;
}

/** `+$1.20`, `-$0.0031`, `$0`. */
export function signedDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  const amount = formatDollars(Math.round(Math.abs(dollars) * NANO_DOLLARS), DIGITS);
  return dollars < 0 ? `-${amount}` : `+${amount}`;
}

/**
 * `+$2.30 per 1,000 calls`, `+$0.0131 per call`.
 *
 * @param size what decides the unit: of amounts that belong together, the largest
 */
export function describeDifference({ expected }: Pick<DiffAmount, 'expected'>, size: number = expected): string {
  return `${signedDollars(expected * unitOf(size))} ${UNIT_NAMES[unitOf(size)]}`;
}

type Unit = 1 | 1000;
const UNIT_NAMES: Readonly<Record<Unit, string>> = { 1: 'per call', 1000: 'per 1,000 calls' };

/** How many calls a figure is for. */
function unitOf(dollars: number): Unit {
  return Math.abs(dollars) < CENT ? 1000 : 1;
}

/** What decides the unit of a call's amounts. */
export function sizeOf({ base, head }: DiffCall): number {
  return Math.max(costOf(base)?.expected ?? 0, costOf(head)?.expected ?? 0);
}

/** `~$2.40 -> ~$4.70 per 1,000 calls (+$2.30, +96%)`. */
export function describeCostChange(call: DiffCall): string {
  const { base, head, change } = call;
  const [before, now] = [costOf(base), costOf(head)];
  if (change.perCall === null) return 'change in cost unknown';
  if (call.kind === 'added') return now === null ? '' : `${describeFigure(now)}, ${now.basis}`;
  if (call.kind === 'removed') return before === null ? '' : `was ${describeFigure(before)}, ${before.basis}`;
  if (before === null || now === null) return describeDifference(change.perCall);
  if (isSame(change.perCall)) return `${describeFigure(now)}, unchanged`;
  const unit = unitOf(sizeOf(call));
  const figure = (range: Range) => formatExpected(scaleRange(range, unit * NANO_DOLLARS));
  const amount = signedDollars(change.perCall.expected * unit);
  return `${figure(before)} -> ${figure(now)} ${UNIT_NAMES[unit]} (${amount}${percent(before, now)}), ${now.basis}`;
}

export function costOf(call: ReportCall | null): Range | null {
  return call === null ? null : (call.cost.perStep ?? call.cost.perCall);
}

function isSame({ low, high }: DiffAmount): boolean {
  return low === 0 && high === 0;
}

/** More than this is said as a factor. */
const MAX_PERCENT = 900;

/** `, +96%`, `, 21 times as much`; empty where nothing was paid before. */
export function percent(
  { expected: before }: Pick<Range, 'expected'>,
  { expected: now }: Pick<Range, 'expected'>,
): string {
  if (before === 0) return '';
  const share = Math.round((now / before - 1) * 100);
  if (share > MAX_PERCENT) return `, ${formatCount(now / before)} times as much`;
  return `, ${share > 0 ? '+' : ''}${share}%`;
}
