/** One text for all spellings of the same JSON: keys in order, so that two requests that mean the same look the same. */
import type { Json, JsonObject } from '../payload.ts';

/** @param without names of the top level that do not change an answer */
export function canonicalJson(body: JsonObject, without: ReadonlySet<string>): string {
  const names = Object.keys(body).filter((name) => !without.has(name));
  return objectText(body, names);
}

function textOf(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value === 'object' && value !== null) return objectText(value as JsonObject, Object.keys(value));
  return JSON.stringify(value);
}

function objectText(object: JsonObject, names: string[]): string {
  const parts: string[] = [];
  for (const name of names.sort()) {
    const value = object[name];
    if (value !== undefined) parts.push(`${JSON.stringify(name)}:${textOf(value)}`);
  }
  return `{${parts.join(',')}}`;
}
