/** Text as segments: what the languages' formatting methods make of it. */

import type { Origin } from '../ir/origin.ts';
import { array, concatenate, literalText, segmentsOf, text, unknown } from './lattice.ts';
import type { ArrayValue, CallArguments, Segment, TextValue, Value } from './values.ts';

/** Methods that change letters or white space only: for counting and comparing, the text stays what it is. */
const TRANSPARENT_METHODS = new Set([
  'encode',
  'decode',
  'toString',
  'valueOf',
  'dedent',
  'normalize',
  'trimIndent',
  'expandtabs',
]);
const TRIMMING: Readonly<Record<string, (value: string) => string>> = {
  strip: (value) => value.trim(),
  trim: (value) => value.trim(),
  lstrip: (value) => value.trimStart(),
  trimStart: (value) => value.trimStart(),
  rstrip: (value) => value.trimEnd(),
  trimEnd: (value) => value.trimEnd(),
  lower: (value) => value.toLowerCase(),
  toLowerCase: (value) => value.toLowerCase(),
  upper: (value) => value.toUpperCase(),
  toUpperCase: (value) => value.toUpperCase(),
};

/** The result of calling a method of a text; null if the method is unknown. */
export function callTextMethod(value: TextValue, method: string, args: CallArguments, origin: Origin): Value | null {
  if (TRANSPARENT_METHODS.has(method)) return value;
  const trim = TRIMMING[method];
  if (trim) return trimmed(value, trim);
  switch (method) {
    case 'format':
      return formatted(value, args, origin);
    case 'join': {
      const [first] = args.positional;
      return first?.kind === 'array'
        ? joined(first, value, origin)
        : concatenate([hole(first ?? value, origin)], origin);
    }
    case 'concat':
      return concatenate([value.segments, ...args.positional.map((part) => segmentsOf(part, origin))], origin);
    case 'replace':
    case 'replaceAll': {
      const [first, second] = args.positional;
      const pattern = literalText(first);
      return pattern && second ? replaced(value, pattern, second, origin) : value;
    }
    case 'split':
      return array([], [value], origin);
    case 'format_map': {
      const [first] = args.positional;
      return first?.kind === 'object'
        ? formatted(
            value,
            { positional: [], named: first.entries, open: first.open, node: args.node, path: args.path },
            origin,
          )
        : value;
    }
    default:
      return null;
  }
}

function hole(value: Value, origin: Origin): readonly Segment[] {
  return [{ kind: 'hole', value, origin }];
}

/** Trims the ends of the whole text; letter case changes apply to every literal segment. */
function trimmed(value: TextValue, apply: (part: string) => string): TextValue {
  const whole = literalText(value);
  if (whole !== null) {
    const result = apply(whole);
    return result === whole ? value : text(result, value.segments[0]?.origin ?? value.origin);
  }
  return value;
}

export function joined(list: ArrayValue, separator: TextValue, origin: Origin): TextValue {
  const parts: (readonly Segment[])[] = [];
  list.items.forEach((item, index) => {
    if (index > 0) parts.push(separator.segments);
    parts.push(segmentsOf(item, origin));
  });
  // Items whose number is not known are one hole: their text repeats an unknown number of times.
  for (const item of list.open) parts.push(hole(item, origin));
  return concatenate(parts, origin);
}

const FIELD = /\{\{|\}\}|\{([^{}]*)\}/g;

/** Python's `str.format`: fields are filled from the arguments; a field that is not given stays a hole. */
function formatted(value: TextValue, args: CallArguments, origin: Origin): TextValue {
  let next = 0;
  const parts = value.segments.map((segment): readonly Segment[] => {
    if (segment.kind === 'hole') return [segment];
    return splitFields(segment.text, segment.origin, (field) => {
      const name = (field.split(/[.[!:]/)[0] ?? '').trim();
      const argument =
        name === ''
          ? args.positional[next++]
          : /^\d+$/.test(name)
            ? args.positional[Number(name)]
            : args.named.get(name)?.value;
      return argument ?? unknown('parameter', null, origin);
    });
  });
  return concatenate(parts, origin);
}

/** Cuts a format string into literal segments and holes. */
export function splitFields(source: string, origin: Origin | null, fill: (field: string) => Value): readonly Segment[] {
  const segments: Segment[] = [];
  let literal = '';
  let last = 0;
  const flush = () => {
    if (literal !== '') segments.push({ kind: 'literal', text: literal, origin });
    literal = '';
  };
  for (const match of source.matchAll(FIELD)) {
    literal += source.slice(last, match.index);
    last = match.index + match[0].length;
    if (match[1] === undefined) {
      literal += match[0][0];
      continue;
    }
    flush();
    segments.push(...segmentsOf(fill(match[1]), origin));
  }
  literal += source.slice(last);
  flush();
  return segments;
}

const CONVERSION = /%(?:\((\w+)\))?[-#0 +]*\d*(?:\.\d+)?[sdrifxeEgGc]|%%/g;

/** Python's `"..." % values`. */
export function formatPercent(value: TextValue, values: Value, origin: Origin): TextValue {
  let next = 0;
  const parts = value.segments.map((segment): readonly Segment[] => {
    if (segment.kind === 'hole') return [segment];
    const segments: Segment[] = [];
    let last = 0;
    for (const match of segment.text.matchAll(CONVERSION)) {
      const before = segment.text.slice(last, match.index);
      last = match.index + match[0].length;
      if (before !== '') segments.push({ kind: 'literal', text: before, origin: segment.origin });
      if (match[0] === '%%') segments.push({ kind: 'literal', text: '%', origin: segment.origin });
      else segments.push(...segmentsOf(conversionValue(values, match[1], next++, origin), origin));
    }
    const rest = segment.text.slice(last);
    if (rest !== '') segments.push({ kind: 'literal', text: rest, origin: segment.origin });
    return segments;
  });
  return concatenate(parts, origin);
}

function conversionValue(values: Value, name: string | undefined, index: number, origin: Origin): Value {
  const found =
    values.kind === 'array'
      ? values.items[index]
      : values.kind === 'object' && name
        ? values.entries.get(name)?.value
        : index === 0
          ? values
          : undefined;
  return found ?? unknown('opaque', null, origin);
}

function replaced(value: TextValue, pattern: string, replacement: Value, origin: Origin): TextValue {
  const parts = value.segments.map((segment): readonly Segment[] => {
    if (segment.kind === 'hole') return [segment];
    const pieces = segment.text.split(pattern);
    return pieces.flatMap((piece, index): readonly Segment[] => [
      ...(index > 0 ? segmentsOf(replacement, origin) : []),
      ...(piece === '' ? [] : [{ kind: 'literal' as const, text: piece, origin: segment.origin }]),
    ]);
  });
  return concatenate(parts, origin);
}
