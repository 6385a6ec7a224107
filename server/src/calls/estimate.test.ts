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

describe('the tokens of a request beyond its texts', () => {
  /** Tokens in of one call; "Hello there" is 2 of them. */
  const input = (call: string) =>
    onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; import Anthropic from '@anthropic-ai/sdk';
const openai = new OpenAI(); const anthropic = new Anthropic(); const hello = 'Hello there';
${call}`,
    ).tokens.input;
  const chat = (messages: string, more = '') =>
    input(`openai.chat.completions.create({ model: 'gpt-6-sol', messages: [${messages}]${more} })`);
  const user = `{ role: 'user', content: hello }`;

  it('are those around each message, and of the beginning of the answer', () => {
    expect(chat(user)).toEqual({ low: 8, expected: 8, high: 9, basis: 'assumed' });
    expect(chat(`${user}, { role: 'assistant', content: hello }, ${user}`)).toMatchObject({ low: 18, high: 21 });
    expect(input(`openai.responses.create({ model: 'gpt-6-sol', instructions: hello, input: hello })`)).toMatchObject({
      low: 13,
      high: 15,
    });
  });

  it('are counted once for a message of several blocks', () => {
    const blocks = `{ role: 'user', content: [{ type: 'text', text: hello }, { type: 'text', text: hello }] }`;
    expect(chat(blocks)).toMatchObject({ low: 10, high: 11 });
  });

  it('are none where a text is sent as it is', () => {
    const two = { low: 2, expected: 2, high: 2, basis: 'literal' };
    expect(input(`openai.embeddings.create({ model: 'text-embedding-3-small', input: hello })`)).toEqual(two);
    expect(input(`openai.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: hello })`)).toEqual(two);
  });

  it("are with tools those of the tools' rendering, and of Anthropic's prompt about them", () => {
    const tool = `{ type: 'function', function: { name: 'look_up', description: 'Looks a word up.' } }`;
    const one = chat(user, `, tools: [${tool}]`).expected;
    const two = chat(user, `, tools: [${tool}, ${tool}]`).expected;
    expect(one).toBeGreaterThan(20);
    expect(two - one).toBeLessThan(one - 8);
    const claude = (tools: string) =>
      input(`anthropic.messages.create({ model: 'claude-sonnet-4-5', max_tokens: 9, messages: [${user}]${tools} })`);
    const added = claude(`, tools: [{ name: 'look_up', description: 'Looks a word up.', input_schema: {} }]`);
    expect(added.low - claude('').low).toBeGreaterThan(264);
  });

  it('are in the sections, which add up to all but the beginning of the answer', () => {
    const { sections, tokens } = onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; new OpenAI().chat.completions.create({ model: 'gpt-6-sol', tools: [{ name: 'x' }], messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hello' }] })`,
    );
    expect(sections.map(({ role }) => role)).toEqual(['tools', 'system', 'user']);
    expect(sections.reduce((sum, section) => sum + section.tokens.expected, 0)).toBe(tokens.input.expected - 3);
  });
});
