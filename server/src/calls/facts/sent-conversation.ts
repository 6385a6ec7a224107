/**
 * A conversation that a call sends again: its messages come from elsewhere, and turns of both sides are among them. A list
 * that the call writes itself is a prompt, however many messages it has.
 */
import type { Operation } from '../../edits/fix.ts';
import { dottedPath } from '../../ir/dotted-path.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import { isRequest } from '../call.ts';
import { mayHaveMessages, roleOf } from '../request.ts';
import { placeAt } from './edit-targets.ts';
import { type CallSource, codeFact } from './fact.ts';
import { promptSources } from './prompt-sources.ts';

export interface SentConversation {
  /** The list, as the code has it. */
  readonly expression: string;
  /** Marks the whole request for the provider's cache; null if the SDK has no such parameter. */
  readonly marking: Operation | null;
}

/** Null where the messages may be a single prompt, where the code marks what it sends, or where that is not known. */
export const sentConversation = codeFact('sentConversation', (source): SentConversation | null => {
  const { call, sdkCall } = source;
  if (call.family !== 'text' || call.cache || call.sections.some(({ isCacheMarked }) => isCacheMarked)) return null;
  if (!hasOpenMessages(sdkCall)) return null;
  const expression = conversationIn(source);
  return expression === null ? null : { expression, marking: isRequest(call) ? markingOf(source) : null };
});

/** Names that only a conversation has. */
const CONVERSATION = /(?:history|conversation|transcript|turns|chat_?log)$/i;
/** A name of any list of messages. */
const MESSAGES = /messages$/i;
/** Signs that the code knows of the model's own turns. */
const BOTH_SIDES = /["'`]assistant["'`]|Assistant\w*Message|AIMessage|\b(?:UI|Core|Model)Messages?\b/;
/** A module that has one of these marks what it sends somewhere. */
const MARKS = /cache_?control|cache_?point|prompt_?cach|cached_?content/i;

function hasOpenMessages(call: SdkCall): boolean {
  const value = roleOf(call, 'messages')?.value;
  if (value === undefined) return mayHaveMessages(call);
  return value.kind !== 'array' ? value.kind !== 'text' : value.open.length > 0;
}

/** The first conversation among what the messages are made of. */
function conversationIn(source: CallSource): string | null {
  const { call, record } = source;
  if (MARKS.test(record.scope.module.loaded.text)) return null;
  for (const { scope, expressions } of promptSources(source)) {
    const { text } = scope.module.loaded;
    if (MARKS.test(text)) return null;
    const isChat = BOTH_SIDES.test(text) || call.reachedFrom === 'handler' || call.loop.purpose === 'agent';
    for (const expression of expressions) {
      const path = dottedPath(expression);
      if (path !== null && (CONVERSATION.test(path) || (isChat && MESSAGES.test(path)))) return path;
    }
  }
  return null;
}

/** The parameter of the request that has the provider mark what it can reuse. */
function markingOf({ call: { provider }, sdkCall, referenced }: CallSource): Operation | null {
  const request = sdkCall.call.markers?.find(({ providers }) => providers.includes(provider))?.request;
  if (request === undefined || !request.providers.includes(provider)) return null;
  const field = request.path.join('.');
  // Other steps take other fields: an AI SDK model has a setting of its own.
  const site = sdkCall.roles.sites.find(({ roles }) => roles.cache?.includes(field));
  if (site === undefined) return null;
  const { target, after } = placeAt(sdkCall, site, field, referenced);
  return { kind: 'set', target, value: request.value, ...(after === null ? {} : { after }) };
}
