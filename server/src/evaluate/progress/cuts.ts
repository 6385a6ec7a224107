/**
 * Counts the values that were cut short, by a circle or a limit, and are not complete yet. A result can be kept if nothing
 * was cut short while it was made: only then does it not depend on which question came first.
 */
let count = 0;

/** What is being made is cut short, or uses a value that was. */
export function noteCut(): void {
  count++;
}

export function cutsSoFar(): number {
  return count;
}

/** What was cut short since then is part of a value that is complete. */
export function forgetCutsSince(earlier: number): void {
  count = earlier;
}

/** `known`, or what `make` gives: `keep` is called with it if nothing in it was cut short. */
export function keptIfWhole<T>(known: T | null | undefined, make: () => T, keep: (made: T) => void): T {
  if (known !== null && known !== undefined) return known;
  const before = count;
  const made = make();
  if (count === before) keep(made);
  return made;
}
