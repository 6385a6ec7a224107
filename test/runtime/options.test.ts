/** Wrong options are refused by name: a typo must not mean that there is no cap. */
import { expect, test } from 'vitest';
import {
  combineStores,
  contextHeaders,
  createMeter,
  encrypted,
  isMeterError,
  type MeterOptions,
  memoryStores,
  momentoStores,
  openTelemetry,
  pineconeStores,
  postgresStores,
  qdrantStores,
  redisStores,
  sqliteStores,
  weaviateStores,
} from '../../runtime/src/index.ts';

function messageOf(options: unknown): string {
  try {
    createMeter(options as MeterOptions);
  } catch (error) {
    expect(isMeterError(error)).toBe(true);
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
}

const budget = { per: 'total', window: 'day', dollars: 5 };

test.each<[unknown, string]>([
  [{ budget: [budget] }, '"budget" is not an option. Did you mean "budgets"?'],
  [{ budgets: budget }, 'budgets must be a list; got an object.'],
  [
    { budgets: [{ ...budget, dollars: '5' }] },
    'budgets[0].dollars must be a number from 0 to 9000000, or a function; got "5".',
  ],
  [
    { budgets: [{ ...budget, dollars: -1 }] },
    'budgets[0].dollars must be a number from 0 to 9000000, or a function; got -1.',
  ],
  [
    { budgets: [{ ...budget, dollars: Number.NaN }] },
    'budgets[0].dollars must be a number from 0 to 9000000, or a function; got NaN.',
  ],
  [{ budgets: [{ ...budget, dollars: 10_000_000 }] }, 'to 9000000, or a function; got 10000000.'],
  [{ budgets: [{ ...budget, only: 'all' }] }, 'budgets[0].only needs a `per` that counts several'],
  [{ budgets: [{ ...budget, per: 'user', adds: true }] }, 'budgets[0].adds needs `only`'],
  [{ budgets: [{ ...budget, per: 'user', only: [] }] }, 'budgets[0].only must name at least one.'],
  [
    { budgets: [{ ...budget, per: 'user', only: [5] }] },
    'budgets[0].only must be a non-empty string, or a list; got a list.',
  ],
  [{ limits: [{ per: 'user', adds: true, requests: 1 }] }, 'limits[0].adds needs `only`'],
  [{ budgets: [{ ...budget, windw: 'day' }] }, '"windw" is not an option of budgets[0]. Did you mean "window"?'],
  [{ budgets: [{ ...budget, window: 'daily' }] }, 'budgets[0].window must be "day", "week" or "month", or an integer'],
  [
    { budgets: [{ ...budget, timeZone: 'Berlin' }] },
    'budgets[0].timeZone must be an IANA time zone such as "Europe/Berlin"; got "Berlin".',
  ],
  [
    { budgets: [{ ...budget, window: 5000, timeZone: 'UTC' }] },
    'budgets[0].timeZone needs a window that is "day", "week" or "month".',
  ],
  [{ budgets: [{ ...budget, startsOn: 'monday' }] }, 'budgets[0].startsOn needs a window that is "week" or "month".'],
  [{ budgets: [{ ...budget, window: 'week', startsOn: 'munday' }] }, 'budgets[0].startsOn must be "monday", '],
  [{ budgets: [{ ...budget, window: 'month', startsOn: 32 }] }, 'or an integer from 1 to 31; got 32.'],
  [
    { budgets: [{ ...budget, window: 'month', startsOn: 'friday' }] },
    'budgets[0].startsOn must be a day of the month, 1 to 31',
  ],
  [{ budgets: [{ ...budget, window: 0 }] }, 'budgets[0].window must be'],
  [{ budgets: [{ ...budget, per: 'usr' }] }, '"budget"; got "usr". Did you mean "user"?'],
  [{ budgets: [{ per: 'total', window: 'day' }] }, 'budgets[0].dollars is missing: it must be a number from 0'],
  [
    { budgets: [{ ...budget, mode: 'Hard' }] },
    'budgets[0].mode must be "hard" or "soft"; got "Hard". Did you mean "hard"?',
  ],
  [{ budgets: [{ ...budget, otherwise: 'downgrade' }] }, 'an object with downgradeTo, or an object with waitAtMost'],
  [
    { budgets: [{ ...budget, otherwise: { waitAtMost: '5s' } }] },
    'budgets[0].otherwise.waitAtMost must be a number of',
  ],
  [{ limits: [{ per: 'user', requests: 0 }] }, 'limits[0].requests must be an integer of at least 1; got 0.'],
  [{ limits: [{ per: 'user', request: 5 }] }, '"request" is not an option of limits[0]. Did you mean "requests"?'],
  [{ failoverOn: [200] }, 'failoverOn[0] must be an integer from 400 to 599, or "context-length"'],
  [{ failoverOn: ['context'] }, '"content-filter" or "stream-error"; got "context".'],
  [{ cache: 'on' }, 'cache must be an object; got "on".'],
  [{ cache: { mode: true } }, 'cache.mode must be "off", "shadow" or "on"; got true.'],
  [{ cache: { ttl: 5 } }, '"ttl" is not an option of cache. Options are: mode, lifetime'],
  [{ cache: { lifetime: '5m' } }, 'cache.lifetime must be a number of milliseconds above 0; got "5m".'],
  [{ cache: { lifetime: 0 } }, 'cache.lifetime must be a number of milliseconds above 0; got 0.'],
  [{ cache: { staleFor: -1 } }, 'cache.staleFor must be a number of milliseconds of at least 0; got -1.'],
  [{ cache: { sampled: 'yes' } }, 'cache.sampled must be true or false; got "yes".'],
  [{ cache: { toolCalls: 1 } }, 'cache.toolCalls must be true or false; got 1.'],
  [{ cache: { accepts: true } }, 'cache.accepts must be a function; got true.'],
  [{ features: { a: { cache: { mode: 'on' } } } }, '"mode" is not an option of features.a.cache.'],
  [{ features: { a: { deduplicate: 'on' } } }, '"deduplicate" is not an option of features.a.'],
  [{ deduplicate: { mode: 'on' } }, 'deduplicate must be "off", "shadow" or "on"; got an object.'],
  [{ deduplicate: 'true' }, 'deduplicate must be "off", "shadow" or "on"; got "true".'],
  [{ retries: -1 }, 'retries must be an integer of at least 0; got -1.'],
  [{ retries: 1.5 }, 'retries must be an integer of at least 0; got 1.5.'],
  [{ timeout: '5s' }, 'timeout must be a number of milliseconds above 0 or Infinity; got "5s".'],
  [{ breaker: { failures: 5 } }, 'breaker.pause is missing'],
  [{ failover: { a: { model: 'b' } } }, 'failover.a must be a list; got an object.'],
  [{ failover: { a: [{ url: 'https://b' }] } }, '"url" is not an option of failover.a[0].'],
  [{ failover: { a: [{ baseURL: 'b' }] } }, 'failover.a[0].baseURL must be an address such as https:'],
  [{ queue: {} }, 'queue.concurrency is missing: it must be an integer of at least 1.'],
  [{ route: { mode: 'on' } }, 'route.tiers is missing: it must be an object.'],
  [{ features: { chat: { modle: 'small' } } }, '"modle" is not an option of features.chat. Did you mean "model"?'],
  [{ features: { 'a b': { outputLimit: 0 } } }, 'features["a b"].outputLimit must be an integer of at least 1'],
  [{ aliases: { fast: null } }, 'aliases.fast must be a non-empty string; got null.'],
  [{ prices: [{ model: 'mine' }] }, 'prices[0].input is missing'],
  [{ hosts: { 'my.host': 'opnai' } }, 'got "opnai". Did you mean "openai"?'],
  [{ hosts: { '': 'openai' } }, 'each name in hosts must be a host or the beginning of a URL, without wildcards'],
  [{ hosts: { '*.example.com': 'openai' } }, 'got "*.example.com"'],
  [{ hosts: { 'https://': 'openai' } }, 'got "https://"'],
  [{ deployments: { '': 'gpt-4o' } }, 'each name in deployments must be a non-empty string; got ""'],
  [{ onStoreFailure: { budget: 'open' } }, '"budget" is not an option of onStoreFailure. Did you mean "budgets"?'],
  [{ onStoreFailure: 'open' }, 'onStoreFailure must be an object; got "open".'],
  [{ stores: {} }, 'stores must be stores with budgets, cache, rates, ledger and close; got an object.'],
  [{ path: 5 }, 'path must be a non-empty string; got 5.'],
  [{ lease: 0 }, 'lease must be a number of milliseconds above 0; got 0.'],
  [{ retention: -5 }, 'retention must be a number of milliseconds above 0; got -5.'],
  [{ onCall: 'log' }, 'onCall must be a function; got "log".'],
  [{ keepPrompts: true }, 'keepPrompts must be a function; got true.'],
  [{ telemetry: {} }, 'telemetry must be openTelemetry(api); got an object.'],
  [{ layers: [{}] }, 'layers[0] must be a function; got an object.'],
  [{ alerts: {} }, 'alerts.to is missing'],
  [{ alerts: { to: () => {}, budgetShares: [80] } }, 'alerts.budgetShares[0] must be a number from 0 to 1; got 80.'],
  [{ callSites: { capture: 'on' } }, 'callSites.capture must be "off", "sampled" or "always"; got "on".'],
  [{ callSites: { share: 2 } }, 'callSites.share must be a number above 0 and at most 1; got 2.'],
  [
    { validate: { maxTokens: 5 } },
    '"maxTokens" is not an option of validate. Options are: empty, maximumTokens, unknownModels, check.',
  ],
  [{ now: new Date() }, 'now must be a function; got an object.'],
  [null, 'options must be an object; got null.'],
  [[], 'options must be an object; got a list.'],
])('%j', (options, message) => {
  expect(messageOf(options)).toContain(message);
});

const key = new Uint8Array(32);
const wrong = (value: unknown): never => value as never;

test.each<[() => unknown, string]>([
  [() => sqliteStores(wrong({})), 'sqliteStores.path is missing: it must be a non-empty string.'],
  [() => sqliteStores(wrong('a.db')), 'sqliteStores must be an object with path; got "a.db".'],
  [
    () => sqliteStores(wrong({ path: 'a.db', durabilty: 'power' })),
    '"durabilty" is not an option of sqliteStores. Did',
  ],
  [
    () => sqliteStores(wrong({ path: 'a.db', durability: 'disk' })),
    'sqliteStores.durability must be "process" or "power"',
  ],
  [() => sqliteStores({ path: 'a.db', busyTimeout: -1 }), 'sqliteStores.busyTimeout must be a number of milliseconds'],
  [
    () => sqliteStores({ path: 'a.db', cache: { maximumBytes: 0 } }),
    'sqliteStores.cache.maximumBytes must be an integer',
  ],
  [() => sqliteStores(wrong({ path: 'a.db', ledger: { rows: 5 } })), '"rows" is not an option of sqliteStores.ledger.'],
  [
    () => memoryStores(wrong({ maximumBytes: 5 })),
    '"maximumBytes" is not an option of memoryStores. Options are: cache',
  ],
  [() => memoryStores(wrong({ clock: 5 })), 'memoryStores.clock must be a function; got 5.'],
  [() => redisStores(wrong({ uri: 'redis://a' })), '"uri" is not an option of redisStores. Did you mean "url"?'],
  [() => redisStores(wrong({ cluster: [{ host: 'a' }] })), 'redisStores.cluster[0].port is missing'],
  [() => redisStores(wrong({ client: {} })), 'redisStores.client must be a client of ioredis; got an object.'],
  [() => redisStores({ timeout: 0 }), 'redisStores.timeout must be a number of milliseconds above 0; got 0.'],
  [() => postgresStores(wrong({ url: 5 })), 'postgresStores.url must be a non-empty string; got 5.'],
  [() => postgresStores({ connections: 0 }), 'postgresStores.connections must be an integer of at least 1; got 0.'],
  [() => postgresStores({ schema: 'A' }), 'postgresStores.schema must be a name of a-z, 0-9 and _'],
  [() => postgresStores(wrong({ pool: 'p' })), 'postgresStores.pool must be a pool of pg; got "p".'],
  [() => qdrantStores(wrong({ url: 'localhost' })), 'qdrantStores.url must be a URL that begins with http: or https:'],
  [() => qdrantStores(wrong({ client: {} })), 'qdrantStores.client must be a QdrantClient; got an object.'],
  [() => qdrantStores({ collection: 'a-b' }), 'qdrantStores.collection must be a name of letters, digits and _'],
  [() => pineconeStores({}), 'host is missing: it or index is needed.'],
  [() => pineconeStores(wrong({ host: 'a', client: {} })), 'pineconeStores.client must be a Pinecone client; got an'],
  [() => momentoStores(wrong({ caches: 'a' })), '"caches" is not an option of momentoStores. Did you mean "cache"?'],
  [() => momentoStores(wrong({ client: {} })), 'momentoStores.client must be a CacheClient; got an object.'],
  [() => weaviateStores({ collection: 'farthing' }), 'that begins with a capital; got "farthing".'],
  [() => weaviateStores(wrong({ client: {} })), 'weaviateStores.client must be a WeaviateClient; got an object.'],
  [() => encrypted(wrong(memoryStores()), key), 'encrypted: the store must be a cache store; got an object.'],
  [() => encrypted(memoryStores().cache, new Uint8Array(16)), 'encrypted: a key must be 32 bytes'],
  [() => encrypted(memoryStores().cache, [key, new Uint8Array(5)]), 'or a list of such keys; got 5 bytes.'],
  [() => encrypted(memoryStores().cache, wrong([])), 'encrypted: the list of keys is empty.'],
  [() => encrypted(memoryStores().cache, wrong('c2VjcmV0')), 'got string.'],
  [
    () => combineStores(memoryStores(), wrong(undefined)),
    'combineStores: the second must be stores, such as redisStores',
  ],
  [() => openTelemetry(wrong({ trace: {} })), 'openTelemetry: the argument must be the API package: import * as api'],
  [() => contextHeaders(wrong({ usr: 'ada' })), '"usr" is not an option of headers. Did you mean "user"?'],
  [() => createMeter().headers(wrong({ user: 5 })), 'headers.user must be a string or null; got 5.'],
  [() => createMeter().setEnabled(wrong('false')), 'setEnabled must be true or false; got "false".'],
])('%s', (make, message) => {
  let thrown: unknown = null;
  try {
    make();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toSatisfy(isMeterError);
  expect(thrown).toMatchObject({ message: expect.stringContaining(message) });
});

test('a report and a purge refuse what they do not know', async () => {
  const meter = createMeter();
  await expect(meter.report(wrong('fature'))).rejects.toThrow('report: the group must be "feature", ');
  await expect(meter.report(wrong('fature'))).rejects.toThrow('Did you mean "feature"?');
  await expect(meter.report('feature', wrong({ form: 5 }))).rejects.toThrow('"form" is not an option of report. Did');
  await expect(meter.report('feature', wrong({ from: '2026-11-01' }))).rejects.toThrow('report.from must be a number');
  await expect(meter.purge(wrong(null))).rejects.toThrow('purge: the tenant must be a non-empty string; got null.');
  await expect(meter.purge('')).rejects.toSatisfy(isMeterError);
  await expect(meter.purge({})).rejects.toThrow('one of tenant, entry, feature, model and similarTo is needed');
  await expect(meter.purge(wrong({ tenant: undefined }))).rejects.toThrow('one of tenant');
  await expect(meter.purge(wrong({ tennant: 'a' }))).rejects.toThrow('Did you mean "tenant"?');
  await expect(meter.purge({ feature: 'faq' })).rejects.toThrow('filters other than tenant need cache.semantic');
  expect(await meter.feedback('id', 'bad')).toBe(false);
  await expect(meter.feedback('id', wrong('worse'))).rejects.toThrow('feedback must be "bad" or "good"');
  expect(await meter.purge()).toBe(0);
  expect(await meter.report('feature', { from: 0 })).toEqual([]);
  await meter.close();
});

test('no message quotes the address of a store, or a key', () => {
  const secret = 'c2VjcmV0';
  for (const make of [redisStores, postgresStores, qdrantStores, pineconeStores, momentoStores, weaviateStores]) {
    expect(() => make(wrong({ url: [secret], apiKey: [secret] }))).toThrow(/^(?!.*c2VjcmV0)/s);
  }
  expect(() => encrypted(memoryStores().cache, wrong(secret))).toThrow(/^(?!.*c2VjcmV0)/s);
});

test('everything that is wrong is said at once, one line each', () => {
  expect(messageOf({ retries: '1', budget: [] }).split('\n')).toHaveLength(2);
});

test('a value that may be a key is not quoted', () => {
  const secret = 'hooks.example.com/T0/B0/c2VjcmV0';
  const message = messageOf({ alerts: { to: secret }, failover: { a: [{ headers: { 'x-key': `${secret}\nx` } }] } });
  expect(message).toContain('alerts.to must be');
  expect(message).toContain('headers["x-key"] must be a header value; got another string.');
  expect(message).not.toContain('secret');
  expect(message).not.toContain('c2VjcmV0');
});

test('what is right is accepted, and undefined is as if it were not said', async () => {
  const options: MeterOptions = {
    budgets: [
      { per: 'user', window: 'day', dollars: 0 },
      { per: 'feature', only: 'chat', window: 3_600_000, dollars: 5, otherwise: { downgradeTo: 'small' } },
    ],
    limits: [{ per: 'user', requests: 20, tokens: 1000 }],
    cache: { mode: 'on', accepts: () => true },
    failover: { a: [{ baseURL: 'https://b/v1', apiKey: () => 'key', headers: { 'x-team': 'blue' } }] },
    queue: { concurrency: 5, maximumWaiting: Infinity },
    streamIdleTimeout: Infinity,
    stores: memoryStores(),
    features: { chat: { model: 'small', cache: { lifetime: 1000 } } },
  };
  const meter = createMeter({ ...options, retries: undefined, route: undefined } as unknown as MeterOptions);
  await meter.close();
});
