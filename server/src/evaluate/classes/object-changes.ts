/**
 * What methods do to the fields of their object. A conversation is often an object of the project: `talk.ask(text)` puts a
 * message into its list, and the list is what is sent. Such a call is kept with the object, and followed once one of the
 * fields is read.
 */
import type { Call, ClassNode } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import { activationOf } from '../activations/activation-of.ts';
import { runs } from '../conditions/conditions.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Frame } from '../frame.ts';
import { array, oneOf } from '../lattice.ts';
import { applyMutation, assignedWith } from '../mutations.ts';
import { destructure } from '../names.ts';
import { keptIfWhole, noteCut } from '../progress/cuts.ts';
import { regionAt, runsAlways, type Use } from '../scopes/reaching.ts';
import type { CallRecord, MemberAssignment, MemberChange, ModuleScope, Region, Scope } from '../scopes/scope.ts';
import { receiverOwner, receiverScope } from '../scopes/scope-parts.ts';
import type { CallArguments, ClassValue, FieldChange, FunctionValue, InstanceValue, Value } from '../values.ts';
import { assignedValue } from './assigned-value.ts';
import { basesOf } from './class-members.ts';

/** Calls and assignments that are kept of one object. */
const MAX_CHANGES = 40;
const MAX_BASES = 10;

/** The object after a change of one field. */
export function withFieldChange(object: InstanceValue, field: string, change: (before: Value) => Value): InstanceValue {
  return withChange(object, { field, apply: (_, __, before) => change(before) });
}

/** The object after `call` of one of its methods; the same object if the method changes nothing that is followed. */
export function withCall(
  evaluator: Evaluator,
  object: InstanceValue,
  call: Call,
  isCertain: boolean,
  frame: Frame,
): InstanceValue {
  if (call.callee.kind !== 'member') return object;
  const method = methodOf(evaluator, object, call.callee.property);
  if (method === null || !changesObject(evaluator, method)) return object;
  return withChange(object, callOf(evaluator, method, evaluator.arguments(call, frame), isCertain));
}

/** What a method gives that returns its own object (`builder.user(text).build()`): the object after the call. */
export function returnedObject(evaluator: Evaluator, method: FunctionValue, args: CallArguments, result: Value): Value {
  const { receiver } = method;
  if (receiver?.kind !== 'instance' || !isSameObject(result, receiver) || !changesObject(evaluator, method)) {
    return result;
  }
  return withChange(receiver, callOf(evaluator, method, args, true));
}

function isSameObject(value: Value, object: InstanceValue): boolean {
  return value.kind === 'instance' && value.class.node === object.class.node && value.args === object.args;
}

function withChange(object: InstanceValue, change: FieldChange): InstanceValue {
  const changes = object.changes ?? [];
  return changes.length >= MAX_CHANGES ? object : { ...object, changes: [...changes, change] };
}

function callOf(evaluator: Evaluator, { node }: FunctionValue, args: CallArguments, isCertain: boolean): FieldChange {
  return {
    field: null,
    apply: (object, field, before) => {
      const method = node.name === null ? null : methodOf(evaluator, object, node.name);
      const frame = method && activationOf(evaluator, method, args);
      if (!frame) return before;
      const after = afterRun(evaluator, frame, field, before);
      return isCertain ? after : possibly(before, after);
    },
  };
}

/** The value of `field` that was `value` when the object was made, after everything that has been done to it since. */
export function afterChanges(evaluator: Evaluator, object: InstanceValue, field: string, value: Value): Value {
  const { changes = [] } = object;
  if (changes.length === 0 || value.kind === 'function') return value;
  const isChanged = changedFields(evaluator, object.class).has(field);
  return changes.reduce<Value>((before, change, index) => {
    if (change.field === null ? !isChanged : change.field !== field) return before;
    return change.apply({ ...object, changes: changes.slice(0, index) }, field, before);
  }, value);
}

/**
 * The field of the object whose method `frame` is an activation of, as it is at a place in it. `inGeneral` gives what it
 * may be whichever methods have run.
 */
export function fieldAt(evaluator: Evaluator, frame: Frame, field: string, inGeneral: () => Value, use: Use): Value {
  const { offset } = use;
  const { scope, receiver } = frame;
  if (receiver?.kind !== 'instance' || scope.kind !== 'function') return inGeneral();
  const assignment = lastAssignment(scope, field, use);
  if (assignment !== null) {
    const assigned = assignedValue(evaluator, assignment, frame);
    const value = inOrder(evaluator, frame, field, assigned, offset, ANY_KIND, assignment.expression.end + 1);
    if (value.kind !== 'null') return value;
  }
  const value = inGeneral();
  if (value.kind === 'function' || !inPlaceFields(evaluator, receiver.class).has(field)) return value;
  return inOrder(evaluator, frame, field, value, offset, IN_PLACE);
}

/** By activation of a method, and by how much of it has run: the object as it is then. */
const objectsAt = new WeakMap<Frame, Map<number, InstanceValue>>();

/**
 * The object of the method that `frame` is an activation of, as it is at `offset` in the method, where the method calls
 * or reads another member of it (`this.messages.push(question); return this.send()`).
 */
export function objectAt(evaluator: Evaluator, frame: Frame, object: Value, member: string, offset: number): Value {
  const { scope, receiver } = frame;
  if (object !== receiver || receiver?.kind !== 'instance' || isConstructor(scope)) return object;
  const last = eventsIn(scope).findLast((event) => event.position <= offset && isChangedBy(evaluator, receiver, event));
  if (last === undefined || !methodNames(evaluator, receiver.class).has(member)) return object;
  const known = objectsAt.get(frame) ?? new Map<number, InstanceValue>();
  objectsAt.set(frame, known);
  const { position } = last;
  const fields = fieldsChangedIn(evaluator, receiver, scope);
  const changed =
    known.get(position) ??
    withChange(receiver, {
      field: null,
      apply: (_, field, value) =>
        fields.has(field) ? inOrder(evaluator, frame, field, value, position, ANY_KIND) : value,
    });
  known.set(position, changed);
  return changed;
}

function isConstructor({ node, ownerClass }: Scope): boolean {
  const members = ownerClass !== null && 'members' in ownerClass.node ? ownerClass.node.members : [];
  return members.some((one) => one.kind === 'method' && one.name === 'constructor' && one.function === node);
}

/** Trees outlive the scopes that are built for them, which hold all that was evaluated. */
const changedIn = new WeakMap<ClassNode, WeakMap<Scope, ReadonlySet<string>>>();

/** The fields of `object` that the method `scope` changes, by itself or by methods of the object that it calls. */
export function fieldsChangedIn(evaluator: Evaluator, object: InstanceValue, scope: Scope): ReadonlySet<string> {
  const known = changedIn.get(object.class.node) ?? new WeakMap<Scope, ReadonlySet<string>>();
  changedIn.set(object.class.node, known);
  return keptIfWhole(
    known.get(scope),
    () => {
      const fields = new Set<string>();
      // Methods may call each other in a circle.
      const reached = new Set([scope]);
      for (const each of reached) {
        for (const event of eventsIn(each)) {
          if (event.kind !== 'call') fields.add(event.field);
          else for (const called of calledMethod(evaluator, object, event.call)) reached.add(called);
        }
      }
      return fields;
    },
    (fields) => known.set(scope, fields),
  );
}

function calledMethod(evaluator: Evaluator, object: InstanceValue, { callee }: Call): readonly Scope[] {
  const method = callee.kind === 'member' ? methodOf(evaluator, object, callee.property) : null;
  const scope = method?.frame.scope.module.scopes.get(method.node);
  return scope === undefined ? [] : [scope];
}

function isChangedBy(evaluator: Evaluator, object: InstanceValue, event: Event): boolean {
  if (event.kind !== 'call') return true;
  return calledMethod(evaluator, object, event.call).some(
    (called) => fieldsChangedIn(evaluator, object, called).size > 0,
  );
}

const methods = new WeakMap<ClassNode, ReadonlySet<string>>();

/** The methods and properties of a class, and of those above it. */
function methodNames(evaluator: Evaluator, type: ClassValue): ReadonlySet<string> {
  return fieldsOf(evaluator, type, methods, ({ node }) =>
    'members' in node ? node.members.flatMap(({ kind, name }) => (kind === 'method' ? [name] : [])) : [],
  );
}

/** The assignment of `field` in the method `scope` that surely ran last before `offset`; null if there is none. */
function lastAssignment(scope: Scope, field: string, { offset, isLater }: Use): MemberAssignment | null {
  const { ownerClass, module } = scope;
  const all = ownerClass === null ? undefined : module.memberAssignments.get(ownerClass)?.get(field);
  const own = all?.filter((one) => one.scope === scope) ?? [];
  const before = own.filter(({ expression }) => expression.end <= offset);
  // An earlier round of a loop may have assigned it since; a closure may run after anything that follows it.
  if (own.length > before.length && (isLater || isInLoop(regionAt(scope, offset)))) return null;
  return before.findLast(({ operator, region }) => operator === '=' && runsAlways(region, scope)) ?? null;
}

function isInLoop(region: Region): boolean {
  for (let current: Region | null = region; current; current = current.parent) if (current.kind === 'loop') return true;
  return false;
}

/** What an object that nothing is known of may have in a field: any of its methods may have been called before. */
export function afterAnyCalls(
  evaluator: Evaluator,
  owner: Scope,
  field: string,
  value: Value,
  { path, start }: Origin,
): Value {
  const changes = owner.module.memberChanges.get(owner)?.get(field) ?? [];
  const isAround = ({ node }: Scope) =>
    owner.module.loaded.path === path && 'start' in node && node.start <= start && start < node.end;
  return changes.reduce<Value>(
    (before, { mutation, scope }) =>
      isAround(scope) ? before : applyMutation(evaluator, before, mutation, false, evaluator.frameOf(scope)),
    value,
  );
}

/** The value of `field` once the object was made; `frame` is the activation of its constructor. */
export function afterConstructor(
  evaluator: Evaluator,
  frame: Frame,
  type: ClassValue,
  field: string,
  value: Value,
): Value {
  const isChanged = value.kind !== 'function' && inPlaceFields(evaluator, type).has(field);
  return isChanged ? inOrder(evaluator, frame, field, value, Number.POSITIVE_INFINITY, IN_PLACE) : value;
}

/** The value of `field` once the method of which `frame` is an activation has run. */
function afterRun(evaluator: Evaluator, frame: Frame, field: string, value: Value, kinds = ANY_KIND): Value {
  let after = value;
  evaluator.within(() => {
    after = inOrder(evaluator, frame, field, value, Number.POSITIVE_INFINITY, kinds);
    return after;
  });
  return after;
}

function inOrder(
  evaluator: Evaluator,
  frame: Frame,
  field: string,
  initial: Value,
  offset: number,
  kinds: ReadonlySet<Event['kind']>,
  since = 0,
): Value {
  let value = initial;
  for (const event of eventsIn(frame.scope)) {
    if (
      event.position < since ||
      event.position > offset ||
      !kinds.has(event.kind) ||
      (event.field !== null && event.field !== field)
    )
      continue;
    const truth = runs(evaluator, event.region, frame);
    if (truth === false) continue;
    value = afterEvent(evaluator, event, frame, field, value, truth === true, kinds);
  }
  return value;
}

/** Something in a method's body that changes its object. */
type Event = { readonly position: number; readonly region: Region } & (
  | { readonly kind: 'change'; readonly field: string; readonly change: MemberChange }
  | { readonly kind: 'assignment'; readonly field: string; readonly assignment: MemberAssignment }
  | { readonly kind: 'call'; readonly field: null; readonly call: Call }
);

const ANY_KIND: ReadonlySet<Event['kind']> = new Set(['change', 'assignment', 'call']);
/** What a field is assigned in any method is part of its value from the start. */
const IN_PLACE: ReadonlySet<Event['kind']> = new Set(['change', 'call']);

function afterEvent(
  evaluator: Evaluator,
  event: Event,
  frame: Frame,
  field: string,
  value: Value,
  isCertain: boolean,
  kinds: ReadonlySet<Event['kind']>,
): Value {
  switch (event.kind) {
    case 'change':
      return applyMutation(evaluator, value, event.change.mutation, isCertain, frame);
    case 'assignment': {
      const { expression, path, operator } = event.assignment;
      const added = destructure(evaluator, evaluator.evaluate(expression, frame), path, frame);
      const origin = evaluator.origin(expression, frame);
      const after =
        operator === '=' ? added : assignedWith(operator, value, added, isCertain ? 'once' : 'any number', origin);
      return isCertain ? after : oneOf([value, after]);
    }
    case 'call': {
      const { receiver } = frame;
      if (receiver?.kind !== 'instance' || event.call.callee.kind !== 'member') return value;
      const method = methodOf(evaluator, receiver, event.call.callee.property);
      const called = method?.frame.scope.module.scopes.get(method.node);
      if (!method || !called || !fieldsChangedIn(evaluator, receiver, called).has(field)) return value;
      const inner = activationOf(evaluator, method, evaluator.arguments(event.call, frame));
      if (inner === null) return value;
      const after = afterRun(evaluator, inner, field, value, kinds);
      return isCertain ? after : possibly(value, after);
    }
  }
}

/** A list that may have got further items, or either of two values. */
function possibly(before: Value, after: Value): Value {
  if (before === after) return before;
  if (before.kind !== 'array' || after.kind !== 'array') return oneOf([before, after]);
  const isLonger = before.items.every((item, index) => item === after.items[index]);
  if (!isLonger) return oneOf([before, after]);
  const added = [...after.items.slice(before.items.length), ...after.open.filter((one) => !before.open.includes(one))];
  return array(before.items, [...before.open, ...added], before.origin);
}

const events = new WeakMap<ModuleScope, ReadonlyMap<Scope, readonly Event[]>>();
const NO_EVENTS: readonly Event[] = [];

/** In the order of the code. */
function eventsIn(scope: Scope): readonly Event[] {
  const known = events.get(scope.module) ?? collectEvents(scope.module);
  events.set(scope.module, known);
  return known.get(scope) ?? NO_EVENTS;
}

function collectEvents(module: ModuleScope): ReadonlyMap<Scope, readonly Event[]> {
  const changes = [...module.memberChanges.values()].flatMap((byField) =>
    [...byField].flatMap(([field, all]) =>
      all.map((change) => ({
        scope: change.scope,
        event: { kind: 'change', ...placeOf(change), field, change } as Event,
      })),
    ),
  );
  const assignments = [...module.memberAssignments.values()].flatMap((byField) =>
    [...byField].flatMap(([field, all]) =>
      all.map((assignment) => {
        const position = assignment.expression.end;
        const event: Event = { kind: 'assignment', position, region: assignment.region, field, assignment };
        return { scope: assignment.scope, event };
      }),
    ),
  );
  const calls = module.calls.filter(isOwnCall).map(({ node, scope }) => {
    const region = regionAt(scope, node.start);
    return { scope, event: { kind: 'call', position: node.end, region, field: null, call: node } as Event };
  });
  const byScope = Map.groupBy([...changes, ...assignments, ...calls], ({ scope }) => scope);
  return new Map(
    [...byScope].map(([scope, all]) => [scope, all.map(({ event }) => event).sort((a, b) => a.position - b.position)]),
  );
}

function placeOf({ position, region }: MemberChange): { readonly position: number; readonly region: Region } {
  return { position, region };
}

/** `this.add(message)`. */
function isOwnCall({ node: { callee }, scope }: CallRecord): boolean {
  if (callee.kind !== 'member' || callee.object.kind !== 'name' || receiverOwner(scope) === null) return false;
  return receiverScope(callee.object.name, scope) === scope;
}

function methodOf(evaluator: Evaluator, { changes: _, ...object }: InstanceValue, name: string): FunctionValue | null {
  const value = evaluator.member(object, name, { path: '', start: 0, end: 0 });
  return value.kind === 'function' ? value : null;
}

/** True for a method that changes a field of its object, or may by another of its methods. */
function changesObject(evaluator: Evaluator, { node, frame, receiver }: FunctionValue): boolean {
  const scope = frame.scope.module.scopes.get(node);
  if (!scope || receiver?.kind !== 'instance' || eventsIn(scope).length === 0) return false;
  return changedFields(evaluator, receiver.class).size > 0;
}

const changed = new WeakMap<ClassNode, ReadonlySet<string>>();
const changedInPlace = new WeakMap<ClassNode, ReadonlySet<string>>();

/** The fields that methods of the class, or of a class above it, change after the object was made. */
function changedFields(evaluator: Evaluator, type: ClassValue): ReadonlySet<string> {
  return fieldsOf(evaluator, type, changed, (scope) => [
    ...(scope.module.memberChanges.get(scope)?.keys() ?? []),
    ...assignedLater(scope),
  ]);
}

/** Of these, those that are changed in place. */
function inPlaceFields(evaluator: Evaluator, type: ClassValue): ReadonlySet<string> {
  return fieldsOf(evaluator, type, changedInPlace, (scope) => [
    ...(scope.module.memberChanges.get(scope)?.keys() ?? []),
  ]);
}

function fieldsOf(
  evaluator: Evaluator,
  type: ClassValue,
  known: WeakMap<ClassNode, ReadonlySet<string>>,
  own: (scope: Scope) => readonly string[],
  level = 0,
): ReadonlySet<string> {
  return keptIfWhole(
    known.get(type.node),
    () => {
      const scope = type.frame.scope.module.scopes.get(type.node);
      const fields = new Set(scope ? own(scope) : []);
      if (level >= MAX_BASES) {
        noteCut();
        return fields;
      }
      for (const base of basesOf(evaluator, type)) {
        if (base.kind === 'class')
          for (const name of fieldsOf(evaluator, base, known, own, level + 1)) fields.add(name);
      }
      return fields;
    },
    (fields) => known.set(type.node, fields),
  );
}

function assignedLater(owner: Scope): readonly string[] {
  const isLater = ({ scope }: MemberAssignment) => scope.ownerClass !== owner || !isConstructor(scope);
  return [...(owner.module.memberAssignments.get(owner) ?? [])].flatMap(([name, all]) =>
    all.some(isLater) ? [name] : [],
  );
}
