/**
 * What a prompt is made of in the code around the call: the call's arguments, and what the names in them were given in the
 * same function before it. Syntax only: no other function is entered, and whatever may shorten a text ends the search on
 * its side.
 */
import type { CallRecord, Scope, Surrounding } from '../../evaluate/scopes/scope.ts';
import { dottedPath } from '../../ir/dotted-path.ts';
import type { Argument, Assignment, Call, Declare, Expression, FunctionNode, Statement, With } from '../../ir/nodes.ts';
import { type AnyNode, nodesWithin } from '../../ir/walk.ts';
import { calleeName } from '../repetition.ts';

export interface PromptSources {
  /** The expressions that go into the prompt, without those that a larger one of them contains. */
  readonly expressions: readonly Expression[];
  /** What a name, or a chain such as `self.path`, was given in the function around the call before it was made. */
  readonly given: (path: string) => readonly Expression[];
}

/** More is not looked at: a prompt of so many parts is rare. */
const MAX_EXPRESSIONS = 200;
/** Arguments that carry no prompt. */
const NO_PROMPT = /tool|function|schema|format|metadata|header|extra|model|config|callback|tags|user$|stop/i;
/** Calls that hand a text on as it is, or put it into a message. */
const HANDS_ON =
  /^(?:str|String|strip|trim|trimEnd|trimStart|join|concat|format|replace|replaceAll|decode|toString|lower|upper|dedent|escape|from_text|fromText|from_messages|invoke_messages|\w*(?:Message|Content|Part|Prompt|TextBlock|TextPart))$/;
/** Methods that add to a list, or to a text. */
const ADDING = /^(?:append|push|extend|insert|unshift|concat)$/;

export function promptSources(record: CallRecord): PromptSources {
  const names = namesAround(record);
  const until = endOfRound(record);
  const given = (path: string): readonly Expression[] => (names.get(path) ?? []).filter(({ start }) => start < until);
  const found = new Set<Expression>();
  const seen = new Set<string>();
  const pending: Expression[] = record.node.arguments.filter(carriesPrompt).map(({ value }) => value);
  for (let next = pending.pop(); next !== undefined && found.size < MAX_EXPRESSIONS; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    const path = dottedPath(next);
    if (path === null) pending.push(...partsOf(next));
    else if (!seen.has(path)) pending.push(...given(path));
    if (path !== null) seen.add(path);
  }
  return { expressions: [...found], given };
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

/** By name, what the outermost function around the call gives it; at module level, what the module does. */
function namesAround({ scope }: CallRecord): Names {
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
