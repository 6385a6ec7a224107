/**
 * Which call of the new revision is which of the old one. A call keeps its place (file, function, SDK, order in the
 * function) through most changes. What has no counterpart at its place was moved or renamed, if there is a call elsewhere
 * that is much like it.
 */
import type { ReportCall } from '@farthing/shared/report';
import { align } from './align.ts';
import type { Pair } from './side.ts';
import { type Described, describe, similarity } from './similarity.ts';

/** The calls of one revision, and what each of them says. */
export interface MatchedSide {
  readonly calls: readonly ReportCall[];
  readonly textsOf: (call: ReportCall) => readonly string[];
}

export interface Matches {
  readonly pairs: readonly Pair[];
  readonly removed: readonly ReportCall[];
  readonly added: readonly ReportCall[];
}

/** In another file and function, a call with the same model is the same one only if its prompt has hardly changed. */
const MIN_SIMILARITY = 0.68;
/** In the same function, it may have another SDK or API and another prompt: what is left there is the one rewritten. */
const MIN_SIMILARITY_IN_FUNCTION = 0.3;
/** Comparisons of calls without a counterpart. More of them are new code, not moved code. */
const MAX_COMPARED = 250_000;

/** @param renamed the new path of each file that was renamed, by its old one */
export function matchCalls(base: MatchedSide, head: MatchedSide, renamed: ReadonlyMap<string, string>): Matches {
  const describedIn = (side: MatchedSide) => (call: ReportCall) => describe(call, side.textsOf(call));
  const placed = groups(base, (call) => placeOf(call, renamed.get(call.path) ?? call.path));
  const placedNow = groups(head, (call) => placeOf(call, call.path));
  const pairs: Pair[] = [];
  for (const [place, before] of placed) {
    const now = placedNow.get(place) ?? [];
    if (before.length === now.length)
      pairs.push(...before.map((call, at) => ({ base: call, head: now[at] as ReportCall })));
    else pairs.push(...pairsIn(before.map(describedIn(base)), now.map(describedIn(head))));
  }
  const [known, knownNow] = [new Set(pairs.map((one) => one.base)), new Set(pairs.map((one) => one.head))];
  const left = base.calls.filter((call) => !known.has(call));
  const leftNow = head.calls.filter((call) => !knownNow.has(call));
  const moved = movedPairs(left, leftNow, describedIn(base), describedIn(head), renamed);
  const [gone, come] = [new Set(moved.map((one) => one.base)), new Set(moved.map((one) => one.head))];
  return {
    pairs: [...pairs, ...moved],
    removed: left.filter((call) => !gone.has(call)),
    added: leftNow.filter((call) => !come.has(call)),
  };
}

function groups({ calls }: MatchedSide, placeOf: (call: ReportCall) => string): Map<string, ReportCall[]> {
  return Map.groupBy(calls, placeOf);
}

/** A feature call has the place of its request as well in its id; what it calls may be renamed. */
function placeOf({ function: name, sdk, api, via }: ReportCall, path: string): string {
  return JSON.stringify([path, name, sdk, api, via.length > 0]);
}

/** Of calls at one place, whose order is kept: one came or went between them. */
function pairsIn(before: readonly Described[], now: readonly Described[]): readonly Pair[] {
  return align(before, now, similarity).map(([a, b]) => ({ base: a.call, head: b.call }));
}

/** The most alike first, each call once. */
function movedPairs(
  left: readonly ReportCall[],
  leftNow: readonly ReportCall[],
  describeBase: (call: ReportCall) => Described,
  describeHead: (call: ReportCall) => Described,
  renamed: ReadonlyMap<string, string>,
): readonly Pair[] {
  if (left.length * leftNow.length > MAX_COMPARED) return [];
  const [before, now] = [left.map(describeBase), leftNow.map(describeHead)];
  const scored = before.flatMap((a) =>
    now.flatMap((b) => {
      const isOfOneKind = a.call.via.length > 0 === b.call.via.length > 0 && a.call.family === b.call.family;
      const score = isOfOneKind ? similarity(a, b) : 0;
      const isInPlace =
        a.call.function === b.call.function && (renamed.get(a.call.path) ?? a.call.path) === b.call.path;
      return score >= (isInPlace ? MIN_SIMILARITY_IN_FUNCTION : MIN_SIMILARITY)
        ? [{ a: a.call, b: b.call, score }]
        : [];
    }),
  );
  const taken = new Set<ReportCall>();
  return scored
    .sort((one, other) => other.score - one.score)
    .flatMap(({ a, b }) => {
      if (taken.has(a) || taken.has(b)) return [];
      taken.add(a).add(b);
      return [{ base: a, head: b }];
    });
}
