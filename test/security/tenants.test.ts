/** Nothing that one tenant was answered is ever given to another, whatever their names are. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  combineStores,
  contextHeaders,
  createMeter,
  encrypted,
  memoryStores,
  redisStores,
  type Stores,
} from '../../runtime/src/index.ts';
import { hasRedis, type RedisServer, redisServer } from '../stores/servers/redis-server.ts';
import { temporaryFiles } from '../stores/temporary.ts';
import { meteredOver } from './fetching-client.ts';
import { type Ask, answerFor, requestOf } from './owned-answers.ts';

const { open } = temporaryFiles();
let redis: RedisServer | null = null;
beforeAll(async () => {
  if (hasRedis) redis = await redisServer();
});
afterAll(async () => {
  await redis?.remove();
});

let namespaces = 0;
const DRIVERS: Readonly<Record<string, () => Stores>> = {
  memory: () => memoryStores(),
  sqlite: () => open(),
  'sqlite, encrypted': () => {
    const stores = open();
    return { ...stores, cache: encrypted(stores.cache, new Uint8Array(32).fill(1)) };
  },
  ...(hasRedis && {
    redis: () => combineStores(redisStores({ url: redis?.url ?? '', namespace: `t${namespaces++}` }), memoryStores()),
  }),
};

/** Names that would run into one another if they were joined with anything. */
const PARTS = 'a|b|"|",null,"|\\|\n|\0|:| |{|}|[|]|null|%22|__proto__|\ud800|\udc00|😀|*|tenant:a|["a"]'.split('|');
const parts = fc.array(fc.constantFrom(...PARTS), { maxLength: 3 }).map((some) => some.join(''));
const tenant = fc.oneof(
  fc.constantFrom(null, 'null', '', 'undefined', 'a', 'a '),
  parts,
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const ask: fc.Arbitrary<Ask> = fc.record({
  tenant,
  feature: fc.constantFrom(null, 'support', '__proto__', 'constructor'),
  text: fc.oneof(fc.constantFrom('What?', 'Why?'), parts),
  isStream: fc.boolean(),
  wire: fc.constantFrom('chat', 'messages', 'gemini'),
});
/** Few questions and few tenants, so that most of them meet. */
const asks = fc
  .tuple(fc.array(ask, { minLength: 1, maxLength: 3 }), fc.array(tenant, { minLength: 2, maxLength: 4 }))
  .map(([questions, tenants]) => tenants.flatMap((name) => questions.map((one): Ask => ({ ...one, tenant: name }))));

interface Seen {
  /** Calls that were answered without the provider, and refreshes of what they got. */
  readonly shared: number;
  readonly wrong: readonly string[];
}

/** All at once and each twice, then what was kept, then what is stale: each way in which an answer is shared. */
async function askAll(stores: Stores, all: readonly Ask[]): Promise<Seen> {
  const asker = new AsyncLocalStorage<Ask>();
  const owners: (string | null)[] = [];
  const wrong: string[] = [];
  let shared = 0;
  const meter = createMeter({
    stores,
    deduplicate: 'on',
    cache: { mode: 'on', lifetime: 20, staleFor: 60_000 },
    onCall: ({ origin }) => {
      if (origin !== 'provider') shared++;
    },
  });
  const fetch = meteredOver(meter, async () => {
    const who = asker.getStore();
    if (who === undefined) throw new Error('The provider was asked by nobody.');
    const owner = `owner-${owners.push(who.tenant) - 1}.`;
    await wait(1);
    return answerFor(who, owner);
  });
  const one = async (each: Ask, byHeaders: boolean): Promise<void> => {
    const { url, body } = requestOf(each);
    const context = { tenant: each.tenant, feature: each.feature };
    // Half of a character fits into no header.
    const isInHeaders = byHeaders && each.tenant?.isWellFormed() !== false;
    const send = (): Promise<Response> =>
      asker.run(each, () => fetch(url, { method: 'POST', body, headers: isInHeaders ? contextHeaders(context) : {} }));
    const answer = await (await (isInHeaders ? send() : meter.run(context, send))).text();
    const owner = /owner-(\d+)\./.exec(answer)?.[1];
    if (owner === undefined) wrong.push(`an answer for nobody: ${answer}`);
    else if (owners[Number(owner)] !== each.tenant) wrong.push(JSON.stringify([each.tenant, owners[Number(owner)]]));
  };
  await Promise.all([...all.map((each) => one(each, false)), ...all.map((each) => one(each, true))]);
  await meter.flush();
  for (const each of all) await one(each, true);
  await wait(25);
  for (const each of all.toReversed()) await one(each, false);
  await meter.flush();
  for (const each of all) await one(each, false);
  await meter.close();
  return { shared, wrong };
}

describe.each(Object.entries(DRIVERS))('%s', (name, stores) => {
  test('in flight, kept, stale or renewed: an answer stays with its tenant', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async (all) => {
        const { shared, wrong } = await askAll(stores(), all);
        expect(wrong).toEqual([]);
        // What each asked again was shared with itself: the property is not true for want of sharing.
        expect(shared).toBeGreaterThanOrEqual(all.length);
      }),
      { numRuns: name === 'memory' ? 60 : 20 },
    );
  });
});
