import { describe, expect, test } from 'vitest';
import { type CallSite, callSiteId } from './callsite.ts';

const site: CallSite = {
  path: 'src/support/answer.ts',
  function: 'Support.answer',
  sdk: 'openai',
  api: 'chat.completions',
  ordinal: 0,
};

describe('callSiteId', () => {
  test('is twelve hexadecimal digits, and stable: ledgers are joined on it', () => {
    expect(callSiteId(site)).toMatch(/^[0-9a-f]{12}$/);
    expect(callSiteId(site)).toBe(callSiteId({ ...site }));
    expect(callSiteId(site)).toMatchInlineSnapshot(`"6ad61197943e"`);
  });

  test('differs in every part', () => {
    const others: CallSite[] = [
      { ...site, path: 'src/support/answers.ts' },
      { ...site, function: 'Support.ask' },
      { ...site, function: null },
      { ...site, sdk: 'anthropic' },
      { ...site, api: 'responses' },
      { ...site, ordinal: 1 },
    ];
    expect(new Set([site, ...others].map(callSiteId)).size).toBe(7);
  });

  test('is the same for a Windows path', () => {
    expect(callSiteId({ ...site, path: 'src\\support\\answer.ts' })).toBe(callSiteId(site));
  });

  test('200,000 similar sites have 200,000 ids', () => {
    const ids = new Set<string>();
    for (let file = 0; file < 2000; file++) {
      for (let ordinal = 0; ordinal < 100; ordinal++) ids.add(callSiteId({ ...site, path: `src/${file}.ts`, ordinal }));
    }
    expect(ids.size).toBe(200_000);
  });

  test('every bit is used about half the time', () => {
    const ones = new Array<number>(48).fill(0);
    for (let ordinal = 0; ordinal < 4000; ordinal++) {
      const bits = BigInt(`0x${callSiteId({ ...site, ordinal })}`);
      for (let bit = 0; bit < 48; bit++) if ((bits >> BigInt(bit)) & 1n) ones[bit] = (ones[bit] ?? 0) + 1;
    }
    for (const count of ones) {
      expect(count).toBeGreaterThan(1800);
      expect(count).toBeLessThan(2200);
    }
  });
});
