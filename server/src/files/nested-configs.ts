/**
 * Which configuration holds for a file: the nearest one at or above its folder, by itself. What else is looked at never
 * changes that.
 */
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '@farthing/shared/config-defaults';
import { createConfigSearch } from './config-file.ts';
import type { PriceFiles } from './price-files.ts';

export interface ConfigScope {
  /** Absolute. */
  readonly path: string;
  /** Absolute: what it holds for, and what its globs are relative to. */
  readonly folder: string;
  readonly config: Config;
  readonly prices: PriceFiles;
}

export interface NestedConfigs {
  /** For a file or folder by its absolute path; null where there is none. */
  readonly at: (path: string) => ConfigScope | null;
  /** Those that hold for anything that was asked about, by path. */
  readonly known: () => readonly ConfigScope[];
  /** Finds and reads all of them again. True if anything has changed. */
  readonly refresh: () => boolean;
}

/** `before` is what was read from it the last time; null at first. */
export type ReadConfig = (path: string, before: ConfigScope | null) => Pick<ConfigScope, 'config' | 'prices'>;

export function createNestedConfigs(read: ReadConfig): NestedConfigs {
  /** The path of the configuration that holds, by what was asked about. */
  let found = new Map<string, string | null>();
  let search = createConfigSearch();
  let scopes = new Map<string, ConfigScope>();

  const findAt = (asked: string): string | null => {
    const before = found.get(asked);
    if (before !== undefined) return before;
    const path = search(asked);
    found.set(asked, path);
    return path;
  };

  const readOnce = (path: string, earlier: ReadonlyMap<string, ConfigScope>): ConfigScope => {
    const known = scopes.get(path);
    if (known) return known;
    const { config, prices } = read(path, earlier.get(path) ?? null);
    const scope = { path, folder: dirname(path), config, prices };
    scopes.set(path, scope);
    return scope;
  };

  return {
    at: (asked) => {
      const path = findAt(asked);
      return path === null ? null : readOnce(path, scopes);
    },
    known: () => [...scopes.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    refresh: () => {
      const [foundBefore, scopesBefore] = [found, scopes];
      found = new Map();
      search = createConfigSearch();
      scopes = new Map();
      for (const asked of foundBefore.keys()) {
        const path = findAt(asked);
        if (path !== null) readOnce(path, scopesBefore);
      }
      return !isDeepStrictEqual([found, stateOf(scopes)], [foundBefore, stateOf(scopesBefore)]);
    },
  };
}

/** A price table is compared by its fingerprint. */
function stateOf(scopes: ReadonlyMap<string, ConfigScope>): unknown {
  return new Map([...scopes].map(([path, { config, prices }]) => [path, [config, prices.fingerprint]]));
}
