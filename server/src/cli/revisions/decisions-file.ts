/** Reads what reviewers decided, as a program collected it from the comments of a pull request. */
import { resolve } from 'node:path';
import { describeError } from '../../files/problem.ts';
import { decode, readRegularFile, SETTINGS_LIMIT } from '../../files/regular-file.ts';
import { DECISION_ACTIONS, type Decision } from '../../policy/decisions.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';

/** @throws UsageError if the file cannot be read, or is no list of decisions */
export function readDecisions(name: string, { cwd }: Pick<Io, 'cwd'>): readonly Decision[] {
  const entries = parse(name, resolve(cwd, name));
  if (!Array.isArray(entries) || !entries.every(isDecision))
    throw new UsageError(`--decisions: ${name} is not a list of { "action", "code", "by", "reason" }.`);
  return entries;
}

function parse(name: string, path: string): unknown {
  try {
    const file = readRegularFile(path, SETTINGS_LIMIT);
    if (file.kind !== 'read') throw new Error('it is not a regular file, or too large');
    return JSON.parse(decode(file.bytes));
  } catch (error) {
    throw new UsageError(`--decisions: ${name} cannot be read: ${describeError(error)}.`);
  }
}

function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false;
  const { action, code, by, reason }: Record<string, unknown> = { ...value };
  return DECISION_ACTIONS.some((one) => one === action) && [code, by, reason].every((text) => typeof text === 'string');
}
