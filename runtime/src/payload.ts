/** A JSON body as text and as value: whichever is missing is made when it is first asked for, and only then. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export interface Payload {
  readonly text: string;
  readonly json: JsonObject;
}

/** Null where the text is no JSON object: such a request is not understood. */
export function payloadOfText(text: string): Payload | null {
  const json = parseObject(text);
  return json === null ? null : { text, json };
}

export function payloadOfJson(json: JsonObject): Payload {
  let text: string | null = null;
  return {
    json,
    get text() {
      text ??= JSON.stringify(json);
      return text;
    },
  };
}

/** Null for anything but a JSON object, broken text included. */
export function parseObject(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function asArray(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function asString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A whole count of something; null for anything that is none, negative numbers and fractions included. */
export function asCount(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;
}

export function asNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
