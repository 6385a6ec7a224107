/** Vectors in Pinecone: the contract through its client, against a server on loopback that speaks its REST interface. */
import { inspect } from 'node:util';
import { Pinecone } from '@pinecone-database/pinecone';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PineconeOptions } from '../../runtime/src/stores/pinecone/options.ts';
import { pineconeStores } from '../../runtime/src/stores/pinecone/pinecone.ts';
import { contract } from './contract/contract.ts';
import { vectorFaults } from './contract/vector-faults.ts';
import { failure } from './failure.ts';
import { PATIENT, passRealTime } from './in-time.ts';
import { type PineconeServer, pineconeServer } from './servers/pinecone-server.ts';
import { freePort } from './servers/processes.ts';

let server: PineconeServer;
/** Of the dimension that the part about faults begins with. */
let short: PineconeServer;
let namespaces = 0;
beforeAll(async () => {
  server = await pineconeServer(8);
  short = await pineconeServer(4);
});
afterAll(async () => {
  await server.stop();
  await short.stop();
});

const optionsOf = (options: Partial<PineconeOptions> = {}): PineconeOptions => ({
  host: server.url,
  apiKey: 'key',
  namespace: `test_${namespaces++}`,
  timeout: PATIENT,
  ...options,
});

contract(
  {
    name: 'pinecone',
    dimension: 8,
    open: async () => pineconeStores(optionsOf()),
    now: Date.now,
    pass: passRealTime,
    isClockSet: false,
    runs: 25,
    address: () => ({ store: 'pinecone', options: optionsOf() }),
  },
  ['vectors'],
);

vectorFaults({
  name: 'pinecone',
  open: async (timeout) => pineconeStores(optionsOf({ host: short.url, timeout })),
  stop: () => short.stop(),
  start: () => short.start(),
  hold: () => short.hold(),
  release: () => short.release(),
  full: {
    begin: () => short.refuseWrites({ status: 402, body: { code: 9, message: 'You have reached your plan limit' } }),
    end: () => short.refuseWrites(null),
    failure: 'full',
  },
  damage: () => short.damage((metadata) => ({ ...metadata, entry: String(metadata.entry).replace('cancel', 'renew') })),
  otherDimension: 'refused',
});

const nearest = (options: PineconeOptions) =>
  failure(() => pineconeStores(options).vectors.nearest('space', new Float32Array(8).fill(1), 1));

test('a package that is not installed is named', async () => {
  vi.doMock('@pinecone-database/pinecone', () => {
    throw new Error("Cannot find package '@pinecone-database/pinecone'");
  });
  const error = await nearest({ host: 'none', apiKey: 'key' });
  vi.doUnmock('@pinecone-database/pinecone');
  expect(error).toMatchObject({
    failure: 'missing',
    remedy: expect.stringContaining('npm install @pinecone-database/pinecone'),
  });
});

test('a missing server is unavailable, and a wrong or missing key is refused without being quoted', async () => {
  const nowhere = optionsOf({ host: `http://127.0.0.1:${await freePort()}` });
  expect(await nearest(nowhere)).toMatchObject({ store: 'pinecone', failure: 'unavailable' });
  const error = await nearest(optionsOf({ apiKey: 'secret-word' }));
  expect(error).toMatchObject({ store: 'pinecone', failure: 'refused' });
  expect(inspect(error, { depth: 9 })).not.toContain('secret-word');
  expect(await nearest({ host: server.url })).toMatchObject({
    failure: 'refused',
    remedy: expect.stringContaining('PINECONE_API_KEY'),
  });
});

test('what limits requests, and what fails, says so at once', async () => {
  const { vectors } = pineconeStores(optionsOf());
  const write = { id: 'a', space: 's', partition: '', meta: '', vector: new Float32Array(8).fill(1), lifetime: 1000 };
  for (const [status, expected] of [
    [429, 'busy'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ] as const) {
    server.refuseWrites({ status, body: { code: 8, message: 'no' } });
    expect((await failure(() => vectors.set(write))).failure).toBe(expected);
  }
  server.refuseWrites(null);
  await vectors.set(write);
});

test("the application's own client is used, and finds the index by its name", async () => {
  const names: unknown[] = [];
  const client = new Pinecone({ apiKey: 'key' });
  const own = {
    index: ({ name, namespace }: { name: string; namespace: string }) => {
      names.push(name);
      return client.index({ host: server.url, namespace });
    },
  };
  const { vectors } = pineconeStores({ index: 'questions', client: own, timeout: PATIENT });
  expect(await vectors.nearest('space', new Float32Array(8).fill(1), 1)).toEqual([]);
  expect(names).toEqual(['questions']);
});
