/** Limits on one call: what it costs, by how much that changes, and which models it may use. */

import type { ChangeCap, CostCap, ModelLimit, PolicyLimit } from '@farthing/shared/config-parts/policy';
import type { DiffCall } from '@farthing/shared/diff-report';
import type { ReportCall } from '@farthing/shared/report';
import { costOf } from '../diff/describe-change.ts';
import { isKnown } from '../diff/figures.ts';
import { changeExcess, excessOver, nanosOf, reversed } from './bounds.ts';
import { type Breach, isWorse } from './breach.ts';
import { describeChange, describeCost, describeEnded, describeUnchecked } from './describe-breach.ts';
import { createEntryMatcher, createExceptions, type Exceptions, type HeldPolicy } from './held-policy.ts';
import { type CanonicalName, modelsOutside } from './model-names.ts';

/** A call that was added or changed, as it is now. */
interface Touched {
  readonly diff: DiffCall;
  readonly head: ReportCall;
}

type Found = Omit<Breach, 'calls' | 'sum' | 'exception'>;

export function callBreaches(
  held: HeldPolicy,
  calls: readonly DiffCall[],
  canonical: CanonicalName,
  now: Date,
): readonly Breach[] {
  const exceptions = createExceptions(held, now);
  const touched = calls.flatMap((diff): Touched[] => (diff.head === null ? [] : [{ diff, head: diff.head }]));
  const found = (entry: CostCap | ModelLimit, find: (one: Touched) => readonly Found[]): readonly Breach[] => {
    const matches = createEntryMatcher(entry, held);
    return touched
      .filter(({ head }) => matches(head, head.path))
      .flatMap((one) =>
        find(one).map(({ text, ...rest }) => ({
          ...rest,
          text: text + describeEnded(exceptions.ended(rest.limit, one.head, one.head.path)),
          calls: [one.head],
          sum: null,
          exception: exceptions.active(rest.limit, one.head, one.head.path),
        })),
      );
  };
  return [
    ...held.policy.caps.flatMap((cap) =>
      found(cap, (one) => [
        ...costBreach(cap, one),
        ...changeBreach(cap, cap.increase, 'increase', one),
        ...changeBreach(cap, cap.decrease, 'decrease', one),
      ]),
    ),
    ...held.policy.models.flatMap((limit) => found(limit, (one) => modelBreach(limit, one, canonical))),
    ...uncheckedCosts(held, touched, exceptions),
  ];
}

/** One reason for all calls whose cost is not known any more: why is among the details of each. */
function uncheckedCosts(held: HeldPolicy, touched: readonly Touched[], { active }: Exceptions): readonly Breach[] {
  const capped = held.policy.caps
    .filter(({ perCall, increase, decrease }) => (perCall ?? increase?.perCall ?? decrease?.perCall ?? null) !== null)
    .map((cap) => createEntryMatcher(cap, held));
  const unknown = touched.filter(
    ({ diff, head }) =>
      !isKnown(costOf(head)) &&
      (diff.base === null || isKnown(costOf(diff.base))) &&
      capped.some((matches) => matches(head, head.path)) &&
      active('perCall', head, head.path) === null,
  );
  if (unknown.length === 0) return [];
  return [
    {
      rule: 'unknown-cost',
      limit: 'perCall',
      enforcement: { mode: 'advise', message: null },
      excess: 'possible',
      text: describeUnchecked(unknown.map(({ diff }) => diff)),
      calls: unknown.map(({ head }) => head),
      sum: unknown.length === 1 ? null : 'unknown costs',
      exception: null,
    },
  ];
}

function costBreach(cap: CostCap, { diff, head }: Touched): readonly Found[] {
  const { perCall: limit } = cap;
  if (limit === null) return [];
  const cost = costOf(head);
  const found = (excess: Found['excess'], text: string): readonly Found[] => [
    { rule: 'over-budget-call', limit: 'perCall', enforcement: cap, excess, text },
  ];
  if (cost === null) return [];
  // Of a cost that is only known from below, what is known may be above the limit.
  const excess = excessOver(nanosOf(cost), limit);
  const before = costOf(diff.base);
  const isRaised = diff.change.perCall === null || diff.change.perCall.expected > 0;
  if (!isWorse(excess, before === null ? 'none' : excessOver(nanosOf(before), limit), isRaised)) return [];
  return found(excess, describeCost(cost, limit, excess, 'call'));
}

function changeBreach(
  cap: CostCap,
  change: ChangeCap | null,
  direction: 'increase' | 'decrease',
  { diff }: Touched,
): readonly Found[] {
  const limit = change?.perCall ?? null;
  if (limit === null) return [];
  const found = (excess: Found['excess'], text: string): readonly Found[] => [
    { rule: `cost-${direction}`, limit: direction satisfies PolicyLimit, enforcement: cap, excess, text },
  ];
  const { perCall } = diff.change;
  if (perCall === null) return [];
  const before = costOf(diff.base);
  const size = nanosOf(perCall);
  const excess = changeExcess(
    direction === 'increase' ? size : reversed(size),
    before === null ? null : nanosOf(before),
    limit,
  );
  if (excess === 'none') return [];
  return found(excess, describeChange(perCall, before, { limit, excess, period: 'call', direction }));
}

function modelBreach(limit: ModelLimit, { diff, head }: Touched, canonical: CanonicalName): readonly Found[] {
  const found = (excess: Found['excess'], text: string): readonly Found[] => [
    { rule: 'disallowed-model', limit: 'models', enforcement: limit, excess, text },
  ];
  const { outside, isCertain, isUnknown } = modelsOutside(limit, head, canonical);
  const before = diff.base === null ? null : modelsOutside(limit, diff.base, canonical);
  if (isUnknown) {
    if (limit.allow === null || before?.isUnknown === true) return [];
    return found('possible', 'The model is set at run time, so the policy is not checked: declare it under models.');
  }
  const isOld = outside.every((name) => before?.outside.includes(name)) && (!isCertain || before?.isCertain === true);
  if (outside.length === 0 || isOld) return [];
  const names = outside.slice(0, MAX_NAMES).join(', ') + (outside.length > MAX_NAMES ? ' and others' : '');
  const rule = limit.allow === null ? 'The policy denies it.' : `The policy allows ${limit.allow.join(', ')}.`;
  return isCertain
    ? found('certain', `The call uses ${names}. ${rule}`)
    : found('possible', `The call may use ${names}. ${rule} It may use another model, so this does not block.`);
}

const MAX_NAMES = 3;
