/** A sum of months has every request once, whether its volume is declared at the request, at its feature calls, or at both. */
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { NANO_DOLLARS } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scan } from '../analyzer.ts';
import { makeTree } from '../workspace/testing.ts';
import { describeMonth } from './describe.ts';
import { monthlyShares } from './months.ts';

const dollars = (expected: number): Range => ({ low: expected, expected, high: expected, basis: 'declared' });

/** A request, or a feature call that leads to others, with a cost per call and a volume. */
function call(id: string, volume: number | null, leadsTo: readonly string[] = [], perCall = 0.01) {
  const hops = leadsTo.map((to) => ({ path: 'a.ts', line: 1, function: null, call: to }));
  const perMonth = volume === null ? null : dollars(volume * perCall);
  const at = { path: 'a.ts', line: 1, via: [] };
  return { ...at, id, leadsTo: hops, cost: { perCall: dollars(perCall), perMonth } } as unknown as ReportCall;
}

const shares = (...calls: readonly ReportCall[]) =>
  Object.fromEntries([...monthlyShares(calls)].map(([id, { expected }]) => [id, Math.round(expected * 100) / 100]));

describe('what a call adds to the month', () => {
  test('is its own cost, if no feature call leads to it', () => {
    expect(shares(call('request', 1000), call('other', null))).toEqual({ request: 10 });
  });

  test('is nothing of a request whose calls are all those of its feature calls', () => {
    expect(shares(call('request', null), call('a', 1000, ['request']), call('b', 500, ['request']))).toEqual({
      request: 0,
      a: 10,
      b: 5,
    });
    expect(shares(call('request', 1500), call('a', 1000, ['request']), call('b', 500, ['request']))).toMatchObject({
      request: 0,
    });
  });

  test('is what is left of a request that is called from elsewhere as well', () => {
    expect(shares(call('request', 5000), call('a', 1000, ['request']))).toEqual({ request: 40, a: 10 });
  });

  test('is nothing of a feature call that another one leads through', () => {
    const request = { path: 'http.ts', line: 4, function: null };
    const inner = { ...call('inner', 1000), path: 'engine.ts', line: 6, via: [request] };
    const outer = {
      ...call('outer', 1000),
      path: 'app.ts',
      line: 3,
      via: [{ ...request, path: 'engine.ts', line: 6 }, request],
    };
    expect(shares(inner, outer)).toEqual({ inner: 0, outer: 10 });
    expect(shares({ ...inner, ...{ cost: call('inner', 1500).cost } }, outer)).toEqual({ inner: 5, outer: 10 });
  });

  test('never has a request twice: the sum is at most the larger of what both sides say', () => {
    const volume = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: null });
    fc.assert(
      fc.property(volume, fc.array(volume, { maxLength: 6 }), (own, callers) => {
        const features = callers.map((one, index) => call(`feature ${index}`, one, ['request']));
        const sum = [...monthlyShares([call('request', own), ...features]).values()].reduce(
          (a, b) => a + b.expected,
          0,
        );
        const theirs = callers.reduce<number>((total, one) => total + (one ?? 0), 0);
        expect(sum).toBeCloseTo(Math.max(own ?? 0, theirs) * 0.01, 6);
      }),
    );
  });
});

test('the month of a project is the bill of its requests, whoever declares the volume', () => {
  const root = makeTree({
    'ask.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = (system: string) =>
  client.chat.completions.create({ model: 'gpt-6-sol', max_completion_tokens: 200, messages: [{ role: 'system', content: system }] });
`,
    'app.ts': `import { ask } from './ask';
export const first = () => ask('You sort letters for a public library. Answer with the name of one shelf.');
export const second = () => ask('You sort letters for a private library. Answer with the names of two shelves.');
`,
  });
  const reportWith = (volumes: typeof DEFAULT_CONFIG.volumes) =>
    scan({
      root,
      paths: [root],
      config: { ...DEFAULT_CONFIG, volumes },
      configFolder: root,
      cache: null,
      now: new Date('2026-11-22T00:00:00Z'),
    }).report;
  const everywhere = reportWith([{ path: '**', callsPerMonth: 1000 }]);
  const features = everywhere.calls.filter(({ via }) => via.length > 0);
  const bill = features.reduce((sum, { cost }) => sum + 1000 * (cost.perCall?.expected ?? Number.NaN), 0);
  const sum = [...monthlyShares(everywhere.calls).values()].reduce((total, { expected }) => total + expected, 0);
  expect(features).toHaveLength(2);
  expect(sum * NANO_DOLLARS).toBeCloseTo(bill * NANO_DOLLARS, 0);
  expect(describeMonth(everywhere)).not.toContain('not included');
  const atFeatures = reportWith([{ path: 'app.ts', callsPerMonth: 1000 }]);
  expect(describeMonth(atFeatures)?.split(' per month')[0]).toBe(describeMonth(everywhere)?.split(' per month')[0]);
});
