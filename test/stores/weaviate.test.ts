/** Vectors in Weaviate: the contract through its client, against a server on loopback that speaks its REST and gRPC interfaces. */
import { inspect } from 'node:util';
import { Status } from 'nice-grpc';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { WeaviateOptions } from '../../runtime/src/stores/weaviate/options.ts';
import { weaviateStores } from '../../runtime/src/stores/weaviate/weaviate.ts';
import { contract } from './contract/contract.ts';
import { vectorFaults } from './contract/vector-faults.ts';
import { failure } from './failure.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { freePort } from './servers/processes.ts';
import { type WeaviateServer, weaviateServer } from './servers/weaviate-server.ts';

let server: WeaviateServer;
let collections = 0;
beforeAll(async () => {
  // The client prints each of its retries.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  server = await weaviateServer();
});
afterAll(() => server.stop());

const optionsOf = (options: WeaviateOptions = {}): WeaviateOptions => ({
  url: server.url,
  grpcUrl: server.grpcUrl,
  collection: `Test${collections++}`,
  timeout: PATIENT,
  ...options,
});

contract(
  {
    name: 'weaviate',
    open: async () => weaviateStores(optionsOf()),
    now: Date.now,
    pass: passRealTime,
    isClockSet: false,
    runs: 25,
    address: () => ({ store: 'weaviate', options: optionsOf() }),
  },
  ['vectors'],
);

vectorFaults({
  name: 'weaviate',
  open: async (timeout) => weaviateStores(optionsOf({ timeout })),
  stop: () => server.stop(),
  start: () => server.start(),
  hold: () => server.hold(),
  release: () => server.release(),
  full: {
    begin: () => server.refuseWrites(Status.RESOURCE_EXHAUSTED),
    end: () => server.refuseWrites(null),
    failure: 'full',
  },
  damage: () => server.damage((fields) => ({ ...fields, entry: String(fields.entry).replace('cancel', 'renew') })),
  otherDimension: 'kept',
});

const nearest = (options: WeaviateOptions) =>
  failure(() => weaviateStores(options).vectors.nearest('space', Float32Array.of(1), 1));

test('a package that is not installed is named', async () => {
  vi.doMock('weaviate-client', () => {
    throw new Error("Cannot find package 'weaviate-client'");
  });
  const error = await nearest({});
  vi.doUnmock('weaviate-client');
  expect(error).toMatchObject({
    failure: 'missing',
    remedy: expect.stringContaining('npm install weaviate-client'),
  });
});

test('a missing server is unavailable, and a wrong key is refused without being quoted', async () => {
  expect(await nearest({ url: `http://127.0.0.1:${await freePort()}`, timeout: PATIENT })).toMatchObject({
    store: 'weaviate',
    failure: 'unavailable',
  });
  const guarded = await weaviateServer('right-key');
  const options = optionsOf({ url: guarded.url, grpcUrl: guarded.grpcUrl, apiKey: 'secret-word' });
  const error = await failure(() => weaviateStores(options).vectors.delete('a'));
  expect(error).toMatchObject({ store: 'weaviate', failure: 'refused' });
  expect(inspect(error, { depth: 9 })).not.toContain('secret-word');
  await guarded.stop();
});

test('what was closed stays closed', async () => {
  const { vectors, close } = weaviateStores(optionsOf());
  await vectors.nearest('space', Float32Array.of(1), 1);
  await close();
  expect((await failure(() => vectors.nearest('space', Float32Array.of(1), 1))).failure).toBe('closed');
});
