/** The text of a request by where it is written. */
import { NULL } from '../../evaluate/lattice.ts';
import type { ExternalValue, ObjectValue, Segment, UnknownValue, Value } from '../../evaluate/values.ts';
import type { Role } from '../../sdks/descriptor.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import type { Prompt, PromptPart } from '../prompt/parts.ts';
import { readPrompt } from '../prompt/read.ts';

/** The roles that hold what the model reads. */
export const TEXT_ROLES: readonly Role[] = ['system', 'messages', 'prompt'];

/** Characters, about 20 tokens: a wrapper that supplies less text than this leaves the prompt to its callers. */
export const MIN_OWN_TEXT = 80;

/**
 * Characters of literal text that are there in any case, those in what fills a hole included. What a function made of a
 * text that is known as well (redacted, shortened) is taken to be as long.
 */
export function lengthOf(parts: readonly Pick<PromptPart, 'segments'>[]): number {
  return sum(parts.flatMap(({ segments }) => segments.map((segment) => lengthOfSegment(segment, 0))));
}

function lengthOfSegment(segment: Segment, depth: number): number {
  return segment.kind === 'literal' ? segment.text.length : lengthOfValue(segment.value, depth + 1);
}

function lengthOfValue(value: Value, depth: number): number {
  if (depth > MAX_DEPTH) return 0;
  const all = (values: readonly Value[]) => sum(values.map((one) => lengthOfValue(one, depth + 1)));
  switch (value.kind) {
    case 'text':
      return sum(value.segments.map((segment) => lengthOfSegment(segment, depth)));
    case 'oneOf': {
      const known = value.alternatives.filter(({ kind }) => kind !== 'null').filter((one) => !isOpaque(one));
      return known.length === 0 ? 0 : Math.min(...known.map((one) => lengthOfValue(one, depth + 1)));
    }
    case 'array':
      return all([...value.items, ...value.open]);
    case 'object':
      return all(contentsOf(value));
    case 'external':
      return all(argumentsOf(value));
    case 'unknown':
      return value.hint === null ? 0 : lengthOfValue(value.hint, depth + 1);
    default:
      return 0;
  }
}

function isOpaque(value: Value): boolean {
  return value.kind === 'unknown' && value.reason === 'opaque';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The same of all that the request sends to be read. */
export function lengthOfRequest(call: SdkCall): number {
  return sum(TEXT_ROLES.map((role) => lengthOfValue(call.roles.values.get(role)?.value ?? NULL, 0)));
}

export function promptOf(call: SdkCall): Prompt {
  const read = (role: Role) => call.roles.values.get(role)?.value ?? null;
  return readPrompt({ system: read('system'), messages: read('messages'), prompt: read('prompt') });
}

/** A literal by its place in the sources; by its text where it is written nowhere. */
export function keyOf(segment: Extract<Segment, { kind: 'literal' }>): string {
  const { origin, text } = segment;
  return origin === null ? text : `${origin.path}:${origin.start}:${origin.end}`;
}

/**
 * The keys of all literal text in a request's prompt, in its model's name and in `others`, defaults of what is not known
 * included.
 */
export function literalsOf(call: SdkCall, others: readonly Value[]): readonly string[] {
  const roles: readonly Role[] = [...TEXT_ROLES, 'model'];
  return [
    ...promptOf(call).parts.flatMap(({ segments }) => segments.flatMap(literalsIn)),
    ...roles.flatMap((role) => {
      const value = call.roles.values.get(role)?.value;
      return value ? literalsInValue(value) : [];
    }),
    ...others.flatMap(literalsInValue),
  ];
}

function literalsIn(segment: Segment): readonly string[] {
  return segment.kind === 'literal' ? [keyOf(segment)] : literalsInValue(segment.value);
}

function literalsInValue(value: Value): readonly string[] {
  return segmentsIn(value).flatMap((segment) => (segment.kind === 'literal' ? [keyOf(segment)] : []));
}

/** Values nest, but what is sent to a model not like this. */
const MAX_DEPTH = 8;
/** Fields of messages whose texts are not read by the model. */
const MARKS = new Set(['role', 'type', 'name', 'id']);

/** The values that a value holds, or is one of, and what was handed to a converter of a package. */
function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'array':
      return [...value.items, ...value.open];
    case 'object':
      return contentsOf(value);
    case 'oneOf':
      return value.alternatives;
    case 'external':
      return argumentsOf(value);
    default:
      return [];
  }
}

/** All text in a value, also in what is handed to a converter of a package, and defaults of what is not known. */
export function segmentsIn(value: Value, depth = 0): readonly Segment[] {
  if (depth > MAX_DEPTH) return [];
  if (value.kind === 'text') {
    return value.segments.flatMap((segment) =>
      segment.kind === 'literal' ? [segment] : [segment, ...segmentsIn(segment.value, depth + 1)],
    );
  }
  const inner = value.kind === 'unknown' && value.hint !== null ? [value.hint] : partsOf(value);
  return inner.flatMap((one) => segmentsIn(one, depth + 1));
}

/** The messages of a prompt, and lists of them, that are not known and stand alone: not a part of a longer text. */
export function wholeTextsIn(value: Value, depth = 0): readonly Value[] {
  if (depth > MAX_DEPTH) return [];
  if (value.kind === 'unknown') return [value];
  if (value.kind === 'text') {
    const [only, ...others] = value.segments;
    return only?.kind === 'hole' && others.length === 0 ? wholeTextsIn(only.value, depth + 1) : [];
  }
  const parts = partsOf(value);
  if (value.kind === 'external' && parts.length === 0) return [value];
  return parts.flatMap((one) => wholeTextsIn(one, depth + 1));
}

/** A text of a prompt that is not known. */
export interface UnseenText {
  readonly value: UnknownValue | ExternalValue;
  /** True where it has its place: not for messages of a list that is not known. */
  readonly isPlaced: boolean;
}

/** What is not known of a prompt, in its messages and in its texts. */
export function unseenTextsIn(value: Value, isPlaced = true, depth = 0): readonly UnseenText[] {
  if (depth > MAX_DEPTH) return [];
  const all = (values: readonly Value[], arePlaced = isPlaced) =>
    values.flatMap((one) => unseenTextsIn(one, arePlaced, depth + 1));
  switch (value.kind) {
    case 'unknown':
      return [{ value, isPlaced }];
    case 'external':
      return isTextOfMethod(value) ? [{ value, isPlaced }] : all(argumentsOf(value));
    case 'text':
      return all(value.segments.flatMap((segment) => (segment.kind === 'hole' ? [segment.value] : [])));
    case 'array':
      return [...all(value.items), ...all(value.open, false)];
    default:
      return all(partsOf(value));
  }
}

/** True for what a package's function or method gave (`template.render(data)`): a class begins with a capital letter. */
function isTextOfMethod({ steps }: ExternalValue): boolean {
  const member = steps.at(-2);
  return steps.at(-1)?.kind === 'call' && member?.kind === 'member' && !/^\p{Lu}/u.test(member.name);
}

/** What a message says. */
export function contentsOf({ entries }: ObjectValue): readonly Value[] {
  return [...entries].flatMap(([key, entry]) => (MARKS.has(key) ? [] : [entry.value]));
}

/** What was handed to the last call: of a message's class, its text. */
function argumentsOf({ steps }: ExternalValue): readonly Value[] {
  const last = steps.at(-1);
  if (last?.kind !== 'call' || last.args === null) return [];
  return [...last.args.positional, ...[...last.args.named.values()].map((entry) => entry.value)];
}

/** True where the run of segments around `index` that is not `isOwn` begins and ends with a line. */
export function isWholeLine(
  segments: readonly Segment[],
  index: number,
  isOwn: (segment: Segment) => boolean,
): boolean {
  const before = segments.slice(0, index).findLast(isOwn);
  const after = segments.slice(index + 1).find(isOwn);
  const begins = before?.kind !== 'literal' || /\n[ \t]*$/.test(before.text);
  const ends = after?.kind !== 'literal' || /^[ \t]*\n/.test(after.text);
  return begins && ends;
}
