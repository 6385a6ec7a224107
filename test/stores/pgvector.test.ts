/** Vectors in PostgreSQL with pgvector: the contract, against the real extension in PGlite, through `pg`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PostgresOptions } from '../../runtime/src/stores/postgres/options.ts';
import { type PostgresStores, postgresStores } from '../../runtime/src/stores/postgres/postgres.ts';
import { contract } from './contract/contract.ts';
import type { Driver } from './contract/driver.ts';
import { boundedToTwo } from './contract/vectors.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { type PgliteServer, pgliteServer } from './servers/pglite-server.ts';

let server: PgliteServer;
const opened: PostgresStores[] = [];
let schemas = 0;
beforeAll(async () => {
  server = await pgliteServer();
  // Elsewhere than in the path of the connections: it is found all the same.
  await server.run('CREATE SCHEMA extensions; CREATE EXTENSION vector SCHEMA extensions');
});
afterAll(async () => {
  for (const stores of opened) await stores.close();
  await server.remove();
});

const schema = () => `test_${schemas++}`;
const optionsOf = (options: PostgresOptions = {}): PostgresOptions => ({
  url: server.url,
  schema: schema(),
  timeout: PATIENT,
  connections: 2,
  ...options,
});
function open(options?: PostgresOptions): PostgresStores {
  const stores = postgresStores(optionsOf(options));
  opened.push(stores);
  return stores;
}

let stores: PostgresStores | null = null;
async function emptied(): Promise<PostgresStores> {
  stores ??= open({ schema: 'contract' });
  await stores.vectors.purge();
  return stores;
}

const driver: Driver = {
  name: 'postgres with pgvector',
  open: emptied,
  now: Date.now,
  pass: passRealTime,
  isClockSet: false,
  runs: 25,
  address: () => ({ store: 'postgres', options: optionsOf() }),
};

contract(driver, ['vectors']);

test('the server compares, by the type of the extension', async () => {
  await emptied();
  await server.run(`DO $$ BEGIN
    ASSERT (SELECT format_type(atttypid, NULL) FROM pg_attribute
      WHERE attrelid = 'contract.vector_entry'::regclass AND attname = 'vector') = 'extensions.halfvec';
  END $$`);
});

test('vectors are bounded in number: the least recently found go first', async () => {
  await boundedToTwo(open({ vectors: { maximumEntries: 2 } }).vectors);
});

test('a damaged vector is not found, and the others are', async () => {
  const { vectors } = open({ schema: 'damaged' });
  const write = { space: 's', partition: '', vector: Float32Array.of(1, 2), lifetime: 60_000 };
  for (const id of ['a', 'b', 'c', 'd']) await vectors.set({ ...write, id, meta: id });
  await server.run(`
    UPDATE damaged.vector_entry SET meta = '"b"' WHERE key = 'a';
    UPDATE damaged.vector_entry SET vector = '[1,1]' WHERE key = 'b';
    UPDATE damaged.vector_entry SET meta = 'no JSON' WHERE key = 'c'`);
  expect((await vectors.nearest('s', Float32Array.of(1, 2), 4)).map(({ id }) => id)).toEqual(['d']);
});
