/** Reads JSON as it occurs in notebooks, and finds the line on which it breaks. */
import { type ParseError, parse } from 'jsonc-parser';

export type JsonResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** Python writes these values in outputs; they are not in the JSON standard. */
const NOT_A_NUMBER = /([:[,]\s*)(NaN|-?Infinity)(?=\s*[,\]}])/g;

/** The text with zeros in place of the non-standard values, at equal length. */
export function withoutNotANumber(json: string): string {
  return json.replace(NOT_A_NUMBER, (_, before: string, word: string) => before + '0'.padEnd(word.length));
}

export function readJson(text: string): JsonResult {
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (json.trim() === '') return { ok: false, message: 'it is empty' };
  const value = tryParse(json) ?? tryParse(withoutNotANumber(json));
  if (value !== undefined) return { ok: true, value: value.json };
  return { ok: false, message: `it is not valid JSON (line ${brokenLine(json).toLocaleString('en-US')})` };
}

function tryParse(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The first invalid line, from 1. */
function brokenLine(text: string): number {
  let offset = text.length;
  try {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true });
    offset = errors[0]?.offset ?? text.length;
  } catch {
    // Nested too deeply for the parser that reports offsets: use the position where V8's parser gave up, if known.
  }
  return text.slice(0, offset).split('\n').length;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
