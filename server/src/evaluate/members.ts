/** Reading members and elements of values. */

import type { Origin } from '../ir/origin.ts';
import { environmentValue } from './builtins.ts';
import { classMember, instanceMember } from './classes/class-members.ts';
import { commandOption, handledOption } from './defaults/command-options.ts';
import { djangoSetting, dynaconfSetting } from './defaults/project-settings.ts';
import { fieldOfRecord, recordField } from './defaults/record-fields.ts';
import { schemaColumn } from './defaults/schema-columns.ts';
import { validatedVariable } from './defaults/setting-readers.ts';
import type { Evaluator } from './evaluator.ts';
import { alternativesOf, mapAlternatives, NULL, OPAQUE, unknown, withoutNull, withStep } from './lattice.ts';
import { someItem } from './lists/collections.ts';
import { exportOf } from './names.ts';
import { parsedField } from './schemas.ts';
import { sourcesOf } from './sources.ts';
import type { ExternalValue, UnknownValue, Value } from './values.ts';

export function memberOf(evaluator: Evaluator, value: Value, name: string, origin: Origin): Value {
  return mapAlternatives(withoutNull(value), (alternative) => memberOfOne(evaluator, alternative, name, origin));
}

function memberOfOne(evaluator: Evaluator, value: Value, name: string, origin: Origin): Value {
  switch (value.kind) {
    case 'external':
      return (
        environmentValue(value, name, origin) ??
        parsedField(evaluator, value, name, origin) ??
        validatedVariable(value, name, origin) ??
        commandOption(evaluator, value, name, origin) ??
        recordField(evaluator, value, name, origin) ??
        schemaColumn(value, name, origin) ??
        djangoSetting(evaluator, value, name, origin) ??
        dynaconfSetting(evaluator, value, name, origin) ??
        givenField(value, name) ??
        withStep(value, { kind: 'member', name }, origin)
      );
    case 'text':
      // A member of an enumeration is taken for its text.
      return name === 'value' ? value : OPAQUE;
    case 'object': {
      const entry = value.entries.get(name);
      if (entry) return entry.isReplaceable ? replaceable(entry.value, origin) : entry.value;
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
      const record = value.record?.() ?? null;
      const field = record && fieldOfRecord(evaluator, record, name, origin, value.from);
      if (field) return field;
      const member = partOfUnknown(value, (known) => memberOf(evaluator, known, name, origin), origin);
      if (value.reason === 'parameter' && member.hint === null) {
        const option = handledOption(evaluator, value.from(), name, origin);
        if (option) return option;
      }
      if (value.shape) return memberOfShape(evaluator, value.shape(), name, member, origin);
      return asPromised(member, value, (object) => memberOf(evaluator, object, name, origin));
    }
    default:
      return OPAQUE;
  }
}

/** What an object of a package's class was made with under the name of one of its fields (`Message(content=text).content`). */
function givenField({ steps }: ExternalValue, name: string): Value | null {
  const [before, last] = [steps.at(-2), steps.at(-1)];
  const isMade = last?.kind === 'call' && before?.kind === 'member' && /^[A-Z]/.test(before.name);
  return isMade ? (last.args?.named.get(name)?.value ?? null) : null;
}

/** What a later spread may replace is certain no more; objects and functions are followed as the code has them. */
function replaceable(value: Value, origin: Origin): Value {
  const isPlain = alternativesOf(value).every(({ kind }) => kind === 'text' || kind === 'number' || kind === 'boolean');
  return isPlain ? unknown('configuration', value, origin, () => sourcesOf(value)) : value;
}

/** A default object's parts are the defaults of the parts. */
export function partOfUnknown(value: UnknownValue, partOf: (known: Value) => Value, origin: Origin): UnknownValue {
  const hint = value.hint ? partOf(value.hint) : null;
  const known = unknown(value.reason, hint?.kind === 'null' ? null : hint, origin, value.from);
  const part = {
    ...known,
    ...(value.record ? { record: value.record } : {}),
    ...(value.isFilled ? { isFilled: value.isFilled } : {}),
  };
  if (value.among === undefined) return part;
  const among = value.among === value.hint ? hint : partOf(value.among);
  return isKnown(among) ? { ...part, among } : part;
}

/** `part` of `whole`, as the object that the part of what `whole` is declared as is, or is declared as in its turn. */
export function asPromised(part: Value, whole: Value, partOf: (object: Value) => Value | null): Value {
  if (whole.kind !== 'unknown' || part.kind !== 'unknown') return part;
  const { declared } = whole;
  if (declared === undefined || part.hint !== null || part.declared !== undefined) return part;
  const promised = (): Value | null => {
    const object = declared();
    const found = object && partOf(object);
    return found?.kind === 'unknown' ? (found.declared?.() ?? null) : found;
  };
  return { ...part, declared: promised };
}

/** `member` with what its declared type says of it. */
function memberOfShape(
  evaluator: Evaluator,
  shape: Value | null,
  name: string,
  member: UnknownValue,
  origin: Origin,
): Value {
  const promised = shape === null ? null : memberOf(evaluator, shape, name, origin);
  if (promised?.kind === 'unknown') {
    const { among, field } = promised;
    return {
      ...member,
      ...(among === undefined ? {} : { among, isClaimed: true }),
      ...(field === undefined ? {} : { field }),
    };
  }
  return promised?.kind === 'instance' ? { ...member, shape: () => promised } : member;
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
    if (alternative.kind === 'unknown' && typeof key === 'number') {
      return partOfUnknown(alternative, (value) => elementOf(evaluator, value, key, origin), origin);
    }
    return memberOfOne(evaluator, alternative, String(key), origin);
  });
}
