/** The repetition of a piece of code inside its function: the nearest loop, comprehension or callback, and its purpose. */
import type { Evaluator } from '../evaluate/evaluator.ts';
import { regionAt } from '../evaluate/scopes/reaching.ts';
import type { CallRecord, ModuleScope, Region, Scope, Surrounding } from '../evaluate/scopes/scope.ts';
import type { Call, Expression, Loop, Span, Statement } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import type { LoopContext } from './call.ts';
import { isCarried } from './loop-dependence.ts';

type Lexical = LoopContext['lexical'];
type Purpose = LoopContext['purpose'];

export interface Repetition {
  readonly lexical: Exclude<Lexical, 'none'>;
  readonly purpose: Purpose;
  readonly items: number | null;
  /** True if a round reads what an earlier round left; computed on demand. */
  readonly buildsOnEarlierRounds: () => boolean;
  readonly origin: Origin;
}

/** Functions that wait for all of a list of requests. */
const GATHERING = new Set(['all', 'allSettled', 'gather', 'pAll', 'as_completed', 'wait']);
const WAITING = new Set(['sleep', 'wait', 'setTimeout', 'delay', 'wait_for']);
const GROWING = new Set(['append', 'push', 'extend', 'insert', 'unshift']);
const CONVERSATION = /messages|history|conversation|contents|memory|context|transcript|turns/i;
const ATTEMPT = /attempt|retr|tries|^try/i;

/** The repetition of the call of `record` in its own function; null if nothing repeats it. */
export function repetitionOf(record: CallRecord, evaluator: Evaluator): Repetition | null {
  const repeating = nearestRepetition(record.surrounding);
  return repeating && repetitionAt(record, repeating, evaluator);
}

/** The same for one of the repetitions around the call. */
export function repetitionAt(record: CallRecord, repeating: Surrounding, evaluator: Evaluator): Repetition {
  const { path } = record.scope.module.loaded;
  return {
    lexical: lexicalKind(repeating),
    purpose: purposeOf(record, repeating),
    items: itemsOf(iterableOf(repeating), record, evaluator),
    buildsOnEarlierRounds: () => repeating.kind === 'loop' && isCarried(record.node, repeating.node as Loop),
    origin: { path, start: repeating.node.start, end: repeating.node.end },
  };
}

/**
 * The largest number of items that the code itself allows; null if it is only known at run time, or if a loop has no
 * bound.
 */
export function itemsOf(iterable: Expression | null, record: CallRecord, evaluator: Evaluator): number | null {
  if (iterable === null) return null;
  const frame = evaluator.frameOf(record.scope);
  const found = evaluator.evaluate(iterable, frame);
  // A list that is passed in: what the program itself passes, or would by default, tells how long it is meant to be.
  const value = found.kind === 'unknown' && found.hint ? found.hint : found;
  if (value.kind === 'array' && value.open.length === 0) return value.items.length;
  const bound = upperBound(iterable, record.scope.module.loaded.text);
  const max = bound && evaluator.evaluate(bound, frame);
  return max?.kind === 'number' && max.value >= 0 ? max.value : null;
}

/** The `n` of `items[:n]` and `items.slice(0, n)`. The IR keeps of a Python slice only the expressions in it. */
function upperBound(iterable: Expression, text: string): Expression | null {
  if (iterable.kind === 'index' && iterable.index.kind === 'opaque') {
    const { children, start, end } = iterable.index;
    return children.length === 1 && /^\s*:[^:]*$/.test(text.slice(start, end)) ? (children[0] ?? null) : null;
  }
  if (iterable.kind !== 'call' || calleeName(iterable.callee) !== 'slice') return null;
  const [first, last] = iterable.arguments;
  return first?.value.kind === 'number' && first.value.value === 0 ? (last?.value ?? null) : null;
}

function iterableOf({ node }: Surrounding): Expression | null {
  if (node.kind === 'loop') return node.iterable;
  if (node.kind === 'comprehension') return node.clauses[0]?.iterable ?? null;
  return node.callee.kind === 'member' ? node.callee.object : null;
}

export function nearestRepetition(surrounding: Surrounding | null): Surrounding | null {
  for (let current = surrounding; current; current = current.parent) if (current.kind !== 'argument') return current;
  return null;
}

function lexicalKind(repeating: Surrounding): Repetition['lexical'] {
  if (repeating.kind === 'loop') return (repeating.node as Loop).origin;
  if (isGathered(repeating)) return 'gather';
  return repeating.kind === 'comprehension' ? 'comprehension' : 'map';
}

/** `Promise.all(items.map(...))`, `asyncio.gather(*[f(x) for x in xs])`. */
function isGathered(repeating: Surrounding): boolean {
  for (let current = repeating.parent; current?.kind === 'argument'; current = current.parent) {
    if (GATHERING.has(calleeName((current.node as Call).callee))) return true;
  }
  return false;
}

export function calleeName(callee: Expression): string {
  if (callee.kind === 'member') return callee.property;
  return callee.kind === 'name' ? callee.name : '';
}

function purposeOf(record: CallRecord, repeating: Surrounding): Purpose {
  if (repeating.kind !== 'loop') return 'items';
  const loop = repeating.node as Loop;
  const { module } = record.scope;
  const isCounted = loop.iterable === null || isRange(loop.iterable);
  if (isRetry(record, loop, isCounted)) return 'retry';
  const inside = callsWithin(module, loop);
  if (isCounted || loop.origin === 'while') {
    if (inside.some((call) => GROWING.has(calleeName(call.callee)) && CONVERSATION.test(rootName(call.callee))))
      return 'agent';
    if (inside.some((call) => WAITING.has(calleeName(call.callee)))) return 'poll';
  }
  if (loop.origin === 'for' && loop.iterable && !isRange(loop.iterable)) return 'items';
  // A counter over the indices of a list: `for (let i = 0; i < items.length; i++)`, `for i in range(0, len(xs), n)`.
  return isCounted && mentionsLength(loop) ? 'items' : null;
}

/** A loop that leaves as soon as its body succeeded: with `try`, or by its counter's name. */
function isRetry(record: CallRecord, loop: Loop, isCounted: boolean): boolean {
  const target = loop.target?.kind === 'name' ? loop.target.name : '';
  if (isCounted && ATTEMPT.test(target)) return true;
  if (loop.test && ATTEMPT.test(namesIn(loop.test))) return true;
  const region = regionAt(scopeAround(record.scope, loop), record.node.start);
  let isTried = false;
  for (let current: Region | null = region; current && current.start >= loop.bodySpan.start; current = current.parent) {
    if (current.branch?.origin === 'try' && current.alternative === 0) isTried = true;
    // The attempt that succeeds returns; models or keys that are tried in turn look the same.
    if (isTried && current.exits) return true;
    if (current.kind === 'loop') break;
  }
  return isTried && isLeftAfterRound(loop.body);
}

/** True if a round that comes to the end of the body leaves the loop, or is one of those that start over (`continue`). */
function isLeftAfterRound(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (last?.kind === 'return') return true;
  if (last?.kind === 'block') return isLeftAfterRound(last.body);
  if (last?.kind !== 'branch') return false;
  return (last.isExhaustive || last.origin === 'try') && last.alternatives.every(isLeftAfterRound);
}

/** The scope that contains a loop: the call may be in a callback, of a helper that times or traces it. */
function scopeAround(inner: Scope, loop: Loop): Scope {
  let scope = inner;
  while (scope.parent && scope.kind !== 'module' && (scope.node as Span).start > loop.start) scope = scope.parent;
  return scope;
}

function isRange(iterable: Expression): boolean {
  return iterable.kind === 'call' && /^x?range$|^count$|^repeat$/.test(calleeName(iterable.callee));
}

function mentionsLength(loop: Loop): boolean {
  const text = (loop.test ? namesIn(loop.test) : '') + (loop.iterable ? namesIn(loop.iterable) : '');
  return /\blen\b|length|size/.test(text);
}

/** The names in a small expression, for telling what it is about. */
function namesIn(node: Expression): string {
  switch (node.kind) {
    case 'name':
      return ` ${node.name}`;
    case 'member':
      return `${namesIn(node.object)} ${node.property}`;
    case 'call':
      return namesIn(node.callee) + node.arguments.map((argument) => namesIn(argument.value)).join('');
    case 'binary':
    case 'logical':
      return namesIn(node.left) + namesIn(node.right);
    case 'opaque':
      return node.children.map(namesIn).join('');
    default:
      return '';
  }
}

function rootName(callee: Expression): string {
  let result = '';
  for (let node = callee; node.kind === 'member' || node.kind === 'index'; node = node.object) {
    if (node.kind === 'member' && node !== callee) result = node.property;
    if (node.object.kind === 'name' && result === '') return node.object.name;
  }
  return result;
}

function callsWithin(module: ModuleScope, span: Span): readonly Call[] {
  return module.calls.flatMap(({ node }) => (node.start >= span.start && node.end <= span.end ? [node] : []));
}
