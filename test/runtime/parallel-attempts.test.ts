/** A layer may send one request twice at once, and take the faster answer: each attempt counts for itself. */
import { afterEach, expect, test } from 'vitest';
import type { Layer } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
afterEach(() => on.close());

/** Takes the first answer, then lets the provider give the one that it holds: the bill is whole when both have come. */
const hedge: Layer = (next) =>
  async function hedged(exchange) {
    const replies = [next(exchange), next(exchange)];
    const first = await Promise.race(replies);
    on.provider.release();
    await Promise.all(replies);
    return first;
  };

const budget = { per: 'total', window: 'day', dollars: 1 } as const;
const chat = {
  model: 'large',
  messages: [{ role: 'user' as const, content: 'Say something.' }],
  max_completion_tokens: 100,
};

test('two attempts in flight reserve, settle and cost for themselves', async () => {
  on = await setUp({ budgets: [budget], layers: [hedge] });
  on.provider.script([{ outputTokens: 100, hold: 'start' }, { outputTokens: 10 }]);
  await on.metered.openai.chat.completions.create(chat);
  await on.meter.flush();
  const billed = on.provider.spend(priceTable({ large: { input: 10_000, output: 20_000 } }));
  expect(on.provider.calls).toHaveLength(2);
  expect(on.calls).toMatchObject([{ attempts: 2, cost: { amount: billed } }]);
  expect(await on.meter.remaining(budget)).toMatchObject({ reserved: 0, spent: billed });
});

test('a cap for one of them refuses the other', async () => {
  // The first request can cost up to $0.00332, and both together more than the cap.
  on = await setUp({ budgets: [{ ...budget, dollars: 0.005 }], layers: [hedge] });
  on.provider.script({ outputTokens: 10 });
  // The refusal is there first, and is what the layer takes.
  await expect(on.metered.openai.chat.completions.create(chat)).rejects.toMatchObject({ status: 402 });
  expect(on.provider.calls).toHaveLength(1);
});

test('a layer that throws is made good for by what it passed on in the same passage', async () => {
  const forgetful: Layer = (next) =>
    async function forgetting(exchange) {
      await next(exchange);
      throw new Error('mine');
    };
  on = await setUp({ layers: [hedge, forgetful] });
  on.provider.script([{ text: 'slow', hold: 'start' }, { text: 'fast' }]);
  const answer = await on.metered.openai.chat.completions.create(chat);
  expect(answer.choices[0]?.message.content).toBe('fast');
  expect(on.provider.calls).toHaveLength(2);
});
