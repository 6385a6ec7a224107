import { describe, expect, it } from 'vitest';
import type { LlmCall } from '../calls/call.ts';
import { check, findingsOf, MODEL_ORIGIN, testCall, testModel } from './support/testing.ts';
import { wrongOutputLimitParameter } from './wrong-output-limit-parameter.ts';

const place = { target: { at: MODEL_ORIGIN, position: 0, path: ['max_tokens'] }, after: null };
const OLD = { from: 'max_tokens', to: 'max_completion_tokens', place };
const REASONS = { tools: true, vision: true, structuredOutput: true, reasoning: true };
const MODEL = testModel({ id: 'gpt-6-sol', capabilities: REASONS });

const limited = (changes: Partial<LlmCall> = {}) => testCall({ ...changes, facts: { oldLimit: OLD } });

describe('wrong-output-limit-parameter', () => {
  it('says what fails, and renames the parameter', () => {
    const call = limited({ outputLimit: { ...testCall().outputLimit, origin: MODEL_ORIGIN } });
    expect(check(wrongOutputLimitParameter, call, { model: MODEL })).toEqual([
      {
        message:
          'gpt-6-sol refuses max_tokens, so this request fails. Set max_completion_tokens instead; reasoning counts towards it, so leave room for that.',
        origin: MODEL_ORIGIN,
      },
    ]);
    expect(check(wrongOutputLimitParameter, call, { model: MODEL }, 'es')[0]?.message).toContain('rechaza max_tokens');
    const [fix] = findingsOf(wrongOutputLimitParameter, call, { model: MODEL })[0]?.fixes?.() ?? [];
    expect(fix).toMatchObject({
      safety: 'suggested',
      operations: [{ kind: 'rename', target: place.target, name: 'max_completion_tokens' }],
    });
  });

  it('says nothing of models that take the old name, that may not reason, or that are unknown', () => {
    for (const model of [
      testModel({ id: 'gpt-4o', capabilities: REASONS }),
      testModel({ id: 'gpt-5-chat', capabilities: { ...REASONS, reasoning: false } }),
      testModel({ id: 'gpt-6-sol', capabilities: null }),
      null,
    ])
      expect(check(wrongOutputLimitParameter, limited(), { model })).toEqual([]);
    expect(check(wrongOutputLimitParameter, testCall(), { model: MODEL })).toEqual([]);
  });
});
