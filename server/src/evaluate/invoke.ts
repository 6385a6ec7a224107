/** Calling values: functions and classes of the project, methods of plain data, packages. */
import type { Argument, Call, Statement } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import { activationOf } from './activations/activation-of.ts';
import { withoutUnseenCopies } from './activations/unseen-copies.ts';
import { annotatedValue } from './annotations.ts';
import { callBuiltin, readTextFile } from './builtins.ts';
import { isOfConstructor } from './classes/constructors.ts';
import { returnedObject } from './classes/object-changes.ts';
import { runs } from './conditions/conditions.ts';
import { parsedByClass, parsedByFunction } from './defaults/parsed-records.ts';
import { columnValue, queriedRecord } from './defaults/record-fields.ts';
import { readSetting } from './defaults/setting-readers.ts';
import { lazyEntry, setEntry } from './entries.ts';
import type { Evaluator } from './evaluator.ts';
import { isFilledBy, resultOfUnseen } from './filled-by.ts';
import { createFrame, type Frame } from './frame.ts';
import {
  alternativesOf,
  array,
  concatenate,
  isExternal,
  joinOrigins,
  literalText,
  mapAlternatives,
  NULL,
  OPAQUE,
  oneOf,
  segmentsOf,
  text,
  unknown,
  withoutNull,
  withStep,
} from './lattice.ts';
import { callArrayMethod, callObjectMethod } from './lists/collections.ts';
import { asPromised } from './members.ts';
import { completedArguments, partialOf } from './partials.ts';
import { keptIfWhole } from './progress/cuts.ts';
import type { ReturnRecord } from './scopes/scope.ts';
import { sourcesOfArguments } from './sources.ts';
import { callTextMethod } from './text.ts';
import type { CallArguments, Entry, FunctionValue, UnknownValue, Value } from './values.ts';

/** The arguments of a call, each evaluated on demand: most are never needed. */
export function argumentsOf(
  evaluator: Evaluator,
  args: readonly Argument[],
  node: Call | null,
  frame: Frame,
): CallArguments {
  return new LazyArguments(evaluator, args, node, frame);
}

class LazyArguments implements CallArguments {
  readonly node: Call | null;
  readonly path: string;
  readonly #evaluator: Evaluator;
  readonly #arguments: readonly Argument[];
  readonly #frame: Frame;
  #evaluated: Pick<CallArguments, 'positional' | 'named' | 'open'> | null = null;

  constructor(evaluator: Evaluator, args: readonly Argument[], node: Call | null, frame: Frame) {
    this.#evaluator = evaluator;
    this.#arguments = args;
    this.#frame = frame;
    this.node = node;
    this.path = frame.scope.module.loaded.path;
  }

  get positional(): readonly Value[] {
    return this.#force().positional;
  }
  get named(): ReadonlyMap<string, Entry> {
    return this.#force().named;
  }
  get open(): readonly Value[] {
    return this.#force().open;
  }

  #force(): Pick<CallArguments, 'positional' | 'named' | 'open'> {
    return keptIfWhole(
      this.#evaluated,
      () => evaluateArguments(this.#evaluator, this.#arguments, this.#frame),
      (evaluated) => {
        this.#evaluated = evaluated;
      },
    );
  }
}

function evaluateArguments(
  evaluator: Evaluator,
  args: readonly Argument[],
  frame: Frame,
): Pick<CallArguments, 'positional' | 'named' | 'open'> {
  const positional: Value[] = [];
  const named = new Map<string, Entry>();
  const open: Value[] = [];
  for (const argument of args) {
    const evaluate = () => evaluator.evaluate(argument.value, frame);
    switch (argument.kind) {
      case 'positional':
        positional.push(evaluate());
        break;
      case 'named':
        named.set(argument.name ?? '', lazyEntry(evaluate));
        break;
      case 'spread': {
        const value = evaluate();
        if (value.kind === 'array') {
          positional.push(...value.items);
          open.push(...value.open);
        } else open.push(value);
        break;
      }
      case 'namedSpread':
        spreadNamed(evaluate(), named, open);
        break;
    }
  }
  return { positional, named, open };
}

/** The same arguments with other positional ones. */
function withPositional(args: CallArguments, positional: readonly Value[]): CallArguments {
  return { positional, named: args.named, open: args.open, node: args.node, path: args.path };
}

function spreadNamed(value: Value, named: Map<string, Entry>, open: Value[]): void {
  if (value.kind === 'oneOf') {
    for (const alternative of value.alternatives) {
      if (alternative.kind === 'object')
        for (const [key, entry] of alternative.entries) setEntry(named, key, entry, false);
      else if (alternative.kind !== 'null') open.push(alternative);
    }
  } else if (value.kind === 'object') {
    for (const [key, entry] of value.entries) setEntry(named, key, entry, true);
    open.push(...value.open);
  } else if (value.kind !== 'null') open.push(value);
}

export function callValue(evaluator: Evaluator, node: Call, frame: Frame, origin: Origin): Value {
  const { callee } = node;
  if (callee.kind === 'super') return NULL;
  const args = argumentsOf(evaluator, node.arguments, node, frame);
  if (callee.kind !== 'member') return callWith(evaluator, evaluator.evaluate(callee, frame), args, node.isNew, origin);
  const receiver = withoutNull(evaluator.objectOf(callee, frame));
  if (isAnyOfMany(receiver)) return unknown('opaque', null, origin, () => sourcesOfArguments(args));
  const rest = () => unknown('opaque', null, origin, () => sourcesOfArguments(args));
  return mapCalled(receiver, rest, (alternative) => {
    const result = callMethod(evaluator, alternative, callee.property, args, origin);
    if (result) return result;
    const method = evaluator.member(alternative, callee.property, evaluator.origin(callee, frame));
    const value = callWith(evaluator, method, args, node.isNew, origin);
    return asPromised(value, alternative, (object) => {
      const known = evaluator.member(object, callee.property, origin);
      return known.kind === 'function' ? callFunction(evaluator, known, args) : null;
    });
  });
}

/** Objects of the project, or their methods, that one call may run: what so many of them give is not one value. */
const MAX_CALLED = 8;

function isAnyOfMany(value: Value): boolean {
  return alternativesOf(value).filter(({ kind }) => kind === 'instance' || kind === 'function').length > MAX_CALLED;
}

/**
 * Calls each alternative. Those that are not known have objects by default (`PROVIDERS[name]`), several each: what comes
 * after the first MAX_CALLED of all is `rest`.
 */
function mapCalled(value: Value, rest: () => Value, call: (alternative: Value) => Value): Value {
  if (value.kind !== 'oneOf') return call(value);
  const results: Value[] = [];
  let called = 0;
  for (const alternative of value.alternatives) {
    called += countDefaults(alternative);
    if (called > MAX_CALLED && results.length > 0) {
      results.push(rest());
      break;
    }
    results.push(call(alternative));
  }
  return oneOf(results);
}

function countDefaults(value: Value): number {
  if (value.kind !== 'unknown' || value.hint === null) return 0;
  return alternativesOf(value.hint).filter(({ kind }) => kind === 'instance' || kind === 'function').length;
}

/** Calls a value whose arguments are already evaluated. */
callValue.withArguments = (
  evaluator: Evaluator,
  value: Value,
  args: CallArguments,
  isNew: boolean,
  origin: Origin | null,
): Value => callWith(evaluator, value, args, isNew, origin ?? { path: args.path, start: 0, end: 0 });

function callWith(evaluator: Evaluator, callee: Value, args: CallArguments, isNew: boolean, origin: Origin): Value {
  if (isAnyOfMany(callee)) return unknown('opaque', null, origin, () => sourcesOfArguments(args));
  const rest = () => unknown('opaque', null, origin, () => sourcesOfArguments(args));
  return mapCalled(withoutNull(callee), rest, (value) => {
    switch (value.kind) {
      case 'function':
        return callFunction(evaluator, value, args);
      case 'class':
        return { kind: 'instance', class: value, args };
      case 'external': {
        const begun = partialOf(value);
        if (begun !== null) {
          return callWith(evaluator, begun.callee, completedArguments(begun.args, args), isNew, origin);
        }
        return (
          callBuiltin(evaluator, value, args, origin) ??
          readSetting(evaluator, value, args, origin) ??
          columnValue(value, args, origin) ??
          parsedByFunction(value, args) ??
          withStep(value, { kind: 'call', args, isNew }, origin)
        );
      }
      case 'instance': {
        const method = evaluator.member(value, '__call__', origin);
        return method.kind === 'function' ? callFunction(evaluator, method, args) : OPAQUE;
      }
      case 'unknown':
        // What a clock's or an environment's object answers is of its kind.
        return ofRecord(
          evaluator,
          value,
          args,
          unknown(
            value.reason === 'parameter' ? 'opaque' : value.reason,
            value.hint ? known(callWith(evaluator, value.hint, args, isNew, origin)) : null,
            origin,
            () => joinOrigins(value.from(), sourcesOfArguments(args)),
          ),
        );
      default:
        return resultOfUnseen(args);
    }
  });
}

/** What a query gives, by the class of the records that it is for. */
function ofRecord(evaluator: Evaluator, callee: UnknownValue, args: CallArguments, result: UnknownValue): Value {
  return {
    ...result,
    isFilled: () => isFilledBy(args),
    record: callee.record ?? (() => queriedRecord(evaluator, args)),
  };
}

function callFunction(evaluator: Evaluator, value: FunctionValue, args: CallArguments): Value {
  const scope = value.frame.scope.module.scopes.get(value.node);
  if (!scope || scope.returns.length === 0) {
    if (!isLeftToSubclasses(value)) return NULL;
    return declaredAs(evaluator, value, resultOfUnseen(args));
  }
  const frame = activationOf(evaluator, value, args) ?? createFrame(scope, value.frame, value.receiver);
  const all = evaluator.within(() =>
    oneOf(returnsOf(evaluator, frame).map(({ value: returned }) => evaluator.evaluate(returned, frame))),
  );
  const given = withoutUnseenCopies(all, value.node, frame);
  const result = mapAlternatives(given, (one) => returnedObject(evaluator, value, args, one));
  return result.kind === 'unknown' ? declaredAs(evaluator, value, result) : result;
}

/** What a function gives, as an object of the type that it says it gives. */
function declaredAs(evaluator: Evaluator, { node: { returns }, frame }: FunctionValue, result: UnknownValue): Value {
  return returns === null ? result : { ...result, declared: () => annotatedValue(evaluator, returns, frame) };
}

/** True for a method without a body (`...`, `raise NotImplementedError`), on an object whose own class may be a subclass. */
function isLeftToSubclasses({ node: { body }, receiver }: FunctionValue): boolean {
  if (receiver?.kind !== 'instance' || receiver.args !== null) return false;
  return body.every((one) => (one.kind === 'return' ? one.exit === 'throw' : isInert(one)));
}

/** A documentation string, or `...`. */
function isInert(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.expression.kind !== 'call';
}

/** The returns that an activation may come to: up to the first that it surely does. */
function returnsOf(evaluator: Evaluator, frame: Frame): readonly ReturnRecord[] {
  const { returns } = frame.scope;
  if (returns.length < 2) return returns;
  const live: ReturnRecord[] = [];
  for (const returned of returns) {
    const truth = runs(evaluator, returned.region, frame);
    if (truth !== false) live.push(returned);
    if (truth === true) break;
  }
  return live;
}

/** What a promise gives when it is handled: `await` is transparent, so the promise is its value. */
function handled(
  evaluator: Evaluator,
  receiver: Value,
  method: string,
  args: CallArguments,
  origin: Origin,
): Value | null {
  if (method === 'catch' || method === 'finally') return receiver;
  if (method !== 'then') return null;
  const [first] = args.positional;
  return first?.kind === 'function'
    ? callWith(evaluator, first, withPositional(args, [receiver]), false, origin)
    : receiver;
}

/** Methods of plain data. Null if the method is not one of them. */
function callMethod(
  evaluator: Evaluator,
  receiver: Value,
  method: string,
  args: CallArguments,
  origin: Origin,
): Value | null {
  if (receiver.kind !== 'instance' && receiver.kind !== 'class') {
    const settled = handled(evaluator, receiver, method, args, origin);
    if (settled) return settled;
  }
  switch (receiver.kind) {
    case 'text':
      if (
        method === 'read_text' ||
        method === 'read' ||
        method === 'read_bytes' ||
        (method === 'text' && args.positional.length === 0)
      ) {
        return readTextFile(evaluator, receiver, origin) ?? unknown('opaque', null, origin);
      }
      if (method === 'joinpath')
        return text([receiver, ...args.positional].map((part) => literalText(part) ?? '').join('/'), origin);
      return callTextMethod(receiver, method, args, origin);
    case 'array':
      return callArrayMethod(evaluator, receiver, method, args, origin);
    case 'object':
      // A function in an object (`const api = {get() {...}}`) wins over a dict's own method.
      if (receiver.entries.has(method)) return null;
      return callObjectMethod(receiver, method, args, origin);
    case 'number':
    case 'boolean':
      return method === 'toString' ? concatenate([segmentsOf(receiver, origin)], origin) : OPAQUE;
    case 'function':
      // `f.bind(x)`, `f.call(x, ...)`: the receiver is not followed.
      if (method === 'bind') return receiver;
      return method === 'call'
        ? callFunction(evaluator, receiver, withPositional(args, args.positional.slice(1)))
        : null;
    case 'class':
      return parsedByClass(evaluator, receiver, method);
    case 'unknown':
      // As with `|`: a chain that begins with something unseen is the rest of it.
      if (method === 'pipe') return alternativesOf(args.positional[0] ?? NULL).find(isExternal) ?? null;
      // Texts are joined with texts: what an object or a list is added to is a list.
      if (method === 'concat' && args.positional.some(({ kind }) => kind === 'object' || kind === 'array')) {
        return callArrayMethod(evaluator, array([], [receiver], origin), method, args, origin);
      }
      return isStillTheText(receiver, method, args, evaluator)
        ? concatenate([[{ kind: 'hole', value: receiver, origin }]], origin)
        : null;
    default:
      return null;
  }
}

/**
 * True where a method of an unknown `text` gives that text in another form: only strings have the method, or it fills a
 * template that is handed in with data. A template that the object was made with becomes a prompt where it is filled.
 */
function isStillTheText(text: UnknownValue, method: string, args: CallArguments, evaluator: Evaluator): boolean {
  const isOfText = TEXT_ONLY_METHODS.has(method);
  if (text.reason !== 'parameter' || !isFilling(method, args)) return isOfText;
  return !text.from().some((source) => isOfConstructor(source, evaluator));
}

/** `template.format(name=value)`, `template.format(**values)`, `template.replace('{name}', value)`. */
function isFilling(method: string, args: CallArguments): boolean {
  if (method === 'format') return args.named.size > 0 || args.open.length > 0;
  if (method !== 'replace' && method !== 'replaceAll') return false;
  const [, value] = args.positional;
  return value !== undefined && literalText(value) === null;
}

const TEXT_ONLY_METHODS = new Set([
  'replace',
  'replaceAll',
  'trim',
  'trimEnd',
  'trimStart',
  'strip',
  'rstrip',
  'lstrip',
  'lower',
  'upper',
  'toLowerCase',
  'toUpperCase',
  'removeprefix',
  'removesuffix',
  'padStart',
  'padEnd',
  'substring',
]);

function known(value: Value): Value | null {
  return value.kind === 'unknown' || value.kind === 'null' ? null : value;
}
