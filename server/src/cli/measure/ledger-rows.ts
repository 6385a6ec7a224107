/** Rows of the runtime's ledger in its SQLite file, which is only read. */
import type { DatabaseSync } from 'node:sqlite';
import { describeError } from '../../files/problem.ts';
import { parsed } from '../../measured/sources/fields.ts';
import { UsageError } from '../exit.ts';

const PAGE = 500;

/** @throws UsageError if it is not a ledger */
export function* ledgerRows(path: string, name: string): Generator<{ readonly value: unknown; readonly line: number }> {
  const database = open(path, name);
  try {
    const read = rowsOf(database, name);
    let after = 0;
    let line = 0;
    for (;;) {
      const page = read.all(after, PAGE);
      for (const { row } of page) yield { value: parsed(String(row)), line: ++line };
      if (page.length < PAGE) return;
      after = Number(page.at(-1)?.sequence);
    }
  } finally {
    database.close();
  }
}

function rowsOf(database: DatabaseSync, name: string) {
  try {
    return database.prepare('SELECT sequence, row FROM ledger WHERE sequence > ? ORDER BY sequence LIMIT ?');
  } catch (error) {
    throw new UsageError(
      `${name} has no ledger of @farthing/runtime (${describeError(error)}). Pass the file of createMeter({ path }). Nothing was written.`,
    );
  }
}

function open(path: string, name: string): DatabaseSync {
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) throw new UsageError(`${name} needs Node 22.13 or later. Nothing was written.`);
  try {
    return new sqlite.DatabaseSync(path, { readOnly: true });
  } catch (error) {
    throw new UsageError(`${name} cannot be opened: ${describeError(error)}. Nothing was written.`);
  }
}
