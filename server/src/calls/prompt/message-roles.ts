/** Whose words a message is, whatever SDK shaped it. */
import { alternativesOf, literalText } from '../../evaluate/lattice.ts';
import type { ArrayValue, ExternalValue, Value } from '../../evaluate/values.ts';
import type { Origin } from '../../ir/origin.ts';
import {
  CONTENT_KEYS,
  MESSAGE_CLASS,
  MESSAGE_CLASS_ROLES,
  PAIR_ROLES,
  SYSTEM_ROLES,
} from '../../sdks/descriptors/message-names.ts';
import { className, fieldsOf, messageFieldsOf } from './fields.ts';

/** The role that a message states, or that its class has; null if neither says one. */
export function statedRole(message: Value): string | null {
  if (message.kind === 'array') return pairRoleOf(message);
  const stated = messageFieldsOf(message)?.entries.get('role')?.value;
  return stated ? literalText(stated) : roleOfClass(className(message));
}

export function isSystem(role: string | null): boolean {
  return role !== null && SYSTEM_ROLES.has(role);
}

/** True for a message that says whose words it is, in any SDK's shape. */
export function isMessage(value: Value): boolean {
  if (value.kind === 'array') return pairRoleOf(value) !== null;
  if (value.kind === 'oneOf') return value.alternatives.every(isMessage);
  const fields = messageFieldsOf(value);
  if (fields === null || !CONTENT_KEYS.some((key) => fields.entries.has(key))) return false;
  const stated = fields.entries.get('role')?.value;
  return stated === undefined ? MESSAGE_CLASS.test(className(value)) : literalText(stated) !== null;
}

/** The role of a pair of role and text (`('system', '...')`); null for any other list. */
export function pairRoleOf({ items, open }: ArrayValue): string | null {
  const [first, second] = items;
  const role = items.length === 2 && open.length === 0 && second?.kind !== 'object' ? literalText(first) : null;
  return role !== null && PAIR_ROLES.has(role) ? role : null;
}

export function roleOfClass(name: string): string | null {
  return MESSAGE_CLASS_ROLES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/**
 * Of messages that say the same, the one that stands for all; null where they do not. A model that takes no system prompt
 * is sent it as the user's words: what every other model is sent counts.
 */
export function messageAmong(alternatives: readonly Value[]): Value | null {
  if (!alternatives.every(isMessage)) return null;
  const contents = alternatives.map((one) => literalText(messageFieldsOf(one)?.entries.get('content')?.value));
  if (contents.some((content) => content === null || content !== contents[0])) return null;
  return alternatives.find((one) => isSystem(statedRole(one))) ?? alternatives[0] ?? null;
}

/** A single message: whose it is, what it says, and where in the code at `origin` that is written. */
export function messageFields(value: Value, origin: Origin): FirstMessage | null {
  if (value.kind === 'array') {
    const [role, content] = value.items;
    const name = value.items.length === 2 && value.open.length === 0 ? literalText(role) : null;
    return name === null || content === undefined ? null : { isSystem: isSystem(name), content, origin, path: [1] };
  }
  const fields = fieldsOf(value);
  const content = fields?.entries.get('content')?.value;
  if (!fields || content === undefined) return null;
  const stated = fields.entries.get('role')?.value;
  const name = stated ? literalText(stated) : roleOfClass(className(value));
  // A class takes its text as the only argument, or by name.
  const isFirst = value.kind === 'external' && value.steps.at(-1)?.kind === 'call' && isPositional(value);
  return { isSystem: isSystem(name), content, origin, path: isFirst ? [0] : ['content'] };
}

interface FirstMessage {
  readonly isSystem: boolean;
  readonly content: Value;
  readonly origin: Origin;
  readonly path: readonly (string | number)[];
}

function isPositional(value: ExternalValue): boolean {
  const last = value.steps.at(-1);
  const first = last?.kind === 'call' ? last.args?.positional[0] : undefined;
  return first !== undefined && first.kind !== 'object';
}

/**
 * What a prompt may be, with a list of messages that has one of the system first: as with single messages, what most
 * models are sent.
 */
export function systemFirst(value: Value): readonly Value[] {
  const alternatives = alternativesOf(value);
  const list = alternatives.find((one) => one.kind === 'array' && one.items.some(isSystemMessage));
  return list === undefined ? alternatives : [list, ...alternatives.filter((one) => one !== list)];
}

function isSystemMessage(value: Value): boolean {
  return isMessage(value) && alternativesOf(value).every((one) => isSystem(statedRole(one)));
}
