/**
 * The conversation that a call hands to a wrapper. Connectors split and rename messages on the way to a provider
 * (`system` goes into a separate field, roles get other names), and a loop that does so leaves little that is certain.
 * The list of messages as it is handed over says whose words each of them is.
 */
import { array, object, text } from '../../evaluate/lattice.ts';
import type { ArrayValue, CallArguments, Entry, Segment, Value } from '../../evaluate/values.ts';
import type { RoleValue } from '../../sdks/roles.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import { isMessage, systemFirst } from '../prompt/message-roles.ts';
import type { Prompt, PromptPart } from '../prompt/parts.ts';
import { readPrompt } from '../prompt/read.ts';
import type { Request } from './requests.ts';
import { settleTexts } from './settled-text.ts';
import { keyOf, promptOf, segmentsIn, TEXT_ROLES } from './texts.ts';

/** Messages are handed over as an argument, or in an object of options. */
const MAX_DEPTH = 2;
const LETTERS = /\p{L}{2}/u;

/** What is handed over with a conversation, whatever it is called. */
const SYSTEM_NAMES = /^(?:system(?:_?(?:prompt|message|instructions?))?|instructions)$/i;

/** A list of messages, and the system prompt that comes with it. */
interface HandedOver {
  readonly messages: ArrayValue;
  readonly system: Value | null;
}

/** A request as a feature call sends it: its prompt as it is before wrappers change it. */
export function settledCall(request: Request): SdkCall {
  return settleTexts(asHandedOver(request));
}

const known = new WeakMap<Request, SdkCall>();

/** The request with the messages that were handed over, where the request itself does not show them as they were. */
export function asHandedOver(request: Request): SdkCall {
  const before = known.get(request);
  if (before) return before;
  const { found, given } = request;
  const handedOver = handedOverIn(given);
  const call = handedOver === null ? found.call : withConversation(found.call, handedOver);
  known.set(request, call);
  return call;
}

/** The lists of messages that are handed over on the way to the request. */
export function conversationsOn({ given }: Request): readonly Value[] {
  return given.flatMap((args) => conversationIn(args)?.messages ?? []);
}

/**
 * The messages as the last function on the way got them that got them as they were: wrappers may put others around them
 * before a connector converts them.
 */
function handedOverIn(given: readonly CallArguments[]): HandedOver | null {
  let last: HandedOver | null = null;
  for (const args of given) {
    const next = conversationIn(args);
    if (next === null) continue;
    if (last !== null && !isSentAs(readHandedOver(last), readHandedOver(next))) return last;
    last = next;
  }
  return last;
}

function conversationIn({ positional, named }: CallArguments): HandedOver | null {
  return firstOf([...positional, ...[...named.values()].map(({ value }) => value)], named, 0);
}

function readHandedOver({ messages, system }: HandedOver): Prompt {
  return readPrompt({ messages, system, prompt: null });
}

function firstOf(values: readonly Value[], named: ReadonlyMap<string, Entry>, depth: number): HandedOver | null {
  for (const value of values.flatMap(systemFirst)) {
    if (value.kind === 'array' && isConversation(value)) return { messages: value, system: systemAmong(named) };
    if (value.kind !== 'object' || depth >= MAX_DEPTH || isMessage(value)) continue;
    const found = firstOf(
      [...value.entries.values()].map((entry) => entry.value),
      value.entries,
      depth + 1,
    );
    if (found !== null) return found;
  }
  return null;
}

function systemAmong(named: ReadonlyMap<string, Entry>): Value | null {
  for (const [name, { value }] of named) if (SYSTEM_NAMES.test(name) && value.kind !== 'null') return value;
  return null;
}

/** True for a list in which messages have their places; others may be put in between. */
function isConversation({ items }: ArrayValue): boolean {
  return items.some(isMessage) && items.every((item) => item.kind === 'unknown' || isMessage(item));
}

/** True where the request has each message of the conversation once, as the words of whoever they are. */
function isSentAs(handedOver: Prompt, sent: Prompt): boolean {
  if (sent.isOpen && !handedOver.isOpen) return false;
  const holdsNoText = handedOver.parts.some((part) => part.role === 'system' && keysOf(part).size === 0);
  const isUnexplained = (part: PromptPart) => part.role === 'system' && !isWritten(part) && keysOf(part).size === 0;
  if (!holdsNoText && sent.parts.some(isUnexplained)) return false;
  return handedOver.parts.every((part) => {
    const keys = keysOf(part);
    if (keys.size === 0) return true;
    const holders = sent.parts.filter((other) => sharesText(other, keys));
    return holders.length > 0 && holders.every((other) => other.role === part.role && !hidesText(other, part));
  });
}

/** True where a text that is known is among what a part of the request may be. */
function hidesText({ segments }: PromptPart, handedOver: PromptPart): boolean {
  if (handedOver.segments.some(({ kind }) => kind === 'hole')) return false;
  const keys = keysOf(handedOver);
  return segments.some((segment) => segment.kind === 'hole' && keysIn([segment]).some((key) => keys.has(key)));
}

/** The texts that wrappers put around the conversation. */
function additionsTo(handedOver: Prompt, sent: Prompt): readonly PromptPart[] {
  const keys = new Set(handedOver.parts.flatMap((part) => [...keysOf(part)]));
  return sent.parts.filter((part) => isWritten(part) && !sharesText(part, keys));
}

function isWritten({ segments }: PromptPart): boolean {
  return segments.some((segment) => segment.kind === 'literal' && LETTERS.test(segment.text));
}

/** The literal texts in a part, those in what fills its holes included. */
function keysOf({ segments }: PromptPart): ReadonlySet<string> {
  return new Set(keysIn(segments));
}

function keysIn(segments: readonly Segment[]): readonly string[] {
  return segments.flatMap((segment): readonly string[] => {
    if (segment.kind === 'literal') return LETTERS.test(segment.text) ? [keyOf(segment)] : [];
    return segmentsIn(segment.value).flatMap((inner) => (inner.kind === 'literal' ? keysIn([inner]) : []));
  });
}

function sharesText(part: PromptPart, keys: ReadonlySet<string>): boolean {
  return [...keysOf(part)].some((key) => keys.has(key));
}

/** The call as it is where it sends the messages as they were handed over. */
function withConversation(call: SdkCall, handedOver: HandedOver): SdkCall {
  const prompt = readHandedOver(handedOver);
  const sent = promptOf(settleTexts(call));
  if (isSentAs(prompt, sent)) return call;
  const additions = additionsTo(prompt, sent);
  const message = ({ role, segments }: PromptPart): Value =>
    object([
      ['role', text(role === 'history' ? 'assistant' : role)],
      ['content', { kind: 'text', segments, origin: null }],
    ]);
  const before = additions.filter(({ role }) => role === 'system');
  const after = additions.filter(({ role }) => role !== 'system');
  const { messages, system } = handedOver;
  const all = array([...before.map(message), ...messages.items, ...after.map(message)], messages.open, messages.origin);
  const values = new Map(call.roles.values);
  const open = new Map(call.roles.open);
  const [earlier] = TEXT_ROLES.flatMap((role) => values.get(role) ?? []);
  for (const role of TEXT_ROLES) {
    values.delete(role);
    open.delete(role);
  }
  // A connector for an API with a separate system prompt looks for it among the messages.
  if (messages.open.length > 0 && prompt.mayHoldSystem) open.set('system', messages.open);
  const role: Omit<RoleValue, 'value'> = {
    field: 'messages',
    from: 'call',
    site: null,
    ...earlier,
    isCertain: true,
    isReplaceable: false,
  };
  values.set('messages', { ...role, value: all });
  if (system !== null) values.set('system', { ...role, value: system });
  return { ...call, roles: { ...call.roles, values, open } };
}
