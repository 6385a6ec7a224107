import OpenAI from 'openai';
import { afterEach, expect, test } from 'vitest';
import { type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { arrivals, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

const chat = (more: object = {}) => ({
  model: 'large',
  messages: [{ role: 'user' as const, content: 'Say something.' }],
  max_completion_tokens: 100,
  ...more,
});

/** Nano-dollars for a token, as `PRICES` states them. */
const spent = (): number =>
  on.provider.spend(priceTable({ small: { input: 1000, output: 2000 }, large: { input: 10_000, output: 20_000 } }));

async function start(options: MeterOptions): Promise<void> {
  on = await setUp(options);
}

function ask(more: object = {}): Promise<unknown> {
  return on.metered.openai.chat.completions.create(chat(more) as OpenAI.ChatCompletionCreateParamsNonStreaming);
}

test('a request that does not fit is refused as the SDK raises its errors, with the numbers', async () => {
  await start({ budgets: [{ per: 'feature', window: 'day', dollars: 0.001 }] });
  const error: unknown = await on.meter.run({ feature: 'chat' }, () => ask()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OpenAI.APIError);
  expect(error).toMatchObject({ status: 402, code: 'budget_exceeded' });
  expect(String(error)).toMatch(
    /402 budget_exceeded: feature "chat", day: this request could cost up to \$0\.00\d+; \$0\.001 of \$0\.001 is left until \d{4}-\d\d-\d\dT00:00Z\. Lower its output limit/,
  );
  expect(on.provider.calls).toHaveLength(0);
  expect(on.events).toMatchObject([{ type: 'refused', layer: 'budget', feature: 'chat' }]);
  expect(on.calls).toMatchObject([{ origin: 'refusal', status: 402, cost: { amount: 0 } }]);
});

test('a refusal says when the window ends: to people in the zone of the budget, and to programs', async () => {
  const week = { window: 'week', startsOn: 'sunday', timeZone: 'Asia/Kolkata' } as const;
  await start({ budgets: [{ per: 'total', ...week, dollars: 0.001 }] });
  const error: unknown = await ask().catch((thrown: unknown) => thrown);
  expect(String(error)).toMatch(
    /total, week from sunday: .* is left until \d{4}-\d\d-\d\dT00:00\+05:30 Asia\/Kolkata\. Lower/,
  );
  const { resetsAt } = await on.meter.remaining({ per: 'total', ...week, dollars: 1 });
  const local = { timeZone: week.timeZone, weekday: 'long', hour: 'numeric', hourCycle: 'h23' } as const;
  expect(new Date(resetsAt).toLocaleString('en-US', local)).toBe('Sunday, 00');
  expect(error).toBeInstanceOf(OpenAI.APIError);
  if (error instanceof OpenAI.APIError) {
    expect(error.headers?.get('x-farthing-until')).toBe(new Date(resetsAt).toISOString());
  }
  expect(on.calls[0]?.decisions).toMatchObject([{ layer: 'budget', outcome: 'refused', until: resetsAt }]);
});

test('anthropic and google raise their own errors', async () => {
  await start({ budgets: [{ per: 'total', window: 'month', dollars: 0 }] });
  const messages = [{ role: 'user' as const, content: 'Hi' }];
  await expect(
    on.metered.anthropic.messages.create({ model: 'large', max_tokens: 10, messages }),
  ).rejects.toMatchObject({
    status: 402,
    error: { type: 'error', error: { type: 'budget_exceeded' } },
  });
  await expect(
    on.metered.google.models.generateContent({ model: 'large', contents: 'Hi', config: { maxOutputTokens: 10 } }),
  ).rejects.toMatchObject({ name: 'ApiError', status: 402 });
});

test('what was spent counts, what was reserved is given back', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 1 }] });
  for (let i = 0; i < 5; i++) await ask();
  await on.meter.flush();
  const state = await on.meter.remaining({ per: 'total', window: 'day', dollars: 1 });
  expect(state).toMatchObject({ reserved: 0, spent: spent() });
});

test('each user has a cap, and a call without a user has none', async () => {
  await start({ budgets: [{ per: 'user', window: 'day', dollars: 0.005 }] });
  const as = (user: string): Promise<unknown> => on.meter.run({ user }, () => ask({ max_completion_tokens: 150 }));
  on.provider.script({ outputTokens: 150 });
  await as('a');
  await expect(as('a')).rejects.toMatchObject({ status: 402 });
  await as('b');
  await ask();
});

test('calls at once never pass the cap together', async () => {
  const cap = 0.05;
  await start({ budgets: [{ per: 'total', window: 'day', dollars: cap }] });
  on.provider.script({ outputTokens: 100, delayMs: 5 });
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => ask()));
  await on.meter.flush();
  const served = results.filter(({ status }) => status === 'fulfilled').length;
  expect(served).toBeGreaterThan(5);
  expect(served).toBeLessThan(100);
  expect(spent()).toBeLessThanOrEqual(cap * 1e9);
});

test('a stream that is stopped early counts in full, since what the provider bills is not known', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 1 }] });
  on.provider.script({ outputTokens: 100, chunks: 100, hold: 'middle' });
  const stream = await on.metered.openai.chat.completions.create({ ...chat(), stream: true });
  for await (const _ of stream) break;
  await on.provider.idle();
  await on.meter.flush();
  const state = await on.meter.remaining({ per: 'total', window: 'day', dollars: 1 });
  expect(state.reserved).toBe(0);
  expect(state.spent).toBeGreaterThan(spent());
});

test('an error of the provider costs nothing, a broken answer counts in full', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 1 }] });
  const state = () => on.meter.remaining({ per: 'total', window: 'day', dollars: 1 });
  on.provider.script([{ error: { status: 500 } }, { body: { content: '{"choices":' } }]);
  await ask().catch(() => {});
  await on.meter.flush();
  expect(await state()).toMatchObject({ spent: 0, reserved: 0 });
  await ask().catch(() => {});
  await on.meter.flush();
  expect((await state()).spent).toBeGreaterThan(0);
});

test('every attempt reserves for itself', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 1 }], retries: 2 });
  on.provider.script([{ error: { status: 500, retryAfterMs: 1 } }, { fault: { kind: 'disconnect', at: 'start' } }]);
  await ask();
  await on.meter.flush();
  const state = await on.meter.remaining({ per: 'total', window: 'day', dollars: 1 });
  expect(on.provider.calls).toHaveLength(3);
  expect(state.reserved).toBe(0);
  // The connection that broke may have been billed.
  expect(state.spent).toBeGreaterThan(spent());
});

test('an unknown price is refused by a hard cap, and let through by a soft one', async () => {
  await start({
    budgets: [
      { per: 'feature', only: 'strict', window: 'day', dollars: 1 },
      { per: 'total', window: 'day', dollars: 1, mode: 'soft' },
    ],
  });
  const unknown = () => ask({ model: 'nobody-knows-it' });
  await expect(on.meter.run({ feature: 'strict' }, unknown)).rejects.toThrow(
    'the price of "nobody-knows-it" is unknown',
  );
  await unknown();
  expect(on.calls.at(-1)?.cost).toBeNull();
});

test('a price of 0 can be declared', async () => {
  await start({
    prices: [{ model: 'mine', input: 0, output: 0 }],
    budgets: [{ per: 'total', window: 'day', dollars: 0 }],
  });
  await ask({ model: 'mine' });
  expect(on.calls.at(-1)?.cost).toEqual({ amount: 0, basis: 'measured' });
});

test('a hard cap sets the output limit that a request lacks', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 10 }] });
  await ask({ max_completion_tokens: undefined });
  expect(on.provider.calls[0]?.json).toMatchObject({ max_completion_tokens: 16_384 });
});

test('what cannot be bounded from its body is refused, unless the context is known', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 10 }] });
  const stored = on.metered.openai.responses.create({
    model: 'large',
    previous_response_id: 'resp_1',
    input: 'go on',
    max_output_tokens: 10,
  });
  await expect(stored).rejects.toThrow('previous_response_id');
  // The table knows the context of this one.
  const model = 'gpt-6-luna';
  const { id } = await on.metered.openai.responses.create({ model, input: 'begin', max_output_tokens: 10 });
  await on.metered.openai.responses.create({ model, previous_response_id: id, input: 'go on', max_output_tokens: 10 });
  expect(on.calls.map(({ status }) => status)).toEqual([402, 200, 200]);
});

test('a full budget can lead to a cheaper model', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 0.002, otherwise: { downgradeTo: 'small' } }] });
  await ask({ max_completion_tokens: 200 });
  expect(on.provider.calls[0]?.model).toBe('small');
  expect(on.calls[0]?.decisions).toMatchObject([{ layer: 'budget', outcome: 'downgraded', model: 'small' }]);
});

test('a call can wait for a reservation that ends', async () => {
  const calls = arrivals();
  await start({
    budgets: [{ per: 'total', window: 'day', dollars: 0.0045, otherwise: { waitAtMost: 600_000 } }],
    validate: { check: calls.check },
  });
  on.provider.script([{ outputTokens: 5, hold: 'start' }]);
  on.provider.script({ outputTokens: 5 });
  const both = Promise.all([ask({ max_completion_tokens: 120 }), ask({ max_completion_tokens: 120 })]);
  await calls.came(2);
  expect(on.provider.calls.length).toBeLessThan(2);
  await on.provider.until((sent) => sent[0]?.isHeld === true);
  on.provider.release();
  await both;
  expect(on.provider.peak).toBe(1);
});

test('a soft cap lets calls pass, and says so', async () => {
  await start({ budgets: [{ per: 'total', window: 'day', dollars: 0.001, mode: 'soft' }] });
  await ask();
  await on.meter.flush();
  expect(on.provider.calls).toHaveLength(1);
  expect(on.events).toMatchObject([{ type: 'over-budget' }]);
});

test('a store that fails closes hard caps, and opens soft ones', async () => {
  const stores = memoryStores();
  const reserve = (): never => {
    throw new Error('down');
  };
  const broken = { ...stores, budgets: { ...stores.budgets, reserve } };
  await start({
    stores: broken,
    budgets: [
      { per: 'feature', window: 'day', dollars: 1 },
      { per: 'total', window: 'day', dollars: 1, mode: 'soft' },
    ],
  });
  await expect(on.meter.run({ feature: 'chat' }, () => ask())).rejects.toMatchObject({ status: 402 });
  await ask();
  expect(on.events.filter(({ type }) => type === 'store-failed')).toMatchObject([
    { effect: 'closed' },
    { effect: 'open' },
  ]);
});

test('an API key is counted by its hash', async () => {
  const keys: string[] = [];
  const stores = memoryStores();
  const budgets = {
    ...stores.budgets,
    reserve: (reservation: Parameters<typeof stores.budgets.reserve>[0]) => {
      keys.push(...reservation.scopes.map(({ key }) => key));
      return stores.budgets.reserve(reservation);
    },
  };
  await start({ stores: { ...stores, budgets }, budgets: [{ per: 'key', window: 'day', dollars: 1 }] });
  await ask();
  expect(keys).toEqual([expect.stringMatching(/^key:[\da-f]{12}$/)]);
});
