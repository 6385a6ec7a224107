/** What a change breaks, in words: the figure with its bounds, the limit, and why it does not block if it does not. */

import type { ChangeLimit, CostCap, PolicyException } from '@farthing/shared/config-parts/policy';
import type { DiffAmount, DiffCall } from '@farthing/shared/diff-report';
import { formatDollars, NANO_DOLLARS } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import { percent, shownCall, signedDollars } from '../diff/describe-change.ts';
import { describeAmount } from '../report/describe-figure.ts';
import { plural } from '../report/plural.ts';
import type { Excess } from './bounds.ts';

/** `costs ~$0.02 per call ($0.012 to $0.05). The cap is $0.01.` */
export function describeCost(cost: Range, limit: number, excess: Excess, period: 'call' | 'month'): string {
  const figure = cost.basis === 'unknown' ? `at least ${describeAmount(atLeast(cost))}` : describeAmount(cost);
  return `${figure} per ${period}. ${describeCap('cap', formatDollars(limit), excess, cost.expected * NANO_DOLLARS > limit)}`;
}

function atLeast({ low }: Range): Range {
  return { low, expected: low, high: low, basis: 'literal' };
}

/** `+$0.0019 per call (+$0.0005 to +$0.011), +96%. The cap on increases is 20%.` In dollars. */
export function describeChange(
  change: DiffAmount,
  before: DiffAmount | null,
  { limit, excess, period, direction }: DescribedChange,
): string {
  const { low, expected, high } = change;
  const [least, most] = [Math.min(low, expected, high), Math.max(low, expected, high)];
  const bounds = least === most ? '' : ` (${signedDollars(least)} to ${signedDollars(most)})`;
  const share = before === null ? '' : percent(before, { expected: before.expected + expected });
  const size = direction === 'increase' ? expected : -expected;
  const isAbove = 'nanos' in limit ? size * NANO_DOLLARS > limit.nanos : isAbovePercent(size, before, limit.percent);
  const cap = 'nanos' in limit ? formatDollars(limit.nanos) : `${limit.percent}%`;
  return `${signedDollars(expected)} per ${period}${bounds}${share}. ${describeCap(`cap on ${direction}s`, cap, excess, isAbove)}`;
}

export interface DescribedChange {
  readonly limit: ChangeLimit;
  readonly excess: Excess;
  readonly period: 'call' | 'month';
  readonly direction: 'increase' | 'decrease';
}

function isAbovePercent(size: number, before: DiffAmount | null, percent: number): boolean {
  return before !== null && size * 100 > percent * before.expected;
}

/** A range that is merely wide never blocks, and says so. */
function describeCap(name: string, limit: string, excess: Excess, isExpectedAbove: boolean): string {
  if (excess === 'certain') return `The ${name} is ${limit}.`;
  const part = isExpectedAbove ? 'Not all' : 'Only the upper end';
  return `${part} of the range is above the ${name} of ${limit}, so this does not block.`;
}

/** Calls whose cost is not known, and what would make it known if there is one such call. */
export function describeUnchecked(calls: readonly DiffCall[]): string {
  const [only, ...others] = calls;
  if (only === undefined) return '';
  if (others.length === 0) {
    const [reason] = only.missing.map(({ what, remedy }) => ` (${what}; ${remedy})`);
    return `The cost is not known, so caps on calls are not checked${reason ?? ''}.`;
  }
  const places = calls.slice(0, MAX_PLACES).map((call) => `${shownCall(call).path}:${shownCall(call).line}`);
  const rest = calls.length - places.length;
  const list = `${places.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  return `The cost of ${plural(calls.length, 'call')} is not known, so caps on calls are not checked: ${list}.`;
}

/** A longer list is not read. */
const MAX_PLACES = 3;

/** `calls in src/support/**`. */
export function describeSelection({ path, function: name, call }: CostCap): string {
  const parts = [
    path === undefined ? '' : ` in ${path}`,
    name === undefined ? '' : ` of ${name}`,
    call === undefined ? '' : ` with the id ${call}`,
  ].join('');
  return parts === '' ? 'All calls' : `Calls${parts}`;
}

export function describeEnded(exception: PolicyException | null): string {
  return exception === null ? '' : ` The exception of ${exception.owner} ended on ${exception.until}.`;
}

export function describeAllowed({ owner, reason, until }: PolicyException): string {
  return ` Allowed until ${until} by ${owner}: ${reason}.`;
}
