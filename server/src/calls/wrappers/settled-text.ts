/**
 * The prompt of a feature call as it is before wrappers change it. A wrapper that redacts or cuts a text returns either
 * the text itself or something that is not known: what is known then represents both, so that it is counted and shown.
 */
import { mappedEntry } from '../../evaluate/entries.ts';
import { literalText, oneOf, segmentsOf } from '../../evaluate/lattice.ts';
import type { Segment, Value } from '../../evaluate/values.ts';
import type { Roles, RoleValue } from '../../sdks/roles.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import { TEXT_ROLES } from './texts.ts';

/** Messages with parts: no SDK nests deeper. */
const MAX_DEPTH = 8;

export function settleTexts(call: SdkCall): SdkCall {
  const values = new Map(call.roles.values);
  for (const role of TEXT_ROLES) {
    const found = values.get(role);
    if (found) values.set(role, { ...found, value: settle(found.value, 0) } satisfies RoleValue);
  }
  return { ...call, roles: { ...call.roles, values } satisfies Roles };
}

function settle(value: Value, depth: number): Value {
  if (depth > MAX_DEPTH) return value;
  const inner = (part: Value) => settle(part, depth + 1);
  switch (value.kind) {
    case 'oneOf':
      return settleChoice(value.alternatives.map(inner), value);
    case 'text':
      return { ...value, segments: value.segments.flatMap((segment) => settleSegment(segment, inner)) };
    case 'array':
      return { ...value, items: value.items.map(inner), open: value.open.map(inner) };
    case 'object': {
      const entries = new Map([...value.entries].map(([key, entry]) => [key, mappedEntry(entry, inner)]));
      return { ...value, entries };
    }
    default:
      return value;
  }
}

/** Of texts that are all known, the one of the shortest way through the wrapper, which comes first. */
function settleChoice(alternatives: readonly Value[], otherwise: Value): Value {
  const known = alternatives.filter((one) => !isUnseen(one));
  const written = known.filter((one) => literalText(one) !== null);
  const [first] = written;
  if (first && written.length === known.length) return first;
  return known.length === 0 ? otherwise : oneOf(known);
}

/** True for what a function made of a text in a way that is not seen, and for no text at all. */
function isUnseen(value: Value): boolean {
  if (value.kind === 'text') {
    return value.segments.every((segment) => segment.kind === 'hole' && isUnseen(segment.value));
  }
  return value.kind === 'null' || (value.kind === 'unknown' && value.reason === 'opaque');
}

function settleSegment(segment: Segment, inner: (value: Value) => Value): readonly Segment[] {
  return segment.kind === 'literal' ? [segment] : segmentsOf(inner(segment.value), segment.origin);
}
