/**
 * Counts the values that were cut short, by a circle or a limit, and are not complete yet. What is made while nothing is
 * cut short is the same whoever asks for it first, so that it can be kept; anything else cannot.
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
