/** Stores that do not answer: what becomes of the call is a setting, the event says which it was, and nothing is lost. */
import { afterEach, expect, test } from 'vitest';
import { type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const total = { per: 'total', window: 'day', dollars: 1 } as const;
const soft = { ...total, mode: 'soft' } as const;
const fails = (): never => {
  throw new Error('down');
};

function ask(options: object = {}): Promise<unknown> {
  return on.metered.openai.chat.completions.create(
    {
      model: 'small',
      messages: [{ role: 'user', content: 'Hi' }],
      max_completion_tokens: 20,
      temperature: 0,
    },
    options,
  );
}

/** Everything but the ledger is down. */
function down(): NonNullable<MeterOptions['stores']> {
  const { ledger, close } = memoryStores();
  return {
    budgets: { reserve: fails, settle: fails, states: fails, close: fails },
    cache: { get: fails, set: fails, delete: fails, purge: fails, close: fails },
    rates: { take: fails, giveBack: fails, close: fails },
    ledger,
    close,
  };
}

const limits = [{ per: 'total', requests: 1 }] as const;
const CASES: readonly [string, string, 'open' | 'closed', MeterOptions][] = [
  ['a hard budget', 'budget', 'closed', { budgets: [total] }],
  ['a hard budget that is told so', 'budget', 'open', { budgets: [total], onStoreFailure: { budgets: 'open' } }],
  ['a soft budget', 'budget', 'open', { budgets: [soft] }],
  ['a soft budget that is told so', 'budget', 'closed', { budgets: [soft], onStoreFailure: { budgets: 'closed' } }],
  ['a limit', 'rate-limit', 'open', { limits }],
  ['a limit that is told so', 'rate-limit', 'closed', { limits, onStoreFailure: { limits: 'closed' } }],
  ['a cache', 'exact-cache', 'open', { cache: { mode: 'on' } }],
  ['a cache that is told so', 'exact-cache', 'closed', { cache: { mode: 'on' }, onStoreFailure: { cache: 'closed' } }],
  ['a cache that only watches', 'exact-cache', 'open', { onStoreFailure: { cache: 'closed' } }],
];

test.each(CASES)('%s (%s) is %s', async (_, layer, effect, options) => {
  on = await setUp({ stores: down(), ...options });
  const status = await ask().then(
    () => 200,
    (error: { status: number; code: string }) => `${error.status} ${error.code}`,
  );
  expect(status).toBe(effect === 'open' ? 200 : '402 runtime_unavailable');
  expect(on.provider.calls).toHaveLength(effect === 'open' ? 1 : 0);
  const events = on.events.filter((event) => event.type === 'store-failed' && event.layer === layer);
  expect(events[0]).toMatchObject({ effect });
});

test('a settlement that the store does not take is made when it answers again', async () => {
  const stores = memoryStores();
  let isDown = true;
  const settle: typeof stores.budgets.settle = (id, spent) => (isDown ? fails() : stores.budgets.settle(id, spent));
  on = await setUp({ stores: { ...stores, budgets: { ...stores.budgets, settle } }, budgets: [total] });
  await ask();
  await on.meter.flush();
  expect(on.events).toMatchObject([{ type: 'store-failed', layer: 'budget', effect: 'closed' }]);
  expect((await on.meter.remaining(total)).reserved).toBeGreaterThan(0);
  isDown = false;
  await on.meter.flush();
  expect(await on.meter.remaining(total)).toMatchObject({ reserved: 0, spent: on.calls[0]?.cost?.amount });
});

test.each([
  ['closed', undefined],
  ['open', { budgets: 'open' }],
] as const)(
  'a reservation that was made though the store failed is given back or settled (%s)',
  async (effect, setting) => {
    const stores = memoryStores();
    const reserve: typeof stores.budgets.reserve = (reservation) => {
      stores.budgets.reserve(reservation);
      return fails();
    };
    on = await setUp({
      stores: { ...stores, budgets: { ...stores.budgets, reserve } },
      budgets: [total],
      ...(setting !== undefined && { onStoreFailure: setting }),
    });
    await ask().catch(() => {});
    await on.meter.flush();
    const spent = effect === 'open' ? on.calls[0]?.cost?.amount : 0;
    expect(await on.meter.remaining(total)).toMatchObject({ reserved: 0, spent });
  },
);

test('rows that the ledger does not take are written when it answers again, by themselves and at a flush', async () => {
  const stores = memoryStores();
  let isDown = true;
  const append: typeof stores.ledger.append = (rows) => (isDown ? fails() : stores.ledger.append(rows));
  on = await setUp({ stores: { ...stores, ledger: { ...stores.ledger, append } } });
  const count = async (): Promise<number> => {
    let rows = 0;
    for await (const _ of stores.ledger.rows()) rows++;
    return rows;
  };
  await ask();
  await on.meter.flush();
  expect(await count()).toBe(0);
  isDown = false;
  await on.meter.flush();
  expect(await count()).toBe(1);
  isDown = true;
  await ask();
  await ask();
  await new Promise((resolve) => setImmediate(resolve));
  isDown = false;
  await expect.poll(count).toBe(3);
});

test('what the ledger has not taken when the meter is closed is lost, and told of', async () => {
  const stores = memoryStores();
  on = await setUp({ stores: { ...stores, ledger: { ...stores.ledger, append: fails } } });
  await ask();
  await ask();
  await on.meter.close();
  expect(on.events.at(-1)).toEqual({ type: 'store-lost', layer: 'ledger', count: 2 });
});

test.each([
  ['budget', { budgets: [total] }],
  ['rate-limit', { limits }],
  ['exact-cache', { cache: { mode: 'on' } }],
] as const)('an abort does not wait for a store that hangs (%s)', async (_, options) => {
  const stores = memoryStores();
  const waiting: (() => void)[] = [];
  const controller = new AbortController();
  const hangs = (): Promise<never> =>
    new Promise((_, reject) => {
      waiting.push(() => reject(new Error('late')));
      controller.abort();
    });
  on = await setUp({
    stores: {
      ...stores,
      budgets: { ...stores.budgets, reserve: hangs },
      rates: { ...stores.rates, take: hangs },
      cache: { ...stores.cache, get: hangs },
    },
    ...options,
  });
  await expect(ask({ signal: controller.signal })).rejects.toThrow('aborted');
  expect(waiting).toHaveLength(1);
  for (const answer of waiting) answer();
  await on.meter.flush();
  expect(on.provider.calls).toHaveLength(0);
  expect(on.events).toEqual([]);
});

test('a hanging cache in shadow mode keeps no call waiting', async () => {
  const stores = memoryStores();
  const get = () => new Promise<never>(() => {});
  on = await setUp({ stores: { ...stores, cache: { ...stores.cache, get } } });
  await ask();
  expect(on.calls).toMatchObject([{ origin: 'provider', decisions: [] }]);
});

test('a reservation that is granted to a caller who has left is given back', async () => {
  const stores = memoryStores();
  const controller = new AbortController();
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  const reserve: typeof stores.budgets.reserve = async (reservation) => {
    controller.abort();
    await left;
    return stores.budgets.reserve(reservation);
  };
  on = await setUp({ stores: { ...stores, budgets: { ...stores.budgets, reserve } }, budgets: [total] });
  await expect(ask({ signal: controller.signal })).rejects.toThrow('aborted');
  leave();
  await on.meter.flush();
  expect(await on.meter.remaining(total)).toMatchObject({ reserved: 0, spent: 0 });
  expect(on.provider.calls).toHaveLength(0);
});
