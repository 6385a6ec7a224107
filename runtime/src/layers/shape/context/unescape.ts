/** Writes the characters of JSON strings in place of their escapes. Every value is the same after parsing. */

/** A surrogate pair, any other `\uXXXX`, or a short escape: read from the left, `\\u0041` is an escaped backslash. */
const ESCAPE = /\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})|\\u([\da-f]{4})|\\(.)/gi;

/** Letters, marks, digits, punctuation and symbols. What cannot be seen stays escaped, as do `"`, `\` and lone surrogates. */
const VISIBLE = /^(?!["\\])[ \p{L}\p{M}\p{N}\p{P}\p{S}]$/u;

/**
 * `{"city":"K\u00f6ln","path":"a\/b"}` becomes `{"city":"Köln","path":"a/b"}`. Python's `json.dumps` escapes all but ASCII
 * by default, Go's `json.Marshal` escapes `<`, `>` and `&`, PHP's `json_encode` escapes slashes as well.
 *
 * @returns the text itself if it is not JSON, or has no such escape
 */
export function unescapedJson(text: string): string {
  return text.includes('\\') && isJson(text) ? text.replace(ESCAPE, characterOf) : text;
}

function characterOf(written: string, high?: string, low?: string, unit?: string, short?: string): string {
  if (short !== undefined) return short === '/' ? short : written;
  const units = high === undefined ? [unit] : [high, low];
  const character = String.fromCharCode(...units.map((digits) => Number.parseInt(digits ?? '', 16)));
  return VISIBLE.test(character) ? character : written;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
