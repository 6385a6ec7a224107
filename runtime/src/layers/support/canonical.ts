/**
 * One text for all spellings of the same JSON, and another for every other: to be digested, not to be read. It is not
 * JSON itself, since to escape a long text takes longer than to digest it: a string's length stands before it instead.
 */
import type { Json, JsonObject } from '../../support/json-body.ts';

/** @param without names of the top level that do not change an answer */
export function canonicalText(body: JsonObject, without: ReadonlySet<string>): string {
  const names = Object.keys(body).filter((name) => !without.has(name));
  return objectText(body, names);
}

// Every form tells where it ends, so that two values never run into one another.
function textOf(value: Json): string {
  if (typeof value === 'string') return stringText(value);
  if (Array.isArray(value)) return arrayText(value);
  if (typeof value === 'object' && value !== null) return objectText(value as JsonObject, Object.keys(value));
  return `${value},`;
}

/** Half of a surrogate pair has no UTF-8 of its own: such a text is escaped. */
function stringText(value: string): string {
  return value.isWellFormed() ? `"${value.length}:${value}` : `\\${JSON.stringify(value)}`;
}

function arrayText(values: readonly Json[]): string {
  let text = '[';
  for (const value of values) text += textOf(value);
  return `${text}]`;
}

function objectText(object: JsonObject, names: string[]): string {
  let text = '{';
  for (const name of names.sort()) {
    const value = object[name];
    if (value !== undefined) text += stringText(name) + textOf(value);
  }
  return `${text}}`;
}
