/**
 * What stands in front of a conversation and is another text with each turn: a clock, or what was looked up for the question.
 * A provider's cache ends there, so that no turn behind it is ever read from it.
 */
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { Scope } from '../../evaluate/scopes/scope.ts';
import { dottedPath } from '../../ir/dotted-path.ts';
import type { Call, Expression, Loop } from '../../ir/nodes.ts';
import { isInside, type Origin } from '../../ir/origin.ts';
import { nodesWithin } from '../../ir/walk.ts';
import type { PromptSegment } from '../call.ts';
import { calleeName, nearestRepetition } from '../repetition.ts';
import { mayHaveMessages, roleOf } from '../request.ts';
import { changesAtEveryCall } from './changing-expressions.ts';
import { type CallSource, codeFact } from './fact.ts';
import { outermostFunction, promptSources } from './prompt-sources.ts';

export interface ConversationFront {
  /** The conversation, as the code has it. */
  readonly conversation: string;
  /** What differs, as the code has it, and where it is put into the prompt. */
  readonly expression: string;
  readonly origin: Origin;
  /** `clock`: it is new at every call. `lookup`: by its name, it was looked up for the question, or is what a turn changes. */
  readonly kind: 'clock' | 'lookup';
}

/** The clearest such text. Null where there is none, where no conversation is known to follow it, or for one prompt. */
export const conversationFront = codeFact('conversationFront', (source): ConversationFront | null => {
  const { call, sdkCall, referenced } = source;
  if (call.family !== 'text' || referenced !== null) return null;
  const messages = roleOf(sdkCall, 'messages')?.value;
  if (messages === undefined ? !mayHaveMessages(sdkCall) : messages.kind === 'text') return null;
  const changing = call.sections.flatMap(({ role, segments }) =>
    role === 'system' || role === 'user' ? segments.flatMap((segment) => changingText(segment, role)) : [],
  );
  if (changing.length === 0) return null;
  const conversation = conversationIn(source);
  if (conversation === null) return null;
  const inFront = changing.filter(
    ({ role, origin }) => conversation.isWrittenAgain(origin) && (role === 'system' || conversation.isBehind(origin)),
  );
  const found = inFront.find(({ kind }) => kind === 'clock') ?? inFront[0];
  if (found === undefined) return null;
  const { expression, origin, kind } = found;
  return { conversation: conversation.expression, expression, origin, kind };
});

type ChangingText = Pick<ConversationFront, 'expression' | 'origin' | 'kind'> & { readonly role: 'system' | 'user' };

/** Names of what is looked up for a question, and of what is the same for all questions of a conversation. */
const LOOKED_UP =
  /\bcurrent\w*\.(?:code|content|text|html)|(?:context|search_?results?|results?|sources|snippets|chunks|passages|citations|retrieved\w*|relevant_?\w*|search\w*text)(?:$|[.[(!?]|_?(?:str|string|text))/i;
const LASTING = /user|business|company|system|project|profile|config|default|schema|agent|history|chat|message/i;

function changingText({ expression, origin, stability }: PromptSegment, role: ChangingText['role']): ChangingText[] {
  if (expression === null || origin === null) return [];
  if (stability === 'volatile' && changesAtEveryCall(expression)) return [{ expression, origin, role, kind: 'clock' }];
  const isLookedUp = stability === 'varying' && LOOKED_UP.test(expression) && !LASTING.test(expression);
  return isLookedUp ? [{ expression, origin, role, kind: 'lookup' }] : [];
}

/** Names that only a conversation has, of lists and of the functions that give them. */
const CONVERSATION =
  /(?:history|conversation|transcript|turns|chat_?log|(?:chat|previous|earlier|past|prior)_?messages)$/i;
/** A name of any list of messages, and one that a graph keeps from turn to turn. */
const MESSAGES = /messages$/i;
const KEPT = /(?:^|\.)state\._?messages$/i;

interface Conversation {
  readonly expression: string;
  /** True if the place is in a message of a list that is written in front of the conversation. */
  readonly isBehind: (place: Origin) => boolean;
  /** True if the place is in code that runs for each request: not at the start of the program, an object or a loop. */
  readonly isWrittenAgain: (place: Origin) => boolean;
}

function conversationIn(source: CallSource): Conversation | null {
  const { call } = source;
  const isTurn = call.reachedFrom === 'handler' || call.loop.purpose === 'agent';
  const isConversation = (path: string, scope: Scope): boolean =>
    CONVERSATION.test(path) || KEPT.test(path) || (MESSAGES.test(path) && (isTurn || isHandedIn(path, scope)));
  const nameIn = (expression: Expression, scope: Scope): string | null => {
    const nodes = nodesWithin(expression) as readonly Expression[];
    const paths = nodes.flatMap((node) => dottedPath(node) ?? (node.kind === 'call' ? calleeName(node.callee) : []));
    return paths.find((path) => isConversation(path, scope)) ?? null;
  };
  const found: { readonly name: string; readonly lists: readonly Origin[] }[] = [];
  const functions: Origin[] = [];
  for (const { scope, expressions } of promptSources(source)) {
    const { path } = scope.module.loaded;
    const around = outermostFunction(scope);
    if (around !== null) functions.push({ path, start: around.start, end: around.end });
    for (const expression of expressions) {
      if (expression.kind !== 'array') {
        const own = dottedPath(expression);
        if (own !== null && isConversation(own, scope)) found.push({ name: own, lists: [] });
        continue;
      }
      for (const [index, item] of expression.items.entries()) {
        const name = item.kind === 'spread' ? nameIn(item.value, scope) : null;
        if (name === null) continue;
        const before = expression.items.slice(0, index).map(({ start, end }) => ({ path, start, end }));
        found.push({ name, lists: before });
      }
    }
  }
  const [first] = found;
  if (first === undefined) return null;
  const lists = found.flatMap((one) => one.lists);
  return {
    expression: first.name,
    isBehind: (place) => lists.some((list) => isInside(place, list)),
    isWrittenAgain: (place) =>
      call.loop.purpose === 'agent' ? isInRound(place, source) : functions.some((one) => isInside(place, one)),
  };
}

/** True for a list of messages that the function around is given. */
function isHandedIn(path: string, scope: Scope): boolean {
  const [name = ''] = path.split('.');
  for (let current: Scope | null = scope; current?.kind === 'function'; current = current.parent) {
    const found = current.definitions.get(name);
    if (found !== undefined) return found.some(({ source }) => source.kind === 'parameter');
  }
  return false;
}

/** False for a place that is left behind when the agent's loop begins: its text is the same in all rounds. */
function isInRound(place: Origin, { record, evaluator }: CallSource): boolean {
  const loop = nearestRepetition(record.surrounding)?.node;
  if (loop === undefined) return false;
  const { path } = record.scope.module.loaded;
  if (isInside(place, { path, start: loop.start, end: loop.end })) return true;
  const frame = evaluator.frameOf(record.scope);
  return nodesWithin(loop as Loop).some((node) => {
    if (node.kind !== 'call') return false;
    const callee = evaluator.evaluate((node as Call).callee, frame);
    return alternativesOf(callee).some((one) => {
      if (one.kind !== 'function') return false;
      return isInside(place, { path: one.frame.scope.module.loaded.path, start: one.node.start, end: one.node.end });
    });
  });
}
