/**
 * Redis that is stopped, started again, hanging, slow or full under a meter: every call ends in time, hard budgets refuse,
 * everything else goes on, and afterwards the sums are what the provider's log says.
 */
import { Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import {
  combineStores,
  type MeterEvent,
  type MeterOptions,
  memoryStores,
  type RedisOptions,
  redisStores,
} from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { type SetUp, setUp } from '../runtime/set-up.ts';
import { PATIENT } from '../stores/in-time.ts';
import { until } from '../stores/servers/processes.ts';
import { hasRedis, type RedisServer, redisServer } from '../stores/servers/redis-server.ts';
import { slowProxy } from '../stores/servers/slow-proxy.ts';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo();
});

const total = { per: 'total', window: 'month', dollars: 1 } as const;
const priceOf = priceTable({ small: { input: 1000, output: 2000 } });
/** Of a meter that gives a store up which does not answer. While the store is well, it may do so on a slow machine too. */
const IMPATIENT = 300;

async function started(...settings: string[]): Promise<RedisServer> {
  const server = await redisServer(settings);
  cleanup.push(() => server.remove());
  return server;
}

async function start(redis: RedisOptions, options: MeterOptions = {}): Promise<SetUp> {
  const stores = combineStores(redisStores({ timeout: PATIENT, ...redis }), memoryStores());
  const on = await setUp({
    stores,
    budgets: [total],
    limits: [{ per: 'total', requests: 1000 }],
    cache: { mode: 'on' },
    ...options,
  });
  cleanup.push(() => on.close());
  return on;
}

let questions = 0;
/** 200, or the status of the error; every question is new unless it is given. */
async function ask({ metered }: SetUp, content = `Question ${questions++}`): Promise<unknown> {
  const body = { model: 'small', messages: [{ role: 'user' as const, content }], max_completion_tokens: 20 };
  const status = await metered.openai.chat.completions.create({ ...body, temperature: 0 }).then(
    () => 200,
    (error: { status?: number }) => error.status ?? String(error),
  );
  return status;
}

function effects(events: readonly MeterEvent[]): string[] {
  const texts = events.map((event) => (event.type === 'store-failed' ? `${event.layer} ${event.effect}` : event.type));
  return [...new Set(texts)].sort();
}

const isBack = (on: SetUp) => until('calls go through again', async () => (await ask(on)) === 200);

/** What the provider was owed is what the budget counts, once everything that failed has been tried again. */
const agrees = (on: SetUp) =>
  expect.poll(async () => {
    const { owed, spent, reserved } = await sums(on);
    return { tooMuch: spent - owed, reserved };
  });

/** What the provider was owed and what the budget counts, when everything has been tried again. */
async function sums(on: SetUp): Promise<{ owed: number; spent: number; reserved: number }> {
  await on.meter.flush();
  const { spent, reserved } = await on.meter.remaining(total);
  return { owed: on.provider.spend(priceOf), spent, reserved };
}

const ALL_CLOSED = ['budget closed', 'exact-cache open', 'rate-limit open', 'refused'];

describe.skipIf(!hasRedis)('Redis', () => {
  test('stopped and started again: calls are refused at once, then served; nothing settled is lost', async () => {
    const server = await started('--appendonly', 'yes', '--appendfsync', 'always');
    const on = await start({ url: server.url });
    for (let i = 0; i < 5; i++) expect(await ask(on)).toBe(200);
    await on.meter.flush();
    on.provider.script([{ hold: 'start' }]);
    const running = ask(on);
    await on.provider.until((calls) => calls[5]?.isHeld === true);
    await server.stop('SIGKILL');
    on.provider.release();
    // Its answer came, and its settlement finds no store.
    expect(await running).toBe(200);
    expect(await Promise.all(Array.from({ length: 20 }, () => ask(on)))).toEqual(Array(20).fill(402));
    expect(effects(on.events)).toEqual(ALL_CLOSED);
    expect(on.provider.calls).toHaveLength(6);
    await server.start();
    await isBack(on);
    const { owed, spent, reserved } = await sums(on);
    expect(reserved).toBe(0);
    expect(spent).toBe(owed);
    const [group] = await on.meter.report('provider');
    expect(group?.calls).toBe(on.calls.length);
  });

  test('stopped, and told to let calls through: they are sent without it, and the ledger knows their cost', async () => {
    const server = await started();
    const on = await start({ url: server.url }, { onStoreFailure: { budgets: 'open' } });
    await server.stop();
    expect(await ask(on)).toBe(200);
    await on.meter.flush();
    expect(effects(on.events)).toEqual(['budget open', 'exact-cache open', 'rate-limit open']);
    expect(on.calls).toMatchObject([{ status: 200, cost: { amount: on.provider.spend(priceOf) } }]);
  });

  test('hanging and resumed: no call waits longer than the time limit, and late reservations are released', async () => {
    const server = await started();
    const on = await start({ url: server.url, timeout: IMPATIENT });
    await isBack(on);
    server.freeze();
    expect(await Promise.all(Array.from({ length: 20 }, () => ask(on)))).toEqual(Array(20).fill(402));
    server.resume();
    await isBack(on);
    await agrees(on).toEqual({ tooMuch: 0, reserved: 0 });
  });

  test.each([
    ['within the limit calls are served', PATIENT, 200],
    ['over it they are refused', IMPATIENT, 402],
  ])('slow: %s, and the sums stay true', async (_, timeout, status) => {
    const server = await started();
    const proxy = await slowProxy(server.port);
    cleanup.push(() => proxy.close());
    const on = await start({ url: `redis://127.0.0.1:${proxy.port}`, timeout });
    await isBack(on);
    proxy.hold();
    const asked = Promise.all(Array.from({ length: 10 }, () => ask(on)));
    await (status === 200 ? proxy.holds() : asked);
    proxy.release();
    expect(await asked).toEqual(Array(10).fill(status));
    await isBack(on);
    await agrees(on).toEqual({ tooMuch: 0, reserved: 0 });
  });

  test('full: what needs no room is served, hard budgets refuse, and with room again all is settled', async () => {
    const server = await started('--maxmemory', '6mb', '--maxmemory-policy', 'noeviction');
    const on = await start({ url: server.url });
    expect(await ask(on, 'kept')).toBe(200);
    await on.meter.flush();
    on.provider.script([{ hold: 'start' }]);
    const running = ask(on);
    await on.provider.until((calls) => calls[1]?.isHeld === true);
    const administrator = new Redis(server.url);
    cleanup.push(() => administrator.disconnect());
    await administrator.config('SET', 'maxmemory', '1mb');
    on.provider.release();
    expect(await running).toBe(200);
    expect(await ask(on)).toBe(402);
    expect(await ask(on, 'kept')).toBe(200);
    expect(on.calls.at(-1)?.origin).toBe('exact-cache');
    await administrator.config('SET', 'maxmemory', '100mb');
    expect(await ask(on)).toBe(200);
    const { owed, spent, reserved } = await sums(on);
    expect({ spent, reserved }).toEqual({ spent: owed, reserved: 0 });
  });
});
