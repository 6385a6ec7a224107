/** The PostgreSQL stores: the contract, against a server of the test's own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PostgresOptions } from '../../runtime/src/stores/postgres/options.ts';
import { type PostgresStores, postgresStores } from '../../runtime/src/stores/postgres/postgres.ts';
import { contract } from './contract/contract.ts';
import type { Driver } from './contract/driver.ts';
import { row } from './contract/ledger.ts';
import { boundedToTwo } from './contract/vectors.ts';
import { failure } from './failure.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { hasPostgres, type PostgresServer, postgresServer } from './servers/postgres-server.ts';

describe.skipIf(!hasPostgres)('with a server', () => {
  let server: PostgresServer;
  let administrator: Pool;
  const opened: PostgresStores[] = [];
  let schemas = 0;
  beforeAll(async () => {
    server = await postgresServer();
    administrator = new Pool({ connectionString: server.url, max: 2 });
  });
  afterAll(async () => {
    for (const stores of opened) await stores.close();
    await administrator.end();
    await server.remove();
  });

  const schema = () => `test_${schemas++}`;
  function open(options: PostgresOptions = {}): PostgresStores {
    const stores = postgresStores({ url: server.url, schema: schema(), timeout: PATIENT, ...options });
    opened.push(stores);
    return stores;
  }

  /** One connection for all tests, whose tables are emptied: to make a schema for each would take longer than the test. */
  const shared: PostgresOptions = { schema: 'contract' };
  let stores: PostgresStores | null = null;
  async function emptied(): Promise<PostgresStores> {
    stores ??= open(shared);
    await stores.ledger.append([]);
    await stores.budgets.states([]);
    await administrator.query(
      'TRUNCATE contract.budget_window, contract.budget_reservation, contract.rate_bucket, contract.ledger',
    );
    await stores.vectors.purge();
    return stores;
  }

  const driver: Driver = {
    name: 'postgres',
    open: emptied,
    now: Date.now,
    pass: passRealTime,
    isClockSet: false,
    runs: 25,
    address: () => ({ store: 'postgres', options: { url: server.url, schema: schema(), timeout: PATIENT } }),
  };

  contract(driver, ['budgets', 'rates', 'ledger', 'vectors']);

  const total = { key: 'total', window: 'month', cap: 100 } as const;

  test('many processes may make the schema at once', async () => {
    const name = schema();
    const all = Array.from({ length: 6 }, () => open({ schema: name, connections: 2 }));
    const states = await Promise.all(all.map(({ budgets }) => budgets.states([total])));
    expect(states.every(([state]) => state?.spent === 0)).toBe(true);
  });

  test('a pool of the application is used, and left open', async () => {
    const { budgets, close } = open({ pool: administrator });
    expect(await budgets.reserve({ id: 'a', scopes: [total], amount: 1, lease: 1000 })).toEqual({ isGranted: true });
    await close();
    expect((await administrator.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  test('a schema of a later release is refused, and so is a name that is none', async () => {
    const name = schema();
    await open({ schema: name }).budgets.states([total]);
    await administrator.query(`UPDATE ${name}.version SET version = 99`);
    await expect(open({ schema: name }).budgets.states([total])).rejects.toMatchObject({ failure: 'refused' });
    expect(() => postgresStores({ schema: 'a; DROP TABLE b' })).toThrow('postgresStores.schema must be a name of a-z');
  });

  test('ended windows and settled reservations are forgotten', async () => {
    const name = schema();
    const { budgets } = open({ schema: name });
    for (let call = 0; call < 20; call++) {
      await budgets.reserve({ id: `${call}`, scopes: [{ ...total, window: 5 }], amount: 1, lease: 1 });
      await budgets.settle(`${call}`, 1);
    }
    await administrator.query(`UPDATE ${name}.budget_reservation SET forget_at = now()`);
    await sleep(30);
    await administrator.query(`SELECT ${name}.forget(100)`);
    const { rows } = await administrator.query(
      `SELECT (SELECT count(*) FROM ${name}.budget_window) + (SELECT count(*) FROM ${name}.budget_reservation) AS left`,
    );
    expect(rows).toEqual([{ left: '0' }]);
  });

  test('text that PostgreSQL cannot hold is a distinct key, and readable in the ledger', async () => {
    const { budgets, ledger } = await emptied();
    const keys = ['a\0', 'a', '\ud800', '\ud801', `${'x'.repeat(600)}1`, `${'x'.repeat(600)}2`];
    for (const [index, key] of keys.entries()) {
      await budgets.reserve({ id: key, scopes: [{ ...total, key }], amount: index, lease: 60_000 });
    }
    const states = await budgets.states(keys.map((key) => ({ ...total, key })));
    expect(states.map(({ reserved }) => reserved)).toEqual([0, 1, 2, 3, 4, 5]);
    await ledger.append([row('1', { feature: 'a\0b\ud800' })]);
    for await (const { feature } of ledger.rows({})) expect(feature).toBe('a\ufffdb\ufffd');
  });

  test('vectors are bounded in number: the least recently found go first', async () => {
    await boundedToTwo(open({ vectors: { maximumEntries: 2 } }).vectors);
  });

  test('a damaged vector is not found, and what a server learns after it lost its data is', async () => {
    const name = schema();
    const { vectors } = open({ schema: name });
    const write = { space: 's', partition: '', vector: Float32Array.of(1, 2), lifetime: 60_000 };
    const ids = async () => (await vectors.nearest('s', Float32Array.of(1, 2), 4)).map(({ id }) => id);
    for (const id of ['a', 'b', 'c']) await vectors.set({ ...write, id, meta: id });
    expect((await ids()).sort()).toEqual(['a', 'b', 'c']);
    await administrator.query(`UPDATE ${name}.vector_entry SET meta = '"b"' WHERE key = 'a'`);
    await administrator.query(`UPDATE ${name}.vector_entry SET vector = '\\x01' WHERE key = 'b'`);
    expect(await ids()).toEqual(['c']);
    await administrator.query(`TRUNCATE ${name}.vector_entry; UPDATE ${name}.vector_state SET last = 0, entries = 0`);
    await vectors.set({ ...write, id: 'd', meta: 'd' });
    expect(await ids()).toEqual(['d']);
  });

  test('what was closed stays closed', async () => {
    const { budgets, close } = open();
    expect(await budgets.states([total])).toHaveLength(1);
    await close();
    expect((await failure(() => budgets.states([total]))).failure).toBe('closed');
  });
});
