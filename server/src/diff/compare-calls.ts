/** What became of each call: unchanged, changed and why, added or removed. */
import type { DiffCall, DiffChange, DiffMissing, DiffReportCause } from '@farthing/shared/diff-report';
import type { ReportCall } from '@farthing/shared/report';
import type { Origin } from '../ir/origin.ts';
import { unknownCosts } from '../report/unknown-costs.ts';
import {
  type Cause,
  type Change,
  causesOf,
  changeBetween,
  differingParts,
  figuresOf,
  type MEASURES,
} from './causes.ts';
import { type Described, describeCause } from './describe-cause.ts';
import { type Difference, inDollars, isKnown } from './figures.ts';
import type { Pair, Side } from './side.ts';
import { pricesStep, STEPS } from './steps.ts';

export interface Sides {
  readonly base: Side;
  readonly head: Side;
  /** Where something stands in the new revision; null if that is not known. */
  readonly lineOf: (origin: Origin) => string | null;
  readonly renamed: ReadonlyMap<string, string>;
}

/** Null where nothing about the call has changed, but for its place in its file. */
export function compareCall({ base, head }: Pair, sides: Sides): DiffCall | null {
  const analysed = sides.head.analysed.get(head.id);
  const movedFrom = movedBetween(base, head, sides.renamed);
  if (movedFrom === null && analysed !== undefined && sides.base.analysed.get(base.id) === analysed) return null;
  const estimations = {
    base: sides.base.estimations.get(base.id) ?? [],
    head: sides.head.estimations.get(head.id) ?? [],
  };
  if (estimations.base.length === 0 || estimations.head.length === 0) return null;
  const steps = [pricesStep(sides.head.catalogueAt(head.path)), ...STEPS];
  const parts = differingParts(estimations.base, estimations.head, steps);
  if (parts.length === 0 && base.cache === head.cache) return null;
  const described: Described = { calls: { base, head }, estimations, lineOf: sides.lineOf };
  const change = changeBetween(figuresOf(estimations.base), figuresOf(estimations.head));
  const causes = causesOf(estimations.base, estimations.head, steps).map((cause) => reported(cause, described));
  return {
    kind: 'changed',
    movedFrom,
    base,
    head,
    change: changeInDollars(change),
    causes: base.cache === head.cache ? causes : [...causes, cacheCause(described, change)],
    missing: change.perCall === null ? missingInBoth(missingIn(base, 'base'), missingIn(head, 'head')) : [],
  };
}

/** A call that only one revision has: its whole cost came or went. */
export function wholeCall(call: ReportCall, kind: 'added' | 'removed', side: Side): DiffCall {
  const estimations = side.estimations.get(call.id) ?? [];
  const whole = estimations.length === 0 ? null : wholeChange(figuresOf(estimations), kind === 'added' ? 1 : -1);
  return {
    kind,
    movedFrom: null,
    base: kind === 'removed' ? call : null,
    head: kind === 'added' ? call : null,
    change: changeInDollars(whole ?? NOTHING_KNOWN),
    causes: [],
    missing: whole?.perCall == null ? missingIn(call, kind === 'added' ? 'head' : 'base') : [],
  };
}

const NOTHING_KNOWN: Change = { perCall: null, perRun: null, perMonth: null };

function wholeChange({ cost }: ReturnType<typeof figuresOf>, sign: 1 | -1): Change {
  const one = cost.perStep ?? cost.perCall;
  const of = (range: typeof one): Difference | null =>
    isKnown(range) ? { low: sign * range.low, expected: sign * range.expected, high: sign * range.high } : null;
  return { perCall: of(one), perRun: of(cost.perRun), perMonth: of(cost.perMonth) };
}

/** A new name for the file alone is no move of the call. */
function movedBetween(base: ReportCall, head: ReportCall, renamed: ReadonlyMap<string, string>): string | null {
  const path = renamed.get(base.path) ?? base.path;
  if (path === head.path && base.function === head.function) return null;
  return base.function === null ? base.path : `${base.path}, in ${base.function}`;
}

function missingIn(call: ReportCall, side: 'base' | 'head'): readonly DiffMissing[] {
  return unknownCosts([call]).map(({ why, remedy }) => ({ side, what: why, remedy }));
}

/** What both lack is said once. */
function missingInBoth(before: readonly DiffMissing[], now: readonly DiffMissing[]): readonly DiffMissing[] {
  const isIn = (list: readonly DiffMissing[], { what, remedy }: DiffMissing) =>
    list.some((one) => one.what === what && one.remedy === remedy);
  return [
    ...before.map((one): DiffMissing => (isIn(now, one) ? { ...one, side: 'both' } : one)),
    ...now.filter((one) => !isIn(before, one)),
  ];
}

function reported(cause: Cause, described: Described): DiffReportCause {
  return {
    causes: cause.causes,
    text: cause.causes.map((one) => describeCause(one, described)).join('; '),
    tokens: cause.tokens,
    ...changeInDollars(cause),
  };
}

/** Costs are those of requests that no cache answers, so that a marker changes what may be saved, and no amount here. */
function cacheCause(described: Described, change: Change): DiffReportCause {
  const nothing = (measure: (typeof MEASURES)[number]) => (change[measure] === null ? null : inDollars(ZERO));
  return {
    causes: ['cache'],
    text: describeCause('cache', described),
    tokens: { input: 0, output: 0 },
    perCall: nothing('perCall'),
    perRun: nothing('perRun'),
    perMonth: nothing('perMonth'),
  };
}

const ZERO: Difference = { low: 0, expected: 0, high: 0 };

function changeInDollars(change: Change): DiffChange {
  const of = (one: Difference | null) => one && inDollars(one);
  return { perCall: of(change.perCall), perRun: of(change.perRun), perMonth: of(change.perMonth) };
}
