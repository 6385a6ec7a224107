/** What steps take from calls, as the amounts of a plan: months and thousands of calls, never added up. */
import { toDollars } from '@farthing/shared/money';
import type { PlanAmounts, PlanPlace } from '@farthing/shared/plan/plan';
import { type Range, weakestBasis } from '@farthing/shared/range';
import type { Basis } from '@farthing/shared/vocabulary';
import { type Bounds, NOTHING, plus, rangeFrom } from './bounds.ts';
import type { PlannedCall, Unit } from './planned-calls.ts';

/** What a step takes from a call. */
export interface Taken {
  readonly planned: PlannedCall;
  readonly saved: Bounds;
  readonly basis: Basis;
  /** The model that it asks instead; null if it names none. */
  readonly model: string | null;
}

/** The largest saving first. */
export function placesOf(taken: readonly Taken[]): readonly PlanPlace[] {
  return taken.map(placeOf).toSorted((a, b) => size(b.saving) - size(a.saving));
}

function placeOf({ planned: { call, unit }, saved, basis, model }: Taken): PlanPlace {
  const { id, path, line } = call;
  return { call: id, path, line, function: call.function, model, saving: amountIn(unit, rangeFrom(saved, basis)) };
}

export function amountsOf(taken: readonly Taken[]): PlanAmounts {
  const sum = (unit: Unit): Range | null => {
    const own = taken.filter(({ planned }) => planned.unit === unit);
    if (own.length === 0) return null;
    const saved = own.map((one) => one.saved).reduce(plus, NOTHING);
    return inDollars(rangeFrom(saved, weakestBasis(...own.map(({ basis }) => basis))));
  };
  return { perMonth: sum('month'), perThousand: sum('thousand') };
}

function amountIn(unit: Unit, nanos: Range): PlanAmounts {
  const dollars = inDollars(nanos);
  return { perMonth: unit === 'month' ? dollars : null, perThousand: unit === 'thousand' ? dollars : null };
}

export function inDollars({ low, expected, high, basis }: Range): Range {
  return { low: toDollars(low), expected: toDollars(expected), high: toDollars(high), basis };
}

/** Months before thousands: only the former are known to be paid. */
export function size(amounts: PlanAmounts | null): number {
  if (amounts?.perMonth != null) return 1e9 + amounts.perMonth.expected;
  return amounts?.perThousand?.expected ?? 0;
}
