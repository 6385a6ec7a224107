/** What differs between two syntax trees, as small as it can be said. */
import { isEqual, isRearranged, type Tree } from './tree.ts';

export interface Change {
  /** The nodes around it, outermost first, as they were. */
  readonly around: readonly Tree[];
  /** Null for what was added. */
  readonly before: Tree | null;
  /** Null for what is gone. */
  readonly after: Tree | null;
}

/** None where the trees are the same. */
export function changesBetween(before: Tree, after: Tree, around: readonly Tree[] = []): readonly Change[] {
  if (isEqual(before, after)) return [];
  const isSameNode = before.kind === after.kind && before.text === after.text && before.children.length > 0;
  if (!isSameNode || isRearranged(before, after)) return [{ around, before, after }];
  const changes = aligned(before.children, after.children).flatMap(([old, now]) =>
    old !== null && now !== null
      ? changesBetween(old, now, [...around, before])
      : [{ around: [...around, before], before: old, after: now }],
  );
  return changes.length === 0 ? [{ around, before, after }] : changes;
}

type Pair = readonly [Tree | null, Tree | null];

/** Pairs up two lists of nodes at the least cost; equal nodes at both ends are paired at once. */
function aligned(before: readonly Tree[], after: readonly Tree[]): readonly Pair[] {
  let start = 0;
  while (start < before.length && start < after.length && isEqual(before[start] as Tree, after[start] as Tree)) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    isEqual(before.at(-1 - end) as Tree, after.at(-1 - end) as Tree)
  )
    end++;
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  const costs: number[][] = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (i: number, j: number): number => costs[i]?.[j] ?? 0;
  for (let i = old.length; i >= 0; i--) {
    for (let j = now.length; j >= 0; j--) {
      if (i === old.length || j === now.length) {
        (costs[i] as number[])[j] = 2 * (old.length - i + (now.length - j));
        continue;
      }
      const paired = difference(old[i] as Tree, now[j] as Tree) + at(i + 1, j + 1);
      (costs[i] as number[])[j] = Math.min(paired, 2 + at(i + 1, j), 2 + at(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    const [left, right] = [old[i] ?? null, now[j] ?? null];
    const isPaired = left !== null && right !== null && at(i, j) === difference(left, right) + at(i + 1, j + 1);
    const isAdded = !isPaired && right !== null && (left === null || at(i, j) === 2 + at(i, j + 1));
    pairs.push([isAdded ? null : left, isPaired || isAdded ? right : null]);
    if (!isAdded) i++;
    if (isPaired || isAdded) j++;
  }
  return pairs;
}

/** A node whose name or whose parts changed is still that node; one of which both did is another. */
function difference(a: Tree, b: Tree): number {
  if (isEqual(a, b)) return 0;
  if (a.kind !== b.kind) return 3;
  return a.text === b.text || isEqual({ ...a, text: b.text }, b) ? 1 : 3;
}
