/** Limits on what calls cost together in a month, and on the change of that. */

import type { ChangeCap, CostCap } from '@farthing/shared/config-parts/policy';
import type { DiffCall } from '@farthing/shared/diff-report';
import { type Range, sumRanges } from '@farthing/shared/range';
import type { Report, ReportCall } from '@farthing/shared/report';
import { difference } from '../diff/figures.ts';
import { countedCalls } from '../report/describe.ts';
import { monthlyShares } from '../report/months.ts';
import { type Bounds, changeExcess, excessOver, nanosOf, reversed } from './bounds.ts';
import { type Breach, isWorse } from './breach.ts';
import { describeChange, describeCost, describeEnded, describeSelection } from './describe-breach.ts';
import { createEntryMatcher, createExceptions, type HeldPolicy } from './held-policy.ts';

export interface Months {
  readonly base: Report;
  readonly head: Report;
  /** Where a file of the old revision is now. */
  readonly pathNow: (path: string) => string;
}

/** A sum without a call that the change touches is no matter of the change. */
export function monthBreaches(
  held: HeldPolicy,
  calls: readonly DiffCall[],
  months: Months,
  now: Date,
): readonly Breach[] {
  const capped = held.policy.caps.filter(
    ({ perMonth, increase, decrease }) => (perMonth ?? increase?.perMonth ?? decrease?.perMonth ?? null) !== null,
  );
  if (capped.length === 0) return [];
  const shares = { base: monthlyShares(countedCalls(months.base)), head: monthlyShares(countedCalls(months.head)) };
  const exceptions = createExceptions(held, now);
  return capped.flatMap((cap, index) => {
    const matches = createEntryMatcher(cap, held);
    const sumOf = (limit: Breach['limit']): Sum => {
      const isIn = (call: ReportCall, path: string) =>
        matches(call, path) && exceptions.active(limit, call, path) === null;
      const touched = calls.filter(({ head, base }) => {
        const call = head ?? base;
        return call !== null && isIn(call, head === null ? months.pathNow(call.path) : head.path);
      });
      const inSum = ({ calls: all }: Report, side: 'base' | 'head') => {
        const own = all.filter((call) => isIn(call, side === 'base' ? months.pathNow(call.path) : call.path));
        return sumRanges(own.flatMap(({ id }) => shares[side].get(id) ?? []));
      };
      const ended = touched.flatMap(({ head }) => (head && exceptions.ended(limit, head, head.path)) ?? [])[0] ?? null;
      return {
        base: inSum(months.base, 'base'),
        head: inSum(months.head, 'head'),
        calls: touched.flatMap(({ head, base }) => head ?? base ?? []),
        note: describeEnded(ended),
      };
    };
    return [
      ...costBreach(cap, sumOf, index),
      ...changeBreach(cap, cap.increase, 'increase', sumOf, index),
      ...changeBreach(cap, cap.decrease, 'decrease', sumOf, index),
    ];
  });
}

/** In dollars. */
interface Sum {
  readonly base: Range;
  readonly head: Range;
  /** Those that the change touches. */
  readonly calls: readonly ReportCall[];
  readonly note: string;
}

type SumOf = (limit: Breach['limit']) => Sum;

function costBreach(cap: CostCap, sumOf: SumOf, index: number): readonly Breach[] {
  const { perMonth: limit } = cap;
  if (limit === null) return [];
  const { base, head, calls, note } = sumOf('perMonth');
  const excess = excessOver(nanosOf(head), limit);
  const isRaised = nanosOf(head).expected > nanosOf(base).expected;
  if (calls.length === 0 || !isWorse(excess, excessOver(nanosOf(base), limit), isRaised)) return [];
  const text = `${describeSelection(cap)} cost ${describeCost(head, limit, excess, 'month')}${note}`;
  const sum = `perMonth ${index} ${describeSelection(cap)}`;
  return [
    { rule: 'over-budget-month', limit: 'perMonth', enforcement: cap, excess, text, calls, sum, exception: null },
  ];
}

function changeBreach(
  cap: CostCap,
  change: ChangeCap | null,
  direction: 'increase' | 'decrease',
  sumOf: SumOf,
  index: number,
): readonly Breach[] {
  const limit = change?.perMonth ?? null;
  if (limit === null) return [];
  const { base, head, calls, note } = sumOf(direction);
  const before: Bounds = nanosOf(base);
  const size = difference(before, nanosOf(head));
  const excess = changeExcess(direction === 'increase' ? size : reversed(size), before, limit);
  if (excess === 'none' || calls.length === 0) return [];
  const amount = { low: head.low - base.low, expected: head.expected - base.expected, high: head.high - base.high };
  const text = `${describeSelection(cap)}: ${describeChange(amount, base, { limit, excess, period: 'month', direction })}${note}`;
  const sum = `${direction} ${index} ${describeSelection(cap)}`;
  return [{ rule: `cost-${direction}`, limit: direction, enforcement: cap, excess, text, calls, sum, exception: null }];
}
