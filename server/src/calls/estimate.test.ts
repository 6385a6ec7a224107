import { describe, expect, it } from 'vitest';
import { onlyCall } from './testing.ts';

describe('the cost of a call whose messages come from elsewhere', () => {
  const cost = (call: string) =>
    onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; const openai = new OpenAI();
function ask(messages, model) { return openai.responses.create({ ${call} }) }`,
    ).cost;
  const system = `instructions: '${'Be brief. '.repeat(200)}', input: messages, max_output_tokens: 100`;

  it('is what is known of it at least, without an upper end and without a month', () => {
    const { perCall, perMonth } = cost(`model: 'gpt-6-sol', ${system}`);
    expect(perCall?.basis).toBe('unknown');
    // 600 tokens in at $2 per million, and 50 out at $10: the shortest answer that is assumed.
    expect(perCall?.low).toBeGreaterThan(1_500_000);
    expect(perCall?.low).toBeLessThan(1_900_000);
    expect(perCall?.high).toBe(perCall?.low);
    expect(perMonth).toBeNull();
  });

  it('is nothing where nothing of the prompt, or only a default of the model, is known', () => {
    expect(cost(`model: 'gpt-6-sol', input: messages, max_output_tokens: 100`).perCall).toBeNull();
    expect(cost(`model: model ?? 'gpt-6-sol', ${system}`).perCall).toBeNull();
  });
});
