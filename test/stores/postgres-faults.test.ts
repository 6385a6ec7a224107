/** PostgreSQL that is gone, back after a crash, hanging, slow, locked or set up wrongly: an error in time with a remedy. */
import { inspect } from 'node:util';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PostgresOptions } from '../../runtime/src/stores/postgres/options.ts';
import { type PostgresStores, postgresStores } from '../../runtime/src/stores/postgres/postgres.ts';
import { failure } from './failure.ts';
import { PATIENT } from './in-time.ts';
import { hasPostgres, type PostgresServer, postgresServer } from './servers/postgres-server.ts';
import { freePort, until } from './servers/processes.ts';
import { slowProxy } from './servers/slow-proxy.ts';

const total = { key: 'total', window: 'month', cap: 100 } as const;
let ids = 0;
const reserve = ({ budgets }: PostgresStores, amount = 1) =>
  budgets.reserve({ id: `id-${ids++}`, scopes: [total], amount, lease: 60_000 });

test('a package that is not installed is named', async () => {
  vi.doMock('pg', () => {
    throw new Error("Cannot find package 'pg'");
  });
  const error = await failure(() => postgresStores().budgets.states([total]));
  vi.doUnmock('pg');
  expect(error).toMatchObject({ failure: 'missing', remedy: expect.stringContaining('npm install pg') });
});

test('a missing server is reported in time, without the password', async () => {
  const stores = postgresStores({ url: `postgresql://someone:secret-word@127.0.0.1:${await freePort()}/none` });
  const error = await failure(() => reserve(stores));
  expect(error).toMatchObject({ store: 'postgres', failure: 'unavailable' });
  expect(inspect(error, { depth: 9 })).not.toContain('secret-word');
  await stores.close();
});

describe.skipIf(!hasPostgres)('with a server', () => {
  let server: PostgresServer;
  let administrator: Pool;
  const opened: PostgresStores[] = [];
  let schemas = 0;
  beforeAll(async () => {
    server = await postgresServer();
    administrator = new Pool({ connectionString: server.url, max: 2 });
    administrator.on('error', () => {});
  });
  afterAll(async () => {
    for (const stores of opened) await stores.close();
    await administrator.end();
    await server.remove();
  });
  beforeEach(() => {
    schemas++;
  });

  function open(options: PostgresOptions = {}): PostgresStores {
    const stores = postgresStores({ url: server.url, schema: `faults_${schemas}`, timeout: PATIENT, ...options });
    opened.push(stores);
    return stores;
  }

  const works = (stores: PostgresStores) =>
    until('calls go through again', async () => {
      try {
        await stores.budgets.states([total]);
        return true;
      } catch {
        return false;
      }
    });

  test('behind a crash of the server nothing that was granted is lost, and calls go on', async () => {
    const stores = open();
    await stores.budgets.reserve({ id: 'settled', scopes: [total], amount: 50, lease: 60_000 });
    await stores.budgets.settle('settled', 20);
    await stores.budgets.reserve({ id: 'open', scopes: [total], amount: 30, lease: 60_000 });
    await server.stop('SIGQUIT');
    expect(await failure(() => reserve(stores))).toMatchObject({ failure: 'unavailable' });
    expect(await failure(() => stores.ledger.append([{ id: 'a' } as never]))).toMatchObject({ failure: 'unavailable' });
    await server.start();
    await works(stores);
    const [state] = await stores.budgets.states([total]);
    // The settlement need not have reached the disk by itself: the reservation behind it has taken it along.
    expect(state).toMatchObject({ spent: 20, reserved: 30 });
    await stores.budgets.settle('open', 5);
    expect(await stores.budgets.states([total])).toMatchObject([{ spent: 25, reserved: 0 }]);
  });

  test('a server that hangs is an error in time, and calls go on when it answers again', async () => {
    const stores = open({ timeout: 300 });
    await works(stores);
    server.freeze();
    const failures = await Promise.all(Array.from({ length: 30 }, () => failure(() => reserve(stores))));
    expect(new Set(failures.map((error) => error.failure))).toEqual(new Set(['unavailable']));
    server.resume();
    await works(stores);
    expect(await reserve(open())).toEqual({ isGranted: true });
  });

  test('a row that another transaction holds is an error in time', async () => {
    const stores = open({ timeout: 300 });
    await works(stores);
    expect(await reserve(open())).toEqual({ isGranted: true });
    const other = await administrator.connect();
    await other.query('BEGIN');
    await other.query(`SELECT FROM faults_${schemas}.budget_window FOR UPDATE`);
    // Where this process gets no processor for a while, its own limit ends the query before it reads what the server says.
    await expect.poll(async () => (await failure(() => reserve(stores))).failure).toBe('busy');
    await other.query('ROLLBACK');
    other.release();
    await until('it is free again', async () => {
      try {
        return (await reserve(stores)).isGranted;
      } catch {
        return false;
      }
    });
  });

  test('a slow server is waited for; a decision is one round trip', async () => {
    const proxy = await slowProxy(server.port);
    const stores = open({ url: `postgresql://farthing@127.0.0.1:${proxy.port}/postgres`, connections: 1 });
    await reserve(stores);
    // Behind the clean-up that the first decision sets off.
    await stores.budgets.states([total]);
    const before = proxy.roundTrips;
    await reserve(stores);
    await stores.budgets.settle('id-0', 1);
    expect(proxy.roundTrips - before).toBe(2);
    proxy.hold();
    const granted = reserve(stores);
    await proxy.holds();
    proxy.release();
    expect(await granted).toEqual({ isGranted: true });
    await stores.close();
    proxy.close();
  });

  test('a user without rights, a wrong database and a read-only server say so', async () => {
    await administrator.query('CREATE ROLE guest LOGIN');
    const guest = open({ url: `postgresql://guest@127.0.0.1:${server.port}/postgres` });
    expect(await failure(() => reserve(guest))).toMatchObject({ failure: 'refused' });
    const nowhere = open({ url: `postgresql://farthing@127.0.0.1:${server.port}/nowhere` });
    expect(await failure(() => reserve(nowhere))).toMatchObject({ failure: 'refused' });

    await administrator.query('CREATE ROLE reader LOGIN SUPERUSER');
    await administrator.query('ALTER ROLE reader SET default_transaction_read_only = on');
    await works(open());
    const reader = open({ url: `postgresql://reader@127.0.0.1:${server.port}/postgres` });
    expect(await failure(() => reserve(reader))).toMatchObject({ failure: 'unavailable' });
  });
});
