/** Reads values from foreign JSON. Any mistake becomes one error that names its position. */

/** `models[3].input: "2.5" is not a number of dollars` */
export class MalformedData extends Error {
  override readonly name = 'MalformedData';
}

export interface JsonReader {
  /** The position of this value: `models[3].input`; empty for the whole document. */
  readonly path: string;
  readonly value: unknown;
  readonly has: (key: string) => boolean;
  readonly keys: () => readonly string[];
  readonly at: (key: string | number) => JsonReader;
  readonly items: () => readonly JsonReader[];
  readonly text: () => string;
  /** Not negative, and within the range of amounts. */
  readonly dollars: () => number;
  readonly count: () => number;
  readonly flag: () => boolean;
  /** YYYY-MM-DD. */
  readonly day: () => string;
  readonly fail: (problem: string) => never;
}

const MAXIMUM_DOLLARS = 9_000_000;

export function readerOf(value: unknown, path = ''): JsonReader {
  const fail = (problem: string): never => {
    throw new MalformedData(`${path === '' ? 'the file' : path}: ${problem}`);
  };
  const object = (): Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : fail(`${shown(value)} is not an object`);
  return {
    path,
    value,
    has: (key) => Object.hasOwn(object(), key) && object()[key] !== undefined && object()[key] !== null,
    keys: () => Object.keys(object()),
    at: (key) =>
      typeof key === 'number'
        ? readerOf(Array.isArray(value) ? value[key] : fail(`${shown(value)} is not a list`), `${path}[${key}]`)
        : readerOf(object()[key], path === '' ? key : `${path}.${key}`),
    items: () =>
      Array.isArray(value)
        ? value.map((item, index) => readerOf(item, `${path}[${index}]`))
        : fail(`${shown(value)} is not a list`),
    text: () => (typeof value === 'string' && value !== '' ? value : fail(`${shown(value)} is not a text`)),
    dollars: () =>
      typeof value === 'number' && value >= 0 && value <= MAXIMUM_DOLLARS
        ? value
        : fail(`${shown(value)} is not a number of dollars`),
    count: () =>
      Number.isSafeInteger(value) && (value as number) >= 0
        ? (value as number)
        : fail(`${shown(value)} is not a whole number`),
    flag: () => (typeof value === 'boolean' ? value : fail(`${shown(value)} is neither true nor false`)),
    day: () =>
      typeof value === 'string' && /^20\d\d-\d\d-\d\d$/.test(value)
        ? value
        : fail(`${shown(value)} is not a date like 2026-11-29`),
    fail,
  };
}

function shown(value: unknown): string {
  if (value === undefined) return 'a missing value';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
