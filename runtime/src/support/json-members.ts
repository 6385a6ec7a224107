/**
 * Finds the members of a JSON object in its text. Most layers only need a few short members of a request, and skipping
 * its messages takes a tenth of the time of parsing them.
 *
 * The result is what `JSON.parse` would find; of two equal names the last one counts. Nested values are skipped without
 * validation: a text that is not JSON may have an outline.
 */

/** The position of a value: from its first character to after its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Null for anything but an object, and if it is unclear how to read it: then a real parser must be used. */
export function outlineOf(text: string): ReadonlyMap<string, Span> | null {
  const members = new Map<string, Span>();
  let at = afterSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_OBJECT) return null;
  at = afterSpace(text, at + 1);
  if (text.charCodeAt(at) === CLOSE_OBJECT) return isEnd(text, at + 1) ? members : null;
  for (;;) {
    const nameEnd = afterString(text, at);
    if (nameEnd < 0) return null;
    const name = text.slice(at + 1, nameEnd - 1);
    if (name.includes('\\')) return null;
    const colon = afterSpace(text, nameEnd);
    if (text.charCodeAt(colon) !== COLON) return null;
    const from = afterSpace(text, colon + 1);
    const to = afterValue(text, from);
    if (to <= from) return null;
    members.set(name, { from, to });
    at = afterSpace(text, to);
    const sign = text.charCodeAt(at);
    if (sign === CLOSE_OBJECT) return isEnd(text, at + 1) ? members : null;
    if (sign !== COMMA) return null;
    at = afterSpace(text, at + 1);
  }
}

/** The elements of a JSON array in its text; null for anything else. Like `outlineOf`, it validates nothing nested. */
export function elementsOf(text: string): readonly Span[] | null {
  const elements: Span[] = [];
  let at = afterSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_ARRAY) return null;
  at = afterSpace(text, at + 1);
  if (text.charCodeAt(at) === CLOSE_ARRAY) return isEnd(text, at + 1) ? elements : null;
  for (;;) {
    const to = afterValue(text, at);
    if (to <= at) return null;
    elements.push({ from: at, to });
    at = afterSpace(text, to);
    const sign = text.charCodeAt(at);
    if (sign === CLOSE_ARRAY) return isEnd(text, at + 1) ? elements : null;
    if (sign !== COMMA) return null;
    at = afterSpace(text, at + 1);
  }
}

export const QUOTE = 0x22;
export const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

export function isSpace(sign: number): boolean {
  return sign === 0x20 || sign === 0x0a || sign === 0x0d || sign === 0x09;
}

export function afterSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isEnd(text: string, at: number): boolean {
  return afterSpace(text, at) === text.length;
}

/**
 * A string of up to this many characters is faster to loop over than to search: this halves the time for a request full
 * of tools.
 */
const SHORT = 24;

/** The position after the string that begins here; -1 if there is none, or if it has no end. */
export function afterString(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return -1;
  let at = from + 1;
  for (const end = at + SHORT; at < end; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) return at + 1;
    if (sign === BACKSLASH) at++;
  }
  for (;;) {
    // Searching for one character is built into the engine, and many times faster than a loop over all of them.
    at = text.indexOf('"', at);
    if (at < 0) return -1;
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
    at++;
    if (backslashes % 2 === 0) return at;
  }
}

/** The position after the value that begins here; -1 if it has no end. */
function afterValue(text: string, from: number): number {
  const sign = text.charCodeAt(from);
  if (sign === QUOTE) return afterString(text, from);
  if (sign === OPEN_OBJECT || sign === OPEN_ARRAY) return afterNested(text, from);
  let at = from;
  while (at < text.length && !isAfterScalar(text.charCodeAt(at))) at++;
  return at;
}

function isAfterScalar(sign: number): boolean {
  return sign === COMMA || sign === CLOSE_OBJECT || sign === CLOSE_ARRAY || isSpace(sign);
}

/** The position after the array or object that begins here; -1 if it has no end. Counts brackets of both kinds alike: in valid JSON they match. */
export function afterNested(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === OPEN_OBJECT || sign === OPEN_ARRAY) depth++;
    else if (sign === CLOSE_OBJECT || sign === CLOSE_ARRAY) {
      if (--depth === 0) return at + 1;
    } else if (sign === QUOTE) {
      const end = afterString(text, at);
      if (end < 0) return -1;
      at = end - 1;
    }
  }
  return -1;
}
