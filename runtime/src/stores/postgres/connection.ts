/** A pool of connections to PostgreSQL, created on first use. */
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { missingPackage } from '../optional-package.ts';
import { StoreError, storeClosed } from '../store-error.ts';
import { postgresError, sqlState } from './error.ts';
import type { PostgresOptions } from './options.ts';
import { findPgvector } from './pgvector.ts';
import { MIGRATIONS } from './schema.ts';

/** The lock that is held while the schema is created: any number that other programs are unlikely to use. */
const MIGRATION_LOCK = 0x46617274;
const UNDEFINED_TABLE = '42P01';

export interface PostgresConnection {
  readonly schema: string;
  /** One statement in one round trip. Fails with a `StoreError`. */
  readonly query: <Row extends QueryResultRow>(sql: string, values: readonly unknown[]) => Promise<Row[]>;
  /** The number of rows that a statement changed. */
  readonly change: (sql: string, values: readonly unknown[]) => Promise<number>;
  readonly close: () => Promise<void>;
}

export function postgresConnection(options: PostgresOptions): PostgresConnection {
  const { schema = 'farthing' } = options;
  let connecting: Promise<Pool> | null = null;
  let opened: Pool | null = null;
  let isClosed = false;

  async function connect(): Promise<Pool> {
    opened ??= (options.pool as Pool | undefined) ?? (await newPool(options));
    await prepareSchema(opened, schema);
    return opened;
  }

  async function run(sql: string, values: readonly unknown[]) {
    if (isClosed) throw storeClosed('postgres');
    connecting ??= connect();
    // If the server is not up yet, the next operation tries again.
    connecting.catch(() => {
      connecting = null;
    });
    try {
      const pool = await connecting;
      return await pool.query(sql, [...values]);
    } catch (error) {
      throw postgresError(error);
    }
  }

  return {
    schema,
    query: async (sql, values) => (await run(sql, values)).rows,
    change: async (sql, values) => (await run(sql, values)).rowCount ?? 0,
    async close() {
      isClosed = true;
      const ending = opened;
      opened = null;
      connecting = null;
      if (ending !== null && options.pool === undefined) await ending.end().catch(() => {});
    },
  };
}

async function loadClient(): Promise<typeof import('pg')> {
  try {
    return await import('pg');
  } catch (cause) {
    throw missingPackage('pg', 'postgres', cause);
  }
}

async function newPool({ url, timeout = 2000, connections = 10 }: PostgresOptions): Promise<Pool> {
  const { Pool } = await loadClient();
  const pool = new Pool({
    ...(url === undefined ? {} : { connectionString: url }),
    application_name: 'farthing',
    max: connections,
    connectionTimeoutMillis: timeout,
    statement_timeout: timeout,
    // Slightly above the server's own limit: the server ends a slow query, and this ends waiting for a server that is
    // gone.
    query_timeout: timeout + 500,
    allowExitOnIdle: true,
  });
  // Each operation reports its own failure; a connection that breaks while idle is replaced.
  pool.on('error', () => {});
  return pool;
}

/** Creates what is missing. If nothing is, this takes one query, so that every process can do it on start-up. */
async function prepareSchema(pool: Pool, schema: string): Promise<void> {
  const version = await versionOf(pool, schema);
  if (version === MIGRATIONS.length) return;
  const client = await pool.connect();
  try {
    await migrate(client, schema);
    client.release();
  } catch (error) {
    // Its locks end with the connection.
    client.release(true);
    throw error;
  }
}

async function migrate(client: PoolClient, schema: string): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  await client.query(`CREATE TABLE IF NOT EXISTS ${schema}.version (version integer NOT NULL)`);
  // Read again under the lock, because another process may have been faster.
  const version = (await versionOf(client, schema)) ?? 0;
  if (version > MIGRATIONS.length) throw newer(schema, version);
  const pgvector = await findPgvector(client);
  for (const migration of MIGRATIONS.slice(version)) await client.query(migration(schema, pgvector));
  await client.query(`DELETE FROM ${schema}.version`);
  await client.query(`INSERT INTO ${schema}.version VALUES ($1)`, [MIGRATIONS.length]);
  await client.query('COMMIT');
}

async function versionOf(database: Pool | PoolClient, schema: string): Promise<number | null> {
  try {
    const { rows } = await database.query<{ version: number }>(`SELECT version FROM ${schema}.version`);
    return rows[0]?.version ?? null;
  } catch (error) {
    if (sqlState(error) === UNDEFINED_TABLE) return null;
    throw error;
  }
}

function newer(schema: string, version: number): StoreError {
  return new StoreError({
    store: 'postgres',
    failure: 'refused',
    what: `the schema ${schema} has version ${version}, and this release only knows ${MIGRATIONS.length}`,
    remedy: 'Update @farthing/runtime, or use another schema.',
  });
}
