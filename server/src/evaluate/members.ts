/** Reading members and elements of values. */

import type { Origin } from '../ir/origin.ts';
import { environmentValue } from './builtins.ts';
import { classMember, instanceMember } from './classes/class-members.ts';
import type { Evaluator } from './evaluator.ts';
import { mapAlternatives, NULL, OPAQUE, unknown, withoutNull, withStep } from './lattice.ts';
import { someItem } from './lists/collections.ts';
import { exportOf } from './names.ts';
import { parsedField } from './schemas.ts';
import { sourcesOf } from './sources.ts';
import type { Value } from './values.ts';

export function memberOf(evaluator: Evaluator, value: Value, name: string, origin: Origin): Value {
  return mapAlternatives(withoutNull(value), (alternative) => memberOfOne(evaluator, alternative, name, origin));
}

function memberOfOne(evaluator: Evaluator, value: Value, name: string, origin: Origin): Value {
  switch (value.kind) {
    case 'external':
      return (
        environmentValue(value, name, origin) ??
        parsedField(value, name, origin) ??
        withStep(value, { kind: 'member', name }, origin)
      );
    case 'text':
      // A member of an enumeration is taken for its text.
      return name === 'value' ? value : OPAQUE;
    case 'object': {
      const entry = value.entries.get(name);
      if (entry) return entry.value;
      const [first] = value.open;
      if (first)
        return first.kind === 'unknown'
          ? unknown(first.reason, null, origin, first.from)
          : unknown('opaque', null, origin, () => sourcesOf(first));
      return NULL;
    }
    case 'instance':
      return instanceMember(evaluator, value, name, origin) ?? unknown('opaque', null, origin);
    case 'class':
      return classMember(evaluator, value, name, origin) ?? OPAQUE;
    case 'module':
      return exportOf(evaluator, value.path, name);
    case 'unknown': {
      // A default object's members are the defaults of the members.
      const hint = value.hint ? memberOf(evaluator, value.hint, name, origin) : null;
      const member = unknown(value.reason, isKnown(hint) ? hint : null, origin, value.from);
      if (value.among === undefined) return member;
      const among = value.among === value.hint ? hint : memberOf(evaluator, value.among, name, origin);
      return isKnown(among) ? { ...member, among } : member;
    }
    default:
      return OPAQUE;
  }
}

function isKnown(value: Value | null): value is Value {
  return value !== null && value.kind !== 'null' && value.kind !== 'unknown';
}

/** `value[key]`. */
export function elementOf(evaluator: Evaluator, value: Value, key: string | number, origin: Origin): Value {
  return mapAlternatives(withoutNull(value), (alternative) => {
    if (alternative.kind === 'array' && typeof key === 'number') {
      const item = alternative.items[key < 0 ? alternative.items.length + key : key];
      if (item && alternative.open.length === 0) return item;
      if (item === undefined && alternative.open.length > 0) return someItem(alternative, origin);
      const from = () => sourcesOf(alternative);
      return unknown('opaque', item ?? null, item ? origin : null, from);
    }
    if (alternative.kind === 'external' && typeof key === 'number') {
      return withStep(alternative, { kind: 'member', name: `[${key}]` }, origin);
    }
    return memberOfOne(evaluator, alternative, String(key), origin);
  });
}
