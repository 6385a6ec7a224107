import { describe, expect, it } from 'vitest';
import type { OutputLimit } from '../calls/call.ts';
import { CALL_ORIGIN, check, ITEMS_LOOP, price, savings, testCall, testModel } from './support/testing.ts';
import { unboundedOutput } from './unbounded-output.ts';

const absent: OutputLimit = {
  state: 'absent',
  tokens: null,
  origin: null,
  parameter: 'max_completion_tokens',
  isOptional: true,
};
const call = testCall({ outputLimit: absent });

describe('unbounded-output', () => {
  it('says how far an answer can run, what that costs, and which parameter to set', () => {
    expect(check(unboundedOutput, call)).toEqual([
      {
        message:
          'No output limit: one answer can run to 128,000 tokens ($1.28). Typical answers cost no less with a limit; the tail does. Set max_completion_tokens to the longest answer you use.',
        origin: CALL_ORIGIN,
        severity: 'warning',
      },
    ]);
  });

  it('calls the exposure no saving, and tells it in Spanish', () => {
    expect(savings(unboundedOutput, call)).toEqual([null]);
    expect(check(unboundedOutput, call, {}, 'es')[0]?.message).toContain('puede llegar a 128,000 tokens ($1.28)');
  });

  it('uses the price that applies to a prompt of this length', () => {
    const model = testModel({
      tiers: [{ aboveInputTokens: 10, ...price(4, 20) }],
    });
    expect(check(unboundedOutput, call, { model })[0]?.message).toContain('($2.56)');
  });

  it('says that the model is only a default', () => {
    const byDefault = testCall({ ...call, model: { value: null, source: 'env', hint: 'large', origin: null } });
    expect(check(unboundedOutput, byDefault)[0]?.message).toContain('128,000 tokens on large, the default ($1.28)');
  });

  it('says so where the model, its maximum or its price is not known', () => {
    const passed = testCall({ ...call, model: { value: null, source: 'parameter', hint: null, origin: null } });
    const unknown = check(unboundedOutput, passed, { model: null })[0];
    expect(unknown?.message).toContain('the maximum of the model, which is decided elsewhere');
    expect(unknown?.severity).toBe('hint');
    const unlisted = check(unboundedOutput, call, { model: null })[0];
    expect(unlisted?.message).toContain('the maximum of large, which is not known here');
    const noMaximum = check(unboundedOutput, call, { model: testModel({ maxOutput: null }) })[0];
    expect(noMaximum?.message).toContain('the maximum of large, which is not known here');
    const noPrice = check(unboundedOutput, call, { model: testModel({ price: price(null, null) }) })[0];
    expect(noPrice?.message).toContain('128,000 tokens (price unknown)');
    expect(noPrice?.severity).toBe('hint');
  });

  it('warns about a dollar an answer, or ten cents over items, informs about less, and only hints below a cent', () => {
    const model = testModel({ maxOutput: 16_384 });
    expect(check(unboundedOutput, call, { model })[0]?.severity).toBe('information');
    const small = testModel({ maxOutput: 900 });
    expect(check(unboundedOutput, call, { model: small })[0]?.severity).toBe('hint');
    const loop = ITEMS_LOOP;
    expect(check(unboundedOutput, testCall({ ...call, loop }), { model })[0]?.severity).toBe('warning');
  });

  it.each([
    ['a limit is set', testCall()],
    ['a limit may be set out of sight', testCall({ outputLimit: { ...absent, state: 'unknown' } })],
    ['the API demands a limit', testCall({ outputLimit: { ...absent, isOptional: false } })],
    ['the API has no such parameter', testCall({ outputLimit: { ...absent, parameter: null } })],
    ['every SDK fills the limit in', testCall({ ...call, sdk: 'ai-sdk', api: 'generateText', provider: 'anthropic' })],
    ['the provider is decided at run time', testCall({ ...call, sdk: 'litellm', api: 'completion', provider: 'any' })],
    ['the machine is your own', testCall({ ...call, provider: 'ollama' })],
    ['the API stops after 16 tokens by itself', testCall({ ...call, api: 'completions' })],
    ['the schema allows a closed set of answers', testCall({ ...call, facts: { answerLabels: ['a', 'b'] } })],
    ['it is no text', testCall({ ...call, family: 'embedding' })],
  ])('says nothing where %s', (_, quiet) => {
    expect(check(unboundedOutput, quiet)).toEqual([]);
  });

  it('says nothing about Claude on Vertex, whose SDKs fill the limit in, and legacy completion models', () => {
    const on = (provider: 'google-vertex' | 'openai', value: string) =>
      check(
        unboundedOutput,
        testCall({ ...call, provider, model: { value, source: 'literal', hint: null, origin: null } }),
        { model: null },
      );
    expect(on('google-vertex', 'claude-sonnet-5')).toEqual([]);
    expect(on('openai', 'gpt-3.5-turbo-instruct')).toEqual([]);
    expect(on('google-vertex', 'gemini-3.5-flash')).toHaveLength(1);
  });
});
