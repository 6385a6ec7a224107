import { describe, expect, it } from 'vitest';
import { oversizedOutputLimit } from './oversized-output-limit.ts';
import { check, findingsOf, MODEL_ORIGIN, testCall, testModel } from './support/testing.ts';

const limited = (tokens: number | null) =>
  testCall({ outputLimit: { ...testCall().outputLimit, tokens, origin: MODEL_ORIGIN } });

describe('oversized-output-limit', () => {
  it('says what the model can write, and lowers the limit to that', () => {
    expect(check(oversizedOutputLimit, limited(200_000))).toEqual([
      {
        message:
          'large writes at most 128,000 tokens, and a request with a limit of 200,000 is refused. Set the longest answer you use.',
        origin: MODEL_ORIGIN,
      },
    ]);
    expect(check(oversizedOutputLimit, limited(200_000), {}, 'es')[0]?.message).toContain('como máximo 128.000 tokens');
    const [fix] = findingsOf(oversizedOutputLimit, limited(200_000))[0]?.fixes?.() ?? [];
    expect(fix).toMatchObject({ safety: 'suggested', operations: [{ kind: 'set', value: 128_000 }] });
  });

  it('says nothing where the API is not known to refuse such a limit', () => {
    expect(check(oversizedOutputLimit, { ...limited(200_000), api: 'responses' })).toEqual([]);
    const elsewhere = { ...limited(200_000), provider: 'mistral' as const };
    expect(check(oversizedOutputLimit, elsewhere, { model: testModel({ provider: 'mistral' }) })).toEqual([]);
  });

  it('says nothing of limits that the model keeps, or where either is not known', () => {
    expect(check(oversizedOutputLimit, limited(128_000))).toEqual([]);
    expect(check(oversizedOutputLimit, limited(null))).toEqual([]);
    expect(check(oversizedOutputLimit, limited(200_000), { model: null })).toEqual([]);
    expect(check(oversizedOutputLimit, limited(200_000), { model: testModel({ maxOutput: null }) })).toEqual([]);
  });
});
