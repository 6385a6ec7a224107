/** Members of classes and of their objects, inherited ones included. */

import type { ClassMember, ClassNode, Expression, FunctionNode } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import { nodesWithin } from '../../ir/walk.ts';
import { annotatedValue, asDeclaredText } from '../annotations.ts';
import { recordManager } from '../defaults/record-fields.ts';
import { enumeratedBy } from '../enumerations.ts';
import type { Evaluator } from '../evaluator.ts';
import { createFrame, type Frame } from '../frame.ts';
import { alternativesOf, joinOrigins, mapAlternatives, NULL, oneOf, unknown, withStep } from '../lattice.ts';
import type { SettingField } from '../modules.ts';
import { assignedWith } from '../mutations.ts';
import { runsAlways } from '../scopes/reaching.ts';
import type { MemberAssignment, Scope } from '../scopes/scope.ts';
import type { CallArguments, ClassValue, InstanceValue, Value } from '../values.ts';
import { assignedValue } from './assigned-value.ts';
import { constructorFrame, constructorOf, hasConstructor, parameterField, superArguments } from './constructors.ts';
import { afterAnyCalls, afterChanges, afterConstructor } from './object-changes.ts';

/** How many base classes are followed. */
const MAX_BASES = 10;

/** A member of an object: null where neither its class nor one above it has the name. */
export function instanceMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  origin: Origin,
): Value | null {
  const found = inheritedMember(evaluator, instance, name, origin, 0, instance);
  if (found === null) return externalMember(evaluator, instance, name, origin, 0);
  return ofParameter(afterChanges(evaluator, instance, name, found), instance.parameter);
}

/** What is read from an object that came in as a parameter comes from that parameter. */
function ofParameter(value: Value, parameter: Origin | undefined): Value {
  if (parameter === undefined) return value;
  const from = () => [parameter];
  if (value.kind === 'null') return unknown('parameter', null, null, from);
  return mapAlternatives(value, (one) => {
    switch (one.kind) {
      case 'array':
        return { ...one, open: [...one.open, unknown('parameter', null, null, from)] };
      case 'instance':
        return { ...one, parameter };
      case 'unknown':
        return { ...one, from: () => joinOrigins(one.from(), from()) };
      default:
        return one;
    }
  });
}

/**
 * From the object's class and the project's classes above it: what a package's base has, a later base may replace. A
 * property runs with the object `self` itself, whichever of these classes has it.
 */
function inheritedMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  origin: Origin,
  level: number,
  self: InstanceValue,
): Value | null {
  const found = ownMember(evaluator, instance, name, origin, self);
  if (level >= MAX_BASES) return found;
  if (found) {
    const property = found.kind === 'function' ? null : inheritedGetter(evaluator, instance, name);
    if (property !== null) return oneOf([found, evaluator.invokeWith(property, [])]);
    if (!isOnlyReplaced(instance, name)) return found;
  }
  const inherited = memberAbove(evaluator, instance, name, origin, level, self);
  if (!found || !inherited || inherited.kind === 'null') return inherited ?? found;
  // As in a class without bases: what an object was made with counts, whatever may be put in its place later.
  return instance.args?.named.has(name) ? inherited : oneOf([inherited, found]);
}

function memberAbove(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  origin: Origin,
  level: number,
  self: InstanceValue,
): Value | null {
  for (const base of basesOf(evaluator, instance.class)) {
    if (base.kind !== 'class') continue;
    const args = superArguments(evaluator, instance);
    const above: InstanceValue = { kind: 'instance', class: base, args };
    const inherited = inheritedMember(evaluator, above, name, origin, level + 1, self);
    if (inherited) return bindReceiver(afterConstruction(evaluator, instance, name, inherited), instance);
  }
  return null;
}

/** True for a field that the class itself does not begin with: methods put something else in its place later. */
function isOnlyReplaced(instance: InstanceValue, name: string): boolean {
  const { node, frame } = instance.class;
  const scope = frame.scope.module.scopes.get(node);
  if (scope === undefined || node.members.some((member) => member.name === name)) return false;
  const assignments = scope.module.memberAssignments.get(scope)?.get(name) ?? [];
  const made = constructorOf(instance);
  return assignments.length > 0 && assignments.every((assignment) => assignment.scope.node !== made);
}

/** A property above a class that assigns to it: an object that was not assigned to has what the property gives. */
function inheritedGetter(evaluator: Evaluator, instance: InstanceValue, name: string): Value | null {
  if (instance.class.node.members.some((member) => member.name === name)) return null;
  let level = basesOf(evaluator, instance.class);
  for (let depth = 0; depth < MAX_BASES && level.length > 0; depth++) {
    const classes = level.filter((base) => base.kind === 'class');
    for (const base of classes) {
      const scope = base.frame.scope.module.scopes.get(base.node);
      const member = base.node.members.find((one) => one.kind === 'method' && one.isGetter && one.name === name);
      if (scope && member?.kind === 'method') {
        return { kind: 'function', node: member.function, frame: evaluator.frameOf(scope), receiver: instance };
      }
    }
    level = classes.flatMap((base) => basesOf(evaluator, base));
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

/** A member of an object whose type is written where it is used (`options: { model: Name }`), and has no scope. */
function writtenMember(
  evaluator: Evaluator,
  { class: type }: InstanceValue,
  name: string,
  origin: Origin,
): Value | null {
  const field = type.node.members.find((member) => member.name === name);
  if (field?.kind !== 'field' || field.annotation === null) return null;
  const among = enumeratedBy(evaluator, field.annotation, type.frame);
  const value = unknown('configuration', null, origin);
  if (among !== null) return { ...value, among };
  return annotatedValue(evaluator, field.annotation, type.frame) ?? asDeclaredText(value, field.annotation);
}

function ownMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  origin: Origin,
  self: InstanceValue,
): Value | null {
  const scope = instance.class.frame.scope.module.scopes.get(instance.class.node);
  if (!scope) return writtenMember(evaluator, instance, name, origin);
  const classFrame = instance.args ? objectFrame(instance, instance.args, scope) : evaluator.frameOf(scope);
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
      return member.isGetter ? evaluator.invokeWith({ ...method, receiver: self }, []) : method;
    }
  }
  // Fields of a class without a constructor are its constructor's parameters (dataclasses, models).
  const argument = field === null || hasConstructor(instance) ? null : argumentFor(instance, field);
  if (argument) return argument;
  const assigned = assignedMember(evaluator, instance, scope, name, origin);
  if (assigned) return assigned;
  const parameter = parameterField(evaluator, instance, name);
  if (parameter) return parameter;
  if (!field) return null;
  const among = field.annotation ? enumeratedBy(evaluator, field.annotation, evaluator.frameOf(scope)) : null;
  const settings = isSettings(evaluator, instance.class) ? { variable: name.toUpperCase() } : {};
  const filled = settingField(instance.class, name);
  const set = (byDefault: Value | null): Value => ({
    ...unknown('configuration', byDefault, origin),
    ...(among === null ? {} : { among }),
    ...(filled === null ? {} : { field: filled }),
    ...(byDefault?.kind === 'unknown' && byDefault.variable !== undefined
      ? { variable: byDefault.variable }
      : settings),
  });
  if (field.value) {
    const value = afterMethods(evaluator, instance, scope, name, evaluator.evaluate(field.value, classFrame), origin);
    if (field.annotation && value.kind !== 'null' && !field.isStatic) return value;
    if (value.kind !== 'null') return isModelField(field) && !isMadeWithDefault(instance) ? set(value) : value;
  }
  if (among !== null) return set(null);
  const annotated = field.annotation ? annotatedValue(evaluator, field.annotation, evaluator.frameOf(scope)) : null;
  return annotated ?? asDeclaredText(set(null), field.annotation);
}

const settingFields = new WeakMap<ClassNode, ReadonlyMap<string, SettingField>>();

/** The field as one that a configuration file may fill; null in a class without other fields. */
function settingField({ node }: ClassValue, name: string): SettingField | null {
  let fields = settingFields.get(node);
  if (fields === undefined) {
    const all = node.members.flatMap((member) => (member.kind === 'field' ? [member.name] : []));
    fields = new Map(all.length < 2 ? [] : all.map((one) => [one, { name: one, all }]));
    settingFields.set(node, fields);
  }
  return fields.get(name) ?? null;
}

/** By the arguments that an object was made with, or what was done to it since. */
const objectFrames = new WeakMap<object, Map<Scope, Frame>>();

/** The class's body for one object, the same for all that is read from it. */
function objectFrame(instance: InstanceValue, args: CallArguments, scope: Scope): Frame {
  const state = instance.changes ?? args;
  const frames = objectFrames.get(state) ?? new Map<Scope, Frame>();
  objectFrames.set(state, frames);
  const known = frames.get(scope);
  if (known?.parent === instance.class.frame) return known;
  const frame = createFrame(scope, instance.class.frame, instance);
  frames.set(scope, frame);
  return frame;
}

/** A class of settings takes its fields from the environment (pydantic). */
function isSettings(evaluator: Evaluator, value: ClassValue): boolean {
  return basesOf(evaluator, value).some((base) => {
    const last = base.kind === 'external' ? base.steps.at(-1) : undefined;
    return last?.kind === 'member' && last.name === 'BaseSettings';
  });
}

/** What an object was made with for a field: by its name, or by its place among a record's fields. */
function argumentFor({ args, class: { node } }: InstanceValue, field: ClassMember): Value | null {
  const named = args?.named.get(field.name)?.value;
  if (named !== undefined || args === null || !isRecord(node)) return named ?? null;
  const fields = node.members.filter((member) => member.kind === 'field' && isModelField(member));
  return args.positional[fields.indexOf(field)] ?? null;
}

/** True for a record of which all arguments are known: a field without one has its default. */
function isMadeWithDefault({ args, class: { node } }: InstanceValue): boolean {
  return args !== null && args.open.length === 0 && isRecord(node);
}

const RECORD_DECORATORS = new Set(['dataclass', 'define', 'frozen', 'attrs']);

/** True for a class whose fields are the parameters of its constructor, in their order. Fields of a base come first. */
function isRecord({ bases, decorators }: ClassNode): boolean {
  if (bases.length > 0) return bases.length === 1 && nameOf(bases[0]) === 'NamedTuple';
  return decorators.some((decorator) => RECORD_DECORATORS.has(nameOf(decorator) ?? ''));
}

function nameOf(expression: Expression | undefined): string | null {
  switch (expression?.kind) {
    case 'name':
      return expression.name;
    case 'member':
      return expression.property;
    case 'call':
      return nameOf(expression.callee);
    default:
      return null;
  }
}

/** An annotated class attribute may be set when the object is created (a dataclass field, a setting). */
function isModelField(field: Extract<ClassMember, { kind: 'field' }>): boolean {
  return field.annotation !== null;
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
  for (const assignment of withoutReplaced(assignments, constructorNode, name)) {
    const isInConstructor = constructorNode !== null && assignment.scope.node === constructorNode;
    const frame =
      isInConstructor && instance.args
        ? constructorFrame(evaluator, instance, constructorNode)
        : evaluator.frameOf(assignment.scope);
    const value = assignedValue(evaluator, assignment, frame);
    if (assignment.operator === '=') values.push(value);
    else {
      const before = values.pop() ?? NULL;
      values.push(assignedWith(assignment.operator, before, value, 'any number', origin));
    }
  }
  // A field that starts empty and is filled later is what it is filled with.
  const filled = values.filter((value) => value.kind !== 'null');
  const value = filled.length > 0 ? oneOf(filled) : NULL;
  return afterMethods(evaluator, instance, classScope, name, value, origin);
}

/**
 * Without what the constructor assigns to the field, and surely replaces before it ends. What replaces it by something made
 * of it (`self.send = retried(self.send)`) may go on to it.
 */
function withoutReplaced(
  assignments: readonly MemberAssignment[],
  constructorNode: FunctionNode | null,
  name: string,
): readonly MemberAssignment[] {
  if (assignments.length < 2 || constructorNode === null) return assignments;
  const last = assignments.findLastIndex(
    ({ operator, scope, region }) => operator === '=' && scope.node === constructorNode && runsAlways(region, scope),
  );
  const replacing = assignments[last];
  if (replacing && readsMember(replacing.expression, name)) return assignments;
  return assignments.filter(({ scope }, index) => index >= last || scope.node !== constructorNode);
}

function readsMember(expression: Expression, name: string): boolean {
  return nodesWithin(expression).some((node) => node.kind === 'member' && 'property' in node && node.property === name);
}

/** The field with what the class's own methods may have put in by the time that it is read. */
function afterMethods(
  evaluator: Evaluator,
  instance: InstanceValue,
  classScope: Scope,
  name: string,
  value: Value,
  origin: Origin,
): Value {
  return instance.args === null
    ? afterAnyCalls(evaluator, classScope, name, value, origin)
    : afterConstruction(evaluator, instance, name, value);
}

/** The field once the object's own constructor has run, which may fill it by calls of its methods. */
function afterConstruction(evaluator: Evaluator, instance: InstanceValue, name: string, value: Value): Value {
  const node = instance.args && constructorOf(instance);
  return node
    ? afterConstructor(evaluator, constructorFrame(evaluator, instance, node), instance.class, name, value)
    : value;
}

/** A member of the class itself, such as a static method; null if there is none. */
export function classMember(
  evaluator: Evaluator,
  value: ClassValue,
  name: string,
  origin: Origin,
  level = 0,
): Value | null {
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
    } else if (base.kind === 'external') {
      return recordManager(evaluator, value, name, origin) ?? withStep(base, { kind: 'member', name }, origin);
    }
  }
  return null;
}
