/** Finds out whether a database has pgvector, and whether the vectors of a schema were made for it. */
import type { Pgvector } from './vectors-schema.ts';

interface Database {
  query(sql: string, values?: unknown[]): Promise<{ rows: { name: string }[] }>;
}

/** Null without the extension, and for versions before 0.7, which have no `halfvec`. */
export async function findPgvector(database: Database): Promise<Pgvector | null> {
  return first(
    await database.query(
      `SELECT quote_ident(nspname) AS name FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
       WHERE extname = 'vector'
         AND EXISTS (SELECT FROM pg_type WHERE typname = 'halfvec' AND typnamespace = extnamespace)`,
    ),
  );
}

/** The extension that the vectors of a schema use: all processes go by the table. */
export const COLUMN_PGVECTOR = `
  SELECT quote_ident(nspname) AS name FROM pg_attribute
    JOIN pg_type ON pg_type.oid = atttypid JOIN pg_namespace ON pg_namespace.oid = typnamespace
  WHERE attrelid = $1::regclass AND attname = 'vector' AND typname = 'halfvec'`;

export function first({ rows: [row] }: { readonly rows: readonly { readonly name: string }[] }): Pgvector | null {
  return row === undefined ? null : { schema: row.name };
}
