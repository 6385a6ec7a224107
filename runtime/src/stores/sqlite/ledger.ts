/** The calls of all processes of one machine, in the file. */
import { FILTERED } from '../ledger-filter.ts';
import { readRow } from '../read-row.ts';
import type { LedgerFilter, LedgerStore } from '../store.ts';
import type { SqliteFile } from './file.ts';
import type { SqliteLedgerOptions } from './options.ts';

/** Rows are read in pages, so that no reader holds the file between reads. */
const PAGE = 500;
/**
 * If the ledger is limited, the oldest rows are deleted in steps of this share, so that not every write has to check.
 */
const SHARE_REMOVED = 0.1;

export function sqliteLedger(file: SqliteFile, { maximumRows }: SqliteLedgerOptions = {}): LedgerStore {
  return {
    append(rows) {
      return file.write((prepare) => {
        const upsert = prepare(
          `INSERT INTO ledger (id, at, feature, user, tenant, model, row) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET at = excluded.at, feature = excluded.feature, user = excluded.user,
             tenant = excluded.tenant, model = excluded.model, row = excluded.row`,
        );
        for (const row of rows) {
          upsert.run(row.id, row.at, row.feature, row.user, row.tenant, row.model, JSON.stringify(row));
        }
        if (maximumRows === undefined) return;
        // Sequence numbers are dense except for rows that were pruned or replaced, so their span is at least the number
        // of rows.
        const span = prepare(
          'SELECT (SELECT min(sequence) FROM ledger) AS first, (SELECT max(sequence) FROM ledger) AS last',
        ).get();
        const last = Number(span?.last);
        if (last - Number(span?.first) < maximumRows) return;
        const keep = Math.max(1, Math.floor(maximumRows * (1 - SHARE_REMOVED)));
        prepare('DELETE FROM ledger WHERE sequence <= ?').run(last - keep);
      });
    },

    async *rows(filter = {}) {
      const { where, values } = conditions(filter);
      const sql = `SELECT sequence, row FROM ledger WHERE sequence > ? ${where} ORDER BY sequence LIMIT ${PAGE}`;
      let after = 0;
      for (;;) {
        const page = await file.read((prepare) => prepare(sql).all(after, ...values));
        for (const { row } of page) {
          const whole = readRow(String(row));
          // A damaged row is skipped; the others are still read.
          if (whole !== null) yield whole;
        }
        if (page.length < PAGE) return;
        after = Number(page.at(-1)?.sequence);
      }
    },

    async get(id) {
      const found = await file.read((prepare) => prepare('SELECT row FROM ledger WHERE id = ?').get(id));
      return found === undefined ? null : readRow(String(found.row));
    },

    prune(before) {
      return file.write((prepare) => Number(prepare('DELETE FROM ledger WHERE at < ?').run(before).changes));
    },

    close() {},
  };
}

/** A member of the row that has no column; null in a damaged row. */
function inRow(name: string): string {
  return `CASE WHEN json_valid(ledger.row) THEN json_extract(ledger.row, '$.${name}') END`;
}

function conditions(filter: LedgerFilter): { where: string; values: (string | number)[] } {
  const parts: [string, string | number][] = [];
  if (filter.from !== undefined) parts.push(['at >= ?', filter.from]);
  if (filter.to !== undefined) parts.push(['at < ?', filter.to]);
  if (filter.team !== undefined) parts.push([`${inRow('team')} = ?`, filter.team]);
  if (filter.tag !== undefined) {
    parts.push([`EXISTS (SELECT 1 FROM json_each(${inRow('tags')}) WHERE json_each.value = ?)`, filter.tag]);
  }
  for (const name of FILTERED) {
    const value = filter[name];
    if (value !== undefined) parts.push([`${name} = ?`, value]);
  }
  return { where: parts.map(([sql]) => `AND ${sql}`).join(' '), values: parts.map(([, value]) => value) };
}
