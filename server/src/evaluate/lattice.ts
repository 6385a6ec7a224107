/** Making and joining values. Every function is pure. */

import type { Origin } from '../ir/origin.ts';
import { joinActivations, joinedObject } from './activations/join-activations.ts';
import { lazyEntry, setEntry } from './entries.ts';
import type {
  ArrayValue,
  Entry,
  ExternalValue,
  NullValue,
  ObjectValue,
  Segment,
  Step,
  TextValue,
  UnknownReason,
  UnknownValue,
  Value,
} from './values.ts';

/** More alternatives than this tell a reader nothing; the value is then unknown. */
const MAX_ALTERNATIVES = 32;
/** A table of models is as long as the market. */
const MAX_TEXTS = 100;
/** An unbounded text (built in a loop) stops growing here. */
const MAX_SEGMENTS = 400;

/** The module of globals: what no scope defines. */
export const GLOBAL = '<global>';

export const NULL: NullValue = { kind: 'null' };

const NOWHERE: UnknownValue['from'] = () => [];

/** `from` computes where the value comes from on demand, because most values never need it. */
export function unknown(
  reason: UnknownReason,
  hint: Value | null = null,
  origin: Origin | null = null,
  from: UnknownValue['from'] = NOWHERE,
): UnknownValue {
  if (hint?.kind === 'unknown') return withHint({ kind: 'unknown', reason, hint: null, origin, from }, hint);
  return { kind: 'unknown', reason, hint: withoutDeepHints(hint), origin, from };
}

/**
 * What may be a default of a default of a default is said to be one of the second. Otherwise a member of each member of
 * them is made: the items of the items of a list of messages were a hundred thousand values.
 */
function withoutDeepHints(hint: Value | null): Value | null {
  if (hint?.kind !== 'oneOf' || !hint.alternatives.some(isDeep)) return hint;
  return asHint(oneOf(hint.alternatives.map((one) => (isDeep(one) ? { ...one, hint: withoutHints(one.hint) } : one))));
}

function withoutHints(value: Value): Value | null {
  return asHint(oneOf(alternativesOf(value).map((one) => (isHinted(one) ? one.hint : one))));
}

function asHint(value: Value): Value | null {
  return value.kind === 'unknown' ? value.hint : value;
}

function isDeep(value: Value): value is UnknownValue & { readonly hint: Value } {
  return isHinted(value) && alternativesOf(value.hint).some(isHinted);
}

function isHinted(value: Value): value is UnknownValue & { readonly hint: Value } {
  return value.kind === 'unknown' && value.hint !== null;
}

/** The same unknown value with what applies unless it is set. */
export function withHint(value: UnknownValue, hint: Value | null): UnknownValue {
  if (hint?.kind !== 'unknown') return { ...value, hint: withoutDeepHints(hint) };
  // The default of a default is the default, and may come from the same variable.
  const variable = value.variable ?? hint.variable;
  const field = value.field ?? hint.field;
  const column = value.column ?? hint.column;
  return {
    ...value,
    hint: hint.hint,
    ...(variable === undefined ? {} : { variable }),
    ...(field === undefined ? {} : { field }),
    ...(column === undefined ? {} : { column }),
  };
}

export const OPAQUE: UnknownValue = unknown('opaque');
/** What follows in a text that is too long to be kept: of any length, and not a text of usual length. */
export const CUT_TEXT: UnknownValue = unknown('opaque');

export function text(value: string, origin: Origin | null = null): TextValue {
  return { kind: 'text', segments: value === '' ? [] : [{ kind: 'literal', text: value, origin }], origin };
}

export function external(module: string, steps: readonly Step[] = [], origin: Origin | null = null): ExternalValue {
  return { kind: 'external', module, steps, origin };
}

export function withStep(value: ExternalValue, step: Step, origin: Origin | null = value.origin): ExternalValue {
  return { ...value, steps: [...value.steps, step], origin };
}

/** The whole text if the value is text without holes; null otherwise. */
export function literalText(value: Value | null | undefined): string | null {
  if (value?.kind !== 'text') return null;
  let result = '';
  for (const segment of value.segments) {
    if (segment.kind === 'hole') return null;
    result += segment.text;
  }
  return result;
}

/** The default that an unknown value would have; through one-of, the first alternative that has a literal text. */
export function hintedText(value: Value | null | undefined): string | null {
  if (!value) return null;
  if (value.kind === 'unknown') return hintedText(value.hint);
  if (value.kind === 'oneOf') {
    for (const alternative of value.alternatives) {
      const found = hintedText(alternative);
      if (found !== null) return found;
    }
    return null;
  }
  if (value.kind === 'text' && value.segments.length === 1 && value.segments[0]?.kind === 'hole') {
    return hintedText(value.segments[0].value);
  }
  return literalText(value);
}

/** One of the values that the code lists, by a key or an index that is not known. */
export function listed(values: readonly Value[], origin: Origin | null): Value {
  const among = join(values, MAX_TEXTS);
  const value = unknown('configuration', among, origin);
  return among.kind === 'unknown' ? value : { ...value, among };
}

/** Joins the values of different paths. Equal literals are one value. */
export function oneOf(values: readonly Value[]): Value {
  return join(values, MAX_ALTERNATIVES);
}

/** Texts cost little to follow, other values are not joined beyond `limit`. */
function join(values: readonly Value[], limit: number): Value {
  // Most names have one value. That it stays the same object lets what was made of it be found again.
  const [only] = values;
  if (values.length === 1 && only && (only.kind !== 'oneOf' || only.alternatives.length <= limit)) return only;
  const flat: Value[] = [];
  for (const value of values) {
    for (const alternative of value.kind === 'oneOf' ? value.alternatives : [value]) {
      const same = flat.findIndex((other) => isSame(other, alternative));
      if (same < 0) flat.push(alternative);
      else flat[same] = withSources(flat[same] as Value, alternative);
    }
  }
  if (flat.length === 0) return OPAQUE;
  const isTooMany = flat.length > (flat.every(isPlainText) ? MAX_TEXTS : limit);
  const alternatives = isTooMany ? joinActivations(flat, limit) : flat;
  if (alternatives.length === 1) return alternatives[0] as Value;
  return isTooMany && alternatives.length > limit ? OPAQUE : { kind: 'oneOf', alternatives };
}

function isPlainText(value: Value): boolean {
  return value.kind === 'null' || literalText(value) !== null;
}

/** Equal values that are not known may still come from different parameters. */
function withSources(value: Value, other: Value): Value {
  if (value.kind !== 'unknown' || other.kind !== 'unknown' || other.from === value.from) return value;
  return { ...value, from: () => joinOrigins(value.from(), other.from()) };
}

export function joinOrigins(a: readonly Origin[], b: readonly Origin[]): readonly Origin[] {
  return [...a, ...b.filter((origin) => !a.some((known) => isSameOrigin(known, origin)))];
}

export function isSameOrigin(a: Origin, b: Origin): boolean {
  return a.start === b.start && a.end === b.end && a.path === b.path;
}

export function alternativesOf(value: Value): readonly Value[] {
  return value.kind === 'oneOf' ? value.alternatives : [value];
}

/** Applies `f` to each alternative and joins the results. */
export function mapAlternatives(value: Value, f: (alternative: Value) => Value): Value {
  return value.kind === 'oneOf' ? oneOf(value.alternatives.map(f)) : f(value);
}

/** The alternatives without `null`: what remains when a member of the value is read without an error. */
export function withoutNull(value: Value): Value {
  if (value.kind !== 'oneOf') return value;
  const rest = value.alternatives.filter(({ kind }) => kind !== 'null');
  return rest.length === value.alternatives.length ? value : oneOf(rest);
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'null':
      return true;
    case 'number':
    case 'boolean':
      return a.value === (b as typeof a).value;
    case 'text': {
      const left = literalText(a);
      return left !== null && left === literalText(b);
    }
    case 'unknown': {
      const other = b as UnknownValue;
      return (
        a.reason === other.reason &&
        a.hint === other.hint &&
        a.among === other.among &&
        a.variable === other.variable &&
        a.field === other.field &&
        a.column?.table === other.column?.table &&
        a.column?.name === other.column?.name
      );
    }
    case 'function':
    case 'class':
      return a.node === (b as typeof a).node && a.frame === (b as typeof a).frame;
    case 'module':
      return a.path === (b as typeof a).path;
    case 'external': {
      const other = b as ExternalValue;
      return (
        a.module === other.module &&
        a.steps.length === other.steps.length &&
        a.steps.every((step, i) => step === other.steps[i])
      );
    }
    default:
      return false;
  }
}

/** The segments that a value contributes to a text that it is put into. */
export function segmentsOf(value: Value, origin: Origin | null): readonly Segment[] {
  if (value.kind === 'text') return value.segments;
  if (value.kind === 'number' || value.kind === 'boolean') {
    return [{ kind: 'literal', text: String(value.value), origin: value.origin }];
  }
  return [{ kind: 'hole', value, origin }];
}

export function concatenate(parts: readonly (readonly Segment[])[], origin: Origin | null): TextValue {
  const segments = parts.flat();
  return {
    kind: 'text',
    segments: segments.length > MAX_SEGMENTS ? cutOff(merged(segments)) : segments,
    origin,
  };
}

/** Literal neighbours as one text, which then has no one place in the code. */
function merged(segments: readonly Segment[]): readonly Segment[] {
  const result: Segment[] = [];
  for (let start = 0; start < segments.length; ) {
    const first = segments[start] as Segment;
    let end = start + 1;
    while (first.kind === 'literal' && segments[end]?.kind === 'literal') end++;
    if (end === start + 1) result.push(first);
    else {
      const text = segments.slice(start, end).map((segment) => (segment.kind === 'literal' ? segment.text : ''));
      result.push({ kind: 'literal', text: text.join(''), origin: null });
    }
    start = end;
  }
  return result;
}

/** Omitted parts become a hole: the text continues, and must not be mistaken for the whole. */
function cutOff(segments: readonly Segment[]): readonly Segment[] {
  if (segments.length <= MAX_SEGMENTS) return segments;
  return [...segments.slice(0, MAX_SEGMENTS - 1), { kind: 'hole', value: CUT_TEXT, origin: null }];
}

export function object(entries: Iterable<readonly [string, Value]>, origin: Origin | null = null): ObjectValue {
  const map = new Map<string, Entry>();
  for (const [key, value] of entries) map.set(key, { value, isCertain: true, isReplaceable: false });
  return { kind: 'object', entries: map, open: [], origin };
}

export function array(items: readonly Value[], open: readonly Value[] = [], origin: Origin | null = null): ArrayValue {
  return { kind: 'array', items, open, origin };
}

/** `base` with the entries of `added` over it, as `{...base, ...added}` and `dict.update` do. */
export function mergeInto(base: ObjectValue, added: Value, isCertain = true): ObjectValue {
  if (added.kind === 'null') return base;
  // Of what the code lists, each may be the one.
  if (added.kind === 'unknown' && added.among !== undefined) return mergeInto(base, added.among, isCertain);
  if (added.kind === 'oneOf') {
    const objects = added.alternatives.filter((alternative) => alternative.kind === 'object');
    const [first] = objects;
    // A key that all of them have is certain.
    if (first && objects.length === added.alternatives.length) {
      return mergeInto(base, joinedObject(first, objects), isCertain);
    }
    // `...(x ? {a} : {})`: each alternative may be the one.
    return added.alternatives.reduce<ObjectValue>((result, alternative) => mergeInto(result, alternative, false), base);
  }
  const entries = new Map(base.entries);
  if (added.kind !== 'object') {
    for (const [key, entry] of entries)
      entries.set(
        key,
        lazyEntry(() => entry.value, entry.isCertain, true),
      );
    return { ...base, entries, open: [...base.open, added] };
  }
  if (added.open.length > 0) {
    for (const [key, entry] of entries)
      entries.set(
        key,
        lazyEntry(() => entry.value, entry.isCertain, true),
      );
  }
  for (const [key, entry] of added.entries) setEntry(entries, key, entry, isCertain);
  return { ...base, entries, open: [...base.open, ...added.open] };
}

export function isExternal(value: Value): boolean {
  return value.kind === 'external';
}
