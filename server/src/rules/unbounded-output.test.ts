import { describe, expect, it } from 'vitest';
import type { LlmCall, OutputLimit } from '../calls/call.ts';
import {
  CALL_ORIGIN,
  check,
  ITEMS_LOOP,
  price,
  savings,
  section,
  stable,
  testCall,
  testModel,
} from './support/testing.ts';
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
          'No output limit: one answer can run to 128,000 tokens. A limit does not make normal answers cheaper; it caps the worst one ($1.28). Set max_completion_tokens.',
        origin: CALL_ORIGIN,
        severity: 'warning',
      },
    ]);
  });

  it('calls the exposure no saving, and tells it in Spanish', () => {
    expect(savings(unboundedOutput, call)).toEqual([null]);
    expect(check(unboundedOutput, call, {}, 'es')[0]?.message).toContain('acota la peor (1,28\u00A0$)');
  });

  it('uses the price that applies to a prompt of this length', () => {
    const model = testModel({
      tiers: [{ aboveInputTokens: 10, ...price(4, 20) }],
    });
    expect(check(unboundedOutput, call, { model })[0]?.message).toContain('($2.56)');
  });

  it('says that the model is only a default', () => {
    const byDefault = testCall({ ...call, model: { value: null, source: 'env', hint: 'large', origin: null } });
    expect(check(unboundedOutput, byDefault)[0]?.message).toContain('128,000 tokens on large, the default.');
  });

  it("prices a long answer where the model's maximum is not known", () => {
    const model = testModel({ id: 'huge', maxOutput: null, price: price(30, 180) });
    expect(check(unboundedOutput, call, { model })[0]).toMatchObject({
      message:
        'No output limit, and the longest answer of huge is not known: one of 10,000 tokens costs $1.80. A limit does not make normal answers cheaper; it caps the worst one. Set max_completion_tokens.',
      severity: 'warning',
    });
    expect(check(unboundedOutput, call, { model }, 'es')[0]?.message).toContain('una de 10.000 tokens cuesta 1,80');
    const found = (changes: Parameters<typeof testModel>[0]) =>
      check(unboundedOutput, call, { model: testModel({ maxOutput: null, ...changes }) }).length;
    expect(found({ price: price(2, 10) })).toBe(1);
    expect(found({ price: price(2, 9.9) })).toBe(0);
    expect(found({ price: price(30, 180), contextWindow: 8_192 })).toBe(0);
    expect(found({ price: price(30, 180), contextWindow: null })).toBe(0);
  });

  it('is silent where the worst case is not known', () => {
    const passed = testCall({ ...call, model: { value: null, source: 'parameter', hint: null, origin: null } });
    expect(check(unboundedOutput, passed, { model: null })).toEqual([]);
    expect(check(unboundedOutput, call, { model: testModel({ price: price(null, null) }) })).toEqual([]);
  });

  it('warns about a dollar an answer, hints below ten cents, and is silent below one', () => {
    const severity = (maxOutput: number, changes: Partial<LlmCall> = {}) =>
      check(unboundedOutput, testCall({ ...call, ...changes }), { model: testModel({ maxOutput }) })[0]?.severity;
    expect([128_000, 16_384, 9_000, 900].map((tokens) => severity(tokens))).toEqual([
      'warning',
      'information',
      'hint',
      undefined,
    ]);
  });

  it('warns about ten cents where they come often or are in the hands of a user', () => {
    const severity = (changes: Partial<LlmCall>) =>
      check(unboundedOutput, testCall({ ...call, ...changes }), { model: testModel({ maxOutput: 16_384 }) })[0]
        ?.severity;
    expect(severity({ loop: ITEMS_LOOP })).toBe('warning');
    expect(severity({ reachedFrom: 'handler' })).toBe('warning');
    expect(severity({ reachedFrom: 'handler', sections: [section('user', stable(10))] })).toBe('information');
    expect(severity({ callsPerMonth: 1_000 })).toBe('warning');
    expect(severity({ callsPerMonth: 999 })).toBe('information');
  });

  it('only hints where a schema shapes the answer', () => {
    const output = { ...call.output, isStructured: true };
    expect(check(unboundedOutput, testCall({ ...call, output }))[0]?.severity).toBe('hint');
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
    ['one word is asked for', testCall({ ...call, sections: [section('user', stable(9, 'Answer only yes or no.'))] })],
    ['a notebook shows something', testCall({ ...call, origin: { ...CALL_ORIGIN, path: '/app/a.ipynb' } })],
    ['an example shows something', testCall({ ...call, reachedFrom: 'example' })],
    ['it is no text', testCall({ ...call, family: 'embedding' })],
  ])('says nothing where %s', (_, quiet) => {
    expect(check(unboundedOutput, quiet)).toEqual([]);
  });

  it('says nothing about Claude on Vertex, whose SDKs fill the limit in, and legacy completion models', () => {
    const on = (provider: 'google-vertex' | 'openai', value: string) =>
      check(
        unboundedOutput,
        testCall({ ...call, provider, model: { value, source: 'literal', hint: null, origin: null } }),
      );
    expect(on('google-vertex', 'claude-sonnet-5')).toEqual([]);
    expect(on('openai', 'gpt-3.5-turbo-instruct')).toEqual([]);
    expect(on('google-vertex', 'gemini-3.5-flash')).toHaveLength(1);
  });
});
