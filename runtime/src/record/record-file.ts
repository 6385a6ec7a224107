/** A file of JSON lines that is written now and then, and completed when the process ends. It never throws. */
import { appendFile, appendFileSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface RecordFile {
  readonly add: (row: object) => void;
  /** Writes what is left, at once: the process ends. */
  readonly end: () => void;
}

/** Milliseconds from a row to its writing, so that those of a busy moment are written together. */
const DELAY = 1_000;
/** Rows that wait for a disk that does not take them; more are dropped. */
const MAX_WAITING = 10_000;
/** The figures of a company's calls are for the user who runs it. */
const MODE = 0o600;

export function createRecordFile(name: string): RecordFile {
  const path = resolve(name);
  let waiting: string[] = [];
  let isWriting = false;
  let hasFailed = false;
  let timer: NodeJS.Timeout | null = null;

  const take = (): string => {
    const text = waiting.join('');
    waiting = [];
    return text;
  };

  const fail = (error: unknown): void => {
    if (hasFailed) return;
    hasFailed = true;
    waiting = [];
    const why = error instanceof Error ? error.message : String(error);
    try {
      process.stderr.write(`farthing: calls are not recorded: ${why}\n`);
    } catch {
      // The application closed it.
    }
  };

  const write = (): void => {
    timer = null;
    if (isWriting || hasFailed || waiting.length === 0) return;
    isWriting = true;
    appendFile(path, take(), { mode: MODE }, (error) => {
      isWriting = false;
      if (error) fail(error);
      else schedule();
    });
  };

  const schedule = (): void => {
    if (timer !== null || waiting.length === 0) return;
    // It keeps no process alive.
    timer = setTimeout(write, DELAY).unref();
  };

  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, '', { mode: MODE });
  } catch (error) {
    fail(error);
  }

  return {
    add: (row) => {
      if (hasFailed || waiting.length >= MAX_WAITING) return;
      waiting.push(`${JSON.stringify(row)}\n`);
      schedule();
    },
    end: () => {
      if (hasFailed || waiting.length === 0) return;
      try {
        appendFileSync(path, take(), { mode: MODE });
      } catch (error) {
        fail(error);
      }
    },
  };
}
