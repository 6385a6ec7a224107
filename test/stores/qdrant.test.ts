/** Vectors in Qdrant: the contract through its client, against a server on loopback that speaks its REST interface. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { QdrantOptions } from '../../runtime/src/stores/qdrant/options.ts';
import { qdrantStores } from '../../runtime/src/stores/qdrant/qdrant.ts';
import { contract } from './contract/contract.ts';
import { vectorFaults } from './contract/vector-faults.ts';
import { failure } from './failure.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { freePort } from './servers/processes.ts';
import { type QdrantServer, qdrantServer } from './servers/qdrant-server.ts';

let server: QdrantServer;
let collections = 0;
beforeAll(async () => {
  server = await qdrantServer();
});
afterAll(() => server.stop());

const optionsOf = (options: QdrantOptions = {}): QdrantOptions => ({
  url: server.url,
  collection: `test_${collections++}`,
  timeout: PATIENT,
  ...options,
});

contract(
  {
    name: 'qdrant',
    open: async () => qdrantStores(optionsOf()),
    now: Date.now,
    pass: passRealTime,
    isClockSet: false,
    runs: 25,
    address: () => ({ store: 'qdrant', options: optionsOf() }),
  },
  ['vectors'],
);

vectorFaults({
  name: 'qdrant',
  open: async (timeout) => qdrantStores(optionsOf({ timeout })),
  stop: () => server.stop(),
  start: () => server.start(),
  hold: () => server.hold(),
  release: () => server.release(),
  full: {
    begin: () => server.refuseWrites({ status: 507, body: { status: { error: 'No space left on device' } } }),
    end: () => server.refuseWrites(null),
    failure: 'full',
  },
  damage: () => server.damage((payload) => ({ ...payload, entry: String(payload.entry).replace('cancel', 'renew') })),
  otherDimension: 'kept',
});

const nearest = (options: QdrantOptions) =>
  failure(() => qdrantStores(options).vectors.nearest('space', Float32Array.of(1), 1));

test('a package that is not installed is named', async () => {
  vi.doMock('@qdrant/js-client-rest', () => {
    throw new Error("Cannot find package '@qdrant/js-client-rest'");
  });
  const error = await nearest({});
  vi.doUnmock('@qdrant/js-client-rest');
  expect(error).toMatchObject({
    failure: 'missing',
    remedy: expect.stringContaining('npm install @qdrant/js-client-rest'),
  });
});

test('a missing server is unavailable, and a wrong key is refused without being quoted', async () => {
  expect(await nearest({ url: `http://127.0.0.1:${await freePort()}`, timeout: PATIENT })).toMatchObject({
    store: 'qdrant',
    failure: 'unavailable',
  });
  const guarded = await qdrantServer('right-key');
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const error = await nearest(optionsOf({ url: guarded.url, apiKey: 'secret-word' }));
  warn.mockRestore();
  expect(error).toMatchObject({ store: 'qdrant', failure: 'refused' });
  expect(inspect(error, { depth: 9 })).not.toContain('secret-word');
  await guarded.stop();
});

test('what was closed stays closed', async () => {
  const { vectors, close } = qdrantStores(optionsOf());
  await vectors.nearest('space', Float32Array.of(1), 1);
  await close();
  expect((await failure(() => vectors.nearest('space', Float32Array.of(1), 1))).failure).toBe('closed');
});
