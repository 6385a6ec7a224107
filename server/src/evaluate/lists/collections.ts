/** Methods of lists and dictionaries, in either language. Null if the method is not one of them. */

import type { Origin } from '../../ir/origin.ts';
import type { Evaluator } from '../evaluator.ts';
import {
  alternativesOf,
  array,
  listed,
  literalText,
  mergeInto,
  NULL,
  OPAQUE,
  oneOf,
  text,
  unknown,
  withHint,
} from '../lattice.ts';
import { sourcesOf } from '../sources.ts';
import { joined } from '../text.ts';
import type { ArrayValue, CallArguments, ObjectValue, Value } from '../values.ts';

export function callArrayMethod(
  evaluator: Evaluator,
  receiver: ArrayValue,
  method: string,
  args: CallArguments,
  origin: Origin,
): Value | null {
  switch (method) {
    case 'join': {
      const [first] = args.positional;
      return joined(receiver, first?.kind === 'text' ? first : text(',', origin), origin);
    }
    case 'map':
    case 'flatMap': {
      const [first] = args.positional;
      if (!first) return OPAQUE;
      const apply = (item: Value) =>
        first.kind === 'function'
          ? evaluator.invokeWith(first, [item])
          : unknown('opaque', null, origin, () => sourcesOf(item));
      return array(receiver.items.map(apply), receiver.open.map(apply), origin);
    }
    case 'reduce':
      return folded(evaluator, receiver, args) ?? OPAQUE;
    case 'filter':
      return array([], [...receiver.items, ...receiver.open], origin);
    case 'concat':
      return args.positional.reduce<ArrayValue>((result, part) => {
        // An object is an item; what is not known may be a list.
        const { items, open } =
          part.kind === 'array' ? part : part.kind === 'object' ? array([part]) : array([], [part]);
        return array([...result.items, ...items], [...result.open, ...open], origin);
      }, receiver);
    case 'copy':
    case 'reverse':
    case 'toReversed':
      return receiver;
    case 'slice':
      return args.positional.length === 0 ? receiver : array([], [...receiver.items, ...receiver.open], origin);
    case 'find':
    case 'findLast':
      return itemBy(receiver, origin);
    case 'at': {
      const [first] = args.positional;
      return first?.kind === 'number' ? (receiver.items.at(first.value) ?? OPAQUE) : OPAQUE;
    }
    default:
      return null;
  }
}

/** Longer lists are not gone through item by item. */
const MAX_FOLDED = 64;

/** `list.reduce(step, start)`; null where the list or the step is not known. */
function folded(evaluator: Evaluator, { items, open }: ArrayValue, { positional }: CallArguments): Value | null {
  const [step, start] = positional;
  if (step?.kind !== 'function' || start === undefined || items.length > MAX_FOLDED) return null;
  const folded = items.reduce<Value>((sum, item) => evaluator.invokeWith(step, [sum, item]), start);
  if (open.length === 0) return folded;
  // More items may add to an object, and change what is known of it.
  return folded.kind === 'object' && items.length > 0 ? mergeInto(folded, unknown('opaque')) : null;
}

/** The parts of an object as a list, in its order. */
export function listOf(
  { entries, open }: ObjectValue,
  part: (key: string, value: Value) => Value,
  origin: Origin,
): ArrayValue {
  return array(
    [...entries].map(([key, { value }]) => part(key, value)),
    open.length > 0 ? [unknown('opaque')] : [],
    origin,
  );
}

/** The item that a condition, or an index that is not known, picks. */
export function itemBy(list: ArrayValue, origin: Origin): Value {
  return list.items.length > 0 && list.open.length === 0 ? listed(list.items, origin) : someItem(list, origin);
}

/** An item of a list, whichever. Objects keep their parts; of other values only what they may be is kept. */
export function someItem(list: ArrayValue, origin: Origin | null): Value {
  const items = itemsOf(list);
  if (items.some(isObjectLike)) return oneOf(items);
  const from = () => sourcesOf(list);
  if (items.length === 0) return unknown('item', null, origin, from);
  const among = oneOf(items);
  const value = unknown('item', among, origin, from);
  return list.open.length === 0 && among.kind !== 'unknown' ? { ...value, among } : value;
}

/** The items that a part of a list with an unknown number of them puts in. */
function itemsPutIn(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'null':
      return [];
    case 'oneOf':
      // Either list may be put in as a whole, or be an item itself.
      return value.alternatives.flatMap((one) => (one.kind === 'array' ? [one, ...itemsOf(one)] : itemsPutIn(one)));
    case 'unknown': {
      const lists = alternativesOf(value.hint ?? NULL).filter((one) => one.kind === 'array');
      return [...lists.flatMap(itemsOf), lists.length > 0 ? withHint(value, null) : value];
    }
    default:
      return [value];
  }
}

function itemsOf({ items, open }: ArrayValue): readonly Value[] {
  return [...items, ...open.flatMap(itemsPutIn)];
}

function isObjectLike(value: Value): boolean {
  return value.kind === 'external' || value.kind === 'instance' || value.kind === 'object' || value.kind === 'array';
}

export function callObjectMethod(
  receiver: ObjectValue,
  method: string,
  args: CallArguments,
  origin: Origin,
): Value | null {
  switch (method) {
    case 'get': {
      const key = literalText(args.positional[0]);
      const entry = key === null ? undefined : receiver.entries.get(key);
      if (entry) return entry.value;
      const fallback = args.positional[1];
      if (key === null) {
        const values = [...receiver.entries.values()].map(({ value }) => value);
        return receiver.open.length > 0
          ? unknown('configuration', oneOf(values), origin)
          : listed(fallback ? [...values, fallback] : values, origin);
      }
      if (receiver.open.length === 0) return fallback ?? NULL;
      return unknown('opaque', fallback ?? null, origin, () => sourcesOf(receiver));
    }
    case 'copy':
    // JSON text of an object is the object here: `json.dumps(body).encode()`.
    case 'encode':
      return receiver;
    case 'items':
      return listOf(receiver, (name, value) => array([text(name), value]), origin);
    case 'values':
      return listOf(receiver, (_, value) => value, origin);
    case 'keys':
      return listOf(receiver, (name) => text(name), origin);
    case 'setdefault':
    case 'pop': {
      const key = literalText(args.positional[0]);
      return key === null ? OPAQUE : (receiver.entries.get(key)?.value ?? args.positional[1] ?? OPAQUE);
    }
    default:
      return null;
  }
}
