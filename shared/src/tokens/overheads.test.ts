import { describe, expect, test } from 'vitest';
import { exactly, sumRanges } from '../range.ts';
import { countTokens } from './count.ts';
import { messageOverhead, replyPriming, toolTokens } from './overheads.ts';

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
    expect(messageOverhead('o200k', 2)).toMatchObject({ low: 6, expected: 6, basis: 'assumed' });
    expect(replyPriming('o200k')).toMatchObject({ low: 3, expected: 3, high: 3, basis: 'assumed' });
  });

  test('nothing costs nothing', () => {
    expect(messageOverhead('claude', 0)).toEqual({ low: 0, expected: 0, high: 0, basis: 'literal' });
    expect(toolTokens('claude', 0, exactly(0, 'literal'))).toEqual({ low: 0, expected: 0, high: 0, basis: 'literal' });
  });

  test('the worked example of the cookbook, 101 prompt tokens on gpt-4o, lies inside the range', () => {
    const texts = [
      'system',
      'You are a helpful assistant that can answer to questions about the weather.',
      'user',
      "What's the weather like in Pittsburgh today?",
    ].map((text) => countTokens(text, 'o200k').expected);
    const text = texts.reduce((sum, tokens) => sum + tokens, 0);
    const tools = toolTokens('o200k', 1, countTokens(JSON.stringify(weather), 'o200k'));
    const all = sumRanges([exactly(text, 'literal'), messageOverhead('o200k', 2), replyPriming('o200k'), tools]);
    expect(all.low).toBeLessThanOrEqual(101);
    expect(all.high).toBeGreaterThanOrEqual(101);
    expect(Math.abs(all.expected - 101)).toBeLessThan(20);
  });

  test('Anthropic adds its tool prompt once, however many tools there are', () => {
    const one = toolTokens('claude', 1, exactly(5, 'literal'));
    const two = toolTokens('claude', 2, exactly(10, 'literal'));
    expect(one.expected).toBeGreaterThan(346);
    expect(two.expected - one.expected).toBeLessThan(40);
  });
});
