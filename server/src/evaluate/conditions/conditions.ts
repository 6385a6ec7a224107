/**
 * Conditions that can be decided in an activation: `typeof options.system === "string"` once a caller has passed a
 * text. Code that cannot run in an activation gives it no value and makes no request.
 */
import type { Call, Expression, Unary } from '../../ir/nodes.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Frame } from '../frame.ts';
import { alternativesOf, literalText } from '../lattice.ts';
import type { Region } from '../scopes/scope.ts';
import type { ObjectValue, Value } from '../values.ts';
import { isDecidable } from './decidable.ts';
import { restsOnProcess } from './predicates.ts';

/** True or false if the condition is the same in every run, null if it depends on the run. */
export type Truth = boolean | null;

export function truthOf(evaluator: Evaluator, test: Expression, frame: Frame): Truth {
  switch (test.kind) {
    case 'boolean':
      return test.value;
    case 'null':
      return false;
    case 'unary':
      return test.operator === '!' ? negated(truthOf(evaluator, test.operand, frame)) : true;
    case 'logical': {
      const left = truthOf(evaluator, test.left, frame);
      if (test.operator === '??') return truthOfValue(evaluator.evaluate(test, frame));
      const decisive = test.operator === '||';
      if (left === decisive) return decisive;
      const right = truthOf(evaluator, test.right, frame);
      if (right === decisive) return decisive;
      return left === null || right === null ? null : !decisive;
    }
    case 'binary':
      return isComparison(test.operator)
        ? comparison(test.operator, evaluator.evaluate(test.left, frame), evaluator.evaluate(test.right, frame))
        : null;
    case 'call':
      return typeTest(evaluator, test, frame) ?? truthOfValue(evaluator.evaluate(test, frame));
    default:
      return truthOfValue(evaluator.evaluate(test, frame));
  }
}

/** The same where the caller's arguments may decide it; null without a closer look where they cannot. */
export function knownTruthOf(evaluator: Evaluator, test: Expression, frame: Frame): Truth {
  return isDecidable(test, frame) && !restsOnProcess(evaluator, test, frame) ? truthOf(evaluator, test, frame) : null;
}

export function truthOfValue(value: Value): Truth {
  switch (value.kind) {
    case 'null':
      return false;
    case 'boolean':
      return value.value;
    case 'number':
      return value.value !== 0;
    case 'text':
      if (value.segments.some((segment) => segment.kind === 'literal' && segment.text !== '')) return true;
      return value.segments.length === 0 ? false : null;
    case 'oneOf':
      return agreed(value.alternatives.map(truthOfValue));
    case 'unknown':
    case 'external':
      return null;
    // An empty list is false in Python and true in JavaScript.
    case 'array':
      return value.items.length > 0 ? true : null;
    case 'object':
      return value.entries.size > 0 ? true : null;
    default:
      return true;
  }
}

/** The text that `typeof x` gives; null if the value's type is unknown. */
export function typeNameOf(value: Value): string | null {
  switch (value.kind) {
    case 'text':
      return 'string';
    case 'number':
    case 'boolean':
    case 'function':
      return value.kind;
    case 'class':
      return 'function';
    case 'null':
      // `null` has the type `object`, but what is left out is `undefined`.
      return 'undefined';
    case 'object':
    case 'array':
    case 'instance':
    case 'module':
      return 'object';
    case 'oneOf': {
      const [first, ...rest] = value.alternatives.map(typeNameOf);
      return first != null && rest.every((name) => name === first) ? first : null;
    }
    default:
      return null;
  }
}

function negated(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

function agreed(all: readonly Truth[]): Truth {
  const [first = null] = all;
  return all.every((truth) => truth === first) ? first : null;
}

const COMPARISONS = new Set(['===', '==', 'is', '!==', '!=', 'is not', 'in', 'not in']);

/** False for what is never decided, such as which of two numbers is larger. */
function isComparison(operator: string): boolean {
  return COMPARISONS.has(operator);
}

function comparison(operator: string, left: Value, right: Value): Truth {
  switch (operator) {
    case '===':
    case '==':
    case 'is':
      return isEqual(left, right);
    case '!==':
    case '!=':
    case 'is not':
      return negated(isEqual(left, right));
    case 'in':
      return isAmong(left, right);
    case 'not in':
      return negated(isAmong(left, right));
    default:
      return null;
  }
}

function isEqual(left: Value, right: Value): Truth {
  if (left.kind === 'oneOf') return agreed(left.alternatives.map((alternative) => isEqual(alternative, right)));
  if (right.kind === 'oneOf') return agreed(right.alternatives.map((alternative) => isEqual(left, alternative)));
  if (left.kind === 'unknown' || right.kind === 'unknown') return null;
  if (left.kind === 'null' || right.kind === 'null') {
    return left.kind === 'external' || right.kind === 'external' ? null : left.kind === right.kind;
  }
  const [a, b] = [plain(left), plain(right)];
  return a === null || b === null ? null : a === b;
}

function isAmong(item: Value, list: Value): Truth {
  if (list.kind === 'object' && list.open.length === 0) return isKeyOf(item, list);
  if (list.kind !== 'array' || list.open.length > 0) return null;
  const found = list.items.map((other) => isEqual(item, other));
  if (found.includes(true)) return true;
  return found.includes(null) ? null : false;
}

/** A key that only some paths set may be missing. */
function isKeyOf(key: Value, { entries }: Pick<ObjectValue, 'entries'>): Truth {
  if (key.kind === 'oneOf') return agreed(key.alternatives.map((one) => isKeyOf(one, { entries })));
  const name = literalText(key);
  if (name === null) return null;
  const entry = entries.get(name);
  return entry === undefined ? false : entry.isCertain ? true : null;
}

function plain(value: Value): string | number | boolean | null {
  if (value.kind === 'number' || value.kind === 'boolean') return value.value;
  return literalText(value);
}

/** Python's types by the kinds of values that are instances of them. */
const KINDS: Readonly<Record<string, readonly Value['kind'][]>> = {
  str: ['text'],
  list: ['array'],
  tuple: ['array'],
  dict: ['object'],
  int: ['number', 'boolean'],
  float: ['number'],
  bool: ['boolean'],
};
const PLAIN = new Set<Value['kind']>(['text', 'array', 'object', 'number', 'boolean', 'null']);

/** `isinstance(x, str)`, `Array.isArray(x)`. */
function typeTest(evaluator: Evaluator, { callee, arguments: args }: Call, frame: Frame): Truth {
  const [first, second] = args;
  if (!first) return null;
  let kinds: readonly Value['kind'][] | undefined;
  if (callee.kind === 'name' && callee.name === 'isinstance' && second?.value.kind === 'name') {
    kinds = KINDS[second.value.name];
  } else if (callee.kind === 'member' && callee.property === 'isArray') kinds = ['array'];
  if (kinds === undefined) return null;
  const tests = alternativesOf(evaluator.evaluate(first.value, frame)).map(({ kind }) =>
    kinds.includes(kind) ? true : PLAIN.has(kind) ? false : null,
  );
  return agreed(tests);
}

/** True where some caller's arguments are known in the activation: only then are conditions worth asking. */
export function isBound(frame: Frame): boolean {
  for (let current: Frame | null = frame; current; current = current.parent) if (current.bound !== null) return true;
  return false;
}

/** Whether `region` of the activation's scope runs: true if it certainly does, false if it cannot. */
export function runs(evaluator: Evaluator, region: Region, frame: Frame): Truth {
  let verdict: Truth = true;
  for (let current: Region | null = region; current; current = current.parent) {
    if (current.kind === 'loop') verdict = null;
    if (current.branch === null) continue;
    const taken = isTaken(evaluator, current.branch, current.alternative, frame);
    if (taken === false) return false;
    if (taken === null) verdict = null;
  }
  return verdict;
}

/** Whether the branch takes the alternative. */
export function isTaken(
  evaluator: Evaluator,
  { origin, tests, alternatives, isExhaustive }: NonNullable<Region['branch']>,
  alternative: number,
  frame: Frame,
): Truth {
  if (origin === 'if') {
    let isFirst: Truth = true;
    for (const test of tests.slice(0, alternative)) {
      const truth = knownTruthOf(evaluator, test, frame);
      if (truth === true) return false;
      if (truth === null) isFirst = null;
    }
    const test = tests[alternative];
    const truth = test === undefined ? true : knownTruthOf(evaluator, test, frame);
    return truth === false ? false : truth === null ? null : isFirst;
  }
  const [subject, ...cases] = tests;
  // Clauses that fall through share an alternative: which of them it is for is then not known.
  if (origin !== 'switch' || !subject || cases.length + (isExhaustive ? 1 : 0) !== alternatives.length) return null;
  if (!isDecidable(subject, frame)) return null;
  const value = evaluator.evaluate(subject, frame);
  const matches = cases.map((test) => isEqual(value, evaluator.evaluate(test, frame)));
  const match = matches[alternative];
  if (match !== undefined) return match;
  return matches.includes(true) ? false : matches.every((match) => match === false) ? true : null;
}

/** `!x` and `typeof x` as values; null if they depend on the run. */
export function unaryValue(evaluator: Evaluator, { operator, operand }: Unary, frame: Frame): boolean | string | null {
  return operator === '!'
    ? negated(truthOf(evaluator, operand, frame))
    : typeNameOf(evaluator.evaluate(operand, frame));
}
