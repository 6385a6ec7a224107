/** Records in the file, for all processes of one machine. */
import { type Clock, steady } from '../clock.ts';
import type { RecordStore } from '../store.ts';
import type { SqliteFile } from './file.ts';

export function sqliteRecords(file: SqliteFile, clock: Clock): RecordStore {
  const now = steady(clock);
  return {
    get: (keys) =>
      file.read((prepare) => {
        const select = prepare('SELECT value FROM record WHERE key = ?');
        return keys.map((key) => {
          const value = select.get(key)?.value;
          return typeof value === 'string' ? value : null;
        });
      }),

    set: (writes) =>
      file.write((prepare) => {
        const put = prepare('INSERT OR REPLACE INTO record VALUES (?, ?)');
        const remove = prepare('DELETE FROM record WHERE key = ?');
        for (const { key, value } of writes) {
          if (value === null) remove.run(key);
          else put.run(key, value);
        }
      }),

    list: (prefix, limit, after = '') =>
      file.read((prepare) => {
        const select = prepare('SELECT key, value FROM record WHERE key >= ? AND key > ? ORDER BY key LIMIT ?');
        const rows = select.all(prefix, after, limit);
        const records = rows.map(({ key, value }) => ({ key: String(key), value: String(value) }));
        return records.filter(({ key }) => key.startsWith(prefix));
      }),

    claim: (name, owner, lifetime) =>
      file.write((prepare) => {
        const time = now();
        const select = prepare('SELECT owner, until FROM record_claim WHERE name = ?');
        select.setReadBigInts(true);
        const claim = select.get(name);
        if (claim !== undefined && claim.owner !== owner && Number(claim.until) > time) return false;
        if (lifetime === 0) prepare('DELETE FROM record_claim WHERE name = ?').run(name);
        else prepare('INSERT OR REPLACE INTO record_claim VALUES (?, ?, ?)').run(name, owner, time + lifetime);
        return true;
      }),

    close() {},
  };
}
