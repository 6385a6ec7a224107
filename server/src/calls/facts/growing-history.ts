/**
 * A conversation that grows with every turn and is sent whole: a list that the code appends to and never shortens, or one that
 * it stores and reads whole. What a client of the application sends is left alone: the client may keep it short.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallRecord, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { FunctionValue } from '../../evaluate/values.ts';
import { dottedPath } from '../../ir/dotted-path.ts';
import type { Assignment, Call, Declare, Expression, FunctionNode, Index, Loop, Statement } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import { type AnyNode, nodesWithin } from '../../ir/walk.ts';
import { calleeName, nearestRepetition } from '../repetition.ts';
import { codeFact } from './fact.ts';

export interface GrowingHistory {
  /** The list, as the code has it. */
  readonly expression: string;
  /** Where it is sent. */
  readonly origin: Origin;
  /** `turns`: each call of the function adds to it. `loop`: each round of the loop does. `items`: each item of a list does. */
  readonly grows: 'turns' | 'loop' | 'items';
}

/** Null where nothing grows, where something shortens it, or where that is not known. */
export const growingHistory = codeFact('growingHistory', (source): GrowingHistory | null => {
  if (source.call.family !== 'text' || source.referenced !== null) return null;
  const { record } = source;
  const { module } = record.scope;
  const sent = sentLists(record);
  if (sent.length === 0) return null;
  if (SHORTENING.test(module.loaded.text)) return null;
  const whole = sent.filter(({ path }) => !isCut(path, module));
  for (const list of whole) {
    const grows = growthOf(list.path, record);
    if (grows !== null) return { expression: list.name, origin: list.origin, grows };
  }
  if (whole.length < sent.length) return null;
  const stored = sent.find(({ values }) => values.some((value) => readsStored(value, record, source.evaluator)));
  return stored === undefined ? null : { expression: stored.name, origin: stored.origin, grows: 'turns' };
});

/** Names of a conversation. */
const CONVERSATION = /(?:messages|history|conversation|transcript|turns|chat_?log|chat_?context)$/i;
/** Methods that add to a list. */
const ADDING = /^(?:append|push|extend|insert|unshift|concat)$/;
/** Functions of the project that record a turn. */
const RECORDING =
  /^_?(?:add|append|record|remember|save|store|push|update)_?\w*(?:message|history|turn|memory|conversation)/i;
/** Names of what keeps a conversation short; a module that has one knows about the problem. */
const SHORTENING =
  /trim_?(?:messages|history|conversation|context|to_|chat)|truncat\w*(?:messages|history|conversation|context|chat|to)|prune|compact(?:ion|ed|[_A-Z])|(?:summar|condens)\w*(?:history|messages|conversation|memory|chat)|(?:history|messages|conversation|memory)_?\w*(?:summar|window|limit)|max_?(?:history|messages|turns|context)(?!_?per)|(?:last|recent)_?n?_?(?:messages|turns|history)|sliding|maxlen|context_?(?:window|length|limit|manager)|token_?(?:limit|budget)|popleft|\.shift\(|splice\(/i;

interface SentList {
  readonly path: string;
  /** What the code calls the conversation that it is part of. */
  readonly name: string;
  /** The part of the call that it is sent in. */
  readonly origin: Origin;
  /** What it is given in the functions around the call. */
  readonly values: readonly Expression[];
}

/** The conversations among what the call is given, and what those are made of in the same function. */
function sentLists(record: CallRecord): readonly SentList[] {
  const found = new Map<string, SentList>();
  const { path: file } = record.scope.module.loaded;
  const pending = record.node.arguments.map(({ value }) => ({
    value,
    within: null as Origin | null,
    whole: null as string | null,
  }));
  const locals = declarationsAround(record);
  for (let next = pending.pop(); next !== undefined && found.size < MAX_LISTS; next = pending.pop()) {
    const nodes = nodesWithin(next.value) as readonly Expression[];
    // `generateHistory(history)` is a conversation by its name, and `history` what the code calls it.
    const given = new Map(
      nodes.flatMap((node) => (node.kind === 'call' ? [[node.callee, node.arguments[0]?.value]] : [])),
    );
    for (const node of nodes) {
      const path = dottedPath(node);
      // Whatever a conversation is made of is part of it: `messages = [...earlier, question]`.
      if (path === null || found.has(path) || !(CONVERSATION.test(path) || (next.within && locals.has(path)))) continue;
      const origin = next.within ?? { path: file, start: node.start, end: node.end };
      const values = locals.get(path) ?? [];
      const first = given.get(node);
      const name = next.whole ?? (first === undefined ? null : dottedPath(first)) ?? path;
      found.set(path, { path, name, origin, values });
      for (const value of values) pending.push({ value, within: origin, whole: name });
    }
  }
  return [...found.values()];
}

const MAX_LISTS = 12;

/** What the names of the function around the call are declared with. */
function declarationsAround({ scope }: CallRecord): ReadonlyMap<string, readonly Expression[]> {
  const found = new Map<string, Expression[]>();
  for (let current: Scope | null = scope; current?.kind === 'function'; current = current.parent) {
    for (const [name, definitions] of current.definitions) {
      for (const { source } of definitions) {
        if (source.kind === 'value') found.set(name, [...(found.get(name) ?? []), source.expression]);
      }
    }
  }
  return found;
}

/** What a loop counts, or asks in one conversation on purpose. */
const TURNS = /\brange\b|turn|message|history|step|round|attempt|question|quer(?:y|ies)|prompt|^\s*[[{(]/i;

/** How the code makes the list grow; null if it does not. */
function growthOf(path: string, record: CallRecord): GrowingHistory['grows'] | null {
  const { scope, node } = record;
  const repeating = nearestRepetition(record.surrounding);
  const loop = repeating?.kind === 'loop' ? (repeating.node as Loop) : null;
  if (loop !== null && isWrittenBefore(path, loop, scope) && addsTo(path, loop.body)) {
    if (loop.iterable !== null) return TURNS.test(textOf(loop.iterable, scope)) ? null : 'items';
    // A counted loop ends soon enough.
    return /[<>]/.test(textOf(loop.test, scope)) ? null : 'loop';
  }
  const around = functionAround(scope);
  if (around === null || !outlives(path, scope)) return null;
  const after = around.body.flatMap(nodesWithin).filter((one) => one.start >= node.end);
  return after.some((one) => isGrowth(one, path) || isRecording(one)) ? 'turns' : null;
}

/** Functions that read the turns of a conversation from where they are kept, and rows of a table of messages. */
const READS_STORED =
  /^_?(?:get|load|fetch|read|find|list|query|select|retrieve)_?\w*(?:messages|history|conversation|turns)/i;
const READS_ROWS = /messages?\.(?:findMany|find|findAll|select|objects\.filter)$/i;
/** What a function that reads them asks. One that asks nothing is an interface: what is behind it may keep them short. */
const STORE =
  /\b(?:db|database|prisma|supabase|redis|session|cursor|collection|conn(?:ection)?|knex|drizzle|repository|objects)\b|\bselect\b|findMany|find_all|\.query\(|\.execute\(/i;
/** Signs that a part is read, or that the caller says how much. */
const READS_PART =
  /\blimit|\btake\b|\.slice\(|\[\s*-\s*\w+\s*:|\blast|\brecent|\bLIMIT\b|\.first\(|\btop_?[nk]\b|max_?\w|\bpage|\bcount\b|\bn\s*[=:]/i;

/** True if the value is made of a stored conversation, read whole, in a module that also records turns. */
function readsStored(value: Expression, record: CallRecord, evaluator: Evaluator): boolean {
  const { module } = record.scope;
  const isRead = (node: AnyNode): node is Call => {
    if (node.kind !== 'call') return false;
    const { callee } = node as Call;
    return READS_STORED.test(calleeName(callee)) || READS_ROWS.test(dottedPath(callee) ?? '');
  };
  return nodesWithin(value).some((node) => {
    if (!isRead(node) || READS_PART.test(textOf(node, record.scope))) return false;
    if (!module.calls.some((call) => isRecording(call.node))) return false;
    if (READS_ROWS.test(dottedPath(node.callee) ?? '')) return true;
    return alternativesOf(evaluator.evaluate(node.callee, evaluator.frameOf(record.scope))).every((callee) => {
      const code = callee.kind === 'function' ? codeOf(callee) : '';
      return STORE.test(code) && !READS_PART.test(code);
    });
  });
}

function codeOf({ node, frame }: FunctionValue): string {
  return frame.scope.module.loaded.text.slice(node.start, node.end);
}

function textOf(node: Expression | null, { module }: Scope): string {
  return node === null ? '' : module.loaded.text.slice(node.start, node.end);
}

function addsTo(path: string, body: readonly Statement[]): boolean {
  return body.flatMap(nodesWithin).some((node) => isGrowth(node, path));
}

/** False for a list that each round begins anew. */
function isWrittenBefore(path: string, loop: Loop, scope: Scope): boolean {
  const name = path.split('.')[0] ?? path;
  const definitions = scope.definitions.get(name) ?? [];
  return !definitions.some(
    ({ source, position }) =>
      source.kind === 'value' && position >= loop.start && position < loop.end && source.operator === '=',
  );
}

/** True for a list that is still there when the function has returned: of an object, of the module, of a session. */
function outlives(path: string, scope: Scope): boolean {
  const name = path.split('.')[0] ?? path;
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.kind === 'function' && (current.node as FunctionNode).receiver === name) return path !== name;
    if (current.definitions.has(name)) {
      if (current.kind === 'module') return true;
      // A parameter is the caller's; only a name of an outer function lives longer than this one.
      return current !== functionScope(scope) && current.kind === 'function';
    }
  }
  return name === 'this' && path !== name;
}

function functionScope(scope: Scope): Scope | null {
  for (let current: Scope | null = scope; current; current = current.parent)
    if (current.kind === 'function') return current;
  return null;
}

function functionAround(scope: Scope): FunctionNode | null {
  const found = functionScope(scope);
  return found === null ? null : (found.node as FunctionNode);
}

/** `path.append(x)`, `path += x`, `path = [...path, x]`, `path = path + [x]`; not `path = convert(path)`. */
function isGrowth(node: AnyNode, path: string): boolean {
  if (node.kind === 'call') {
    const { callee } = node as Call;
    return callee.kind === 'member' && ADDING.test(callee.property) && dottedPath(callee.object) === path;
  }
  if (node.kind !== 'declare' && node.kind !== 'assignment') return false;
  const { target, value, operator } = node as Declare | Assignment;
  if (value === null || dottedPath(target as Expression) !== path) return false;
  if (operator === '+=') return true;
  const isLonger = value.kind === 'array' || value.kind === 'binary';
  return isLonger && nodesWithin(value).some((one) => dottedPath(one as Expression) === path);
}

function isRecording(node: AnyNode): boolean {
  return node.kind === 'call' && RECORDING.test(calleeName((node as Call).callee));
}

/** True if the module takes a part of the list: `messages[-10:]`, `messages.slice(-10)`. */
function isCut(path: string, module: ModuleScope): boolean {
  return cutsOf(module).has(path);
}

const knownCuts = new WeakMap<ModuleScope, ReadonlySet<string>>();

function cutsOf(module: ModuleScope): ReadonlySet<string> {
  const known = knownCuts.get(module);
  if (known) return known;
  const cuts = new Set<string>();
  for (const statement of module.loaded.node.body) {
    for (const node of nodesWithin(statement)) {
      const list = cutAt(node);
      if (list !== null) cuts.add(list);
    }
  }
  knownCuts.set(module, cuts);
  return cuts;
}

function cutAt(node: AnyNode): string | null {
  if (node.kind === 'index') {
    const { object, index } = node as Index;
    return index.kind === 'opaque' ? dottedPath(object) : null;
  }
  if (node.kind !== 'call') return null;
  const { callee } = node as Call;
  return callee.kind === 'member' && /^(?:slice|splice|shift|popleft|filter)$/.test(callee.property)
    ? dottedPath(callee.object)
    : null;
}
