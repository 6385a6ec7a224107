/** A price table that the application provides, reloaded while calls run. */
import { readFile, stat } from 'node:fs/promises';
import type { PriceTable } from '@farthing/shared/catalogue/price-table';
import { readPriceTable } from '@farthing/shared/catalogue/read-price-table';
import type { Background } from '../support/background.ts';
import { MeterError } from './errors.ts';
import type { Emit } from './events.ts';

export interface PriceTableOptions {
  /** The path of a file, or an address (`https:`), in the form of docs/prices.md or of genai-prices. */
  readonly from: string;
  /** Milliseconds after which it is read again. Default: 3,600,000. */
  readonly every?: number;
}

export const HOUR = 3_600_000;
/** Milliseconds. Nothing waits for the table: until it is loaded, the previous one is used. */
const TIME_LIMIT = 30_000;

/**
 * Starts loading the table. Calls use the built-in prices until it is loaded, and the last valid table if a later load
 * fails, which the event `prices-failed` reports.
 *
 * @returns the current table; null before the first is loaded
 */
export function startPriceTable(
  { from, every = HOUR }: PriceTableOptions,
  emit: Emit,
  background: Background,
): () => PriceTable | null {
  let table: PriceTable | null = null;
  let text: string | null = null;

  const refresh = async (): Promise<void> => {
    try {
      const found = await load(from);
      // An unchanged table keeps its identity, so nothing is indexed again.
      if (found.text === text) return;
      const { table: read, problems } = readPriceTable(found.text, from, found.date);
      if (read === null) throw new MeterError(`it cannot be used: ${problems[0] ?? 'it is empty'}`);
      text = found.text;
      table = read;
      for (const problem of problems) emit({ type: 'prices-failed', from, error: new MeterError(problem) });
    } catch (error) {
      emit({ type: 'prices-failed', from, error });
    }
  };

  background.add(refresh());
  const timer = setInterval(() => background.add(refresh()), every);
  timer.unref();
  background.onEnd(() => clearInterval(timer));
  return () => table;
}

interface Loaded {
  readonly text: string;
  /** YYYY-MM-DD: when it was written, if known. */
  readonly date: string;
}

async function load(from: string): Promise<Loaded> {
  if (!/^https?:\/\//i.test(from)) {
    const [text, { mtime }] = await Promise.all([readFile(from, 'utf8'), stat(from)]);
    return { text, date: dayOf(mtime) };
  }
  const response = await globalThis.fetch(from, { signal: AbortSignal.timeout(TIME_LIMIT) });
  if (!response.ok) throw new MeterError(`${from} answered ${response.status}`);
  const modified = Date.parse(response.headers.get('last-modified') ?? '');
  return { text: await response.text(), date: dayOf(Number.isNaN(modified) ? new Date() : new Date(modified)) };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
