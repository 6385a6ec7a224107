/** What multiplies a request: a loop, retries, the steps of an agent. Each says how often, and how that is known. */
import { exactly, type Range, weakestBasis } from '@farthing/shared/range';

/** With the basis `unknown` the count is a lower bound: only the run knows how many there are. */
export interface Factor {
  readonly count: Range;
  /** As a formula has it: "3 attempts", "items of `emails`". */
  readonly text: string;
  /** True for attempts of the same request: no further round follows one that succeeds. */
  readonly isRetry?: boolean;
  /** True for attempts that nothing limits. */
  readonly isEndless?: boolean;
}

/** How many requests one run of the code around a call makes. */
export interface Multiplier {
  readonly count: Range;
  /** The factors, from the request outwards: "3 attempts x items of `emails`". */
  readonly formula: string;
}

/** The product of all factors; null if nothing multiplies the call. */
export function multiplierOf(factors: readonly Factor[]): Multiplier | null {
  if (factors.length === 0) return null;
  const counts = factors.map(({ count }) => count);
  const basis = weakestBasis(...counts.map((count) => count.basis));
  const product = (pick: (count: Range) => number) => counts.reduce((result, count) => result * pick(count), 1);
  const low = product((count) => count.low);
  return {
    count:
      basis === 'unknown'
        ? exactly(low, basis)
        : { low, expected: product((count) => count.expected), high: product((count) => count.high), basis },
    formula: factors.map(({ text }) => text).join(' x '),
  };
}

/** A request's cost over one run; a lower bound if either is one. Null if that says nothing. */
export function costPerRun(cost: Range | null, multiplier: Multiplier | null): Range | null {
  if (cost === null || multiplier === null) return null;
  const { count } = multiplier;
  const basis = weakestBasis(cost.basis, count.basis);
  const low = cost.low * count.low;
  if (basis === 'unknown') return low === 0 ? null : exactly(low, basis);
  return { low, expected: Math.round(cost.expected * count.expected), high: cost.high * count.high, basis };
}

/** How often at most, if one may be enough: attempts, and the steps of an agent. */
export function upTo(high: number, expected: number, text: string): Factor {
  return { count: { low: 1, expected: Math.min(expected, high), high, basis: 'assumed' }, text };
}

/** How often is not known: at least once. */
export function atLeastOnce(text: string): Factor {
  return { count: exactly(1, 'unknown'), text };
}
