/** A JSON body as text and as a value: either is computed on demand from the other. */

import { keepsNumbers, parseForChange } from './exact-numbers.ts';
import { outlineOf, type Span } from './json-members.ts';
import { once } from './once.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export interface Payload {
  readonly text: string;
  /**
   * The whole value. Null if the text turns out to be invalid: before it is parsed, only its outline is known. Such a
   * request is sent to the provider unchanged.
   */
  readonly json: JsonObject | null;
  /** One top-level member, as in `json`. The others are not parsed for it. */
  readonly member: (name: string) => Json | undefined;
  /** The same body with one member set; all others keep their text. */
  readonly withMember: (name: string, value: Json) => Payload;
}

/**
 * The same body with a change to its value; null if there is nothing to change, or if it is invalid. Numbers that
 * JavaScript cannot represent keep their spelling.
 */
export function changedPayload(payload: Payload, change: (json: JsonObject) => JsonObject | null): Payload | null {
  const { json, text } = payload;
  if (json === null) return null;
  if (keepsNumbers(text)) {
    const changed = change(json);
    return changed === null ? null : payloadOfJson(changed);
  }
  const changed = change(asObject(parseForChange(text)) ?? json);
  return changed === null ? null : payloadOfText(JSON.stringify(changed));
}

/** Null if the text is obviously not a JSON object: such a request is not understood. */
export function payloadOfText(text: string): Payload | null {
  const outline = outlineOf(text);
  if (outline !== null) return outlined(text, outline);
  const json = parseObject(text);
  return json === null
    ? null
    : { ...payloadOfJson(json), text, withMember: (name, value) => changedText(text, name, value) };
}

function changedText(text: string, name: string, value: Json): Payload {
  const json = { ...asObject(parseForChange(text)), [name]: value };
  return payloadOfText(JSON.stringify(json)) ?? payloadOfJson(json);
}

export function payloadOfJson(json: JsonObject): Payload {
  const text = once(() => JSON.stringify(json));
  return {
    get text() {
      return text();
    },
    json,
    member: (name) => (Object.hasOwn(json, name) ? json[name] : undefined),
    withMember: (name, value) => payloadOfJson({ ...json, [name]: value }),
  };
}

function outlined(text: string, outline: ReadonlyMap<string, Span>): Payload {
  const json = once(() => parseObject(text));
  return {
    text,
    get json() {
      return json();
    },
    member: (name) => {
      const span = outline.get(name);
      return span === undefined ? undefined : parse(text.slice(span.from, span.to));
    },
    withMember: (name, value) => {
      const end = text.lastIndexOf('}');
      const { from, to } = outline.get(name) ?? { from: end, to: end };
      const isNew = from === end;
      const before = isNew ? `${outline.size === 0 ? '' : ','}${JSON.stringify(name)}:` : '';
      const changed = `${text.slice(0, from)}${before}${JSON.stringify(value)}${text.slice(to)}`;
      // A text that had an outline still has one.
      return payloadOfText(changed) as Payload;
    },
  };
}

/** Null for anything but a JSON object, including invalid text. */
export function parseObject(text: string): JsonObject | null {
  return asObject(parse(text));
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function asArray(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A non-negative integer; null for anything else. */
export function asCount(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
