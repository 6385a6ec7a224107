/**
 * Numbers in JSON that JavaScript cannot represent, such as ids of more than 53 bits. Parsing and serialising changes
 * them, so a text with such numbers is only changed with their spelling kept.
 */
import type { Json } from './json-body.ts';

/** ECMAScript's access to the source text of JSON, which TypeScript does not declare yet. */
const { parse, rawJSON } = JSON as unknown as {
  readonly parse: (text: string, reviver?: Reviver) => unknown;
  readonly rawJSON: (text: string) => Json;
};
type Reviver = (name: string, value: unknown, context: { readonly source?: string }) => unknown;

/** A number needs this many characters to be changed, or a large exponent. It may also match inside a text. */
const MAY_CHANGE = /[\d.]{16}|[eE]\+?\d{3}/;

/**
 * The value of a JSON text, in which such numbers are objects of `JSON.rawJSON`: only for serialising it again.
 *
 * @throws SyntaxError for a text that is not JSON
 */
export function parseForChange(text: string): Json {
  if (!MAY_CHANGE.test(text)) return parse(text) as Json;
  return parse(text, (_, value, { source }) => (isChanged(value, source) ? rawJSON(source) : value)) as Json;
}

/** False if serialising the value of this JSON text again would change a number. Also false for invalid JSON. */
export function keepsNumbers(text: string): boolean {
  if (!MAY_CHANGE.test(text)) return true;
  let keeps = true;
  try {
    parse(text, (_, value, { source }) => {
      if (isChanged(value, source)) keeps = false;
      return value;
    });
  } catch {
    return false;
  }
  return keeps;
}

function isChanged(value: unknown, source: string | undefined): source is string {
  if (typeof value !== 'number' || source === undefined) return false;
  if (!Number.isFinite(value)) return true;
  return MAY_CHANGE.test(source) && !Object.is(value, -0) && String(value) !== source;
}
