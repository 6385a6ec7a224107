/** The calls of many machines, in PostgreSQL. */
import type { JsonObject } from '../../support/json-body.ts';
import { FILTERED } from '../ledger-filter.ts';
import { currentRow } from '../read-row.ts';
import type { LedgerFilter, LedgerStore } from '../store.ts';
import type { PostgresConnection } from './connection.ts';
import { asJson } from './text.ts';

/** Rows are read in pages, so that no transaction stays open between reads. */
const PAGE = 500;

export function postgresLedger({ schema, query, change }: PostgresConnection): LedgerStore {
  return {
    async append(rows) {
      if (rows.length === 0) return;
      // One statement cannot write a row twice: of rows with the same id the last one is used, in the place of the
      // first.
      const byId = new Map(rows.map((row) => [row.id, row]));
      await query(
        `INSERT INTO ${schema}.ledger (id, at, feature, "user", tenant, model, "row")
         SELECT one->>'id', (one->>'at')::double precision, one->>'feature', one->>'user', one->>'tenant', one->>'model', one
         FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS given (one, position) ORDER BY position
         ON CONFLICT (id) DO UPDATE SET at = excluded.at, feature = excluded.feature, "user" = excluded."user",
           tenant = excluded.tenant, model = excluded.model, "row" = excluded."row"`,
        [asJson([...byId.values()])],
      );
    },

    async *rows(filter = {}) {
      const { where, values } = conditions(filter);
      let after = '0';
      for (;;) {
        const page = await query<{ sequence: string; row: JsonObject }>(
          `SELECT sequence, "row" FROM ${schema}.ledger WHERE sequence > $1 ${where} ORDER BY sequence LIMIT ${PAGE}`,
          [after, ...values],
        );
        for (const { row } of page) yield currentRow(row);
        if (page.length < PAGE) return;
        after = page.at(-1)?.sequence ?? after;
      }
    },

    async get(id) {
      const [found] = await query<{ row: JsonObject }>(`SELECT "row" FROM ${schema}.ledger WHERE id = $1`, [id]);
      return found === undefined ? null : currentRow(found.row);
    },

    prune: (before) => change(`DELETE FROM ${schema}.ledger WHERE at < $1`, [before]),

    close() {},
  };
}

function conditions(filter: LedgerFilter): { where: string; values: (string | number)[] } {
  const parts: [string, string | number][] = [];
  if (filter.from !== undefined) parts.push(['at >=', filter.from]);
  if (filter.to !== undefined) parts.push(['at <', filter.to]);
  if (filter.team !== undefined) parts.push([`"row"->>'team' =`, filter.team]);
  if (filter.tag !== undefined) parts.push([`"row"->'tags' ?`, filter.tag]);
  for (const name of FILTERED) {
    const value = filter[name];
    if (value !== undefined) parts.push([`"${name}" =`, value]);
  }
  // The first parameter is where the page begins.
  const where = parts.map(([condition], index) => `AND ${condition} $${index + 2}`).join(' ');
  return { where, values: parts.map(([, value]) => value) };
}
