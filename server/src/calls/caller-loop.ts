/**
 * The loop in which a call's function is called: `for (const text of texts) await embed(text)`. It only counts if it
 * certainly calls this function, and if the call sends the loop's items. Only callers in the function's own module are
 * considered, because other importers are unknown while it is analysed.
 */
import { callsOf, lastName } from '../evaluate/callers.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { alternativesOf } from '../evaluate/lattice.ts';
import type { CallRecord, ModuleScope, Scope, Surrounding } from '../evaluate/scopes/scope.ts';
import type { Value } from '../evaluate/values.ts';
import type { Argument, Comprehension, Expression, FunctionNode, Loop, Parameter } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import { type AnyNode, nodesWithin } from '../ir/walk.ts';
import type { CallerLoop } from './call.ts';
import type { TextCount } from './facts/embedded-texts.ts';
import { itemsOf, nearestRepetition, type Repetition, repetitionOf } from './repetition.ts';

/** The text that a call sends: the values of its prompt's parameters. */
export interface SentText {
  readonly values: readonly Value[];
  /** How many texts an embedding request carries, as far as its own function says. */
  readonly inputs: TextCount;
  /** Tells how many texts a value is. */
  readonly count: (value: Value) => TextCount;
}

/** A helper that is called everywhere is not explained by its hundredth call. */
const MAX_CALLERS = 20;
/** Functions that call what they are given once for each element of a list. */
const MAPPING = new Set(['map', 'forEach', 'flatMap', 'imap', 'imap_unordered']);
/** A name for several texts: its value may be a list. */
const PLURAL = /(?:s|list|array|batch)$/i;
/** The code of a parameter with its declared type: the IR does not keep the names of plain types. */
const TYPED_PARAMETER = /^[\w$]+\s*\??:\s*([^=]*?)\s*(?:=|$)/;
const ORDER: readonly Repetition['purpose'][] = ['items', 'agent', 'poll', 'retry', null];

export interface FoundCallerLoop extends Pick<Repetition, 'buildsOnEarlierRounds'> {
  readonly loop: CallerLoop;
  /** The call in the loop, or the one that is given the function for each item. */
  readonly record: CallRecord;
  /** The list for whose items a function such as `map` calls it; null in any other loop. */
  readonly mapped: Expression | null;
}

/** The most informative loop of a caller: one over items before one that retries. Null if none is certain. */
export function callerLoopOf(record: CallRecord, sent: SentText, evaluator: Evaluator): FoundCallerLoop | null {
  const scope = namedFunction(record.scope);
  if (scope?.name == null || !isOnlyOne(scope)) return null;
  const loops = (callsOf(scope.module).get(scope.name) ?? [])
    .slice(0, MAX_CALLERS)
    .flatMap((caller) => loopAround(caller, scope, sent, evaluator) ?? []);
  return loops.sort((a, b) => ORDER.indexOf(a.loop.purpose) - ORDER.indexOf(b.loop.purpose))[0] ?? null;
}

function namedFunction(scope: Scope): Scope | null {
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.kind === 'function' && current.name !== null) return current;
  }
  return null;
}

const functionsOfModules = new WeakMap<ModuleScope, ReadonlyMap<Scope | null, ReadonlyMap<string, number>>>();

/** A name that is defined twice, as in notebooks that improve a function cell by cell, may mean either. */
function isOnlyOne({ module, name, ownerClass }: Scope): boolean {
  const known = functionsOfModules.get(module) ?? countFunctions(module);
  functionsOfModules.set(module, known);
  return known.get(ownerClass)?.get(name ?? '') === 1;
}

/** How many functions of a module have a name, by their class. */
function countFunctions({ scopes }: ModuleScope): ReadonlyMap<Scope | null, ReadonlyMap<string, number>> {
  const byClass = new Map<Scope | null, Map<string, number>>();
  for (const { kind, name, ownerClass } of scopes.values()) {
    if (kind !== 'function' || name === null) continue;
    const counts = byClass.get(ownerClass) ?? new Map<string, number>();
    byClass.set(ownerClass, counts.set(name, (counts.get(name) ?? 0) + 1));
  }
  return byClass;
}

function loopAround(caller: CallRecord, scope: Scope, sent: SentText, evaluator: Evaluator): FoundCallerLoop | null {
  if (isInside(caller.scope, scope)) return null;
  evaluator.startQuery();
  const found = calledInLoop(caller, scope, evaluator) ?? mappedOver(caller, scope, evaluator);
  if (found === null) return null;
  const { repetition, fromLoop } = found;
  const filled = parametersIn(sent.values).flatMap(({ origin, place }) => {
    const found = fromLoop.find((one) => isAt(origin, one.parameter));
    return found ? [{ ...found, place }] : [];
  });
  // A loop over items that sends the same text each time is about something else.
  if (repetition.purpose === 'items' && filled.length === 0) return null;
  const { path, text } = caller.scope.module.loaded;
  const isOneText =
    filled.length > 0 &&
    filled.every((one) => isSingle(one, sent) && (one.place === 'text' || isText(one, text, sent)));
  const { buildsOnEarlierRounds, ...loop } = repetition;
  return {
    loop: {
      ...loop,
      function: namedFunction(caller.scope)?.qualifiedName ?? null,
      call: { path, start: caller.node.start, end: caller.node.end },
      inputs: isOneText ? 'one' : 'unknown',
    },
    buildsOnEarlierRounds,
    record: caller,
    mapped: found.mapped,
  };
}

/** A parameter, and the value that a round of the loop passes to it; null if the loop calls the function itself. */
interface Filled {
  readonly parameter: Parameter;
  readonly value: Value | null;
}
interface FoundLoop {
  readonly repetition: Repetition;
  /** The parameters that differ from round to round. */
  readonly fromLoop: readonly Filled[];
  readonly mapped: Expression | null;
}

/** `for (const text of texts) embed(text)`, `texts.map((text) => embed(text))`. */
function calledInLoop(caller: CallRecord, scope: Scope, evaluator: Evaluator): FoundLoop | null {
  const repeating = nearestRepetition(caller.surrounding);
  if (repeating === null) return null;
  const frame = evaluator.frameOf(caller.scope);
  if (!isFunction(evaluator.evaluate(caller.node.callee, frame), scope)) return null;
  const repetition = repetitionOf(caller, evaluator);
  if (repetition === null) return null;
  const bound = boundIn(repeating);
  const fromLoop = caller.node.arguments.flatMap((argument, index): readonly Filled[] => {
    const parameter = parameterOf(scope, argument, index);
    if (parameter === null || !mentions(argument.value, bound)) return [];
    return [{ parameter, value: evaluator.evaluate(argument.value, frame) }];
  });
  return { repetition, fromLoop, mapped: null };
}

/** `texts.map(embed)`, `pool.map(embed, texts)`. */
function mappedOver(caller: CallRecord, scope: Scope, evaluator: Evaluator): FoundLoop | null {
  const { callee, arguments: args, start, end } = caller.node;
  if (!MAPPING.has(lastName(callee))) return null;
  const [first, second] = args;
  const parameter = (scope.node as FunctionNode).parameters[0];
  if (first?.kind !== 'positional' || parameter === undefined) return null;
  if (!isFunction(evaluator.evaluate(first.value, evaluator.frameOf(caller.scope)), scope)) return null;
  const list = second?.value ?? (callee.kind === 'member' ? callee.object : null);
  const { path } = caller.scope.module.loaded;
  return {
    repetition: {
      lexical: 'map',
      purpose: 'items',
      items: itemsOf(list, caller, evaluator),
      buildsOnEarlierRounds: () => false,
      origin: { path, start, end },
    },
    fromLoop: [{ parameter, value: null }],
    mapped: list,
  };
}

function isFunction(value: Value, scope: Scope): boolean {
  return alternativesOf(value).some((one) => one.kind === 'function' && one.node === scope.node);
}

function isInside(scope: Scope, outer: Scope): boolean {
  for (let current: Scope | null = scope; current; current = current.parent) if (current === outer) return true;
  return false;
}

function parameterOf(scope: Scope, argument: Argument, index: number): Parameter | null {
  const { parameters } = scope.node as FunctionNode;
  if (argument.kind === 'positional') return parameters[index] ?? null;
  if (argument.kind !== 'named') return null;
  return parameters.find(({ pattern }) => pattern.kind === 'name' && pattern.name === argument.name) ?? null;
}

/** Names that a round of the loop gives a value: what it binds itself, and what its body assigns. */
function boundIn({ node }: Surrounding): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (pattern: AnyNode | null): void => {
    for (const part of pattern === null ? [] : nodesWithin(pattern as Expression)) {
      if (part.kind === 'name') names.add((part as AnyNode & { readonly name: string }).name);
    }
  };
  for (const inner of nodesWithin(node)) {
    if (inner.kind === 'declare' || inner.kind === 'assignment')
      add((inner as AnyNode & { readonly target: AnyNode }).target);
    else if (inner.kind === 'loop') add((inner as Loop).target);
    else if (inner.kind === 'comprehension') for (const { target } of (inner as Comprehension).clauses) add(target);
    else if (inner.kind === 'function') for (const { pattern } of (inner as FunctionNode).parameters) add(pattern);
  }
  return names;
}

function mentions(expression: Expression, names: ReadonlySet<string>): boolean {
  return nodesWithin(expression).some(
    (node) => node.kind === 'name' && names.has((node as AnyNode & { readonly name: string }).name),
  );
}

interface Sent {
  /** Where the parameter is declared. */
  readonly origin: Origin;
  /** Whether it is all that is sent, a piece of a longer text, or in an array or object. */
  readonly place: 'whole' | 'text' | 'part';
}

/** The parameters that values hold, or are made of. */
function parametersIn(values: readonly Value[], place: Sent['place'] = 'whole'): readonly Sent[] {
  return values.flatMap((value): readonly Sent[] => {
    switch (value.kind) {
      case 'unknown':
        return value.reason === 'parameter' && value.origin ? [{ origin: value.origin, place }] : [];
      case 'text':
        return parametersIn(
          value.segments.flatMap((segment) => (segment.kind === 'hole' ? [segment.value] : [])),
          'text',
        );
      case 'array':
        return parametersIn([...value.items, ...value.open], 'part');
      case 'object':
        return parametersIn([...[...value.entries.values()].map((entry) => entry.value), ...value.open], 'part');
      case 'oneOf':
        return parametersIn(value.alternatives, place);
      default:
        return [];
    }
  });
}

/** True if the request carries one thing, judging by its own function, or nothing but the parameter. */
function isSingle({ place }: Pick<Sent, 'place'>, { inputs }: SentText): boolean {
  return inputs === 'one' || (inputs === 'unknown' && place === 'whole');
}

function isAt(origin: Origin, { start, end }: Parameter): boolean {
  return origin.start === start && origin.end === end;
}

/**
 * True if a parameter clearly holds a single text: by its declared type, or by its name and what the caller passes.
 */
function isText({ parameter, value }: Filled, source: string, { count }: SentText): boolean {
  const declared = TYPED_PARAMETER.exec(source.slice(parameter.start, parameter.end));
  if (declared) return /^str(?:ing)?$/.test(declared[1] ?? '');
  const name = parameter.pattern.kind === 'name' ? parameter.pattern.name : '';
  return !PLURAL.test(name) && value !== null && count(value) === 'one';
}
