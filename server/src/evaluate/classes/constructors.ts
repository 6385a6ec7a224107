/** A class's constructor: its activation for the arguments of one object, and the fields that it declares. */

import type { Call, ClassNode, FunctionNode } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import { bindArguments } from '../bind-arguments.ts';
import type { Evaluator } from '../evaluator.ts';
import { createFrame, type Frame } from '../frame.ts';
import { keptIfWhole } from '../progress/cuts.ts';
import type { Scope } from '../scopes/scope.ts';
import type { CallArguments, InstanceValue, Value } from '../values.ts';

export function hasConstructor(instance: InstanceValue): boolean {
  return constructorOf(instance) !== null;
}

export function constructorOf(instance: InstanceValue): FunctionNode | null {
  return constructorIn(instance.class.node);
}

export function constructorIn({ members }: ClassNode): FunctionNode | null {
  for (const member of members) if (member.kind === 'method' && member.name === 'constructor') return member.function;
  return null;
}

/** True where a parameter of a constructor is declared: what an object is made with. */
export function isOfConstructor({ path, start }: Origin, evaluator: Evaluator): boolean {
  for (const node of evaluator.module(path)?.scopes.keys() ?? []) {
    const parameters = node.kind === 'class' ? constructorIn(node)?.parameters : null;
    if (parameters?.some((parameter) => parameter.start === start)) return true;
  }
  return false;
}

/** TypeScript's `constructor(private readonly client: OpenAI)`. */
export function parameterField(evaluator: Evaluator, instance: InstanceValue, name: string): Value | null {
  const node = constructorOf(instance);
  const parameter = node?.parameters.find(
    (candidate) => candidate.isField && candidate.pattern.kind === 'name' && candidate.pattern.name === name,
  );
  if (!node || !parameter) return null;
  const frame = instance.args
    ? constructorFrame(evaluator, instance, node)
    : frameOfFunction(evaluator, instance, node);
  return frame
    ? evaluator.evaluate({ kind: 'name', name, start: node.bodySpan.start, end: node.bodySpan.start }, frame)
    : null;
}

function frameOfFunction(evaluator: Evaluator, instance: InstanceValue, node: FunctionNode): Frame | null {
  const scope = instance.class.frame.scope.module.scopes.get(node);
  return scope ? evaluator.frameOf(scope) : null;
}

const constructorFrames = new WeakMap<CallArguments, Map<FunctionNode, Frame>>();

/** The constructor's activation for this object's arguments. */
export function constructorFrame(evaluator: Evaluator, instance: InstanceValue, node: FunctionNode): Frame {
  const args = instance.args as CallArguments;
  const frames = constructorFrames.get(args) ?? new Map<FunctionNode, Frame>();
  constructorFrames.set(args, frames);
  return keptIfWhole(
    frames.get(node),
    () => {
      const scope = instance.class.frame.scope.module.scopes.get(instance.class.node);
      const classFrame = scope ? createFrame(scope, instance.class.frame) : instance.class.frame;
      const { changes: _, ...made } = instance;
      const method: Value = { kind: 'function', node, frame: classFrame, receiver: made };
      return bindArguments(evaluator, method, args) ?? evaluator.frameOf(instance.class.frame.scope);
    },
    (frame) => frames.set(node, frame),
  );
}

const superCalls = new WeakMap<Scope, Call | null>();

/** The call of the base's constructor in the constructor `scope`. */
function superCall(scope: Scope): Call | null {
  const known = superCalls.get(scope);
  if (known !== undefined) return known;
  const record = scope.module.calls.find(({ node, scope: around }) => node.callee.kind === 'super' && around === scope);
  superCalls.set(scope, record?.node ?? null);
  return record?.node ?? null;
}

const superArgumentsIn = new WeakMap<Frame, CallArguments>();

/** The arguments with which the object's base class is constructed. */
export function superArguments(evaluator: Evaluator, instance: InstanceValue): CallArguments | null {
  const node = constructorOf(instance);
  if (!node) return instance.args;
  const scope = instance.class.frame.scope.module.scopes.get(node);
  if (!scope) return null;
  const call = superCall(scope);
  if (!call) return null;
  const frame = instance.args ? constructorFrame(evaluator, instance, node) : evaluator.frameOf(scope);
  const known = superArgumentsIn.get(frame) ?? evaluator.arguments(call, frame);
  superArgumentsIn.set(frame, known);
  return known;
}
