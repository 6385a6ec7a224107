/**
 * Parts of a request that are not text: files, images and recordings, inside the body or by an address or id. Formats have
 * them in many places (messages, tools' results, system prompts, inputs to embed), so they are recognised by their names
 * anywhere.
 */
import { asArray, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';

export interface MediaPart {
  /** The member that holds it. */
  readonly name: string;
  /** True if the body contains the data; false if it only refers to it. */
  readonly isInside: boolean;
}

/** All of the names below have one of these words. Most names have none, and each body is searched. */
const TELLING = /file|image|audio|video|document|uri|data/i;
/** Members whose text is an address or an id. */
const LINKS = /^(?:file_?(?:id|uri|url)|(?:image|audio|video|document)_?url|(?:s3|gcs)_?uri|uri)s?$/i;
/** Members that hold media, or an address of them. */
const MEDIA = /^(?:image|audio|video)s?$/i;
/** Members that hold data of any kind, with its media type. */
const DATA = /^(?:inline_?data|input_audio)$/i;
const ADDRESS = /^(?:https?|gs|s3):/i;

/** Members without content for the model, or with the application's own values, whose names mean nothing here. */
const SKIPPED: ReadonlySet<string> = new Set([
  ...['tools', 'functions', 'toolConfig', 'tool_config', 'response_format', 'generationConfig', 'generation_config'],
  ...['metadata', 'labels', 'mcp_servers', 'functionCall', 'function_call', 'toolUse', 'response', 'json'],
]);
const CALLS: ReadonlySet<string> = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use']);

/** The name of the first part to which the body only refers; null if there is none. */
export function referenceIn(body: JsonObject): string | null {
  return mediaIn(body).find(({ isInside }) => !isInside)?.name ?? null;
}

/** Does not recurse: bodies may nest deeply. */
export function mediaIn(body: JsonObject): readonly MediaPart[] {
  const found: MediaPart[] = [];
  const waiting: Json[] = [body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const object = asObject(next);
    if (object === null) {
      for (const item of asArray(next)) if (typeof item === 'object' && item !== null) waiting.push(item);
      continue;
    }
    if (object.type === 'url' && isLink(object.url)) found.push({ name: 'url', isInside: false });
    const isCall = CALLS.has(asString(object.type) ?? '');
    for (const name in object) {
      const value = object[name];
      const isNested = typeof value === 'object' && value !== null;
      const isTelling = TELLING.test(name);
      if (!(isNested || isTelling) || SKIPPED.has(name) || (isCall && name === 'input')) continue;
      const parts = isTelling ? partsUnder(name, value) : [];
      found.push(...parts);
      if (parts.length === 0 && isNested) waiting.push(value);
    }
  }
  return found;
}

function partsUnder(name: string, value: Json | undefined): readonly MediaPart[] {
  if (DATA.test(name)) return asObject(value) === null ? [] : [{ name, isInside: true }];
  if (!LINKS.test(name) && !MEDIA.test(name)) return [];
  const isReference = LINKS.test(name) ? isLink : isAddress;
  // Ollama and Cohere have lists of images.
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((item): readonly MediaPart[] => {
    const members = asObject(item);
    if (members === null) {
      if (isReference(item)) return [{ name, isInside: false }];
      return isData(item) ? [{ name, isInside: true }] : [];
    }
    // `{ url }` in OpenAI's images, `{ id }` of an earlier answer's sound, `{ source: { bytes } }` in Bedrock's images.
    if (isLink(members.url) || isLink(members.id)) return [{ name, isInside: false }];
    const source = asObject(members.source) ?? members;
    return [members.url, source.bytes, source.data].some(isText) ? [{ name, isInside: true }] : [];
  });
}

function isLink(value: unknown): boolean {
  return isText(value) && !value.startsWith('data:');
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && ADDRESS.test(value);
}

/** Data as an address, or in Base64: longer than any word that a member of this name may hold (`image: "auto"`). */
function isData(value: unknown): boolean {
  return isText(value) && (value.startsWith('data:') || value.length > 64);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
