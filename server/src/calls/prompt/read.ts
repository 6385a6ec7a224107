/** Reads a request's prompt: messages in any SDK's shape become ordered parts with their roles. */
import type { SectionRole } from '@farthing/shared/vocabulary';
import { alternativesOf, literalText, segmentsOf } from '../../evaluate/lattice.ts';
import type { ArrayValue, ExternalValue, InstanceValue, ObjectValue, Segment, Value } from '../../evaluate/values.ts';
import { BLOCK_KEYS, CONTENT_KEYS, PLACEHOLDER, RESULT_ROLES } from '../../sdks/descriptors/message-names.ts';
import { attachmentsOf, type Block, blocksOf, HIDDEN, mediaOfClass } from './blocks.ts';
import { hasCacheMarker } from './cache-markers.ts';
import { segmentsOfClass } from './class-text.ts';
import { className, fieldsOf, messageFieldsOf } from './fields.ts';
import {
  isMessage,
  isSystem,
  messageAmong,
  pairRoleOf,
  roleOfClass,
  statedRole,
  systemFirst,
} from './message-roles.ts';
import type { Media, Prompt, PromptPart } from './parts.ts';
import { renderValue } from './render.ts';
import { ASSISTANT, SYSTEM, USER, type Voice, voiceOf } from './voice.ts';

/** Messages within messages: no SDK nests deeper. */
const MAX_DEPTH = 8;

class PromptReader {
  readonly parts: PromptPart[] = [];
  isOpen = false;
  mayHoldSystem = false;
  /** What the next part begins. */
  #opens: PromptPart['opens'] = 'message';

  /** A list of messages, or a text that is the whole user prompt. */
  messages(value: Value, fallback: SectionRole, depth = 0): void {
    if (depth > MAX_DEPTH) return;
    switch (value.kind) {
      case 'null':
        return;
      case 'unknown':
        if (value.isText) this.#text(value, fallback);
        else this.#open();
        return;
      case 'array':
        this.#list(value, fallback, depth);
        return;
      case 'object':
      case 'external':
        this.#message(value, fallback, depth);
        return;
      case 'instance':
        if (isMessage(value)) this.#message(value, fallback, depth);
        else this.#open();
        return;
      case 'oneOf': {
        if (value.alternatives.every(isText)) {
          this.#text(value, fallback);
          return;
        }
        const message = messageAmong(value.alternatives);
        if (message !== null) {
          this.messages(message, fallback, depth + 1);
          return;
        }
        // One alternative is taken as the prompt; the others may have other messages.
        const [first, ...rest] = systemFirst(value).filter((alternative) => alternative.kind !== 'unknown');
        if (first) this.messages(first, fallback, depth + 1);
        if (rest.length > 0 || !first || value.alternatives.some((alternative) => alternative.kind === 'unknown'))
          this.#open();
        return;
      }
      case 'text':
      case 'number':
        this.#text(value, fallback);
        return;
      default:
        this.#open();
    }
  }

  /** A message that is only its text. */
  #text(value: Value, fallback: SectionRole): void {
    this.#opens = 'message';
    this.#add(voiceOf(null, fallback), value, false);
  }

  /** There may be further messages here, of any role. */
  #open(): void {
    this.isOpen = true;
    this.mayHoldSystem = true;
  }

  #list(list: ArrayValue, fallback: SectionRole, depth: number): void {
    // A pair of role and text, alone or in a list.
    const [, second] = list.items;
    const pairRole = pairRoleOf(list);
    if (pairRole !== null && second) {
      if (PLACEHOLDER.test(pairRole)) this.#open();
      else {
        this.#opens = 'message';
        this.#content(voiceOf(pairRole, fallback), second, false, depth + 1);
      }
      return;
    }
    for (const item of list.items) {
      if (item.kind === 'unknown') this.#open();
      this.messages(item, fallback, depth + 1);
    }
    if (list.open.length > 0) this.isOpen = true;
    this.mayHoldSystem ||= list.open.some(mayBeSystem);
    for (const item of list.open) {
      const alternatives = alternativesOf(item);
      for (const alternative of alternatives)
        if (isObject(alternative)) this.messages(alternative, fallback, depth + 1);
      // Of several lists that may be inserted, the first represents all.
      const list = alternatives.find((one) => one.kind === 'array' && pairRoleOf(one) === null);
      if (list) this.messages(list, fallback, depth + 1);
    }
  }

  #message(value: ObjectValue | ExternalValue | InstanceValue, fallback: SectionRole, depth: number): void {
    const fields = messageFieldsOf(value);
    if (!fields) {
      this.#open();
      return;
    }
    const name = className(value);
    const stated = fields.entries.get('role')?.value;
    const roleName = stated ? literalText(stated) : roleOfClass(name);
    if (stated && roleName === null) this.#open();
    const voice = voiceOf(roleName, fallback);
    const isMarked = hasCacheMarker(fields);
    this.#opens = 'message';
    // Items of a list that are not messages: a call, its result, reasoning.
    const blocks = stated ? [] : blocksIn(value, fields);
    if (blocks.length > 0) {
      this.#blocks(blocks[0]?.kind === 'call' ? ASSISTANT : voice, blocks, isMarked, depth);
      return;
    }
    if (roleName !== null && RESULT_ROLES.has(roleName)) this.#opens = 'result';
    let found = false;
    for (const key of CONTENT_KEYS) {
      const content = fields.entries.get(key)?.value;
      if (!content) continue;
      found = true;
      if (content.kind !== 'null') this.#content(voice, content, isMarked, depth + 1);
      break;
    }
    // An item of a kind that is not known holds what only the provider can read.
    const isForeign = !found && roleName !== null && fields.entries.has('type') && fields.open.length === 0;
    const attachments = isForeign ? [...attachmentsOf(fields), HIDDEN] : attachmentsOf(fields);
    this.#blocks(voice, attachments, isMarked, depth);
    if (!found && attachments.length === 0 && (fields.open.length > 0 || PLACEHOLDER.test(name))) this.#open();
  }

  #content(voice: Voice, value: Value, isMarked: boolean, depth: number): void {
    if (depth > MAX_DEPTH) return;
    if (value.kind === 'array') {
      for (const item of [...value.items, ...value.open]) this.#block(voice, item, isMarked, depth + 1);
      return;
    }
    if (value.kind === 'object') {
      this.#block(voice, value, isMarked, depth + 1);
      return;
    }
    this.#add(voice, value, isMarked);
  }

  #block(voice: Voice, value: Value, isMarked: boolean, depth: number): void {
    const fields = fieldsOf(value);
    if (fields === null) {
      this.#add(voice, value, isMarked);
      return;
    }
    const marked = isMarked || hasCacheMarker(fields);
    const blocks = blocksIn(value, fields);
    if (blocks.length > 0) {
      this.#blocks(voice, blocks, marked, depth);
      // A signature next to a text.
      if (blocks.some(({ kind }) => kind !== 'media') || !fields.entries.has('text')) return;
    }
    for (const key of CONTENT_KEYS) {
      const content = fields.entries.get(key)?.value;
      if (content) {
        this.#content(voice, content, marked, depth + 1);
        return;
      }
    }
    if (marked) this.#mark(voice);
  }

  #blocks(voice: Voice, blocks: readonly Block[], isMarked: boolean, depth: number): void {
    for (const block of blocks) {
      switch (block.kind) {
        case 'media':
          this.#push(voice, [], isMarked, block.media);
          break;
        case 'text':
          this.#content(voice, block.content, isMarked, depth + 1);
          break;
        case 'call':
          this.#opens = 'call';
          this.#push(voice, [block.name, block.input].flatMap(spelled), isMarked);
          break;
        case 'result':
          this.#opens = 'result';
          this.#result(voice, block.content, isMarked, depth);
          break;
      }
    }
  }

  /** Text, blocks of text and images, or an object that is sent as JSON. */
  #result(voice: Voice, content: Value | null, isMarked: boolean, depth: number): void {
    const areBlocks = content?.kind === 'array' && content.items.some((item) => isBlock(item));
    if (content !== null && areBlocks) this.#content(voice, content, isMarked, depth + 1);
    else this.#push(voice, spelled(content), isMarked);
  }

  /** A separate block that marks the content before it (Bedrock's `cachePoint`). */
  #mark(voice: Voice): void {
    const last = this.parts[this.parts.length - 1];
    if (last) this.parts[this.parts.length - 1] = { ...last, isCacheMarked: true };
    else this.#push(voice, [], true);
  }

  #add(voice: Voice, value: Value, isCacheMarked: boolean): void {
    this.#push(voice, segmentsOf(value, null), isCacheMarked);
  }

  #push(voice: Voice, segments: readonly Segment[], isCacheMarked: boolean, media: Media | null = null): void {
    this.parts.push({ ...voice, segments, isCacheMarked, opens: this.#opens, media });
    this.#opens = null;
  }

  /** A prompt is text: one that is not known is a hole, and cannot hold other messages. */
  prompt(value: Value): void {
    this.#opens = 'message';
    if (isOneText(value)) this.#add(USER, value, false);
    else this.messages(value, 'user');
  }

  systemParts(value: Value): void {
    this.#opens = 'message';
    if (value.kind === 'class') this.#push(SYSTEM, segmentsOfClass(value), false);
    else this.#content(SYSTEM, value.kind === 'external' ? (fieldsOf(value) ?? value) : value, false, 0);
  }
}

function isText(value: Value): boolean {
  return value.kind === 'text' || value.kind === 'number' || (value.kind === 'unknown' && value.isText === true);
}

/** True of a prompt that is one text, known or not, whichever of several it is: not of a list of messages. */
function isOneText(value: Value): boolean {
  switch (value.kind) {
    case 'unknown':
    case 'instance':
      return true;
    case 'external':
      return fieldsOf(value) === null;
    case 'oneOf':
      return value.alternatives.every((one) => one.kind === 'null' || isText(one) || isOneText(one));
    default:
      return false;
  }
}

function blocksIn(value: Value, fields: ObjectValue): readonly Block[] {
  const medium = value.kind === 'external' ? mediaOfClass(className(value), fields) : null;
  return medium === null ? blocksOf(fields) : [medium];
}

/** A value as text: an object becomes JSON. */
function spelled(value: Value | null): readonly Segment[] {
  if (value === null) return [];
  return value.kind === 'object' || value.kind === 'array' ? renderValue(value) : segmentsOf(value, null);
}

function isBlock(value: Value): boolean {
  const fields = fieldsOf(value);
  return fields !== null && BLOCK_KEYS.some((key) => fields.entries.has(key));
}

export function readPrompt(roles: { system: Value | null; messages: Value | null; prompt: Value | null }): Prompt {
  const reader = new PromptReader();
  // An empty system prompt does not count.
  if (roles.system && roles.system.kind !== 'null' && literalText(roles.system) !== '')
    reader.systemParts(roles.system);
  if (roles.messages) reader.messages(roles.messages, 'user');
  if (roles.prompt) reader.prompt(roles.prompt);
  const usesImages = reader.parts.some(({ media }) => media?.kind === 'image');
  const { parts, isOpen, mayHoldSystem } = reader;
  return { parts, isOpen, mayHoldSystem, usesImages };
}

/**
 * `static`: literal throughout, whichever of several literals it is. `unknown`: an unknown part of the request may contain
 * one.
 */
export function systemState(prompt: Prompt, mayHoldSystem: boolean): 'static' | 'dynamic' | 'none' | 'unknown' {
  const system = prompt.parts.filter((part) => part.role === 'system');
  if (system.length === 0) return mayHoldSystem ? 'unknown' : 'none';
  return system.every((part) => part.segments.every(isLiteral)) ? 'static' : 'dynamic';
}

function isLiteral(segment: Segment): boolean {
  return segment.kind === 'literal' || alternativesOf(segment.value).every((value) => literalText(value) !== null);
}

function isObject(value: Value): boolean {
  return value.kind === 'object' || value.kind === 'external' || (value.kind === 'instance' && isMessage(value));
}

/** True unless it is known that no message of the system is among what is put into a list. */
function mayBeSystem(value: Value): boolean {
  switch (value.kind) {
    case 'null':
      return false;
    case 'oneOf':
      return value.alternatives.some(mayBeSystem);
    case 'array':
      if (pairRoleOf(value) === null) return [...value.items, ...value.open].some(mayBeSystem);
  }
  return !isMessage(value) || isSystem(statedRole(value));
}
