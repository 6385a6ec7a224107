/** Reads a request's prompt: messages in any SDK's shape become ordered parts of text with their roles. */
import type { SectionRole } from '@farthing/shared/vocabulary';
import { alternativesOf, literalText, segmentsOf } from '../evaluate/lattice.ts';
import type { ArrayValue, ExternalValue, ObjectValue, Segment, Value } from '../evaluate/values.ts';
import type { Origin } from '../ir/origin.ts';

export interface PromptPart {
  readonly role: SectionRole;
  readonly segments: readonly Segment[];
  readonly isCacheMarked: boolean;
  /** True for the first block of a message; the others of it follow. */
  readonly beginsMessage: boolean;
}

export interface Prompt {
  readonly parts: readonly PromptPart[];
  /** True where messages come from a place that is not known: there may be more of them, of any role. */
  readonly isOpen: boolean;
  readonly usesImages: boolean;
}

/** Keys that mark a block for the provider's cache, in any SDK's spelling. */
const CACHE_KEYS = new Set([
  'cache_control',
  'cacheControl',
  'cachePoint',
  'cache_point',
  'cachedContent',
  'cached_content',
  'prompt_cache_breakpoint',
]);
const SYSTEM_ROLES = new Set(['system', 'developer']);
const MODEL_ROLES = new Set(['assistant', 'model', 'ai', 'tool', 'function', 'CHATBOT']);
/** Fields of a message or a block that hold its text or its blocks. */
const CONTENT_KEYS = ['content', 'parts', 'text', 'message', 'prompt', 'template', 'input_text', 'page_content'];
const IMAGE_KEYS = new Set([
  'image_url',
  'image',
  'inlineData',
  'inline_data',
  'input_image',
  'fileData',
  'file_data',
  'source',
  'images',
]);
/** Messages within messages: no SDK nests deeper. */
const MAX_DEPTH = 8;

class PromptReader {
  readonly parts: PromptPart[] = [];
  isOpen = false;
  usesImages = false;
  #beginsMessage = true;

  /** A list of messages, or a text that is the whole user prompt. */
  messages(value: Value, fallback: SectionRole, depth = 0): void {
    if (depth > MAX_DEPTH) return;
    switch (value.kind) {
      case 'null':
        return;
      case 'array':
        this.#list(value, fallback, depth);
        return;
      case 'object':
      case 'external':
        this.#message(value, fallback, depth);
        return;
      case 'oneOf': {
        // The first alternative stands for the prompt; another one may hold other messages.
        const [first, ...rest] = value.alternatives.filter((alternative) => alternative.kind !== 'unknown');
        if (first) this.messages(first, fallback, depth + 1);
        if (rest.length > 0 || !first || value.alternatives.some((alternative) => alternative.kind === 'unknown'))
          this.isOpen = true;
        return;
      }
      case 'text':
      case 'number':
        this.#beginsMessage = true;
        this.#add(fallback, value, false);
        return;
      default:
        this.isOpen = true;
    }
  }

  #list(list: ArrayValue, fallback: SectionRole, depth: number): void {
    // LangChain's `("system", "...")` pairs, alone or in a list.
    const [first, second] = list.items;
    const pairRole = list.items.length === 2 && list.open.length === 0 ? literalText(first) : null;
    if (
      pairRole !== null &&
      second &&
      second.kind !== 'object' &&
      /^(system|human|user|ai|assistant|developer|placeholder)$/.test(pairRole)
    ) {
      if (pairRole === 'placeholder') this.isOpen = true;
      else {
        this.#beginsMessage = true;
        this.#content(roleOf(pairRole, fallback), second, false, depth + 1);
      }
      return;
    }
    for (const item of list.items) {
      if (item.kind === 'unknown') this.isOpen = true;
      this.messages(item, fallback, depth + 1);
    }
    if (list.open.length > 0) this.isOpen = true;
    for (const item of list.open) {
      for (const alternative of alternativesOf(item)) {
        if (alternative.kind === 'object' || alternative.kind === 'external')
          this.messages(alternative, fallback, depth + 1);
      }
    }
  }

  #message(value: ObjectValue | ExternalValue, fallback: SectionRole, depth: number): void {
    const fields = fieldsOf(value);
    if (!fields) {
      this.isOpen = true;
      return;
    }
    const name = value.kind === 'external' ? className(value) : '';
    const stated = fields.entries.get('role')?.value;
    const roleName = stated ? literalText(stated) : roleFromClass(name);
    if (stated && roleName === null) this.isOpen = true;
    const role = roleOf(roleName, fallback);
    const isMarked = hasCacheMarker(fields);
    this.#beginsMessage = true;
    let found = false;
    for (const key of CONTENT_KEYS) {
      const content = fields.entries.get(key)?.value;
      if (!content) continue;
      found = true;
      this.#content(role, content, isMarked, depth + 1);
      break;
    }
    for (const key of IMAGE_KEYS) if (fields.entries.has(key)) this.usesImages = true;
    if (!found && (fields.open.length > 0 || name === 'MessagesPlaceholder')) this.isOpen = true;
  }

  #content(role: SectionRole, value: Value, isMarked: boolean, depth: number): void {
    if (depth > MAX_DEPTH) return;
    if (value.kind === 'array') {
      for (const item of [...value.items, ...value.open]) this.#block(role, item, isMarked, depth + 1);
      return;
    }
    if (value.kind === 'object') {
      this.#block(role, value, isMarked, depth + 1);
      return;
    }
    this.#add(role, value, isMarked);
  }

  #block(role: SectionRole, value: Value, isMarked: boolean, depth: number): void {
    if (value.kind === 'object' || (value.kind === 'external' && fieldsOf(value))) {
      const fields = fieldsOf(value) as ObjectValue;
      const marked = isMarked || hasCacheMarker(fields);
      for (const key of IMAGE_KEYS) if (fields.entries.has(key)) this.usesImages = true;
      for (const key of CONTENT_KEYS) {
        const content = fields.entries.get(key)?.value;
        if (content) {
          this.#content(role, content, marked, depth + 1);
          return;
        }
      }
      if (marked) this.#mark(role);
      return;
    }
    this.#add(role, value, isMarked);
  }

  /** A block of its own that marks what stands before it (Bedrock's `cachePoint`). */
  #mark(role: SectionRole): void {
    const last = this.parts[this.parts.length - 1];
    if (last) this.parts[this.parts.length - 1] = { ...last, isCacheMarked: true };
    else this.#push(role, [], true);
  }

  #add(role: SectionRole, value: Value, isCacheMarked: boolean): void {
    this.#push(role, segmentsOf(value, null), isCacheMarked);
  }

  #push(role: SectionRole, segments: readonly Segment[], isCacheMarked: boolean): void {
    this.parts.push({ role, segments, isCacheMarked, beginsMessage: this.#beginsMessage });
    this.#beginsMessage = false;
  }

  /** A prompt is text: one that is not known is a hole, and cannot hold other messages. */
  prompt(value: Value): void {
    this.#beginsMessage = true;
    if (value.kind === 'unknown' || value.kind === 'instance') this.#add('user', value, false);
    else if (value.kind === 'external' && !fieldsOf(value)) this.#add('user', value, false);
    else this.messages(value, 'user');
  }

  systemParts(value: Value): void {
    this.#beginsMessage = true;
    this.#content('system', value.kind === 'external' ? (fieldsOf(value) ?? value) : value, false, 0);
  }
}

export function readPrompt(roles: { system: Value | null; messages: Value | null; prompt: Value | null }): Prompt {
  const reader = new PromptReader();
  if (roles.system && roles.system.kind !== 'null') reader.systemParts(roles.system);
  if (roles.messages) reader.messages(roles.messages, 'user');
  if (roles.prompt) reader.prompt(roles.prompt);
  return { parts: reader.parts, isOpen: reader.isOpen, usesImages: reader.usesImages };
}

/** `static`: literal all through. `unknown`: what is not known of the request may hold one. */
export function systemState(prompt: Prompt, mayHoldSystem: boolean): 'static' | 'dynamic' | 'none' | 'unknown' {
  const system = prompt.parts.filter((part) => part.role === 'system');
  if (system.length === 0) return mayHoldSystem ? 'unknown' : 'none';
  return system.every((part) => part.segments.every((segment) => segment.kind === 'literal')) ? 'static' : 'dynamic';
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
  const name = stated ? literalText(stated) : roleFromClass(value.kind === 'external' ? className(value) : '');
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

function isSystem(role: string | null): boolean {
  return role !== null && SYSTEM_ROLES.has(role);
}

function isPositional(value: ExternalValue): boolean {
  const last = value.steps.at(-1);
  const first = last?.kind === 'call' ? last.args?.positional[0] : undefined;
  return first !== undefined && first.kind !== 'object';
}

/** The fields of an object, or of an object of a package's class (`SystemMessage(content=...)`). */
export function fieldsOf(value: Value): ObjectValue | null {
  if (value.kind === 'object') return value;
  // Only an object is made of its arguments: what a function is given says nothing of what it gives.
  if (value.kind !== 'external' || className(value) === '') return null;
  return argumentFields(value);
}

function argumentFields(value: ExternalValue): ObjectValue | null {
  const last = value.steps[value.steps.length - 1];
  if (last?.kind !== 'call' || !last.args) return null;
  const [first] = last.args.positional;
  const entries = new Map(first?.kind === 'object' ? first.entries : []);
  if (first && first.kind !== 'object') entries.set('content', { value: first, isCertain: true, isReplaceable: false });
  for (const [key, entry] of last.args.named) entries.set(key, entry);
  return {
    kind: 'object',
    entries,
    open: [...last.args.open, ...(first?.kind === 'object' ? first.open : [])],
    origin: value.origin,
  };
}

/** The class that the trail's last call is of, or is a factory of (`Part.from_text(...)`); empty for any other function. */
function className(value: ExternalValue): string {
  for (let index = value.steps.length - 2; index >= 0; index--) {
    const step = value.steps[index];
    if (step?.kind !== 'member') return '';
    if (/^[A-Z]/.test(step.name)) return step.name;
  }
  return '';
}

function roleFromClass(name: string): string | null {
  if (/^System|Developer/.test(name)) return 'system';
  if (/^(AI|Assistant|Tool|Function)/.test(name)) return 'assistant';
  return null;
}

function roleOf(name: string | null, fallback: SectionRole): SectionRole {
  if (name === null) return fallback;
  if (SYSTEM_ROLES.has(name)) return 'system';
  return MODEL_ROLES.has(name) ? 'history' : 'user';
}

function hasCacheMarker(fields: ObjectValue): boolean {
  for (const [key, { value }] of fields.entries) {
    if (CACHE_KEYS.has(key)) return value.kind !== 'null';
    if (
      (key === 'providerOptions' || key === 'additional_kwargs' || key === 'anthropic' || key === 'bedrock') &&
      value.kind === 'object'
    ) {
      if (hasCacheMarker(value)) return true;
    }
  }
  return false;
}

/** True where a cache marker stands anywhere in a value. */
export function holdsCacheMarker(value: Value, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (value.kind) {
    case 'object':
      return (
        hasCacheMarker(value) ||
        [...value.entries.values()].some((entry) => holdsCacheMarker(entry.value, depth + 1)) ||
        value.open.some((item) => holdsCacheMarker(item, depth + 1))
      );
    case 'array':
      return [...value.items, ...value.open].some((item) => holdsCacheMarker(item, depth + 1));
    case 'oneOf':
      return value.alternatives.some((item) => holdsCacheMarker(item, depth + 1));
    case 'external': {
      const fields = argumentFields(value);
      return fields !== null && holdsCacheMarker(fields, depth + 1);
    }
    default:
      return false;
  }
}
