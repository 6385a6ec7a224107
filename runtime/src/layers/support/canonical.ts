/**
 * One text for all spellings of the same JSON, and different texts for different JSON. It is meant to be digested, not
 * to be read. It is not JSON itself, because escaping a long text takes longer than digesting it: strings are preceded
 * by their length instead.
 */
import type { Json, JsonObject } from '../../support/json-body.ts';

/** @param without top-level names that do not affect an answer */
export function canonicalText(body: JsonObject, without: ReadonlySet<string>): string {
  const names = Object.keys(body).filter((name) => !without.has(name));
  return objectText(body, names);
}

// Every form marks its end, so that two values never run together.
function textOf(value: Json): string {
  if (typeof value === 'string') return stringText(value);
  if (Array.isArray(value)) return arrayText(value);
  if (typeof value === 'object' && value !== null) return objectText(value as JsonObject, Object.keys(value));
  return `${value},`;
}

/** A lone surrogate has no UTF-8 encoding, so such a text is escaped. */
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
