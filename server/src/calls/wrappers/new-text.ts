/** Text that a call decides: what the wrappers do not supply. */
import { fieldsChangedIn } from '../../evaluate/classes/object-changes.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallRecord, Scope } from '../../evaluate/scopes/scope.ts';
import type { Segment, Value } from '../../evaluate/values.ts';
import { isInside, type Origin } from '../../ir/origin.ts';
import type { PromptPart } from '../prompt/parts.ts';
import type { Request, Target } from './requests.ts';
import type { Summary } from './summary-store.ts';
import { isWholeLine, keyOf, lengthOf, MIN_OWN_TEXT, segmentsIn } from './texts.ts';

export const NO_TEXTS: ReadonlySet<string> = new Set();
const LETTERS = /\p{L}{2}/u;

type LiteralSegment = Extract<Segment, { kind: 'literal' }>;

/** Tells of literal text whether the wrappers supply it. */
export type IsSupplied = (segment: LiteralSegment) => boolean;

/**
 * The summary's, and whatever else is written in one of the functions on the way to the request; but not `put`, what the
 * calling method puts into its object first: a summary is for any object, so that it holds that as well.
 */
export function suppliedBy(
  { records }: Request,
  { literals }: Summary,
  { node, scope }: CallRecord,
  put: ReadonlySet<string>,
): IsSupplied {
  const caller: Origin = { path: scope.module.loaded.path, start: node.start, end: node.end };
  const bodies = records.flatMap((record) => functionsAround(record.scope)).filter((body) => !isInside(caller, body));
  return (segment) => {
    const { origin } = segment;
    if (put.has(keyOf(segment))) return false;
    return literals.has(keyOf(segment)) || (origin !== null && bodies.some((body) => isInside(origin, body)));
  };
}

/** The keys of the texts that the method `scope` has put into fields of its object by the time that it calls `target` on it. */
export function textsPutBefore(
  { function: { receiver } }: Target,
  { node, scope }: CallRecord,
  evaluator: Evaluator,
): ReadonlySet<string> {
  if (receiver?.kind !== 'instance' || receiver.changes === undefined) return NO_TEXTS;
  const origin = evaluator.origin(node, evaluator.frameOf(scope));
  const values = [...fieldsChangedIn(evaluator, receiver, scope)].map((field) =>
    evaluator.member(receiver, field, origin),
  );
  return new Set(values.flatMap((value) => keysPutIn(value)));
}

/** Lists of objects that were made with texts. */
const MAX_DEPTH = 3;

function keysPutIn(value: Value, depth = 0): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  const all = (values: readonly Value[]) => values.flatMap((one) => keysPutIn(one, depth + 1));
  switch (value.kind) {
    case 'array':
      return all([...value.items, ...value.open]);
    case 'instance':
      return all([
        ...(value.args?.positional ?? []),
        ...[...(value.args?.named.values() ?? [])].map((one) => one.value),
      ]);
    default:
      return segmentsIn(value).flatMap((segment) => (segment.kind === 'literal' ? [keyOf(segment)] : []));
  }
}

function functionsAround(scope: Scope): readonly Origin[] {
  const found: Origin[] = [];
  for (let current: Scope | null = scope; current; current = current.parent) {
    const { kind, node, module } = current;
    if (kind === 'function' && 'start' in node)
      found.push({ path: module.loaded.path, start: node.start, end: node.end });
  }
  return found;
}

/** A hole is new where one of several texts fills it that the wrapper does not supply. */
function isNew(segment: Segment, isSupplied: IsSupplied): boolean {
  if (segment.kind === 'literal') return isNewText(segment, isSupplied);
  return alternativesOf(segment.value).some(({ kind }) => kind === 'text') && hasNewText(segment.value, isSupplied);
}

function isNewText(segment: LiteralSegment, isSupplied: IsSupplied): boolean {
  return LETTERS.test(segment.text) && !isSupplied(segment);
}

/**
 * The text of a part that the wrapper does not supply. If the wrapper writes a prompt around it, text within a line is
 * data ("Summarise this: ..."), and only whole lines are part of the prompt.
 */
export function newTextIn({ segments }: PromptPart, isSupplied: IsSupplied): readonly Segment[] {
  const isOwn = (segment: Segment) => segment.kind === 'literal' && isSupplied(segment);
  const ownLength = lengthOf([{ segments: segments.filter(isOwn) }]);
  return segments.filter(
    (segment, index) => isNew(segment, isSupplied) && (ownLength < MIN_OWN_TEXT || isWholeLine(segments, index, isOwn)),
  );
}

/** What fills a hole is among the segments too, however deep it is: no hole is looked into again. */
export function hasNewText(value: Value, isSupplied: IsSupplied): boolean {
  return segmentsIn(value).some((segment) => segment.kind === 'literal' && isNewText(segment, isSupplied));
}
