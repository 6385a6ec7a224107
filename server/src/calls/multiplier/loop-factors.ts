/** The loops around a call, from inside outwards, and what is known of their rounds. */
import { exactly, type Range } from '@farthing/shared/range';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { regionAt } from '../../evaluate/scopes/reaching.ts';
import type { CallRecord, Region, Scope, Surrounding } from '../../evaluate/scopes/scope.ts';
import type {
  Assignment,
  Call,
  Comprehension,
  Declare,
  Expression,
  Loop,
  Return,
  Span,
  Statement,
} from '../../ir/nodes.ts';
import { nodesWithin } from '../../ir/walk.ts';
import { calleeName, itemsOf, type Repetition, repetitionAt } from '../repetition.ts';
import { attemptsAround, attemptsOfCallback } from './attempts.ts';
import { atLeastOnce, type Factor, upTo } from './factor.ts';

/** Every factor of `record` in its own function and in the inline functions around it. */
export function factorsAround(record: CallRecord, evaluator: Evaluator): readonly Factor[] {
  const factors: Factor[] = [];
  for (let current = record.surrounding; current; current = current.parent) {
    if (current.kind === 'argument') {
      factors.push(...attemptsOfCallback(current.node as Call, record, evaluator));
      continue;
    }
    factors.push(...factorsOf(record, current, evaluator));
  }
  return [...factors, ...attemptsAround(record, evaluator)];
}

function factorsOf(record: CallRecord, repeating: Surrounding, evaluator: Evaluator): readonly Factor[] {
  if (repeating.kind === 'comprehension') {
    const { clauses } = repeating.node as Comprehension;
    return clauses.toReversed().map(({ iterable, conditions }) => {
      const condition = conditions[0] === undefined ? null : codeOf(conditions[0], record);
      return filtered(itemFactor(iterable, record, evaluator), condition === null ? null : `where ${condition}`);
    });
  }
  const repetition = repetitionAt(record, repeating, evaluator);
  return [filtered(roundFactor(record, repeating, repetition, evaluator), conditionWithin(record, repeating.node))];
}

function roundFactor(
  record: CallRecord,
  { kind, node }: Surrounding,
  { purpose, lexical }: Repetition,
  evaluator: Evaluator,
): Factor {
  if (kind !== 'loop') {
    const { callee } = node as Call;
    return itemFactor(callee.kind === 'member' ? callee.object : callee, record, evaluator);
  }
  const loop = node as Loop;
  const rounds = roundsOf(loop, record, evaluator);
  if (purpose === 'retry') {
    const list = triedInTurn(loop);
    const what = list === null ? '' : `, one for each of ${codeOf(list, record)}`;
    const factor = rounds === null ? atLeastOnce(`attempts${what}`) : upTo(rounds, 1, `${rounds} attempts${what}`);
    // Models or keys that are tried in turn are not the same request.
    return { ...factor, isRetry: what === '' };
  }
  if (purpose === 'items') return itemFactor(listOf(loop), record, evaluator);
  const name = purpose === 'agent' ? 'rounds of the agent loop' : purpose === 'poll' ? 'polls' : 'rounds';
  if (rounds === null) return atLeastOnce(purpose === null ? `rounds of the \`${lexical}\` loop` : name);
  // Only a loop that nothing leaves early makes all its rounds.
  const isLeft = purpose !== null || hasExit(loop);
  const count: Range = {
    low: isLeft ? 1 : rounds,
    expected: rounds,
    high: rounds,
    basis: isLeft ? 'assumed' : 'literal',
  };
  return { count, text: `${isLeft ? 'up to ' : ''}${rounds} ${rounds === 1 ? name.replace(/s\b/, '') : name}` };
}

/** The number of rounds that a counting loop has at most; null if the code does not say. */
function roundsOf(loop: Loop, record: CallRecord, evaluator: Evaluator): number | null {
  const frame = evaluator.frameOf(record.scope);
  const numberOf = (node: Expression | undefined): number | null => {
    const found = node && evaluator.evaluate(node, frame);
    const value = found?.kind === 'unknown' && found.hint ? found.hint : found;
    return value?.kind === 'number' && value.value >= 0 ? value.value : null;
  };
  if (loop.iterable?.kind === 'call' && isRange(loop.iterable)) {
    const [first, second, ...step] = loop.iterable.arguments.map(({ value }) => value);
    if (step.length > 0) return null;
    const [from, to] = second === undefined ? [0, numberOf(first)] : [numberOf(first), numberOf(second)];
    return from === null || to === null ? null : Math.max(0, to - from);
  }
  if (loop.iterable !== null) return itemsOf(loop.iterable, record, evaluator);
  const { test } = loop;
  if (test !== null && test.kind !== 'boolean') {
    // Counters start at 0 or 1; `<=` is written where they start at 1.
    return test.kind === 'binary' && /^<=?$/.test(test.operator) ? numberOf(test.right) : null;
  }
  const limits = exitTests(loop.body).flatMap((exit) => roundsUntil(exit, loop, numberOf) ?? []);
  return limits.length === 0 ? null : Math.max(...limits);
}

/** The conditions under which an endless loop is left: the tests of an `if` that ends in `break`, `throw` or `return`. */
function exitTests(statements: readonly Statement[]): readonly Expression[] {
  return statements.flatMap((statement): readonly Expression[] => {
    if (statement.kind === 'block') return exitTests(statement.body);
    if (statement.kind !== 'branch') return [];
    const { origin, tests, alternatives } = statement;
    const isLeft = (body: readonly Statement[]): boolean => {
      const last = body.at(-1);
      return last?.kind === 'block' ? isLeft(last.body) : last?.kind === 'return' && last.exit !== 'continue';
    };
    return alternatives.flatMap((body, index) => {
      const test = origin === 'if' ? tests[index] : undefined;
      return [...(test !== undefined && isLeft(body) ? [test] : []), ...exitTests(body)];
    });
  });
}

/** The rounds that a loop makes until its counter reaches what the test compares it with; null if the test compares something else. */
function roundsUntil(test: Expression, loop: Loop, numberOf: (node: Expression) => number | null): number | null {
  if (test.kind !== 'binary' || !/^(?:[<>]=?|===?)$/.test(test.operator)) return null;
  // `attempt >= 3`, and `++attempt >= 3`.
  const counter = test.left.kind === 'assignment' ? test.left.target : test.left;
  if (counter.kind !== 'name') return null;
  const { name } = counter;
  const steps = nodesWithin(loop).flatMap((node) => {
    // Python's `x += 1` declares the name, if it is none of an outer function.
    if (node.kind !== 'assignment' && node.kind !== 'declare') return [];
    const { target, operator } = node as Assignment | Declare;
    return target.kind === 'name' && target.name === name ? [operator] : [];
  });
  const isDown = steps.includes('-=');
  if (!isDown && !steps.includes('+=')) return null;
  const before: Expression = { kind: 'name', name, start: loop.start - 1, end: loop.start - 1 };
  const [from, to] = [numberOf(before), numberOf(test.right)];
  return from === null || to === null || isDown !== to < from ? null : Math.abs(to - from);
}

function isRange(iterable: Expression): boolean {
  return iterable.kind === 'call' && /^x?range$/.test(calleeName(iterable.callee));
}

/** What a loop's items come from: the list whose length a counter runs to, or the iterable itself. */
function listOf(loop: Loop): Expression {
  const bound = loop.iterable ?? loop.test;
  return (bound && measured(bound)) ?? bound ?? ({ kind: 'name', name: '', start: 0, end: 0 } as Expression);
}

/** The models or keys of which a loop tries one after the other; null for a loop that only counts. */
function triedInTurn({ iterable, test }: Loop): Expression | null {
  const counted = iterable ?? test;
  if (counted === null || iterable === null || isRange(iterable)) return counted && measured(counted);
  return iterable;
}

/** `items` of `i < items.length` and of `range(0, len(items), 10)`. */
function measured(node: Expression): Expression | null {
  if (node.kind === 'member') return /^(?:length|size)$/.test(node.property) ? node.object : null;
  if (node.kind === 'binary') return measured(node.left) ?? measured(node.right);
  if (node.kind !== 'call') return null;
  const [first] = node.arguments;
  if (calleeName(node.callee) === 'len' && first) return first.value;
  if (!isRange(node)) return null;
  return node.arguments.map(({ value }) => measured(value)).find((found) => found !== null) ?? null;
}

/** Functions that give the same items with something beside them, or show progress. */
const AROUND_ITEMS = new Set([
  'enumerate',
  'tqdm',
  'list',
  'sorted',
  'reversed',
  'iter',
  'entries',
  'items',
  'values',
  'keys',
  'from',
]);

function bare(iterable: Expression): Expression {
  if (iterable.kind !== 'call' || !AROUND_ITEMS.has(calleeName(iterable.callee))) return iterable;
  const first = iterable.arguments[0]?.value ?? (iterable.callee.kind === 'member' ? iterable.callee.object : null);
  return first === null ? iterable : bare(first);
}

export function itemFactor(iterable: Expression, record: CallRecord, evaluator: Evaluator): Factor {
  const list = bare(iterable);
  const name = codeOf(list, record);
  const value = evaluator.evaluate(list, evaluator.frameOf(record.scope));
  // A list that is empty here is filled where the evaluator does not look.
  if (value.kind === 'array' && value.open.length === 0 && value.items.length > 0) {
    const { length } = value.items;
    return { count: exactly(length, 'literal'), text: `${length} ${length === 1 ? 'item' : 'items'} of ${name}` };
  }
  const max = itemsOf(list, record, evaluator);
  return max === null || max === 0
    ? atLeastOnce(`items of ${name}`)
    : {
        count: { low: Math.min(1, max), expected: max, high: max, basis: 'assumed' },
        text: `up to ${max} items of ${name}`,
      };
}

/** Some rounds do without the call. */
function filtered(factor: Factor, condition: string | null): Factor {
  if (condition === null) return factor;
  const { count, text } = factor;
  const basis = count.basis === 'unknown' ? 'unknown' : 'assumed';
  return { ...factor, count: { ...count, low: 0, basis }, text: `${text} ${condition}` };
}

/** The innermost condition between a loop and the call in it. */
function conditionWithin(record: CallRecord, { start, end }: Span): string | null {
  for (let scope: Scope | null = record.scope; scope; scope = scope.parent) {
    for (let region: Region | null = regionAt(scope, record.node.start); region; region = region.parent) {
      if (region.start <= start || region.end > end) break;
      if (region.branch?.origin !== 'if') continue;
      const test = region.branch.tests[region.alternative];
      return test === undefined ? 'in some rounds' : `where ${codeOf(test, record)}`;
    }
    if (scope.kind === 'module' || (scope.node as Span).start <= start) break;
  }
  return null;
}

/** True where the loop may end before its last round. */
function hasExit(loop: Loop): boolean {
  return nodesWithin(loop).some((node) => node.kind === 'return' && (node as Return).exit !== 'continue');
}

/** Longer code is cut: a formula is one line. */
const MAX_CODE = 40;

export function codeOf({ start, end }: Span, { scope }: CallRecord): string {
  const code = scope.module.loaded.text.slice(start, end).replace(/\s+/g, ' ').replaceAll('`', "'");
  return code === '' ? 'a list' : `\`${code.length > MAX_CODE ? `${code.slice(0, MAX_CODE - 1)}…` : code}\``;
}
