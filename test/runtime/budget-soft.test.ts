/** What soft caps reserve, and what a call finds that comes right after another. */
import { afterEach, expect, test } from 'vitest';
import { type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { collect, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

async function start(options: MeterOptions): Promise<void> {
  on = await setUp(options);
}

const chat = (limit?: number) => ({
  model: 'large',
  messages: [{ role: 'user' as const, content: 'Say something.' }],
  ...(limit !== undefined && { max_completion_tokens: limit }),
});
const ask = (limit?: number) => on.metered.openai.chat.completions.create(chat(limit));
const total = { per: 'total', window: 'day', dollars: 1 } as const;

/** Nano-dollars of 30 tokens in, as the body's length suggests, and of 150 out: an answer of the usual length. */
const USUAL = 150 * 20_000;

test('a soft cap reserves what a call will probably cost, and sets no limit on its answer', async () => {
  await start({ budgets: [{ ...total, mode: 'soft' }] });
  on.provider.script([{ hold: 'start' }]);
  const answer = ask();
  await on.provider.until((sent) => sent[0]?.isHeld === true);
  const { reserved } = await on.meter.remaining(total);
  expect(reserved).toBeGreaterThan(USUAL);
  expect(reserved).toBeLessThan(USUAL * 1.5);
  expect(on.provider.calls[0]?.json).not.toHaveProperty('max_completion_tokens');
  on.provider.release();
  await answer;
  await on.meter.flush();
  expect(await on.meter.remaining(total)).toMatchObject({ reserved: 0, spent: on.calls[0]?.cost?.amount });
});

test('a soft cap does not warn of calls that fit, however large their limit is', async () => {
  await start({ budgets: [{ ...total, dollars: 0.05, mode: 'soft' }] });
  on.provider.script({ outputTokens: 20 });
  for (let call = 0; call < 5; call++) await ask(100_000);
  await on.meter.flush();
  expect(on.events).toEqual([]);
});

test('an answer that cost more than expected exceeds a soft cap when it has ended, and the event says so', async () => {
  await start({ budgets: [{ ...total, dollars: 0.01, mode: 'soft' }] });
  on.provider.script({ outputTokens: 5000 });
  await ask();
  await on.meter.flush();
  expect(on.events).toMatchObject([
    {
      type: 'over-budget',
      message: expect.stringMatching(/^total, day: \$0\.1\d+ of \$0\.01 is spent or reserved until /),
    },
  ]);
});

test('hard and soft caps of one call each count their own amount, and the same cost in the end', async () => {
  const user = { per: 'user', window: 'day', dollars: 0.1, mode: 'soft' } as const;
  await start({ budgets: [total, user] });
  on.provider.script([{ hold: 'start' }]);
  const answer = on.meter.run({ user: 'ada' }, () => ask(10_000));
  await on.provider.until((sent) => sent[0]?.isHeld === true);
  const reserved = async () =>
    [await on.meter.remaining(total), await on.meter.remaining(user, 'ada')].map((one) => one.reserved);
  const [hard = 0, soft = 0] = await reserved();
  expect(hard).toBeGreaterThan(10_000 * 20_000);
  expect(soft).toBeLessThan(USUAL * 1.5);
  on.provider.release();
  await answer;
  await on.meter.flush();
  expect(await reserved()).toEqual([0, 0]);
  const cost = on.calls[0]?.cost?.amount;
  expect(await on.meter.remaining(total)).toMatchObject({ spent: cost });
  expect(await on.meter.remaining(user, 'ada')).toMatchObject({ spent: cost });
});

test('a soft cap below a hard one for the same time counts once', async () => {
  await start({ budgets: [total, { ...total, dollars: 0.5, mode: 'soft', timeZone: 'UTC' }] });
  for (let call = 0; call < 3; call++) await ask(50);
  await on.meter.flush();
  const cost = on.calls.reduce((sum, call) => sum + (call.cost?.amount ?? 0), 0);
  expect(await on.meter.remaining(total)).toMatchObject({ spent: cost, reserved: 0 });
});

/** Room for one reservation at a time, and for the cost of many calls. */
const NARROW = { ...total, dollars: 0.006 } as const;

test.each(['whole', 'stream'])('a %s answer that has ended makes room for the next call', async (kind) => {
  const { budgets, ...others } = memoryStores();
  const settling: (() => void)[] = [];
  let refusals = 0;
  // A store that is far away: a settlement arrives only after the next reservation was decided.
  const far: typeof budgets = {
    ...budgets,
    reserve: async (reservation) => {
      const result = await budgets.reserve(reservation);
      if (result.isGranted) return result;
      refusals++;
      setImmediate(() => settling.shift()?.());
      return result;
    },
    settle: async (id, spent) => {
      await new Promise<void>((resolve) => settling.push(resolve));
      return budgets.settle(id, spent);
    },
  };
  await start({ stores: { ...others, budgets: far }, budgets: [NARROW] });
  on.provider.script({ outputTokens: 5 });
  const send = async () =>
    kind === 'whole'
      ? ask(200)
      : collect(await on.metered.openai.chat.completions.create({ ...chat(200), stream: true }));
  await send();
  await send();
  expect(refusals).toBe(1);
  expect(on.calls.map(({ status }) => status)).toEqual([200, 200]);
  settling.shift()?.();
  await on.meter.flush();
});

test('the first example of the documents: soft, so that no call is refused for what it only could cost', async () => {
  await start({ budgets: [{ ...total, dollars: 0.02, mode: 'soft' }] });
  on.provider.script({ outputTokens: 20 });
  await Promise.all([ask(), ask(), ask()]);
  expect(on.calls.map(({ status }) => status)).toEqual([200, 200, 200]);
  await on.meter.flush();
  expect(on.events).toEqual([]);
});
