import { describe, expect, test } from 'vitest';
import { countTokens } from './count.ts';
import { messageOverhead, toolTokens } from './overheads.ts';

const weather = {
  name: 'get_current_weather',
  description: 'Get the current weather in a given location',
  parameters: {
    type: 'object',
    properties: {
      location: { type: 'string', description: 'The city and state, e.g. San Francisco, CA' },
      unit: { type: 'string', description: 'The unit of temperature to return', enum: ['celsius', 'fahrenheit'] },
    },
    required: ['location'],
  },
};

describe('overheads', () => {
  test('OpenAI chat: three tokens a message and three to prime the reply', () => {
    expect(messageOverhead('o200k', 2)).toMatchObject({ low: 9, expected: 9, basis: 'assumed' });
  });

  test('nothing costs nothing', () => {
    expect(messageOverhead('claude', 0)).toEqual({ low: 0, expected: 0, high: 0, basis: 'literal' });
    expect(toolTokens('claude', [])).toEqual({ low: 0, expected: 0, high: 0, basis: 'literal' });
  });

  test('the worked example of the cookbook, 101 prompt tokens on gpt-4o, lies inside the range', () => {
    const texts = [
      'system',
      'You are a helpful assistant that can answer to questions about the weather.',
      'user',
      "What's the weather like in Pittsburgh today?",
    ].map((text) => countTokens(text, 'o200k').expected);
    const text = texts.reduce((sum, tokens) => sum + tokens, 0);
    const messages = messageOverhead('o200k', 2);
    const tools = toolTokens('o200k', [JSON.stringify(weather)]);
    expect(text + messages.low + tools.low).toBeLessThanOrEqual(101);
    expect(text + messages.high + tools.high).toBeGreaterThanOrEqual(101);
    expect(Math.abs(text + messages.expected + tools.expected - 101)).toBeLessThan(20);
  });

  test('Anthropic adds its tool prompt once, however many tools there are', () => {
    const one = toolTokens('claude', ['{"name":"a"}']);
    const two = toolTokens('claude', ['{"name":"a"}', '{"name":"b"}']);
    expect(one.expected).toBeGreaterThan(346);
    expect(two.expected - one.expected).toBeLessThan(40);
  });
});
