/**
 * What a test around a place says about a value there: `if isinstance(client, AsyncAnthropic):`, `client instanceof
 * OpenAI`, `typeof input === 'string'`. A branch that is left early counts as well (`if (!(x instanceof A)) return;`).
 */
import type { Call, Expression, Span } from '../ir/nodes.ts';
import { annotatedValue } from './annotations.ts';
import { typeNameOf } from './conditions/conditions.ts';
import type { Evaluator } from './evaluator.ts';
import type { Frame } from './frame.ts';
import { alternativesOf, oneOf } from './lattice.ts';
import { memberOf } from './members.ts';
import type { Region, Scope } from './scopes/scope.ts';
import type { OneOfValue, Value } from './values.ts';

/** In `span` the value of `subject` has, or has not, one of the types. */
interface Guard {
  /** The tested name, with its members: `client`, `self.client`. */
  readonly subject: string;
  readonly test: TypeTest;
  readonly isPositive: boolean;
  readonly span: Span;
}

type TypeTest =
  | { readonly kind: 'class'; readonly types: readonly Expression[] }
  | { readonly kind: 'typeof'; readonly name: string };

/** The alternatives that the tests around `node` leave; all of them where nothing is tested. */
export function narrowed(evaluator: Evaluator, node: Expression, value: OneOfValue, frame: Frame): Value {
  let left = value.alternatives;
  for (const { test, isPositive } of guardsAt(node, frame)) {
    const matches = matcherOf(evaluator, test, frame);
    const fitting = left.filter((alternative) => matches(alternative) !== !isPositive);
    const certain = fitting.filter((alternative) => matches(alternative) === isPositive);
    const next = isPositive && certain.length > 0 ? certain : fitting;
    // What matches nothing is a test that is not understood.
    if (next.length > 0) left = next;
  }
  return left === value.alternatives ? value : oneOf(left);
}

/**
 * A method of an object of which only the tests around the call say what it is. A package's class counts; the value of
 * anything but a callee stays unknown, because a parameter has to be told from what is made here.
 */
export function testedMethod(evaluator: Evaluator, callee: Expression, frame: Frame): Value | null {
  if (callee.kind !== 'member') return null;
  const receiver = testedObject(evaluator, callee.object, frame) ?? testedMethod(evaluator, callee.object, frame);
  return receiver && memberOf(evaluator, receiver, callee.property, evaluator.origin(callee, frame));
}

function testedObject(evaluator: Evaluator, node: Expression, frame: Frame): Value | null {
  for (const { test, isPositive } of guardsAt(node, frame)) {
    if (!isPositive || test.kind !== 'class') continue;
    const objects = test.types.map((type) => annotatedValue(evaluator, type, frame));
    if (objects.every((object) => object?.kind === 'external')) return oneOf(objects as Value[]);
  }
  return null;
}

function guardsAt(node: Expression, frame: Frame): readonly Guard[] {
  const guards = guardsOf(frame.scope);
  if (guards.length === 0) return [];
  const subject = spelled(node);
  if (subject === null) return [];
  const { start } = node;
  return guards.filter(
    (guard) =>
      guard.subject === subject &&
      guard.span.start <= start &&
      start < guard.span.end &&
      !isSetWithin(frame.scope, subject, guard.span.start, start),
  );
}

/** True if the name has another value by the time it is read than when it was tested. */
function isSetWithin({ definitions }: Scope, subject: string, from: number, to: number): boolean {
  return definitions.get(subject)?.some(({ position }) => position > from && position <= to) ?? false;
}

const known = new WeakMap<Scope, readonly Guard[]>();

/** Most scopes have none, so that looking at a name costs nothing there. */
function guardsOf(scope: Scope): readonly Guard[] {
  const before = known.get(scope);
  if (before) return before;
  const guards = guardsIn(scope.region);
  known.set(scope, guards);
  return guards;
}

function guardsIn(region: Region): readonly Guard[] {
  return region.children.flatMap((child) => [...aroundOf(child), ...afterOf(child), ...guardsIn(child)]);
}

/** In an alternative, the tests before it have failed and its own has not. */
function aroundOf({ branch, alternative, start, end }: Region): readonly Guard[] {
  if (branch?.origin !== 'if') return [];
  const { tests } = branch;
  return tests
    .slice(0, alternative + 1)
    .flatMap((test, index) =>
      testsIn(test, index === alternative).map((guard) => ({ ...guard, span: { start, end } })),
    );
}

/** Where an alternative never runs to its end, what follows runs only if its test has failed. */
function afterOf({ branch, alternative, exits, end, parent }: Region): readonly Guard[] {
  const test = branch?.origin === 'if' && alternative === 0 && exits ? branch.tests[0] : undefined;
  if (branch === null || test === undefined || parent === null) return [];
  return testsIn(test, false).map((guard) => ({
    ...guard,
    span: { start: Math.max(end, branch.end), end: parent.end },
  }));
}

/** What `test` says about values where its outcome is `isTrue`. */
function testsIn(test: Expression, isTrue: boolean): readonly Omit<Guard, 'span'>[] {
  switch (test.kind) {
    case 'unary':
      return test.operator === '!' ? testsIn(test.operand, !isTrue) : [];
    case 'logical':
      // Of `a && b` both are true; of `a || b` both are false.
      return (test.operator === '&&') === isTrue && test.operator !== '??'
        ? [...testsIn(test.left, isTrue), ...testsIn(test.right, isTrue)]
        : [];
    case 'call':
      return isInstanceCall(test, isTrue);
    case 'binary':
      return comparison(test, isTrue);
    default:
      return [];
  }
}

function isInstanceCall(
  { callee, arguments: [first, second] }: Call,
  isPositive: boolean,
): readonly Omit<Guard, 'span'>[] {
  if (callee.kind !== 'name' || callee.name !== 'isinstance' || !first || !second) return [];
  return guard(first.value, { kind: 'class', types: typesOf(second.value) }, isPositive);
}

const EQUAL = new Set(['===', '==', 'is']);
const DIFFERENT = new Set(['!==', '!=', 'is not']);

function comparison(
  { operator, left, right }: Extract<Expression, { kind: 'binary' }>,
  isTrue: boolean,
): readonly Omit<Guard, 'span'>[] {
  if (operator === 'instanceof') return guard(left, { kind: 'class', types: [right] }, isTrue);
  if (!EQUAL.has(operator) && !DIFFERENT.has(operator)) return [];
  const isPositive = EQUAL.has(operator) === isTrue;
  if (left.kind === 'unary' && left.operator === 'typeof' && right.kind === 'string')
    return guard(left.operand, { kind: 'typeof', name: right.value }, isPositive);
  // `type(x) is A`
  const isTypeOf = left.kind === 'call' && left.callee.kind === 'name' && left.callee.name === 'type';
  const subject = isTypeOf ? left.arguments[0]?.value : undefined;
  return subject ? guard(subject, { kind: 'class', types: [right] }, isPositive) : [];
}

function guard(subject: Expression, test: TypeTest, isPositive: boolean): readonly Omit<Guard, 'span'>[] {
  const name = spelled(subject);
  return name === null ? [] : [{ subject: name, test, isPositive }];
}

/** `(A, B)` and `A | B` are several types. */
function typesOf(node: Expression): readonly Expression[] {
  if (node.kind === 'array') return node.items.flatMap((item) => (item.kind === 'spread' ? [] : typesOf(item)));
  if (node.kind === 'binary' && node.operator === '|') return [...typesOf(node.left), ...typesOf(node.right)];
  return [node];
}

function spelled(node: Expression): string | null {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'member') return null;
  const object = spelled(node.object);
  return object === null ? null : `${object}.${node.property}`;
}

/** Tells whether a value passes the test; null if that is not known. */
function matcherOf(evaluator: Evaluator, test: TypeTest, frame: Frame): (value: Value) => boolean | null {
  if (test.kind === 'typeof') {
    return (value) => {
      const name = typeNameOf(value);
      return name === null ? null : name === test.name;
    };
  }
  const types = test.types.flatMap((type) => alternativesOf(evaluator.evaluate(type, frame)));
  return (value) => {
    const outcomes = types.map((type) => isOf(value, type));
    return outcomes.includes(true) ? true : outcomes.includes(null) ? null : false;
  };
}

/** By the class that made the object. A subclass of a package's class is not known to be one. */
function isOf(value: Value, type: Value): boolean | null {
  if (value.kind === 'null') return false;
  if (value.kind === 'external' && type.kind === 'external') {
    const last = value.steps.at(-1);
    return last?.kind !== 'call' ? null : nameOf(value.steps.slice(0, -1)) === nameOf(type.steps);
  }
  if (value.kind === 'instance' && type.kind === 'class') return value.class.node === type.node ? true : null;
  if (value.kind === 'instance' && type.kind === 'external') return null;
  return value.kind === 'unknown' || type.kind === 'unknown' ? null : false;
}

function nameOf(steps: readonly { readonly kind: string; readonly name?: string }[]): string | undefined {
  return steps.findLast(({ kind }) => kind === 'member')?.name;
}
