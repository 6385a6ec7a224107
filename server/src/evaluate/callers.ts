/** What the callers in the same module pass for a parameter: a hint at what it is, never a certainty. */
import type { Argument, ClassNode, Parameter } from '../ir/nodes.ts';
import { argumentsOfCallback } from './activations/callbacks.ts';
import type { Evaluator } from './evaluator.ts';
import { alternativesOf, oneOf } from './lattice.ts';
import type { CallRecord, ModuleScope, Scope } from './scopes/scope.ts';
import type { Value } from './values.ts';

/** Callers that are looked at: a helper that is called everywhere is not explained by its hundredth call. */
const MAX_CALLERS = 6;

const callsByName = new WeakMap<ModuleScope, ReadonlyMap<string, readonly CallRecord[]>>();

/** Null if the module has no caller, or if none passes anything known. */
export function argumentFromCallers(
  evaluator: Evaluator,
  scope: Scope,
  parameter: Parameter,
  index: number,
): Value | null {
  if (parameter.kind === 'rest' || parameter.kind === 'namedRest') return null;
  const name = isConstructor(scope) ? (scope.ownerClass?.name ?? null) : scope.name;
  const callers = name === null ? [] : (callsOf(scope.module).get(name) ?? []);
  const passed = callers.slice(0, MAX_CALLERS).flatMap((record) => {
    const value = record.scope === scope ? null : passedValue(evaluator, record, name ?? '', parameter, index);
    return value ? [value] : [];
  });
  const values = [...passed, ...argumentsOfCallback(evaluator, scope, parameter, index)].filter(isSomething);
  return values.length > 0 ? oneOf(values) : null;
}

function isSomething(value: Value): boolean {
  return value.kind !== 'null' && (value.kind !== 'unknown' || value.hint !== null);
}

/** A constructor is called by its class's name. */
function isConstructor(scope: Scope): boolean {
  if (!scope.ownerClass) return false;
  const { members } = scope.ownerClass.node as ClassNode;
  return members.some(
    (member) => member.kind === 'method' && member.name === 'constructor' && member.function === scope.node,
  );
}

function passedValue(
  evaluator: Evaluator,
  record: CallRecord,
  name: string,
  parameter: Parameter,
  index: number,
): Value | null {
  const { arguments: args, callee } = record.node;
  const isCalled = lastName(callee) === name;
  if (!isCalled && !passesOn(evaluator.evaluate(callee, evaluator.frameOf(record.scope)))) return null;
  const offset = isCalled ? 0 : args.findIndex(({ value }) => lastName(value) === name) + 1;
  const argument = argumentIn(args, offset, parameter, index);
  return argument && evaluator.evaluate(argument.value, evaluator.frameOf(record.scope));
}

/** The argument for the parameter at `index`, where those of the function begin at `offset`. */
export function argumentIn(
  args: readonly Argument[],
  offset: number,
  parameter: Parameter,
  index: number,
): Argument | null {
  const name = parameter.pattern.kind === 'name' ? parameter.pattern.name : null;
  const named = args.find((argument) => argument.kind === 'named' && argument.name === name);
  if (named) return named;
  const positional = args[offset + index];
  const isCertain = !args.slice(0, offset + index).some(({ kind }) => kind === 'spread');
  return positional?.kind === 'positional' && isCertain ? positional : null;
}

/**
 * True if a function that is given another one may call it with the arguments after it, as `to_thread(f, a, b)` does. One
 * of the project that takes no further arguments calls it with something else.
 */
export function passesOn(callee: Value): boolean {
  return alternativesOf(callee).some(
    (value) => value.kind !== 'function' || value.node.parameters.some(({ kind }) => kind === 'rest'),
  );
}

/** The calls of a module by the name of the callee, and of functions that are passed by name. */
export function callsOf(module: ModuleScope): ReadonlyMap<string, readonly CallRecord[]> {
  let index = callsByName.get(module);
  if (!index) {
    const built = new Map<string, CallRecord[]>();
    for (const record of module.calls) {
      const names = new Set([
        lastName(record.node.callee),
        ...record.node.arguments.map(({ value }) => (value.kind === 'name' ? value.name : '')),
      ]);
      for (const name of names) {
        if (name === '') continue;
        const list = built.get(name);
        if (list) list.push(record);
        else built.set(name, [record]);
      }
    }
    index = built;
    callsByName.set(module, index);
  }
  return index;
}

export function lastName(node: CallRecord['node']['callee']): string {
  return node.kind === 'name' ? node.name : node.kind === 'member' ? node.property : '';
}
