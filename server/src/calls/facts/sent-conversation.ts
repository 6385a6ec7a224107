/**
 * A conversation that a call may send again: its messages come from elsewhere. A list that the call writes itself is a prompt,
 * however many messages it has.
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
  /** True if it is named a history or a transcript. Any other list of messages may be one prompt. */
  readonly isNamed: boolean;
  /** Marks the whole request for the provider's cache; null if the SDK has no such parameter. */
  readonly marking: Operation | null;
}

/** Null where the messages are written at the call, where the code marks what it sends, or where that is not known. */
export const sentConversation = codeFact('sentConversation', (source): SentConversation | null => {
  const { call, sdkCall } = source;
  if (call.family !== 'text' || call.cache || call.sections.some(({ isCacheMarked }) => isCacheMarked)) return null;
  if (!hasOpenMessages(sdkCall)) return null;
  const list = listIn(source);
  return list === null ? null : { ...list, marking: isRequest(call) ? markingOf(source) : null };
});

/** Names that only a conversation has. */
const CONVERSATION = /(?:history|conversation|transcript|turns|chat_?log)$/i;
/** A name of any list of messages. */
const MESSAGES = /messages$/i;
/** A module that has one of these marks what it sends somewhere. */
const MARKS = /cache_?control|cache_?point|prompt_?cach|cached_?content/i;

function hasOpenMessages(call: SdkCall): boolean {
  const value = roleOf(call, 'messages')?.value;
  if (value === undefined) return mayHaveMessages(call);
  return value.kind !== 'array' ? value.kind !== 'text' : value.open.length > 0;
}

/** The first list among what the messages are made of. */
function listIn(source: CallSource): Pick<SentConversation, 'expression' | 'isNamed'> | null {
  if (MARKS.test(source.record.scope.module.loaded.text)) return null;
  for (const { scope, expressions } of promptSources(source)) {
    if (MARKS.test(scope.module.loaded.text)) return null;
    const paths = expressions.flatMap((expression) => dottedPath(expression) ?? []);
    const named = paths.find((path) => CONVERSATION.test(path));
    const expression = named ?? paths.find((path) => MESSAGES.test(path));
    if (expression !== undefined) return { expression, isNamed: named !== undefined };
  }
  return null;
}

/** The parameter of the request that has the provider mark what it can reuse. */
function markingOf({ call: { provider }, sdkCall, referenced }: CallSource): Operation | null {
  const request = sdkCall.call.markers?.find(({ providers }) => providers.includes(provider))?.request;
  if (request === undefined || !request.providers.includes(provider)) return null;
  const field = request.path.join('.');
  // Other steps take other fields: an AI SDK model has its own setting.
  const site = sdkCall.roles.sites.find(({ roles }) => roles.cache?.includes(field));
  if (site === undefined) return null;
  const { target, after } = placeAt(sdkCall, site, field, referenced);
  return { kind: 'set', target, value: request.value, ...(after === null ? {} : { after }) };
}
