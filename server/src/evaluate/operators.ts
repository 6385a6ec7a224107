/** What operators make of values. */

import type { Origin } from '../ir/origin.ts';
import {
  alternativesOf,
  array,
  CUT_TEXT,
  concatenate,
  isExternal,
  literalText,
  mergeInto,
  NULL,
  OPAQUE,
  oneOf,
  segmentsOf,
  text,
  withHint,
  withStep,
} from './lattice.ts';
import { formatPercent } from './text.ts';
import type { Entry, ExternalValue, TextValue, UnknownValue, Value } from './values.ts';

/** `||`, `&&` and `??`: an unknown operand keeps the other one as what it would be by default. */
export function logical(operator: '||' | '&&' | '??', left: Value, right: () => Value): Value {
  if (operator === '&&') {
    if (left.kind === 'null' || (left.kind === 'boolean' && !left.value)) return left;
    // `flag && value`: the value where anything is there at all.
    return left.kind === 'unknown' || left.kind === 'boolean' ? oneOf([NULL, right()]) : right();
  }
  const parts = alternativesOf(left).flatMap((alternative): Value[] => {
    if (alternative.kind === 'null') return [right()];
    if (alternative.kind === 'unknown') {
      if (alternative.among) return [orElse(alternative, right())];
      // The default of `x || null` is nothing, so that what comes after it applies.
      const { hint } = alternative;
      if (hint === null) return [{ ...withHint(alternative, right()), hasFallback: true }];
      return [withHint(alternative, logical(operator, hint, right))];
    }
    const isEmpty =
      operator === '||' &&
      ((alternative.kind === 'text' && literalText(alternative) === '') ||
        ((alternative.kind === 'number' || alternative.kind === 'boolean') && !alternative.value));
    return [isEmpty ? right() : alternative];
  });
  return oneOf(parts);
}

/** A look-up that may find nothing has one more value that it can have. */
function orElse(value: UnknownValue, right: Value): Value {
  const among = value.among === undefined ? right : oneOf([value.among, right]);
  return { ...withHint(value, value.hint === value.among ? among : (value.hint ?? right)), among };
}

/** Every other operator with two operands. `path` is the module's. */
export function binary(operator: string, left: Value, right: Value, origin: Origin, path: string): Value {
  if (operator === '+') {
    if (left.kind === 'number' && right.kind === 'number')
      return { kind: 'number', value: left.value + right.value, origin };
    if (left.kind === 'array' && right.kind === 'array') {
      return array([...left.items, ...right.items], [...left.open, ...right.open], origin);
    }
    if (left.kind === 'array') return array(left.items, [...left.open, right], origin);
    if (right.kind === 'array') return array(right.items, [left, ...right.open], origin);
    if (left.kind === 'text' || right.kind === 'text') {
      return concatenate([segmentsOf(left, origin), segmentsOf(right, origin)], origin);
    }
    return OPAQUE;
  }
  if (operator === '%' && left.kind === 'text') return formatPercent(left, right, origin);
  if (operator === '|') {
    // A type: the union of literals that an alias names.
    if ([left, right].every((side) => alternativesOf(side).every((one) => literalText(one) !== null))) {
      return oneOf([left, right]);
    }
    if (left.kind === 'object' && !alternativesOf(right).some(isExternal)) return mergeInto(left, right);
    const piped = alternativesOf(left).find(isExternal);
    const call = (value: ExternalValue, method: string, given: Value): Value => {
      const args = { positional: [given], named: new Map<string, Entry>(), open: [], node: null, path };
      return withStep(withStep(value, { kind: 'member', name: method }), { kind: 'call', args, isNew: false }, origin);
    };
    if (piped?.kind === 'external') return call(piped, 'pipe', right);
    // A chain that begins with something of the language's own is the rest of it; `{...} | prompt` runs what is in it.
    const rest = alternativesOf(right).find(isExternal);
    if (rest?.kind !== 'external') return OPAQUE;
    return left.kind === 'object' ? call(rest, '__ror__', left) : rest;
  }
  if (left.kind === 'number' && right.kind === 'number') {
    const value = arithmetic(operator, left.value, right.value);
    if (value !== null && Number.isFinite(value)) return { kind: 'number', value, origin };
  }
  if (operator === '*' && left.kind === 'text' && right.kind === 'number') {
    return repeated(left, Math.trunc(right.value), origin);
  }
  if (operator === '*' && left.kind === 'array' && left.open.length === 0 && right.kind === 'number') {
    const count = Math.max(0, Math.trunc(right.value));
    if (left.items.length * count <= MAX_REPEATED_ITEMS) {
      return array(Array.from({ length: count }, () => left.items).flat(), [], origin);
    }
  }
  return OPAQUE;
}

/** Characters, and repetitions of a text with holes: more are a text that is not known. */
const MAX_REPEATED_TEXT = 1_000_000;
const MAX_REPETITIONS = 64;
const MAX_REPEATED_ITEMS = 1_000;

/** `text * count`; nothing for a count below 1. */
export function repeated(value: TextValue, count: number, origin: Origin): Value {
  const literal = literalText(value);
  if (literal !== null && literal.length * count <= MAX_REPEATED_TEXT) {
    return text(literal.repeat(Math.max(0, count)), origin);
  }
  if (literal !== null || count > MAX_REPETITIONS)
    return concatenate([[{ kind: 'hole', value: CUT_TEXT, origin }]], origin);
  return concatenate(
    Array.from({ length: Math.max(0, count) }, () => value.segments),
    origin,
  );
}

function arithmetic(operator: string, left: number, right: number): number | null {
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '**':
      return left ** right;
    default:
      return null;
  }
}
