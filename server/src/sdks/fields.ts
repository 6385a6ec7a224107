/** Request fields: what a call's arguments say, whatever way they are written. */

import { joinedEntry, lazyEntry, mappedEntry } from '../evaluate/entries.ts';
import { literalText, OPAQUE } from '../evaluate/lattice.ts';
import type { ArrayValue, CallArguments, Entry, TextValue, UnknownValue, Value } from '../evaluate/values.ts';
import type { RequestShape } from './descriptor.ts';

/** Fields by name, and values whose contents are not known and that may hold any field. */
export interface Fields {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly open: readonly Value[];
}

export const NO_FIELDS: Fields = { entries: new Map(), open: [] };

/** Arguments nest (`config=types.GenerateContentConfig(...)`); a program that nests deeper than this says nothing more. */
const MAX_DEPTH = 8;

/** The fields of a call; for an object known only by its annotation (`null`) every field is open. */
export function readFields(args: CallArguments | null, shape: RequestShape): Fields {
  return readAtDepth(args, shape, 0);
}

function readAtDepth(args: CallArguments | null, shape: RequestShape, depth: number): Fields {
  if (args === null) return { entries: new Map(), open: [OPAQUE] };
  const entries = new Map<string, Entry>();
  const open: Value[] = [...args.open];
  const positional = shape.positional ?? ['...'];
  for (const [index, name] of positional.entries()) {
    const value = args.positional[index];
    if (value === undefined) break;
    const fieldName = name.endsWith('|...') ? name.slice(0, -4) : name;
    if (name === '...' || (fieldName !== name && isOptions(value))) {
      const options = fieldsOf(value, depth + 1);
      for (const [key, entry] of options.entries) entries.set(key, entry);
      open.push(...options.open);
    } else {
      entries.set(fieldName, { value, isCertain: true, isReplaceable: false });
    }
  }
  for (const [key, entry] of args.named) entries.set(key, entry);
  return withDocuments({ entries, open }, shape.json ?? [], depth);
}

/** An object of parameters, rather than a parameter itself. */
export function isOptions(value: Value): boolean {
  return value.kind === 'object' || (value.kind === 'oneOf' && value.alternatives.some(isOptions));
}

/** The keys of JSON documents in `paths` become additional fields; existing fields take precedence. */
function withDocuments(fields: Fields, paths: readonly string[], depth: number): Fields {
  if (paths.length === 0) return fields;
  const entries = new Map(fields.entries);
  const open = [...fields.open];
  for (const path of paths) {
    const found = fieldAtDepth(fields, path, depth);
    if (found.entry === null) continue;
    const body = fieldsOf(parsed(found.entry.value), depth + 1);
    for (const [key, entry] of body.entries) {
      if (!entries.has(key)) entries.set(key, weaken(entry, found.entry));
    }
    open.push(...body.open);
  }
  return { entries, open };
}

/** The value at `path`. `open` are values on the way whose contents are not known and that may hold it. */
export interface FieldAt {
  readonly entry: Entry | null;
  readonly open: readonly Value[];
}

/** Looks a dotted path up (`config.maxOutputTokens`), into nested objects and into objects that packages construct. */
export function fieldAt(fields: Fields, path: string): FieldAt {
  return fieldAtDepth(fields, path, 0);
}

function fieldAtDepth(fields: Fields, path: string, depth: number): FieldAt {
  const [head = '', ...rest] = path.split('.');
  let entry = fields.entries.get(head) ?? null;
  const isSettled = entry?.isCertain === true && !entry.isReplaceable;
  let open: readonly Value[] = isSettled ? [] : fields.open;
  for (const [index, name] of rest.entries()) {
    if (entry === null) break;
    const inner = fieldsOf(entry.value, depth + index + 1);
    const next = inner.entries.get(name) ?? null;
    if (next === null || !next.isCertain || next.isReplaceable) open = [...open, ...inner.open];
    entry = next === null ? null : weaken(next, entry);
  }
  return { entry, open };
}

/** The fields that a value holds when it is read as an options object. */
export function fieldsOf(value: Value, depth = 0): Fields {
  if (depth > MAX_DEPTH) return { entries: new Map(), open: [value] };
  switch (value.kind) {
    case 'object':
      return { entries: value.entries, open: value.open };
    case 'external': {
      const last = value.steps.at(-1);
      return last?.kind === 'call' && last.args !== null
        ? readAtDepth(last.args, { positional: ['...'] }, depth + 1)
        : { entries: new Map(), open: [value] };
    }
    // `config_list.0.model`.
    case 'array':
      return { entries: itemsByIndex(value), open: value.open };
    case 'oneOf':
      return merge(value.alternatives.map((alternative) => fieldsOf(alternative, depth + 1)));
    case 'unknown':
      return fromHint(value, depth);
    case 'instance':
      return { entries: new Map(), open: [value] };
    default:
      return NO_FIELDS;
  }
}

/** Where a list may have further items, each of those that are seen may have another place. */
function itemsByIndex({ items, open }: ArrayValue): ReadonlyMap<string, Entry> {
  const isReplaceable = open.length > 0;
  return new Map(items.map((value, index) => [String(index), { value, isCertain: true, isReplaceable }]));
}

/** A default object that a caller may replace: its fields are hints. */
function fromHint(value: UnknownValue, depth: number): Fields {
  if (value.hint === null) return { entries: new Map(), open: [value] };
  const { entries: defaults } = fieldsOf(value.hint, depth + 1);
  const entries = new Map<string, Entry>();
  for (const [key, entry] of defaults) {
    entries.set(
      key,
      mappedEntry(entry, (hint) => ({ ...value, hint }), false, true),
    );
  }
  return { entries, open: [value] };
}

/** The fields of one of several objects: certain only where every one of them has the field. */
function merge(all: readonly Fields[]): Fields {
  const names = new Set(all.flatMap((fields) => [...fields.entries.keys()]));
  const entries = new Map<string, Entry>();
  for (const name of names) {
    const found = all.map((fields) => fields.entries.get(name)).filter((entry) => entry !== undefined);
    const isCertain = found.length === all.length && found.every((entry) => entry.isCertain);
    const isReplaceable = found.some((entry) => entry.isReplaceable);
    entries.set(name, joinedEntry(found, isCertain, isReplaceable));
  }
  return { entries, open: all.flatMap((fields) => fields.open) };
}

function weaken(entry: Entry, by: Entry): Entry {
  return lazyEntry(() => entry.value, entry.isCertain && by.isCertain, entry.isReplaceable || by.isReplaceable);
}

/** JSON written as literal text becomes the value that it encodes; any other value stays. */
export function parsed(value: Value): Value {
  const text = literalText(value);
  if (text === null || !/^\s*\{/.test(text)) return value;
  try {
    return fromJson(JSON.parse(text), value as TextValue);
  } catch {
    return value;
  }
}

function fromJson(json: unknown, source: TextValue): Value {
  const origin = source.origin;
  if (typeof json === 'string') return { kind: 'text', segments: [{ kind: 'literal', text: json, origin }], origin };
  if (typeof json === 'number') return { kind: 'number', value: json, origin };
  if (typeof json === 'boolean') return { kind: 'boolean', value: json, origin };
  if (Array.isArray(json)) {
    return { kind: 'array', items: json.map((item) => fromJson(item, source)), open: [], origin };
  }
  if (typeof json !== 'object' || json === null) return { kind: 'null' };
  const entries = new Map<string, Entry>();
  for (const [key, item] of Object.entries(json)) {
    entries.set(key, { value: fromJson(item, source), isCertain: true, isReplaceable: false });
  }
  return { kind: 'object', entries, open: [], origin };
}
