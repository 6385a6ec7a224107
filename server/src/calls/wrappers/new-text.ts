/** Text that a call decides: what the wrappers do not supply. */
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallRecord, Scope } from '../../evaluate/scopes/scope.ts';
import type { Segment, Value } from '../../evaluate/values.ts';
import { isInside, type Origin } from '../../ir/origin.ts';
import type { PromptPart } from '../prompt/parts.ts';
import type { Request } from './requests.ts';
import type { Summary } from './summary-store.ts';
import { isWholeLine, keyOf, lengthOf, MIN_OWN_TEXT, segmentsIn } from './texts.ts';

const LETTERS = /\p{L}{2}/u;

type LiteralSegment = Extract<Segment, { kind: 'literal' }>;

/** Tells of literal text whether the wrappers supply it. */
export type IsSupplied = (segment: LiteralSegment) => boolean;

/** The summary's, and whatever else is written in one of the functions on the way to the request. */
export function suppliedBy({ records }: Request, { literals }: Summary, { node, scope }: CallRecord): IsSupplied {
  const caller: Origin = { path: scope.module.loaded.path, start: node.start, end: node.end };
  const bodies = records.flatMap((record) => functionsAround(record.scope)).filter((body) => !isInside(caller, body));
  return (segment) => {
    const { origin } = segment;
    return literals.has(keyOf(segment)) || (origin !== null && bodies.some((body) => isInside(origin, body)));
  };
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
  if (segment.kind === 'literal') return !isSupplied(segment) && LETTERS.test(segment.text);
  return alternativesOf(segment.value).some(({ kind }) => kind === 'text') && hasNewText(segment.value, isSupplied);
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

export function hasNewText(value: Value, isSupplied: IsSupplied): boolean {
  return segmentsIn(value).some((segment) => isNew(segment, isSupplied));
}
