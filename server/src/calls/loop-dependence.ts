/** Dependence between the rounds of a loop: requests that build on each other cannot be sent together. */
import type { Assignment, Call, Declare, Expression, Loop, Member, Pattern, Statement } from '../ir/nodes.ts';
import { type AnyNode, nodesWithin } from '../ir/walk.ts';

/** Methods that change what they are called on. */
const CHANGING = /^(?:append|push|extend|insert|add|update|unshift|set|put|save|record|remember)/i;
/** The instance itself is read and written by everything. */
const INSTANCE = new Set(['this', 'self', 'cls']);

/**
 * True if the call reads a variable that an earlier round of the loop wrote: a history, a running summary, a state.
 */
export function isCarried(call: Call, loop: Loop): boolean {
  const written = new Set<string>();
  const fresh = new Map<string, readonly Expression[]>();
  if (loop.target) for (const path of targetsOf(loop.target)) fresh.set(path, []);
  for (const node of loop.body.flatMap(nodesWithin)) {
    const isBefore = node.end <= call.start;
    for (const { path, value, isWhole } of writesOf(node)) {
      if (isBefore && isWhole) fresh.set(path, [...(fresh.get(path) ?? []), value]);
      else written.add(path);
    }
  }
  if (written.size === 0) return false;
  const read = new Set<string>();
  const pending: Expression[] = call.arguments.map((argument) => argument.value);
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const path of readsOf(next)) {
      if (read.has(path)) continue;
      read.add(path);
      if (written.has(path) && !fresh.has(path)) return true;
      pending.push(...(fresh.get(path) ?? []));
    }
  }
  return false;
}

/** True if what the call answers decides whether the loop goes on: a search that ends at the first match. */
export function isSteered(call: Call, loop: Loop): boolean {
  const answers = new Set<string>();
  const isAnswer = (node: Expression): boolean =>
    (node.start <= call.start && call.end <= node.end) || readsOf(node).some((path) => answers.has(path));
  for (const node of loop.body.flatMap(nodesWithin)) {
    for (const { path, value } of writesOf(node)) if (isAnswer(value)) answers.add(path);
  }
  const isEnded = (statements: readonly Statement[], isInner: boolean): boolean =>
    statements.some((statement) => {
      if (statement.kind !== 'branch')
        return bodiesOf(statement).some(({ body, isLoop }) => isEnded(body, isInner || isLoop));
      const { tests, alternatives } = statement;
      if (tests.some(isAnswer) && alternatives.some((body) => leavesLoop(body, isInner))) return true;
      return alternatives.some((body) => isEnded(body, isInner));
    });
  return isEnded(loop.body, false);
}

/** True if these statements may end the loop around them, `isInner` in one inside it. Throwing an error does not count. */
function leavesLoop(statements: readonly Statement[], isInner: boolean): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'return') return statement.exit === 'return' || (statement.exit === 'break' && !isInner);
    return bodiesOf(statement).some(({ body, isLoop }) => leavesLoop(body, isInner || isLoop));
  });
}

/** The statements inside another one that belong to the same function. */
function bodiesOf(statement: Statement): readonly { readonly body: readonly Statement[]; readonly isLoop: boolean }[] {
  switch (statement.kind) {
    case 'branch':
      return statement.alternatives.map((body) => ({ body, isLoop: false }));
    case 'loop':
    case 'block':
    case 'with':
      return [{ body: statement.body, isLoop: statement.kind === 'loop' }];
    default:
      return [];
  }
}

interface Write {
  readonly path: string;
  readonly value: Expression;
  /** False if the old value remains part of the new one: `+=`, `append`. */
  readonly isWhole: boolean;
}

function writesOf(node: AnyNode): readonly Write[] {
  if (node.kind === 'declare' || node.kind === 'assignment') {
    const { target, value, operator } = node as Declare | Assignment;
    if (value === null) return [];
    return targetsOf(target).map((path) => ({ path, value, isWhole: operator === '=' }));
  }
  if (node.kind !== 'call') return [];
  const { callee } = node as Call;
  if (callee.kind !== 'member' || !CHANGING.test(callee.property)) return [];
  const path = pathOf(callee.object);
  return path === null ? [] : [{ path, value: callee, isWhole: false }];
}

function targetsOf(target: Pattern): readonly string[] {
  switch (target.kind) {
    case 'objectPattern':
      return target.entries.flatMap((entry) => targetsOf(entry.target));
    case 'arrayPattern':
      return target.items.flatMap((item) => (item ? targetsOf(item) : []));
    default: {
      const path = pathOf(target.kind === 'index' ? target.object : target);
      return path === null ? [] : [path];
    }
  }
}

/** Variables and members that an expression reads, with what they are members of: `a.b.c` reads `a`, `a.b` and `a.b.c`. */
function readsOf(expression: Expression): readonly string[] {
  const paths: string[] = [];
  for (const node of nodesWithin(expression)) {
    const path = node.kind === 'name' || node.kind === 'member' ? pathOf(node as Member) : null;
    if (path !== null) paths.push(path);
  }
  return paths;
}

/** `a.b` as text; null for the bare instance, and for anything but a plain chain. */
function pathOf(expression: Expression): string | null {
  if (expression.kind === 'name') return INSTANCE.has(expression.name) ? null : expression.name;
  if (expression.kind !== 'member') return null;
  const { object, property } = expression;
  if (object.kind === 'name') return `${object.name}.${property}`;
  const path = pathOf(object);
  return path === null ? null : `${path}.${property}`;
}
