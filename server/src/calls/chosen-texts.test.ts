/** A prompt, or a part of one, that is one of several texts: one message all the same, and as long as those texts are. */
import { describe, expect, it } from 'vitest';
import { callsIn } from './testing.ts';

const SHORT = 'Answer in one word.';
const LONG = 'Answer at length, with examples and sources, as a patient teacher would. '.repeat(20).trim();

const inputOf = (options: string) =>
  callsIn(
    '/app/a.ts',
    `import { generateText } from 'ai';
import { openai } from '@ai-sdk/openai';
const SHORT = ${JSON.stringify(SHORT)};
const LONG = ${JSON.stringify(LONG)};
export const ask = (isShort: boolean, history: any[], shorten: (text: string) => string) =>
  generateText({ model: openai('gpt-6-sol'), ${options} });
`,
  ).map(({ tokens: { input }, system, cost }) => ({ input, system, hasPrice: cost.perCall !== null }))[0];
const known = (options: string) => inputOf(options)?.input ?? { low: 0, expected: 0, high: 0 };

describe('a prompt that is one of several texts', () => {
  it('has a price, and no system prompt', () => {
    const { input, ...facts } = inputOf('prompt: isShort ? SHORT : LONG') ?? {};
    expect(facts).toEqual({ system: 'none', hasPrice: true });
    expect(input?.basis).toBe('assumed');
  });

  it('is as short as the shortest and as long as the longest', () => {
    const chosen = known('prompt: isShort ? SHORT : LONG');
    expect(chosen.low).toBe(known('prompt: SHORT').low);
    expect(chosen.high).toBe(known('prompt: LONG').high);
    expect(chosen.expected).toBeGreaterThan(chosen.low);
  });

  it('may be a text that a function made of it', () => {
    expect(inputOf('prompt: isShort ? shorten(LONG) : LONG')).toMatchObject({ system: 'none', hasPrice: true });
  });

  it('is not one text where it may be a list of messages', () => {
    expect(inputOf('prompt: isShort ? SHORT : [...history]')).toMatchObject({
      input: { basis: 'unknown' },
      system: 'unknown',
    });
  });
});

describe('a part of a prompt that is one of several texts', () => {
  it('is as long as they are, in a system prompt as well', () => {
    const chosen = known('system: isShort ? SHORT : LONG, prompt: SHORT');
    expect(chosen.low).toBe(known('system: SHORT, prompt: SHORT').low);
    expect(chosen.high).toBe(known('system: LONG, prompt: SHORT').high);
  });

  it('adds nothing where it may be left out', () => {
    const chosen = known(`prompt: \`\${isShort ? '' : LONG}\${SHORT}\``);
    expect(chosen.low).toBeLessThan(known('prompt: SHORT').low + 3);
    expect(chosen.high).toBeGreaterThan(known('prompt: LONG').high);
  });
});
