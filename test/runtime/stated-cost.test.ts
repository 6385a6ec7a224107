/** Costs that a provider itself states: they are the call's, with ours beside them. */
import { expect, test } from 'vitest';
import { type Answer, callWith } from './call-with.ts';

const CHAT = 'https://api.openai.com/v1/chat/completions';
const prices = [{ model: 'm', input: 1, output: 2 }];
const usage = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 };
const STATED: readonly (readonly [name: string, answer: Answer, amount: number])[] = [
  ['dollars', { url: CHAT, body: { usage: { ...usage, cost: 0.0042 } } }, 4_200_000],
  ['ticks', { url: CHAT, body: { usage: { ...usage, cost_in_usd_ticks: 731_000 } } }, 73_100],
  [
    'a total over a list',
    { url: CHAT, body: { usage: { ...usage, cost: { request_cost: 0.005, total_cost: 0.00502 } } } },
    5_020_000,
  ],
  ['a header', { url: CHAT, headers: { 'x-litellm-response-cost': '0.0042' }, body: { usage } }, 4_200_000],
  [
    'a fee beside the cost of a key of one’s own',
    {
      url: CHAT,
      body: { usage: { ...usage, cost: 0.0001, is_byok: true, cost_details: { upstream_inference_cost: 0.002 } } },
    },
    2_100_000,
  ],
];

test.each(STATED)('a cost that the provider states as %s is used, with ours beside it', async (_, answer, amount) => {
  const { cost } = await callWith({ ...answer, request: { model: 'm' } }, { prices });
  expect(cost).toEqual({ amount, basis: 'stated', computed: 2_000_000 });
});

test('a cost of 0 that is only a field that was not filled in is not believed', async () => {
  for (const empty of [{ cost: 0 }, { cost_in_usd_ticks: 0 }]) {
    const { cost } = await callWith(
      { url: CHAT, request: { model: 'm' }, body: { usage: { ...usage, ...empty } } },
      { prices },
    );
    expect(cost).toEqual({ amount: 2_000_000, basis: 'measured' });
  }
});

test.each([-1, 1e300, 'NaN', null, [], '1e400'])('a stated cost of %j is none', async (cost) => {
  const result = await callWith(
    { url: CHAT, request: { model: 'm' }, body: { usage: { ...usage, cost } } },
    { prices },
  );
  expect(result.cost).toEqual({ amount: 2_000_000, basis: 'measured' });
});
