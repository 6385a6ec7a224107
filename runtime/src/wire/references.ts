/**
 * Parts of a request that only refer to their content: files, images and recordings by address or id. Formats have them in
 * many places (messages, tools' results, system prompts, texts to embed), so they are recognised by their names anywhere.
 */
import { asArray, asObject, asString, type Json, type JsonObject } from '../support/json-body.ts';

/** Members whose text is an address or an id. */
const LINKS = /^(?:file_?(?:id|uri|url)|(?:image|audio|video|document)_?url|(?:s3|gcs)_?uri|uri)s?$/i;
/** Members that hold media, or an address of them. */
const MEDIA = /^(?:image|audio|video)s?$/i;
const ADDRESS = /^(?:https?|gs|s3):/i;

/** Members without content for the model, or with the application's own values, whose names mean nothing here. */
const SKIPPED: ReadonlySet<string> = new Set([
  ...['tools', 'functions', 'toolConfig', 'tool_config', 'response_format', 'generationConfig', 'generation_config'],
  ...['metadata', 'labels', 'mcp_servers', 'functionCall', 'function_call', 'toolUse', 'response'],
]);
const CALLS: ReadonlySet<string> = new Set(['tool_use', 'server_tool_use', 'mcp_tool_use']);

/** The name of the first such part; null if there is none. Does not recurse: bodies may nest deeply. */
export function referenceIn(body: JsonObject): string | null {
  const waiting: Json[] = [body];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const object = asObject(next);
    if (object === null) {
      waiting.push(...asArray(next).filter((item) => typeof item === 'object' && item !== null));
      continue;
    }
    if (object.type === 'url' && isLink(object.url)) return 'url';
    const isCall = CALLS.has(asString(object.type) ?? '');
    for (const [name, value] of Object.entries(object)) {
      if (SKIPPED.has(name) || (isCall && name === 'input')) continue;
      if (refers(name, value)) return name;
      if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return null;
}

function refers(name: string, value: Json | undefined): boolean {
  if (!LINKS.test(name) && !MEDIA.test(name)) return false;
  const isWanted = LINKS.test(name) ? isLink : isAddress;
  const members = asObject(value);
  // `{ url }` in OpenAI's images, `{ id }` of an earlier answer's sound.
  if (members !== null) return isLink(members.url) || isLink(members.id);
  return Array.isArray(value) ? value.some(isWanted) : isWanted(value);
}

function isLink(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !value.startsWith('data:');
}

function isAddress(value: unknown): boolean {
  return typeof value === 'string' && ADDRESS.test(value);
}
