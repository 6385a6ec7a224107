/**
 * What a text is made of in the code around it: a call's arguments, or what a function returns, and what the names in them
 * were given in the same function. Whatever may shorten a text ends the search on its side.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { CallRecord, Scope, Surrounding } from '../../evaluate/scopes/scope.ts';
import { dottedPath } from '../../ir/dotted-path.ts';
import type { Argument, Assignment, Call, Declare, Expression, FunctionNode, Statement, With } from '../../ir/nodes.ts';
import { type AnyNode, nodesWithin } from '../../ir/walk.ts';
import { type CallCore, isRequest } from '../call.ts';
import { calleeName } from '../repetition.ts';
import type { CallSource } from './fact.ts';

export interface PromptSources {
  /** The code that writes them. */
  readonly scope: Scope;
  /** The expressions that go into the prompt, without those that a larger one of them contains. */
  readonly expressions: readonly Expression[];
  /** What a name, or a chain such as `self.path`, was given in the function around the call before it was made. */
  readonly given: (path: string) => readonly Expression[];
}

/** More is not looked at: a prompt of so many parts is rare. */
const MAX_EXPRESSIONS = 200;
const MAX_FUNCTIONS = 20;
/** Functions within functions that give a part of the prompt. */
const MAX_DEPTH = 2;
/** Arguments that carry no prompt. */
const NO_PROMPT = /tool|function|schema|format|metadata|header|extra|model|config|callback|tags|user$|stop/i;
/** Calls that hand a text on as it is, or put it into a message. */
const HANDS_ON =
  /^(?:str|String|strip|trim|trimEnd|trimStart|join|concat|format|replace|replaceAll|decode|toString|lower|upper|dedent|escape|from_text|fromText|from_messages|invoke_messages|convertTo\w*Messages|\w*(?:Message|Content|Part|Prompt|TextBlock|TextPart))$/;
/** Functions that write a text, which the names of message classes resemble: `getSystemPrompt(context)`. */
const WRITES = /^_?[a-z]\w*(?:Message|Content|Part|Prompt)$/;
/** Methods that add to a list, or to a text. */
const ADDING = /^(?:append|push|extend|insert|unshift|concat)$/;

/**
 * What the call's prompt is made of: in the function around it first, then in the functions that this one calls for a part
 * of it, and in those that they call. Functions for which `isOpen` is false are not entered.
 */
export function* promptSources(
  { call, record, evaluator }: Pick<CallSource, 'call' | 'record' | 'evaluator'>,
  isOpen: (scope: Scope) => boolean = () => true,
): Generator<PromptSources> {
  if (!isOpen(record.scope)) return;
  const sent = record.node.arguments.filter((argument) => carriesPrompt(argument) && isSent(argument, call));
  let level = [
    sourcesOf(
      sent.map(({ value }) => value),
      record.scope,
      endOfRound(record),
    ),
  ];
  yield* level;
  const entered = new Set<Scope>();
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const scopes = level.flatMap((sources) => helpersIn(sources, evaluator));
    level = [];
    for (const scope of scopes) {
      if (entered.has(scope) || entered.size >= MAX_FUNCTIONS || !isOpen(scope)) continue;
      entered.add(scope);
      const returned = scope.returns.map(({ value }) => value);
      level.push(sourcesOf(returned, scope, Number.POSITIVE_INFINITY));
    }
    yield* level;
  }
}

/** False for a call among a feature call's arguments of which no part is in the prompt: its result decides something else. */
function isSent({ value }: Argument, call: CallCore): boolean {
  if (isRequest(call) || value.kind !== 'call') return true;
  const holes = call.sections.flatMap(({ segments }) => segments.flatMap(({ origin }) => origin ?? []));
  return holes.some(({ path, start, end }) => path === call.origin.path && start < value.end && value.start < end);
}

/** The project's functions whose results are parts of a text. */
function helpersIn({ expressions, scope }: PromptSources, evaluator: Evaluator): readonly Scope[] {
  return expressions.flatMap((expression) => {
    if (expression.kind !== 'call') return [];
    const name = calleeName(expression.callee);
    if (HANDS_ON.test(name) && !WRITES.test(name)) return [];
    const callee = evaluator.evaluate(expression.callee, evaluator.frameOf(scope));
    return alternativesOf(callee).flatMap((one) => {
      const found = one.kind === 'function' ? one.frame.scope.module.scopes.get(one.node) : undefined;
      return found === undefined ? [] : [found];
    });
  });
}

function sourcesOf(whole: readonly Expression[], scope: Scope, until: number): PromptSources {
  const names = namesAround(scope);
  const given = (path: string): readonly Expression[] => (names.get(path) ?? []).filter(({ start }) => start < until);
  const found = new Set<Expression>();
  const seen = new Set<string>();
  const pending: Expression[] = [...whole];
  for (let next = pending.pop(); next !== undefined && found.size < MAX_EXPRESSIONS; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    const path = dottedPath(next);
    if (path === null) pending.push(...partsOf(next));
    else if (!seen.has(path)) pending.push(...given(path));
    if (path !== null) seen.add(path);
  }
  return { scope, expressions: [...found], given };
}

/** What is written later is not in the prompt, unless a loop around the call brings it into the next round. */
function endOfRound({ node, surrounding }: CallRecord): number {
  let end = node.end;
  for (let current: Surrounding | null = surrounding; current; current = current.parent)
    if (current.kind === 'loop') end = Math.max(end, current.node.end);
  return end;
}

/** The parts of an expression that end up in the prompt whole. */
function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'template':
      return node.parts.flatMap((part) => (part.kind === 'hole' ? [part.expression] : []));
    case 'object':
      return node.entries.flatMap((entry) =>
        entry.kind === 'property' && typeof entry.key === 'string' && NO_PROMPT.test(entry.key) ? [] : [entry.value],
      );
    case 'array':
      return node.items.map((item) => (item.kind === 'spread' ? item.value : item));
    case 'conditional':
      return [node.then, node.otherwise];
    case 'logical':
      return [node.left, node.right];
    case 'binary':
      return /^[+%]$/.test(node.operator) ? [node.left, node.right] : [];
    case 'call':
      return handedOn(node);
    default:
      return [];
  }
}

function handedOn({ callee, arguments: args }: Call): readonly Expression[] {
  if (!HANDS_ON.test(calleeName(callee))) return [];
  const values = args.map(({ value }) => value);
  return callee.kind === 'member' ? [callee.object, ...values] : values;
}

function carriesPrompt({ name }: Argument): boolean {
  return name === null || !NO_PROMPT.test(name);
}

type Names = ReadonlyMap<string, readonly Expression[]>;
const known = new WeakMap<object, Names>();

/** By name, what the outermost function around the scope gives it; at module level, what the module does. */
function namesAround(scope: Scope): Names {
  const around = outermostFunction(scope);
  const key = around ?? scope.module;
  const names = known.get(key) ?? namesIn(around?.body ?? scope.module.loaded.node.body);
  known.set(key, names);
  return names;
}

export function outermostFunction(scope: Scope): FunctionNode | null {
  let found: FunctionNode | null = null;
  for (let current: Scope | null = scope; current; current = current.parent)
    if (current.kind === 'function') found = current.node as FunctionNode;
  return found;
}

function namesIn(body: readonly Statement[]): Names {
  const names = new Map<string, Expression[]>();
  const add = (target: AnyNode, value: Expression | null): void => {
    const path = dottedPath(target as Expression);
    if (path !== null && value !== null) names.set(path, [...(names.get(path) ?? []), value]);
  };
  for (const node of body.flatMap(nodesWithin)) {
    if (node.kind === 'declare' || node.kind === 'assignment') {
      const { target, value } = node as Declare | Assignment;
      add(target, value);
    } else if (node.kind === 'with') {
      for (const { target, value } of (node as With).items) if (target !== null) add(target, value);
    } else if (node.kind === 'call') {
      const { callee, arguments: args } = node as Call;
      if (callee.kind !== 'member' || !ADDING.test(callee.property)) continue;
      for (const { value } of args) add(callee.object, value);
    }
  }
  return names;
}
