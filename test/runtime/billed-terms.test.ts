/** What a provider's price depends on beside the model: the region, the tier, and what is said where no price is known. */
import { describe, expect, test } from 'vitest';
import { type Answer, callWith } from './call-with.ts';

/** Prices are dated. */
const ON_THE_DAY = { now: () => new Date('2026-11-29T12:00:00Z') };
const call = (answer: Answer) => callWith(answer, ON_THE_DAY);

describe('the region', () => {
  const ask = (url: string, usage: object, model: string) =>
    call({ url, request: { model, max_tokens: 10 }, body: { model, usage } });

  test('as the address says', async () => {
    const usage = { prompt_tokens: 1000, completion_tokens: 0, total_tokens: 1000 };
    const path = '/v1/chat/completions';
    expect((await ask(`https://api.openai.com${path}`, usage, 'gpt-5.4')).cost?.amount).toBe(2_500_000);
    expect((await ask(`https://eu.api.openai.com${path}`, usage, 'gpt-5.4')).cost?.amount).toBe(2_750_000);
    expect((await ask(`https://eu.api.openai.com${path}`, usage, 'gpt-4o')).cost?.amount).toBe(2_500_000);
  });

  test('as the answer says', async () => {
    const url = 'https://api.anthropic.com/v1/messages';
    const usage = (inference_geo: string) => ({ input_tokens: 1000, output_tokens: 0, inference_geo });
    expect((await ask(url, usage('us'), 'claude-sonnet-5')).cost?.amount).toBe(2_200_000);
    expect((await ask(url, usage('global'), 'claude-sonnet-5')).cost?.amount).toBe(2_000_000);
    expect((await ask(url, usage('not_available'), 'claude-sonnet-5')).cost?.amount).toBe(2_000_000);
  });
});

test('the tier that Vertex names in the kind of its traffic', async () => {
  const url = 'https://aiplatform.googleapis.com/v1/publishers/google/models/gemini-3.8-flash:generateContent';
  const usageMetadata = { promptTokenCount: 1000, totalTokenCount: 1000 };
  const cost = async (trafficType: string) =>
    (await call({ url, request: {}, body: { usageMetadata: { ...usageMetadata, trafficType } } })).cost?.amount;
  expect(await cost('ON_DEMAND')).toBe(750_000);
  expect(await cost('ON_DEMAND_FLEX')).toBe(375_000);
  expect(await cost('ON_DEMAND_PRIORITY')).toBe(1_350_000);
});

describe('a call without a price says why', () => {
  const url = 'https://api.openai.com/v1/chat/completions';
  const why = async (model: string, usage: object | undefined) => {
    const { cost, decisions } = await call({ url, request: { model }, body: { model, usage } });
    expect(cost).toBeNull();
    return decisions.find(({ outcome }) => outcome === 'unpriced')?.reason;
  };
  const usage = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };

  test.each<[string, object | undefined, string]>([
    ['gpt-9', usage, 'the model "gpt-9" is unknown at openai'],
    ['gpt-4o', undefined, 'the answer reports no usage'],
    [
      'gpt-4o',
      { ...usage, prompt_tokens_details: { audio_tokens: 5 } },
      'gpt-4o at openai has no known price for audioInput',
    ],
  ])('%s %j', async (model, said, reason) => {
    expect(await why(model, said)).toBe(reason);
  });
});
