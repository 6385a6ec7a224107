/** Options that the commands with a report share. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeWriteError } from '../files/problem.ts';
import { UsageError } from './exit.ts';
import type { Pieces } from './formats/format.ts';
import type { Io } from './io.ts';

/** Reads a number of rows; `option` is the one that gives it. */
export function countOf(option: string): (text: string) => number {
  return (text) => {
    const rows = Number(text);
    if (!Number.isInteger(rows) || rows < 1) throw new UsageError(`${option}: "${text}" is not a number of rows.`);
    return rows;
  };
}

export const rowsOf = countOf('--limit');

export function dollarsOf(text: string): number {
  const dollars = Number(text);
  if (text.trim() === '' || !Number.isFinite(dollars) || dollars < 0)
    throw new UsageError(`--min-saving: "${text}" is not an amount in dollars, such as 5 or 0.50.`);
  return dollars;
}

/** @throws UsageError if the file cannot be written */
export function saveReport(name: string, pieces: Pieces, io: Io): void {
  const path = resolve(io.cwd, name);
  const unwritable = (error: unknown): UsageError =>
    new UsageError(`${name}: the report cannot be written: ${describeWriteError(error, path)}.`);
  try {
    writeFileSync(path, '');
  } catch (error) {
    throw unwritable(error);
  }
  for (const piece of pieces) {
    try {
      appendFileSync(path, piece);
    } catch (error) {
      throw unwritable(error);
    }
  }
}
