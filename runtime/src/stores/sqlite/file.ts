/** One SQLite file, opened on first use and shared by processes. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MaybePromise } from '../store.ts';
import { StoreError, storeClosed } from '../store-error.ts';
import { isBusy, sqliteError } from './error.ts';
import { createPrivately, makePrivate } from './file-rights.ts';
import type { SqliteOptions } from './options.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

/** How long SQLite itself waits for a lock: it blocks the thread, so the rest of the waiting happens here. */
const BLOCKING_WAIT = 5;

/** Prepares a statement once, and returns the same one from then on. */
export type Prepare = (sql: string) => StatementSync;

export interface SqliteFile {
  /** Runs in one transaction that holds the write lock from the start, so that what it reads stays valid. */
  readonly write: <Value>(body: (prepare: Prepare) => Value) => MaybePromise<Value>;
  /** Runs without a transaction: for a single statement. */
  readonly read: <Value>(body: (prepare: Prepare) => Value) => MaybePromise<Value>;
  readonly close: () => void;
}

interface Open {
  readonly database: DatabaseSync;
  readonly prepare: Prepare;
}

export function sqliteFile({ path, busyTimeout = 5000, durability = 'process' }: SqliteOptions): SqliteFile {
  let opened: Open | null = null;
  let isClosed = false;

  function open(): Open {
    const sqlite = process.getBuiltinModule('node:sqlite');
    if (sqlite === undefined) throw missing();
    createPrivately(path);
    const database = new sqlite.DatabaseSync(path);
    try {
      database.exec(`PRAGMA busy_timeout = ${BLOCKING_WAIT}`);
      refuseOthers(database, path);
      makePrivate(path);
      database.exec('PRAGMA journal_mode = WAL');
      database.exec(`PRAGMA synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`);
      migrate(database);
    } catch (error) {
      database.close();
      throw error;
    }
    const statements = new Map<string, StatementSync>();
    return {
      database,
      prepare(sql) {
        const known = statements.get(sql);
        if (known !== undefined) return known;
        const statement = database.prepare(sql);
        statements.set(sql, statement);
        return statement;
      },
    };
  }

  function attempt<Value>(body: (prepare: Prepare) => Value, isWrite: boolean): Value {
    if (isClosed) throw storeClosed('sqlite');
    opened ??= open();
    const { prepare } = opened;
    if (!isWrite) return body(prepare);
    prepare('BEGIN IMMEDIATE').run();
    try {
      const value = body(prepare);
      prepare('COMMIT').run();
      return value;
    } catch (error) {
      rollBack(opened.database);
      throw error;
    }
  }

  function run<Value>(body: (prepare: Prepare) => Value, isWrite: boolean): MaybePromise<Value> {
    try {
      return attempt(body, isWrite);
    } catch (error) {
      if (!isBusy(error)) throw sqliteError(path, error);
      return waitAndRun(body, isWrite);
    }
  }

  /**
   * Other work goes on while waiting for a lock. The pauses vary, so that processes do not collide again and again.
   */
  async function waitAndRun<Value>(body: (prepare: Prepare) => Value, isWrite: boolean): Promise<Value> {
    const until = performance.now() + busyTimeout;
    for (;;) {
      await sleep(1 + Math.random() * 10);
      try {
        return attempt(body, isWrite);
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw sqliteError(path, error);
      }
    }
  }

  return {
    write: (body) => run(body, true),
    read: (body) => run(body, false),
    close() {
      isClosed = true;
      opened?.database.close();
      opened = null;
    },
  };
}

/** Before anything is changed: a file of another program, or of a later release, is not touched. */
function refuseOthers(database: DatabaseSync, path: string): void {
  // In this order, because another process may be creating its tables right now.
  const isEmpty = numberOf(database, 'page_count') <= 1;
  const application = numberOf(database, 'application_id');
  if (application !== APPLICATION_ID && !(isEmpty && application === 0)) throw notOurs(path);
  const version = versionOf(database);
  if (version > MIGRATIONS.length) throw newer(path, version);
}

function migrate(database: DatabaseSync): void {
  if (versionOf(database) >= MIGRATIONS.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock, because another process may have been faster.
    for (const sql of MIGRATIONS.slice(versionOf(database))) database.exec(sql);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

const versionOf = (database: DatabaseSync) => numberOf(database, 'user_version');

function numberOf(database: DatabaseSync, pragma: string): number {
  return Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}

/** SQLite may have ended the transaction itself, in which case there is nothing to undo. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {}
}

function missing(): StoreError {
  return new StoreError({
    store: 'sqlite',
    failure: 'missing',
    what: 'this platform has no node:sqlite',
    remedy: 'Run on Node 22.13 or later, or use the memory, Redis or PostgreSQL stores.',
  });
}

function notOurs(path: string): StoreError {
  return new StoreError({
    store: 'sqlite',
    failure: 'refused',
    what: `${path} is a database of another program`,
    remedy: 'Use a separate path.',
  });
}

function newer(path: string, version: number): StoreError {
  return new StoreError({
    store: 'sqlite',
    failure: 'refused',
    what: `${path} has schema ${version}, and this release only knows ${MIGRATIONS.length}`,
    remedy: 'Update @farthing/runtime, or use another path.',
  });
}
