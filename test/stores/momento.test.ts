/** Cached answers in Momento: the contract through its client, against a server on loopback that speaks its gRPC interface. */
import { inspect } from 'node:util';
import { CacheClient, Configurations, CredentialProvider } from '@gomomento/sdk';
import { status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { combineStores, isStoreError, memoryStores } from '../../runtime/src/index.ts';
import { momentoStores } from '../../runtime/src/stores/momento/momento.ts';
import type { MomentoOptions } from '../../runtime/src/stores/momento/options.ts';
import { type SetUp, setUp } from '../runtime/set-up.ts';
import { contract } from './contract/contract.ts';
import { failure } from './failure.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { type MomentoServer, momentoServer } from './servers/momento-server.ts';
import { freePort } from './servers/processes.ts';

let server: MomentoServer;
const opened: { readonly close: () => unknown }[] = [];
let namespaces = 0;
beforeAll(async () => {
  server = await momentoServer();
});
afterAll(() => server.stop());
afterEach(async () => {
  server.release();
  server.refuseWrites(null);
  for (const one of opened.splice(0).reverse()) await one.close();
});

function open(options: MomentoOptions = {}) {
  const stores = momentoStores({
    endpoint: server.endpoint,
    namespace: `test_${namespaces++}`,
    timeout: PATIENT,
    ...options,
  });
  opened.push(stores);
  return stores;
}

contract(
  {
    name: 'momento',
    open: async () => open(),
    now: Date.now,
    pass: passRealTime,
    isClockSet: false,
    runs: 25,
    address: null,
  },
  ['cache'],
);

const write = { key: 'a', partition: 'one', bytes: Buffer.from('answer'), meta: 'm', lifetime: 60_000 };

test('two processes share what is cached, and a purge by one is seen by the other', async () => {
  const [one, other] = [open({ namespace: 'shared' }), open({ namespace: 'shared' })];
  await one.cache.set(write);
  expect(await other.cache.get('a')).toMatchObject({ meta: 'm' });
  expect(await other.cache.purge('one')).toBe(1);
  expect(await one.cache.get('a')).toBeNull();
});

test('a purge goes over more entries than one page has', async () => {
  const { cache } = open();
  await Promise.all(Array.from({ length: 230 }, (_, index) => cache.set({ ...write, key: `key ${index}` })));
  expect(await cache.purge('one')).toBe(230);
  expect(await cache.get('key 7')).toBeNull();
});

test('an entry that a purge would not find is a miss, and so is a damaged one', async () => {
  const { cache } = open();
  await cache.set(write);
  server.evictSets();
  expect(await cache.get('a')).toBeNull();
  await cache.set(write);
  server.damage((bytes) => Buffer.from(Buffer.from(bytes).toString().replace('answer', 'anxwer')));
  expect(await cache.get('a')).toBeNull();
  await cache.set(write);
  server.damage(() => Buffer.from('null\n'));
  expect(await cache.get('a')).toBeNull();
});

test('a package that is not installed is named', async () => {
  vi.doMock('@gomomento/sdk', () => {
    throw new Error("Cannot find package '@gomomento/sdk'");
  });
  const error = await failure(() => open().cache.get('a'));
  vi.doUnmock('@gomomento/sdk');
  expect(error).toMatchObject({ failure: 'missing', remedy: expect.stringContaining('npm install @gomomento/sdk') });
});

test('a missing key, a missing cache, a full account and a missing server say so', async () => {
  expect(await failure(() => momentoStores().cache.get('a'))).toMatchObject({ store: 'momento', failure: 'refused' });
  expect(await failure(() => open({ cache: 'nowhere' }).cache.get('a'))).toMatchObject({ failure: 'refused' });
  const { cache } = open();
  server.refuseWrites(status.RESOURCE_EXHAUSTED);
  expect(await failure(() => cache.set(write))).toMatchObject({ failure: 'full' });
  server.refuseWrites(status.UNAUTHENTICATED);
  expect(await failure(() => cache.set(write))).toMatchObject({ failure: 'refused' });
  const nowhere = open({ endpoint: `http://127.0.0.1:${await freePort()}`, timeout: 3000 });
  const error = await failure(() => nowhere.cache.set({ ...write, meta: 'secret-word' }));
  expect(error).toMatchObject({ failure: 'unavailable' });
  expect(inspect(error, { depth: 9 })).not.toContain('secret-word');
});

test("the application's own client is used, and left open", async () => {
  const { hostname, port } = new URL(server.endpoint);
  const client = await CacheClient.create({
    configuration: Configurations.Laptop.latest(),
    credentialProvider: CredentialProvider.forMomentoLocal({ hostname, port: Number(port) }),
    defaultTtlSeconds: 60,
    eagerConnectTimeout: 0,
  });
  const { cache, close } = open({ client });
  await cache.set(write);
  await close();
  expect((await failure(() => cache.get('a'))).failure).toBe('closed');
  expect((await client.get('farthing', 'none')).type).toBe('Miss');
  client.close();
});

const ask = async ({ metered, meter, calls }: SetUp, content: string): Promise<string | undefined> => {
  const messages = [{ role: 'user', content }] as const;
  await metered.openai.chat.completions.create({ model: 'small', messages: [...messages], temperature: 0 });
  await meter.flush();
  return calls.at(-1)?.origin;
};

test('a meter serves exact hits from it, and while it is down or slow calls go on and events say why', async () => {
  const stores = combineStores(open({ timeout: 1000 }), memoryStores());
  const on = await setUp({ stores, cache: { mode: 'on' } });
  opened.push(on);
  // A slow machine may take longer than the limit.
  await expect.poll(() => ask(on, 'Hello')).toBe('exact-cache');
  server.hold();
  expect(await ask(on, 'Hello')).toBe('provider');
  server.release();
  const failures = on.events.flatMap((event) => (event.type === 'store-failed' ? [event] : []));
  expect(failures.length).toBeGreaterThan(0);
  for (const { layer, effect, error } of failures) {
    expect([layer, effect, isStoreError(error) && error.failure]).toEqual(['exact-cache', 'open', 'unavailable']);
  }
});
