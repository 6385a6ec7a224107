/**
 * A conversation that grows with every turn and is sent whole: a list that the code appends to and never shortens. What a
 * client of the application sends is left alone: the client may keep it short.
 */
import type { CallRecord, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
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
  /** `turns`: each call of the function adds to it. `loop`: each round of the loop does. */
  readonly grows: 'turns' | 'loop';
}

/** Null where nothing grows, where something shortens it, or where that is not known. */
export const growingHistory = codeFact('growingHistory', (source): GrowingHistory | null => {
  if (source.call.family !== 'text' || source.referenced !== null) return null;
  const { record } = source;
  const { module } = record.scope;
  const sent = sentLists(record);
  if (sent.length === 0) return null;
  if (SHORTENING.test(module.loaded.text)) return null;
  for (const list of sent) {
    if (isCut(list.path, module)) continue;
    const grows = growthOf(list.path, record);
    if (grows !== null) return { expression: list.path, origin: list.origin, grows };
  }
  return null;
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
  /trim_?(?:messages|history|conversation|context|to_|chat)|truncat\w*(?:messages|history|conversation|context|chat|to)|prune|compact(?:ion|ed|[_A-Z])|(?:summar|condens)\w*(?:history|messages|conversation|memory|chat)|(?:history|messages|conversation|memory)_?\w*(?:summar|window|limit)|max_?(?:history|messages|turns|context)|(?:last|recent)_?n?_?(?:messages|turns|history)|sliding|maxlen|context_?(?:window|length|limit|manager)|token_?(?:limit|budget)|popleft|\.shift\(|splice\(/i;

interface SentList {
  readonly path: string;
  /** The part of the call that it is sent in. */
  readonly origin: Origin;
}

/** The conversations among what the call is given, and what those are made of in the same function. */
function sentLists(record: CallRecord): readonly SentList[] {
  const found = new Map<string, SentList>();
  const { path: file } = record.scope.module.loaded;
  const pending = record.node.arguments.map(({ value }) => ({ value, within: null as Origin | null }));
  const locals = declarationsAround(record);
  for (let next = pending.pop(); next !== undefined && found.size < MAX_LISTS; next = pending.pop()) {
    for (const node of nodesWithin(next.value) as readonly Expression[]) {
      const path = dottedPath(node);
      if (path === null || found.has(path) || !CONVERSATION.test(path)) continue;
      const origin = next.within ?? { path: file, start: node.start, end: node.end };
      found.set(path, { path, origin });
      for (const value of locals.get(path) ?? []) pending.push({ value, within: origin });
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

/** How the code makes the list grow; null if it does not. */
function growthOf(path: string, record: CallRecord): 'turns' | 'loop' | null {
  const { scope, node } = record;
  const repeating = nearestRepetition(record.surrounding);
  const loop = repeating?.kind === 'loop' ? (repeating.node as Loop) : null;
  if (loop !== null && isWrittenBefore(path, loop, scope) && addsTo(path, loop.body)) {
    // A counted loop ends soon enough.
    return loop.iterable === null && !/[<>]/.test(textOf(loop.test, scope)) ? 'loop' : null;
  }
  const around = functionAround(scope);
  if (around === null || !outlives(path, scope)) return null;
  const after = around.body.flatMap(nodesWithin).filter((one) => one.start >= node.end);
  return after.some((one) => isGrowth(one, path) || isRecording(one)) ? 'turns' : null;
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
