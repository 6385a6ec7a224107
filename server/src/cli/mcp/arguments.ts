/** Checks a request's arguments against what the tool takes. A message says what to write instead. */
import { nearest } from '@farthing/shared/nearest';
import { UsageError } from '../exit.ts';
import type { Tool, ToolArgument } from './tool.ts';

export interface Arguments {
  /** Null where it was not given. */
  readonly text: (name: string) => string | null;
  /** A whole number from 1. */
  readonly count: (name: string) => number | null;
  readonly flag: (name: string) => boolean;
}

/** Longer texts are no names, paths or conditions. */
const MAX_TEXT = 4_096;
const MAX_COUNT = Number.MAX_SAFE_INTEGER;

/** @throws UsageError */
export function checkArguments(
  { name, arguments: known, required }: Tool,
  given: Readonly<Record<string, unknown>>,
): Arguments {
  for (const [key, value] of Object.entries(given)) {
    const argument = Object.hasOwn(known, key) ? known[key] : undefined;
    if (argument === undefined)
      throw new UsageError(`${name} takes no argument "${key}". ${adviceOn(key, Object.keys(known))}`);
    const problem = problemOf(value, argument);
    if (problem !== null) throw new UsageError(`"${key}" ${problem}.`);
  }
  const missing = required.find((key) => given[key] === undefined);
  if (missing !== undefined) throw new UsageError(`"${missing}" is missing: ${known[missing]?.description}`);
  return {
    text: (key) => (given[key] as string | undefined) ?? null,
    count: (key) => (given[key] as number | undefined) ?? null,
    flag: (key) => given[key] === true,
  };
}

function adviceOn(key: string, known: readonly string[]): string {
  const guess = nearest(key, known);
  return guess === null ? `It takes ${known.join(', ') || 'none'}.` : `Did you mean "${guess}"?`;
}

function problemOf(value: unknown, { type, values }: ToolArgument): string | null {
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'must be true or false';
  if (type === 'integer') {
    const isCount = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MAX_COUNT;
    return isCount ? null : 'must be a whole number from 1';
  }
  if (typeof value !== 'string' || value === '' || value.length > MAX_TEXT)
    return `must be a text of 1 to ${MAX_TEXT} characters`;
  return values === undefined || values.includes(value) ? null : `must be one of ${values.join(', ')}`;
}
