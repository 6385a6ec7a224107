/** The cache file: one per root, written completely or not at all, and ignored if it is damaged. */
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf } from './file-fingerprint.ts';
import { isOwn } from './ownership.ts';
import { privateFolder } from './private-folder.ts';
import { tryReadRegularFile } from './regular-file.ts';

/** Bytes: the maximum length of a string. */
const LIMIT = 400 * 1024 * 1024;
/** Changes whenever the structure of the stored data changes. */
const FORMAT = 'farthing-scan-2';

export interface CacheStore {
  /** Returns what was stored under the same key; null if there is nothing, or nothing intact. */
  readonly read: () => unknown;
  /** A cache that cannot be written is not a failure: the next scan just takes as long as this one. */
  readonly write: (content: unknown) => void;
}

/**
 * `name` distinguishes scans of different roots. `key` is everything besides the files that affects the results of a
 * scan: the tool's version, the configuration, the prices, the day.
 */
export function createCacheStore(directory: string, name: string, key: string): CacheStore {
  // Data that another user can write is not trusted: a forged entry would make a scan clean.
  const folder = privateFolder(directory);
  if (folder === null) return { read: () => null, write: () => {} };
  const path = join(folder, `${hashOf(name)}.cache`);
  const header = (body: string): string => `${FORMAT} ${hashOf(key)} ${hashOf(body)}`;
  return {
    read: () => {
      try {
        if (!isOwn(path)) return null;
        const text = tryReadRegularFile(path, LIMIT)?.toString('utf8') ?? '';
        const end = text.indexOf('\n');
        // The key comes first, so rejecting a stale cache takes one comparison.
        if (!text.startsWith(`${FORMAT} ${hashOf(key)} `)) return null;
        const body = text.slice(end + 1);
        return text.slice(0, end) === header(body) ? JSON.parse(body) : null;
      } catch {
        return null;
      }
    },
    write: (content) => {
      const temporary = `${path}.${randomUUID()}.tmp`;
      try {
        const body = JSON.stringify(content);
        // It contains prompts, so other users must not be able to read it.
        writeFileSync(temporary, `${header(body)}\n${body}`, { mode: 0o600, flag: 'wx' });
        renameSync(temporary, path);
      } catch {
        tryRemove(temporary);
      }
    },
  };
}

function tryRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder is gone, so there is nothing to remove.
  }
}
