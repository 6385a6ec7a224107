/** What functions of the project pass to a function that they are given: `withFallback(ask)` calls `ask(model)` inside. */
import type { Argument, FunctionNode, Parameter } from '../../ir/nodes.ts';
import { argumentIn, callsOf } from '../callers.ts';
import type { Evaluator } from '../evaluator.ts';
import { createFrame, type Frame } from '../frame.ts';
import { argumentsOf } from '../invoke.ts';
import { alternativesOf } from '../lattice.ts';
import type { CallRecord, ModuleScope, Scope } from '../scopes/scope.ts';
import type { FunctionValue, Value } from '../values.ts';
import { activationOf } from './activation-of.ts';

/** Calls that hand one function over, and calls of it where it is received. */
const MAX_CALLS = 6;
/** Functions and comprehensions around a call of the callback, inside the function that receives it. */
const MAX_NESTED = 3;

/** A call in one activation of its function. */
interface Activation {
  readonly record: CallRecord;
  readonly frame: Frame;
}

/** A function that a call hands over. */
export interface HandedOver {
  readonly record: CallRecord;
  readonly argument: Argument;
}

interface Callbacks {
  /** Functions that are written in the call. */
  readonly inline: ReadonlyMap<FunctionNode, HandedOver>;
  /** Functions, and methods of the same object (`self.ask`), that are handed over by name. */
  readonly byName: ReadonlyMap<string, readonly HandedOver[]>;
}

/** What `parameter` of the function is given by those that it is handed to, in its own module. */
export function argumentsOfCallback(
  evaluator: Evaluator,
  scope: Scope,
  parameter: Parameter,
  index: number,
): readonly Value[] {
  const { inline, byName } = callbacksOf(scope.module);
  const written = inline.get(scope.node as FunctionNode);
  const named = scope.name === null ? [] : (byName.get(scope.name) ?? []);
  return [...(written ? [written] : []), ...named.slice(0, MAX_CALLS)].flatMap(({ record, argument }) => {
    if (record.scope === scope) return [];
    const callee = evaluator.evaluate(record.node.callee, evaluator.frameOf(record.scope));
    return alternativesOf(callee).flatMap((value) =>
      value.kind === 'function' ? passedBy(evaluator, value, { record, argument }, parameter, index) : [],
    );
  });
}

function passedBy(
  evaluator: Evaluator,
  receiver: FunctionValue,
  handedOver: HandedOver,
  parameter: Parameter,
  index: number,
): readonly Value[] {
  const around = evaluator.frameOf(handedOver.record.scope);
  return callsOfHandedOver(evaluator, receiver, handedOver, around).flatMap(({ record, frame }) => {
    const passed = argumentIn(record.node.arguments, 0, parameter, index);
    return passed ? [evaluator.evaluate(passed.value, frame)] : [];
  });
}

/**
 * The calls of a function that is handed over, in `receiver`, the function that it is handed to: `retry(ask, prompt)` may
 * call `ask(prompt, model)` inside. `frame` is where it is handed over.
 */
export function callsOfHandedOver(
  evaluator: Evaluator,
  receiver: FunctionValue,
  { record, argument }: HandedOver,
  frame: Frame,
): readonly Activation[] {
  const { arguments: given } = record.node;
  const name = receivingName(receiver.node, given, argument);
  if (name === null) return [];
  const activation = activationOf(evaluator, receiver, argumentsOf(evaluator, given, record.node, frame));
  if (activation === null) return [];
  const calls = (callsOf(activation.scope.module).get(name) ?? []).slice(0, MAX_CALLS);
  return calls.flatMap((call) => {
    const inner = call.node.callee.kind === 'name' ? frameWithin(activation, call.scope) : null;
    return inner ? [{ record: call, frame: inner }] : [];
  });
}

/** The name of the parameter that receives the argument; null if the call does not tell. */
function receivingName({ parameters }: FunctionNode, given: readonly Argument[], argument: Argument): string | null {
  if (argument.kind === 'named') return argument.name;
  const at = given.indexOf(argument);
  if (given.slice(0, at).some(({ kind }) => kind !== 'positional')) return null;
  const receiving = parameters[at];
  return receiving?.kind === 'positional' && receiving.pattern.kind === 'name' ? receiving.pattern.name : null;
}

/** The frame of `scope` in an activation of a function around it; null if it is elsewhere. */
function frameWithin(outer: Frame, scope: Scope, level = 0): Frame | null {
  if (scope === outer.scope) return outer;
  if (scope.parent === null || level >= MAX_NESTED) return null;
  const parent = frameWithin(outer, scope.parent, level + 1);
  return parent && createFrame(scope, parent, scope.kind === 'comprehension' ? parent.receiver : null);
}

const known = new WeakMap<ModuleScope, Callbacks>();

function callbacksOf(module: ModuleScope): Callbacks {
  const before = known.get(module);
  if (before) return before;
  const inline = new Map<FunctionNode, HandedOver>();
  const byName = new Map<string, HandedOver[]>();
  for (const record of module.calls) {
    for (const argument of record.node.arguments) {
      const { value } = argument;
      if (argument.kind !== 'positional' && argument.kind !== 'named') continue;
      if (value.kind === 'function') inline.set(value, { record, argument });
      const name =
        value.kind === 'name' ? value.name : value.kind === 'member' && isOwn(value.object) ? value.property : null;
      if (name !== null) byName.set(name, [...(byName.get(name) ?? []), { record, argument }]);
    }
  }
  const callbacks = { inline, byName };
  known.set(module, callbacks);
  return callbacks;
}

function isOwn(object: Argument['value']): boolean {
  return object.kind === 'name' && (object.name === 'self' || object.name === 'cls' || object.name === 'this');
}
