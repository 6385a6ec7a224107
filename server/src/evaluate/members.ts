/** Reading members and elements of values. */

import type { ClassMember, FunctionNode, Parameter } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import { annotatedValue } from './annotations.ts';
import { environmentValue } from './builtins.ts';
import type { Evaluator } from './evaluator.ts';
import { createFrame, type Frame } from './frame.ts';
import { alternativesOf, mapAlternatives, NULL, OPAQUE, oneOf, unknown, withoutNull, withStep } from './lattice.ts';
import { assignedWith } from './mutations.ts';
import { destructure, exportOf } from './names.ts';
import { sourcesOf } from './sources.ts';
import type { CallArguments, ClassValue, InstanceValue, Value } from './values.ts';

export function memberOf(evaluator: Evaluator, value: Value, name: string, origin: Origin): Value {
  return mapAlternatives(withoutNull(value), (alternative) => memberOfOne(evaluator, alternative, name, origin));
}

function memberOfOne(evaluator: Evaluator, value: Value, name: string, origin: Origin): Value {
  switch (value.kind) {
    case 'external':
      return environmentValue(value, name, origin) ?? withStep(value, { kind: 'member', name }, origin);
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
      const isKnown = hint !== null && hint.kind !== 'null' && hint.kind !== 'unknown';
      return unknown(value.reason, isKnown ? hint : null, origin, value.from);
    }
    default:
      return OPAQUE;
  }
}

/** `value[key]`. */
export function elementOf(evaluator: Evaluator, value: Value, key: string | number, origin: Origin): Value {
  return mapAlternatives(withoutNull(value), (alternative) => {
    if (alternative.kind === 'array' && typeof key === 'number') {
      const item = alternative.items[key < 0 ? alternative.items.length + key : key];
      if (item && alternative.open.length === 0) return item;
      const from = () => sourcesOf(alternative);
      return unknown('opaque', item ?? null, item ? origin : null, from);
    }
    if (alternative.kind === 'external' && typeof key === 'number') {
      return withStep(alternative, { kind: 'member', name: `[${key}]` }, origin);
    }
    return memberOfOne(evaluator, alternative, String(key), origin);
  });
}

/** How many base classes are followed. */
const MAX_BASES = 10;

function instanceMember(evaluator: Evaluator, instance: InstanceValue, name: string, origin: Origin): Value | null {
  return inheritedMember(evaluator, instance, name, origin, 0) ?? externalMember(evaluator, instance, name, origin, 0);
}

/** From the object's class and the project's classes above it: what a package's base has, a later base may replace. */
function inheritedMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  origin: Origin,
  level: number,
): Value | null {
  const found = ownMember(evaluator, instance, name, origin);
  if (found || level >= MAX_BASES) return found;
  for (const base of basesOf(evaluator, instance.class)) {
    if (base.kind !== 'class') continue;
    const args = superArguments(evaluator, instance);
    const inherited = inheritedMember(evaluator, { kind: 'instance', class: base, args }, name, origin, level + 1);
    if (inherited) return bindReceiver(inherited, instance);
  }
  return null;
}

/** From the first class of a package that the object's class, or a class above it, extends. */
function externalMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  origin: Origin,
  level: number,
): Value | null {
  if (level >= MAX_BASES) return null;
  for (const base of basesOf(evaluator, instance.class)) {
    const args = superArguments(evaluator, instance);
    if (base.kind === 'external') {
      const object = withStep(base, { kind: 'call', args, isNew: true }, origin);
      return withStep(object, { kind: 'member', name }, origin);
    }
    if (base.kind !== 'class') continue;
    const found = externalMember(evaluator, { kind: 'instance', class: base, args }, name, origin, level + 1);
    if (found) return found;
  }
  return null;
}

/** An inherited method runs with the object that it was read from. */
function bindReceiver(value: Value, receiver: Value): Value {
  return value.kind === 'function' && value.receiver?.kind === 'instance' ? { ...value, receiver } : value;
}

export function basesOf(evaluator: Evaluator, value: ClassValue): readonly Value[] {
  return value.node.bases.flatMap((base) => alternativesOf(evaluator.evaluate(base, value.frame)));
}

function ownMember(evaluator: Evaluator, instance: InstanceValue, name: string, origin: Origin): Value | null {
  const scope = instance.class.frame.scope.module.scopes.get(instance.class.node);
  if (!scope) return null;
  const classFrame = instance.args ? createFrame(scope, instance.class.frame, instance) : evaluator.frameOf(scope);
  let field: Extract<ClassMember, { kind: 'field' }> | null = null;
  for (const member of instance.class.node.members) {
    if (member.name !== name) continue;
    if (member.kind === 'field') field = member;
    else {
      const method: Value = {
        kind: 'function',
        node: member.function,
        frame: classFrame,
        receiver: member.function.receiverIsClass ? instance.class : instance,
      };
      return member.isGetter ? evaluator.invokeWith(method, []) : method;
    }
  }
  const assigned = assignedMember(evaluator, instance, scope, name, origin);
  if (assigned) return assigned;
  const parameter = parameterField(evaluator, instance, scope, name);
  if (parameter) return parameter;
  if (!field) return null;
  // Fields of a class without a constructor are its constructor's parameters (dataclasses, models).
  const given = instance.args?.named.get(name)?.value;
  if (given && !hasConstructor(instance)) return given;
  if (field.value) {
    const value = evaluator.evaluate(field.value, classFrame);
    if (field.annotation && value.kind !== 'null' && !field.isStatic) return value;
    if (value.kind !== 'null') return isModelField(field) ? unknown('configuration', value, origin) : value;
  }
  const annotated = field.annotation ? annotatedValue(evaluator, field.annotation, evaluator.frameOf(scope)) : null;
  return annotated ?? unknown('configuration', null, origin);
}

/** An annotated class attribute may be set by whoever makes the object (a dataclass field, a setting). */
function isModelField(field: Extract<ClassMember, { kind: 'field' }>): boolean {
  return field.annotation !== null;
}

function hasConstructor(instance: InstanceValue): boolean {
  return constructorOf(instance) !== null;
}

export function constructorOf(instance: InstanceValue): FunctionNode | null {
  for (const member of instance.class.node.members) {
    if (member.kind === 'method' && member.name === 'constructor') return member.function;
  }
  return null;
}

/** What the class's own methods assign to the member, the constructor's with its arguments. */
function assignedMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  classScope: ClassValue['frame']['scope'],
  name: string,
  origin: Origin,
): Value | null {
  const assignments = classScope.module.memberAssignments.get(classScope)?.get(name);
  if (!assignments) return null;
  const constructorNode = constructorOf(instance);
  const values: Value[] = [];
  for (const assignment of assignments) {
    const isInConstructor = constructorNode !== null && assignment.scope.node === constructorNode;
    const frame =
      isInConstructor && instance.args
        ? constructorFrame(evaluator, instance, constructorNode)
        : evaluator.frameOf(assignment.scope);
    let value = destructure(evaluator, evaluator.evaluate(assignment.expression, frame), assignment.path, frame);
    if ((value.kind === 'null' || value.kind === 'unknown') && assignment.annotation) {
      value = annotatedValue(evaluator, assignment.annotation, frame) ?? value;
    }
    if (assignment.operator === '=') values.push(value);
    else {
      const before = values.pop() ?? NULL;
      values.push(assignedWith(assignment.operator, before, value, false, origin));
    }
  }
  // A field that starts empty and is filled later is what it is filled with.
  const filled = values.filter((value) => value.kind !== 'null');
  return filled.length > 0 ? oneOf(filled) : NULL;
}

/** TypeScript's `constructor(private readonly client: OpenAI)`. */
function parameterField(
  evaluator: Evaluator,
  instance: InstanceValue,
  _scope: ClassValue['frame']['scope'],
  name: string,
): Value | null {
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
function constructorFrame(evaluator: Evaluator, instance: InstanceValue, node: FunctionNode): Frame {
  const args = instance.args as CallArguments;
  const frames = constructorFrames.get(args) ?? new Map<FunctionNode, Frame>();
  constructorFrames.set(args, frames);
  let frame = frames.get(node);
  if (!frame) {
    const scope = instance.class.frame.scope.module.scopes.get(instance.class.node);
    const classFrame = scope ? createFrame(scope, instance.class.frame) : instance.class.frame;
    const method: Value = { kind: 'function', node, frame: classFrame, receiver: instance };
    frame = bindArguments(evaluator, method, args) ?? evaluator.frameOf(instance.class.frame.scope);
    frames.set(node, frame);
  }
  return frame;
}

/** The arguments with which the object's base class is constructed. */
function superArguments(evaluator: Evaluator, instance: InstanceValue): CallArguments | null {
  const node = constructorOf(instance);
  if (!node) return instance.args;
  const scope = instance.class.frame.scope.module.scopes.get(node);
  if (!scope) return null;
  const call = scope.module.calls.find((record) => record.node.callee.kind === 'super' && record.scope === scope);
  if (!call) return null;
  const frame = instance.args ? constructorFrame(evaluator, instance, node) : evaluator.frameOf(scope);
  return evaluator.arguments(call.node, frame);
}

function classMember(evaluator: Evaluator, value: ClassValue, name: string, origin: Origin, level = 0): Value | null {
  const scope = value.frame.scope.module.scopes.get(value.node);
  if (!scope) return null;
  for (const member of value.node.members) {
    if (member.name !== name) continue;
    if (member.kind === 'field')
      return member.value
        ? evaluator.evaluate(member.value, evaluator.frameOf(scope))
        : unknown('configuration', null, origin);
    const receiver = member.function.receiverIsClass ? value : null;
    const method: Value = { kind: 'function', node: member.function, frame: createFrame(scope, value.frame), receiver };
    return member.isGetter ? evaluator.invokeWith(method, []) : method;
  }
  const assigned = scope.module.memberAssignments.get(scope)?.get(name);
  if (assigned) return assignedMember(evaluator, { kind: 'instance', class: value, args: null }, scope, name, origin);
  if (level >= MAX_BASES) return null;
  for (const base of basesOf(evaluator, value)) {
    if (base.kind === 'class') {
      const inherited = classMember(evaluator, base, name, origin, level + 1);
      if (inherited) return inherited;
    } else if (base.kind === 'external') return withStep(base, { kind: 'member', name }, origin);
  }
  return null;
}

/** A frame of a function of the project in which its parameters have the call's arguments. */
export function bindArguments(evaluator: Evaluator, value: Value, args: CallArguments): Frame | null {
  if (value.kind !== 'function') return null;
  const scope = value.frame.scope.module.scopes.get(value.node);
  if (!scope) return null;
  const bound = new Map<Parameters<NonNullable<Frame['bound']>['get']>[0], Value>();
  const frame = createFrame(scope, value.frame, value.receiver, bound);
  const used = new Set<string>();
  for (const parameter of value.node.parameters)
    if (parameter.pattern.kind === 'name') used.add(parameter.pattern.name);
  for (const definitions of scope.definitions.values()) {
    for (const definition of definitions) {
      if (definition.source.kind !== 'parameter') continue;
      const { parameter, index, path } = definition.source;
      const given = argumentFor(parameter, index, value.node.parameters, args, used);
      if (given === undefined) continue;
      if (given === null) {
        // Omitted: the default is what it is, for this call.
        if (parameter.default)
          bound.set(
            definition,
            destructure(evaluator, evaluator.evaluate(parameter.default, value.frame), path, frame),
          );
        // A callback is given more than the evaluator passes it.
        else if (path.length === 0 && args.node !== null) bound.set(definition, NULL);
        continue;
      }
      bound.set(definition, destructure(evaluator, given, path, frame));
    }
  }
  return frame;
}

/** Undefined where it is not known whether the call gives the parameter; null where it surely does not. */
function argumentFor(
  parameter: Parameter,
  index: number,
  parameters: readonly Parameter[],
  args: CallArguments,
  used: ReadonlySet<string>,
): Value | null | undefined {
  if (parameter.kind === 'rest') {
    return { kind: 'array', items: args.positional.slice(index), open: args.open, origin: null };
  }
  if (parameter.kind === 'namedRest') {
    const entries = new Map([...args.named].filter(([name]) => !used.has(name)));
    return { kind: 'object', entries, open: args.open, origin: null };
  }
  const name = parameter.pattern.kind === 'name' ? parameter.pattern.name : null;
  const entry = name === null ? undefined : args.named.get(name);
  if (entry) return entry.value;
  const positionalIndex = parameters.slice(0, index).filter((candidate) => candidate.kind === 'positional').length;
  const positional = parameter.kind === 'positional' ? args.positional[positionalIndex] : undefined;
  if (positional) return positional.kind === 'null' && parameter.default ? null : positional;
  return args.open.length > 0 ? undefined : null;
}
