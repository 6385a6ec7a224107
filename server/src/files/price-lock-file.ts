/** Reads the lock with pinned prices: beside the configuration, or at the top of the repository. */
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCK_FILE, type PriceLock } from '@farthing/shared/catalogue/lock/price-lock';
import { readPriceLock } from '@farthing/shared/catalogue/lock/read-price-lock';
import { repositoryTop } from './git/repository.ts';
import { absolute } from './paths.ts';
import { describeFailure } from './problem.ts';
import { createReadPolicy } from './read-policy.ts';
import { decode, readRegularFile } from './regular-file.ts';

export interface PriceLockFile {
  /** Null if there is none, or if it cannot be used. */
  readonly lock: PriceLock | null;
  /** Identifies its contents; null without one. */
  readonly fingerprint: string | null;
  /** Problems with it, in full sentences. */
  readonly problems: readonly string[];
}

export const NO_LOCK: PriceLockFile = { lock: null, fingerprint: null, problems: [] };

/** Bytes: some 100,000 models. */
const LIMIT = 16 * 1024 * 1024;

/** Never throws. A file that the repository does not contain is not read, because problems quote its content. */
export function readPriceLockFile(configPath: string): PriceLockFile {
  const folder = dirname(configPath);
  const top = repositoryTop(folder);
  for (const place of new Set([folder, top ?? folder])) {
    const found = readLockAt(join(place, LOCK_FILE), place);
    if (found !== null) return found;
  }
  return NO_LOCK;
}

/** Null if there is no such file. */
function readLockAt(path: string, folder: string): PriceLockFile | null {
  const unusable = (reason: string): PriceLockFile => ({
    ...NO_LOCK,
    problems: [`${LOCK_FILE} is not used: ${reason}. "farthing prices --lock" writes it anew.`],
  });
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return null;
    if (!createReadPolicy([folder])(absolute(path))) return unusable('it is not a file of the repository');
    const file = readRegularFile(path, LIMIT);
    if (file.kind === 'irregular') return unusable('it is not a regular file');
    if (file.kind === 'too large') return unusable('it is too large');
    const text = decode(file.bytes);
    const { lock, problem } = readPriceLock(text);
    if (lock === null) return unusable(problem ?? 'it cannot be read');
    return { lock, fingerprint: createHash('sha256').update(text).digest('hex'), problems: [] };
  } catch (error) {
    return unusable(describeFailure(error));
  }
}
