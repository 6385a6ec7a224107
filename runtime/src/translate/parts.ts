/** Parts that several formats spell alike. */
import { keepsNumbers } from '../support/exact-numbers.ts';
import { asObject, type Json, type JsonObject, parseObject } from '../support/json-body.ts';
import { cannotCarry } from './fields.ts';
import type { Base64, ImagePart, ResultPart, TextPart } from './neutral.ts';

const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+);base64,(.*)$/s;

/** Null if the text is an address. */
export function base64Of(url: string): Base64 | null {
  const [, type, data] = DATA_URL.exec(url) ?? [];
  return type === undefined || data === undefined ? null : { type, data };
}

export function dataUrl({ type, data }: Base64): string {
  return `data:${type};base64,${data}`;
}

export function imageOfUrl(url: string, detail: string | null): ImagePart {
  const isDefault = detail === null || detail === 'auto';
  return { kind: 'image', source: base64Of(url) ?? { url }, detail: isDefault ? null : detail };
}

export function urlOf({ source }: ImagePart): string {
  return 'url' in source ? source.url : dataUrl(source);
}

export function textPart(text: string): TextPart {
  return { kind: 'text', text };
}

/** The arguments of a call, which formats of OpenAI have as text. */
export function inputOf(text: string): JsonObject {
  if (text === '') return {};
  const input = keepsNumbers(text) ? parseObject(text) : null;
  return input ?? cannotCarry('arguments of a call that are not a JSON object');
}

/**
 * A result as text. One that is compact JSON is a value, because Gemini has results as objects; any other text stays as
 * it is, spaces included.
 */
export function resultOfText(text: string): ResultPart['content'] {
  const value = text.startsWith('{') && keepsNumbers(text) ? parseObject(text) : null;
  if (value !== null && JSON.stringify(value) === text) return { value };
  return text === '' ? [] : [textPart(text)];
}

/** A list of texts with a single text is that text. */
export function resultOfParts(parts: readonly (TextPart | ImagePart)[]): ResultPart['content'] {
  const [first] = parts;
  return parts.length === 1 && first?.kind === 'text' ? resultOfText(first.text) : parts;
}

/** The result as one text; null if it has several parts or images. */
export function resultText(content: ResultPart['content']): string | null {
  if ('value' in content) return JSON.stringify(content.value);
  const [first] = content;
  if (first === undefined) return '';
  return content.length === 1 && first.kind === 'text' ? first.text : null;
}

/** A schema as JSON Schema has it, from one as Google's API has it: types in capitals, `nullable`. */
export function jsonSchemaOf(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(jsonSchemaOf);
  const object = asObject(schema);
  if (object === null) return schema;
  const { type, nullable, ...rest } = object;
  const name = typeof type === 'string' ? type.toLowerCase() : type;
  const changed: Record<string, Json> = {};
  if (name !== undefined) changed.type = nullable === true && typeof name === 'string' ? [name, 'null'] : name;
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    if (key === 'properties') {
      changed[key] = Object.fromEntries(
        Object.entries(asObject(value) ?? {}).map(([own, inner]) => [own, jsonSchemaOf(inner ?? null)]),
      );
    } else changed[key] = key === 'items' || key === 'anyOf' ? jsonSchemaOf(value) : value;
  }
  return changed;
}
