/** Edits that mark the unchanging front of a prompt for the provider's cache, in terms of the call. */
import type { Literal, Operation, Target } from '../../edits/fix.ts';
import type { Value } from '../../evaluate/values.ts';
import type { Origin } from '../../ir/origin.ts';
import type { CacheMarker } from '../../sdks/descriptor.ts';
import type { RoleValue } from '../../sdks/roles.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import { isRequest } from '../call.ts';
import { messageFields } from '../prompt/message-roles.ts';
import { isStable } from '../sections.ts';
import { placeAt } from './edit-targets.ts';
import { codeFact } from './fact.ts';

/** Marks everything up to the end of `front`, in the provider's order. */
export interface CacheMarking {
  /** `message` is the first message's text, after tools and system. */
  readonly front: 'tools' | 'system' | 'message';
  readonly operation: Operation;
}

/** The places where a marker could be put, the longest front first. Empty for a feature call, if the SDK has none, or if none is certain. */
export const cacheMarkings = codeFact('cacheMarkings', ({ call, sdkCall, referenced }) =>
  isRequest(call) ? markingsOf(sdkCall, referenced) : [],
);

function markingsOf(call: SdkCall, referenced: Origin | null): readonly CacheMarking[] {
  const marker = call.call.markers?.find(({ providers }) => providers.includes(call.provider));
  if (marker === undefined) return [];
  const targetOf = (role: RoleValue | undefined): Target | null =>
    role?.site && role.isCertain && !role.isReplaceable && role.field !== ''
      ? placeAt(call, role.site, role.field, referenced).target
      : null;
  const { values } = call.roles;
  const [system, messages, tools] = [values.get('system'), values.get('messages'), values.get('tools')];
  const markings: CacheMarking[] = [];
  const add = (front: CacheMarking['front'], operation: Operation | null): void => {
    if (operation !== null) markings.push({ front, operation });
  };
  const first = messages === undefined ? null : firstMessage(messages.value);
  if (first !== null) add(first.isSystem ? 'system' : 'message', inMessage(first, marker));
  if (system !== undefined) add('system', inField(system.value, targetOf(system), marker));
  if (tools !== undefined && marker.entry !== null) add('tools', inTools(tools.value, targetOf(tools), marker.entry));
  return markings;
}

type Entry = NonNullable<CacheMarker['entry']>;

/** A system prompt in a separate field. */
function inField(value: Value, target: Target | null, marker: CacheMarker): Operation | null {
  if (target === null) return null;
  if (value.kind === 'text') {
    return isStable(value) ? { kind: 'wrap', target, value: marker.isList ? [marker.text] : marker.text } : null;
  }
  return inBlocks(value, target, marker);
}

/** In a list of blocks: the last one before anything that changes. */
function inBlocks(value: Value, target: Target, marker: CacheMarker): Operation | null {
  if (value.kind !== 'array' || value.open.length > 0) return null;
  const changing = value.items.findIndex((item) => !isStable(item));
  const last = (changing < 0 ? value.items.length : changing) - 1;
  if (last < 0) return null;
  if (marker.item !== null) return changing < 0 ? { kind: 'append', target, value: marker.item } : null;
  if (marker.entry === null || value.items[last]?.kind !== 'object') return null;
  return set({ ...target, path: [...target.path, last] }, marker.entry);
}

interface Message {
  readonly isSystem: boolean;
  readonly content: Value;
  /** The message as it is written, and the content in it. */
  readonly origin: Origin;
  readonly path: Target['path'];
}

function inMessage({ content, origin, path }: Message, marker: CacheMarker): Operation | null {
  const target: Target = { at: origin, position: 0, path };
  if (marker.message !== undefined) return isStable(content) ? set({ ...target, path: [] }, marker.message) : null;
  if (content.kind === 'text') return isStable(content) ? { kind: 'wrap', target, value: [marker.text] } : null;
  return inBlocks(content, target, marker);
}

/** The first message of a list, if it is written as an object, as a message class or as a pair. */
function firstMessage(messages: Value): Message | null {
  const [first] = messages.kind === 'array' && messages.open.length === 0 ? messages.items : [];
  if (first === undefined || !('origin' in first) || first.origin === null) return null;
  return messageFields(first, first.origin);
}

function inTools(tools: Value, target: Target | null, entry: Entry): Operation | null {
  if (target === null || tools.kind !== 'array' || tools.open.length > 0) return null;
  return tools.items.at(-1)?.kind === 'object' ? set({ ...target, path: [...target.path, -1] }, entry) : null;
}

function set(
  target: Target,
  { path, value }: { readonly path: readonly string[]; readonly value: Literal },
): Operation {
  return { kind: 'set', target: { ...target, path: [...target.path, ...path] }, value };
}
