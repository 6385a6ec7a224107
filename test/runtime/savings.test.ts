/** What layers saved: by call, by layer, and never by a layer that only watches. */
import { afterEach, expect, test } from 'vitest';
import type { MeterOptions } from '../../runtime/src/index.ts';
import { arrivals, collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

let calls: ReturnType<typeof arrivals>;
async function start(options: MeterOptions): Promise<void> {
  calls = arrivals();
  on = await setUp({ validate: { check: calls.check }, ...options });
}

/** All at once: the provider answers when the last has come. */
async function together<Answers extends readonly unknown[]>(
  asked: [...{ [Index in keyof Answers]: Promise<Answers[Index]> }],
): Promise<Answers> {
  await calls.came(asked.length);
  on.provider.release();
  return Promise.all(asked) as unknown as Promise<Answers>;
}

const body = {
  model: 'large',
  max_completion_tokens: 50,
  temperature: 0,
  messages: [{ role: 'user' as const, content: 'What is a farthing?' }],
};
const chat = (more: object = {}) => on.metered.openai.chat.completions.create({ ...body, ...more, stream: false });
const costs = () => on.calls.map(({ cost }) => cost?.amount ?? null);
const saved = () => on.calls.map(({ savedBy }) => savedBy);

/** What a call costs when nothing is in its way. */
async function usualCost(): Promise<number> {
  await on.meter.run({ bypass: true }, () => chat());
  return on.calls.at(-1)?.cost?.amount ?? Number.NaN;
}

test('calls that join another one save what that one costs', async () => {
  await start({ deduplicate: 'on' });
  on.provider.script([{ hold: 'start' }]);
  await together([chat(), chat(), chat()]);
  expect(on.provider.calls).toHaveLength(1);
  const [cost] = costs();
  expect(cost).toBeGreaterThan(0);
  expect(saved()).toEqual([{}, { deduplicate: cost }, { deduplicate: cost }]);
  expect(on.calls.map((call) => call.saved)).toEqual([null, cost, cost]);
});

test('so do streams that join, even if their reader leaves early', async () => {
  await start({ deduplicate: 'on' });
  on.provider.script([{ hold: 'start', chunks: 4 }]);
  const stream = () => on.metered.openai.chat.completions.create({ ...body, stream: true });
  const [first, second, third] = await together([stream(), stream(), stream()]);
  for await (const _ of third) break;
  await Promise.all([collect(first), collect(second)]);
  await on.meter.flush();
  const cost = Math.max(...costs().map(Number));
  expect(saved()).toContainEqual({});
  expect(saved().filter(({ deduplicate }) => deduplicate === cost)).toHaveLength(2);
});

test('a call that joins one of unknown cost has an unknown saving', async () => {
  await start({ deduplicate: 'on' });
  on.provider.script([{ hold: 'start' }]);
  await together([chat({ model: 'unknown' }), chat({ model: 'unknown' })]);
  expect(on.calls.map((call) => [call.origin, call.saved])).toEqual([
    ['provider', null],
    ['joined', null],
  ]);
});

test('a call that joins a hit saves as much as the hit', async () => {
  await start({ deduplicate: 'on', cache: { mode: 'on' } });
  await chat();
  await Promise.all([chat(), chat()]);
  const [cost] = costs();
  expect(saved()).toEqual([{}, { 'exact-cache': cost }, { deduplicate: cost }]);
});

test('a call that waits for the answer that is about to be cached says so, and what it saved', async () => {
  await start({ deduplicate: 'off', cache: { mode: 'on' } });
  on.provider.script([{ hold: 'start' }]);
  await together([chat(), chat()]);
  expect(on.provider.calls).toHaveLength(1);
  expect(saved()).toEqual([{}, { 'exact-cache': costs()[0] }]);
  expect(on.calls[1]?.decisions).toMatchObject([{ layer: 'exact-cache', outcome: 'joined' }]);
});

test('what only watches saves nothing', async () => {
  await start({
    deduplicate: 'shadow',
    cache: { mode: 'shadow' },
    route: { mode: 'shadow', tiers: { simple: 'small' } },
    features: { triage: { tier: 'simple' } },
  });
  on.provider.script([{ hold: 'start' }]);
  await on.meter.run({ feature: 'triage' }, async () => {
    await together([chat(), chat()]);
    await chat();
  });
  const shadows = on.calls.flatMap(({ decisions }) => decisions.filter(({ isShadow }) => isShadow));
  expect(new Set(shadows.map(({ layer }) => layer))).toEqual(new Set(['deduplicate', 'exact-cache', 'route']));
  expect(saved()).toEqual([{}, {}, {}]);
});

test('a tier saves the difference to the requested model, and a more expensive one costs it', async () => {
  await start({
    route: { mode: 'on', tiers: { simple: 'small', complex: 'large' } },
    features: { down: { tier: 'simple' }, up: { tier: 'complex' } },
  });
  await on.meter.run({ feature: 'down' }, () => chat());
  const down = on.calls[0];
  // Ten times the price of each token.
  expect(down?.savedBy).toEqual({ route: 9 * (down?.cost?.amount ?? Number.NaN) });
  await on.meter.run({ feature: 'up' }, () => chat({ model: 'small' }));
  const up = on.calls[1];
  expect(up?.savedBy).toEqual({ route: -0.9 * (up?.cost?.amount ?? Number.NaN) });
  await on.meter.run({ feature: 'up' }, () => chat());
  expect(on.calls[2]?.savedBy).toEqual({});
});

test('a tier that another model answered in the end has saved nothing itself', async () => {
  await start({
    prices: [
      { model: 'small', input: 1, output: 2 },
      { model: 'large', input: 10, output: 20 },
      { model: 'spare', input: 2, output: 4 },
    ],
    route: { mode: 'on', tiers: { simple: 'small' } },
    features: { down: { tier: 'simple' } },
    failover: { small: [{ model: 'spare' }] },
  });
  on.provider.script({ model: 'small' }, { error: { status: 500 } });
  await on.meter.run({ feature: 'down' }, () => chat());
  expect(on.calls[0]).toMatchObject({ model: 'spare', savedBy: {} });
});

test('a hit on an answer of a cheaper tier saves what the asked model would have cost', async () => {
  await start({
    cache: { mode: 'on' },
    route: { mode: 'on', tiers: { simple: 'small' } },
    features: { down: { tier: 'simple' } },
  });
  const usual = await usualCost();
  await on.meter.run({ feature: 'down' }, async () => {
    await chat();
    await chat();
  });
  expect(on.calls[2]).toMatchObject({ origin: 'exact-cache', savedBy: { 'exact-cache': usual } });
});

test("marks for the provider's cache cost their write, and save on each read", async () => {
  await start({ shape: { promptCaching: true } });
  const ask = (question: string) =>
    on.metered.anthropic.messages.create({
      model: 'claude-sonnet-5',
      max_tokens: 9,
      system: 'You are careful. '.repeat(1500),
      messages: [{ role: 'user', content: question }],
    });
  await ask('one');
  await ask('two');
  await ask('three');
  const [unmarked, written, read] = costs().map(Number) as [number, number, number];
  const [none, first, second] = on.calls.map(({ savedBy }) => savedBy.shape ?? null);
  expect(none).toBeNull();
  expect(first).toBe(unmarked - written);
  expect(first).toBeLessThan(0);
  // The three questions differ by a token at most.
  expect(second).toBeGreaterThan(0.85 * unmarked);
  expect(second).toBeLessThan(unmarked - read + unmarked * 0.01);
});

test("what a provider's cache does by itself is not counted as saved", async () => {
  await start({ shape: { promptCaching: true }, features: { chat: { promptCaching: true } } });
  const system = { role: 'system' as const, content: 'You are careful. '.repeat(1500) };
  for (let i = 0; i < 3; i++) {
    await on.meter.run({ feature: 'chat' }, () => chat({ model: 'gpt-6-luna', messages: [system, ...body.messages] }));
  }
  expect(on.calls[2]?.usage?.cachedInput).toBeGreaterThan(1024);
  expect(on.calls[2]?.decisions.map(({ layer }) => layer)).toContain('shape');
  expect(saved()).toEqual([{}, {}, {}]);
});

test('the ledger adds up what each layer saved', async () => {
  await start({ cache: { mode: 'on' }, deduplicate: 'on' });
  on.provider.script([{ hold: 'start' }]);
  await on.meter.run({ feature: 'chat' }, async () => {
    await together([chat(), chat()]);
    await chat();
    await chat();
  });
  const [cost] = costs().map(Number) as [number];
  const [group] = await on.meter.report('feature');
  expect(group).toMatchObject({ saved: 3 * cost, savedBy: { deduplicate: cost, 'exact-cache': 2 * cost } });
});
