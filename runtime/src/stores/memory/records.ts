/** Records of one process. */
import { type Clock, steady } from '../clock.ts';
import type { RecordStore } from '../store.ts';

export interface MemoryRecordsOptions {
  readonly clock?: Clock;
}

interface Claim {
  readonly owner: string;
  readonly until: number;
}

export function memoryRecords({ clock = Date.now }: MemoryRecordsOptions = {}): RecordStore {
  const now = steady(clock);
  const values = new Map<string, string>();
  const claims = new Map<string, Claim>();
  /** All keys in order; null after a key was added or deleted. */
  let ordered: readonly string[] | null = null;

  return {
    get: (keys) => keys.map((key) => values.get(key) ?? null),

    set(writes) {
      for (const { key, value } of writes) {
        if (value === null ? values.has(key) : !values.has(key)) ordered = null;
        if (value === null) values.delete(key);
        else values.set(key, value);
      }
    },

    list(prefix, limit, after = '') {
      ordered ??= [...values.keys()].sort();
      const from = firstAfter(ordered, prefix, after);
      const keys = ordered.slice(from, from + limit).filter((key) => key.startsWith(prefix));
      return keys.map((key) => ({ key, value: values.get(key) ?? '' }));
    },

    claim(name, owner, lifetime) {
      const time = now();
      const claim = claims.get(name);
      if (claim !== undefined && claim.owner !== owner && claim.until > time) return false;
      if (lifetime === 0) claims.delete(name);
      else claims.set(name, { owner, until: time + lifetime });
      return true;
    },

    close() {
      values.clear();
      claims.clear();
      ordered = null;
    },
  };
}

/** The index of the first key that is at least `prefix` and greater than `after`. */
function firstAfter(keys: readonly string[], prefix: string, after: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const key = keys[middle] ?? '';
    if (key < prefix || key <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
