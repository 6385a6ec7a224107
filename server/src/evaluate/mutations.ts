/** What `x[k] = v`, `x.update(...)`, `x.append(...)` and `x += ...` make of a value. */
import type { Expression } from '../ir/nodes.ts';
import { bindArguments } from './bind-arguments.ts';
import { withCall, withFieldChange } from './classes/object-changes.ts';
import { lazyEntry, mappedEntry, setEntry } from './entries.ts';
import type { Evaluator } from './evaluator.ts';
import type { Frame } from './frame.ts';
import { argumentsOf } from './invoke.ts';
import { array, literalText, mapAlternatives, mergeInto, OPAQUE, object, oneOf, unknown } from './lattice.ts';
import { augmented, lookUp, type Repetition } from './names.ts';
import { logical } from './operators.ts';
import type { Reaching } from './scopes/reaching.ts';
import type { Definition, Mutation, Region } from './scopes/scope.ts';
import { isSettingUp } from './scopes/scope-parts.ts';
import type { ArrayValue, CallArguments, Entry, Value } from './values.ts';

export function applyMutations(
  evaluator: Evaluator,
  initial: Value,
  mutations: Reaching['mutations'],
  frame: Frame,
): Value {
  let value = initial;
  for (const { definition, isCertain } of mutations) {
    const home = definition.scope === frame.scope ? frame : evaluator.frameOf(definition.scope);
    const { source } = definition;
    if (source.kind === 'mutation') {
      value = applyMutation(evaluator, value, source.mutation, isCertain, home);
    } else if (source.kind === 'value' && source.path.length === 0) {
      const added = evaluator.evaluate(source.expression, home);
      const origin = evaluator.origin(source.expression, home);
      value = mapAlternatives(value, (alternative) =>
        assignedWith(source.operator, alternative, added, isCertain ? 'once' : repetitionOf(definition), origin),
      );
    }
  }
  return value;
}

/** The value after one change, which is written in the activation `frame`. */
export function applyMutation(
  evaluator: Evaluator,
  value: Value,
  mutation: Mutation,
  isCertain: boolean,
  frame: Frame,
): Value {
  switch (mutation.operation) {
    case 'decorate':
      return mapAlternatives(value, (alternative) => decorating(evaluator, alternative, mutation, frame));
    case 'call': {
      const changed = changedByCall(evaluator, value, mutation, frame);
      return isCertain || changed === value ? changed : oneOf([value, changed]);
    }
    case 'tell':
      return mapAlternatives(value, (alternative) => told(evaluator, alternative, mutation, isCertain, frame));
    default: {
      const { call } = mutation;
      const resolved = new ResolvedMutation(evaluator, mutation, frame);
      return mapAlternatives(value, (alternative) => {
        if (mutation.keys.length > 0) {
          return hasParts(alternative) ? applied(alternative, resolved.keys, resolved, isCertain) : alternative;
        }
        return alternative.kind === 'instance' && call !== undefined
          ? withCall(evaluator, alternative, call, isCertain, frame)
          : changed(alternative, resolved, isCertain);
      });
    }
  }
}

/** The object as a function of the project leaves it that changes what it is given. */
function changedByCall(evaluator: Evaluator, value: Value, { keys: [at], value: node }: Mutation, frame: Frame): Value {
  if (node?.kind !== 'call' || (value.kind !== 'array' && value.kind !== 'object')) return value;
  const called = evaluator.evaluate(node.callee, frame);
  if (called.kind !== 'function') return value;
  const position = Number(at);
  const pattern = called.node.parameters[position]?.pattern;
  const scope = called.frame.scope.module.scopes.get(called.node);
  const isChanged = (name: string) => scope?.definitions.get(name)?.some(({ source }) => source.kind === 'mutation');
  if (pattern?.kind !== 'name' || !isChanged(pattern.name)) return value;
  const args = argumentsOf(evaluator, node.arguments, node, frame);
  const bound = bindArguments(evaluator, called, {
    ...passed(args),
    positional: args.positional.with(position, value),
  });
  if (bound === null) return value;
  const after = evaluator.within(() => lookUp(evaluator, pattern.name, called.node.end, bound));
  return after.kind === value.kind ? after : value;
}

function passed({ named, open, node, path }: CallArguments): Omit<CallArguments, 'positional'> {
  return { named, open, node, path };
}

/**
 * The object with the function among those that its member `name` decorates. What the functions give stands under
 * `name()`.
 */
function decorating(evaluator: Evaluator, value: Value, { keys: [name], value: node }: Mutation, frame: Frame): Value {
  if (value.kind !== 'external' || typeof name !== 'string' || node?.kind !== 'function') return value;
  const decorated = evaluator.evaluate(node, frame);
  const assigned = new Map(value.assigned);
  const add = (key: string, added: () => Value): void => {
    const before = assigned.get(key);
    const all = () => array([...(before?.value.kind === 'array' ? before.value.items : []), added()], [], null);
    assigned.set(key, lazyEntry(all));
  };
  add(name, () => decorated);
  add(`${name}()`, () => evaluator.invokeWith(decorated, []));
  return { ...value, assigned };
}

function repetitionOf({ region }: Definition): Repetition {
  for (let current: Region | null = region; current; current = current.parent) {
    if (current.kind === 'loop') return 'any number';
  }
  return 'at most once';
}

/** The object with a call that set it up. */
function told(evaluator: Evaluator, value: Value, mutation: Mutation, isCertain: boolean, frame: Frame): Value {
  const { value: node } = mutation;
  if (node?.kind !== 'call' || node.callee.kind !== 'member') return value;
  if (value.kind === 'instance') return withCall(evaluator, value, node, isCertain, frame);
  if (value.kind !== 'external' || !isSettingUp(mutation)) return value;
  const method = [...mutation.keys, node.callee.property].join('.');
  const call = { at: value.steps.length, method, args: evaluator.arguments(node, frame) };
  return { ...value, told: [...(value.told ?? []), call] };
}

export function assignedWith(
  operator: string,
  value: Value,
  added: Value,
  repetition: Repetition,
  origin: Parameters<typeof augmented>[3],
): Value {
  switch (operator) {
    case '+=':
      return augmented(value, added, repetition, origin);
    case '|=':
      return value.kind === 'object' ? mergeInto(value, added, repetition === 'once') : OPAQUE;
    case '??=':
    case '||=':
      return logical(operator === '??=' ? '??' : '||', value, () => added);
    default:
      return OPAQUE;
  }
}

/** A mutation in an activation. Evaluated on demand: most values that it may be of stay as they are. */
class ResolvedMutation {
  readonly operation: Mutation['operation'];
  readonly hasValue: boolean;
  readonly #evaluate: (node: Expression) => Value;
  readonly #mutation: Mutation;

  constructor(evaluator: Evaluator, mutation: Mutation, frame: Frame) {
    this.operation = mutation.operation;
    this.hasValue = mutation.value !== null;
    this.#evaluate = (node) => evaluator.evaluate(node, frame);
    this.#mutation = mutation;
  }

  /** Null means an unknown key. */
  get keys(): readonly (string | null)[] {
    return this.#mutation.keys.map((key) =>
      typeof key === 'string' || key === null ? key : keyOf(this.#evaluate(key)),
    );
  }

  get value(): Value {
    const { value } = this.#mutation;
    return value === null ? OPAQUE : this.#evaluate(value);
  }

  /** What the mutation puts under a key. */
  get entry(): Entry {
    return lazyEntry(() => this.value);
  }
}

function keyOf(value: Value): string | null {
  return value.kind === 'number' ? String(value.value) : literalText(value);
}

/** True for what something can be put into under a key. */
function hasParts({ kind }: Value): boolean {
  return kind === 'array' || kind === 'external' || kind === 'instance' || kind === 'object';
}

function applied(
  value: Value,
  keys: readonly (string | null)[],
  mutation: ResolvedMutation,
  isCertain: boolean,
): Value {
  const [key, ...rest] = keys;
  const isLast = keys.length === 1 && mutation.operation === 'set';
  if (key === undefined) return changed(value, mutation, isCertain);
  if (value.kind === 'array') {
    return appliedToItem(value, keys, mutation, isCertain);
  }
  if (value.kind === 'external') {
    if (key === null || !isLast) return value;
    const assigned = new Map(value.assigned);
    setEntry(assigned, key, mutation.entry, isCertain);
    return { ...value, assigned };
  }
  if (value.kind === 'instance') {
    return key === null
      ? value
      : withFieldChange(value, key, (before) => {
          if (!isLast) return mapAlternatives(before, (one) => applied(one, rest, mutation, isCertain));
          const after = mutation.value;
          return isCertain ? after : oneOf([before, after]);
        });
  }
  if (value.kind !== 'object') return value;
  if (key === null) return mergeInto(value, mutation.hasValue ? unknown('opaque') : OPAQUE);
  const entries = new Map(value.entries);
  if (isLast) {
    setEntry(entries, key, mutation.entry, isCertain);
    return { ...value, entries };
  }
  const inner = entries.get(key);
  if (inner)
    entries.set(
      key,
      mappedEntry(inner, (before) => applied(before, rest, mutation, isCertain)),
    );
  else if (mutation.operation === 'set') {
    // `body["config"]["x"] = 1` if it is unknown whether there is a `config`.
    entries.set(key, { value: applied(object([]), rest, mutation, true), isCertain, isReplaceable: false });
  }
  return { ...value, entries };
}

/** A list that may be put in leaves its items: a list among `open` is an item itself. */
function listPutIn(added: Value): readonly Value[] {
  return added.kind === 'array' ? [...added.items, ...added.open] : [added];
}

/** A change of an item, or of something in it, leaves the list's length as it was. */
function appliedToItem(
  list: ArrayValue,
  [key = null, ...rest]: readonly (string | null)[],
  mutation: ResolvedMutation,
  isCertain: boolean,
): Value {
  const { items, open, origin } = list;
  const change = (item: Value, isSure: boolean): Value =>
    mapAlternatives(item, (alternative) => applied(alternative, rest, mutation, isSure));
  const position = key === null ? Number.NaN : Number(key);
  const index = position < 0 ? items.length + position : position;
  // Beside items whose number is not known, no other has a place that is.
  const item = open.length === 0 ? items[index] : undefined;
  if (rest.length === 0 && mutation.operation === 'set') {
    return item !== undefined && isCertain
      ? array(items.with(index, mutation.value), open, origin)
      : array(items, [...open, mutation.value], origin);
  }
  if (item !== undefined) return array(items.with(index, change(item, isCertain)), open, origin);
  const each = (one: Value): Value => change(one, false);
  // By a key that is not known, any of them may be the one.
  return array(Number.isNaN(position) ? items.map(each) : items, open.map(each), origin);
}

function changed(value: Value, mutation: ResolvedMutation, isCertain: boolean): Value {
  // A list that is not known, and what is known to be in it besides.
  if (value.kind === 'unknown' && mutation.operation === 'append' && isCertain) return array([mutation.value], [value]);
  if (value.kind === 'array') {
    switch (mutation.operation) {
      case 'append':
        return isCertain
          ? array([...value.items, mutation.value], value.open, value.origin)
          : array(value.items, [...value.open, mutation.value], value.origin);
      case 'extend': {
        const added = mutation.value;
        return isCertain && added.kind === 'array'
          ? array([...value.items, ...added.items], [...value.open, ...added.open], value.origin)
          : array(value.items, [...value.open, ...listPutIn(added)], value.origin);
      }
      case 'clear':
        return isCertain ? array([], [], value.origin) : value;
      default:
        return value;
    }
  }
  if (value.kind === 'object') {
    if (mutation.operation === 'merge') return mergeInto(value, mutation.value, isCertain);
    const removed = mutation.operation === 'remove' ? literalText(mutation.value) : null;
    if (removed !== null) {
      const entries = new Map(value.entries);
      const entry = entries.get(removed);
      if (entry && isCertain) entries.delete(removed);
      else if (entry)
        entries.set(
          removed,
          lazyEntry(() => entry.value, false, entry.isReplaceable),
        );
      return { ...value, entries };
    }
    if (mutation.operation === 'clear' && isCertain) return object([], value.origin);
  }
  return value;
}
