/** Reads the files with prices: the table that a configuration names, and the lock beside it. */
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { PriceLock } from '@farthing/shared/catalogue/lock/price-lock';
import type { PriceTable } from '@farthing/shared/catalogue/price-table';
import { readPriceTable } from '@farthing/shared/catalogue/read-price-table';
import { absolute } from './paths.ts';
import { readPriceLockFile } from './price-lock-file.ts';
import { describeFailure } from './problem.ts';
import { createReadPolicy } from './read-policy.ts';
import { decode, readRegularFile } from './regular-file.ts';

export interface PriceTableFile {
  /** Null if there is none, or if it cannot be used. */
  readonly table: PriceTable | null;
  /** Identifies the contents of the table; null without one. */
  readonly fingerprint: string | null;
  /** Problems with the table, in full sentences. */
  readonly problems: readonly string[];
}

/** The files with prices that hold for a configuration. */
export interface PriceFiles extends PriceTableFile {
  /** Pinned prices, which come before those of any table. */
  readonly lock: PriceLock | null;
}

const NO_TABLE: PriceTableFile = { table: null, fingerprint: null, problems: [] };
export const NO_PRICE_FILES: PriceFiles = { ...NO_TABLE, lock: null };

/** Never throws. `table` is as the configuration writes it; null if it names none. Problems begin with what they are about. */
export function readPriceFiles(configPath: string, table: string | null): PriceFiles {
  const read = table === null ? NO_TABLE : readPriceTableFile(configPath, table);
  const { lock, fingerprint, problems } = readPriceLockFile(configPath);
  const fingerprints = [read.fingerprint, fingerprint].filter((one) => one !== null);
  return {
    table: read.table,
    lock,
    fingerprint: fingerprints.length === 0 ? null : fingerprints.join(' '),
    problems: [...read.problems.map((problem) => `priceTable: ${problem}`), ...problems],
  };
}

/** The same without the pinned prices: what the tables say now. */
export function withoutLock(files: PriceFiles): PriceFiles {
  return {
    ...files,
    lock: null,
    fingerprint: files.lock === null ? files.fingerprint : `${files.fingerprint} unlocked`,
  };
}

/** Bytes. The built-in table has 0.2 MB, that of genai-prices 1 MB. */
const LIMIT = 16 * 1024 * 1024;

/**
 * Never throws. A file that the repository does not contain is not read, because problems quote its content.
 *
 * @param name as the configuration writes it
 */
function readPriceTableFile(configPath: string, name: string): PriceTableFile {
  const path = resolve(dirname(configPath), name);
  const unusable = (reason: string): PriceTableFile => ({
    ...NO_TABLE,
    problems: [`"${name}" is not used: ${reason}. The built-in prices apply.`],
  });
  if (!createReadPolicy([dirname(configPath)])(absolute(path))) return unusable('it is not a file of the repository');
  try {
    const file = readRegularFile(path, LIMIT);
    if (file.kind === 'irregular') return unusable('it is not a regular file');
    if (file.kind === 'too large') return unusable('it is too large');
    const text = decode(file.bytes);
    const { table, problems } = readPriceTable(text, name, file.stats.mtime.toISOString().slice(0, 10));
    if (table === null) return unusable(problems[0] ?? 'it cannot be read');
    const fingerprint = createHash('sha256').update(text).digest('hex');
    return { table, fingerprint, problems: problems.map((problem) => `"${name}": ${problem}.`) };
  } catch (error) {
    return unusable(describeFailure(error));
  }
}
