/** Pairs the items of two lists in their order, so that the pairs are as alike as possible. */

/** Beyond this many comparisons, items are paired in order. */
const MAX_CELLS = 1_000_000;

/** @param likeness of two items, from 0 to 1; what is not alike at all may be paired where nothing better is left */
export function align<T>(
  before: readonly T[],
  now: readonly T[],
  likeness: (a: T, b: T) => number,
): readonly (readonly [T, T])[] {
  if (before.length * now.length > MAX_CELLS)
    return before.slice(0, now.length).map((one, at) => [one, now[at] as T] as const);
  const width = now.length + 1;
  /** The best sum of likenesses for the items from a row and a column on. */
  const best = new Float64Array((before.length + 1) * width);
  const likenesses = before.map((a) => now.map((b) => likeness(a, b)));
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      const paired = (likenesses[row]?.[column] ?? 0) + (best[(row + 1) * width + column + 1] ?? 0);
      const skipped = Math.max(best[(row + 1) * width + column] ?? 0, best[row * width + column + 1] ?? 0);
      best[row * width + column] = Math.max(paired, skipped);
    }
  }
  const pairs: (readonly [T, T])[] = [];
  for (let row = 0, column = 0; row < before.length && column < now.length; ) {
    const paired = (likenesses[row]?.[column] ?? 0) + (best[(row + 1) * width + column + 1] ?? 0);
    if (best[row * width + column] === paired) pairs.push([before[row++] as T, now[column++] as T]);
    else if (best[row * width + column] === best[(row + 1) * width + column]) row++;
    else column++;
  }
  return pairs;
}
