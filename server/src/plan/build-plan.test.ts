import type { Range } from '@farthing/shared/range';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callFixture, findingFixture, reportFixture } from '../cli/formats/fixture.ts';
import { buildPlan, type Stated } from './build-plan.ts';
import { hostingCost } from './hosting.ts';
import { ALL_TECHNIQUES } from './techniques.ts';

const NOTHING_STATED: Stated = { shares: {}, tuning: null, hosting: null };
const dollars = (expected: number, low = expected, high = expected): Range => ({
  low,
  expected,
  high,
  basis: 'assumed',
});
const costs = (perCall: Range, callsPerMonth: number | null) => ({
  ...callFixture({}).cost,
  perCall,
  perMonth: callsPerMonth === null ? null : { ...perCall, ...scaled(perCall, callsPerMonth) },
});
const scaled = ({ low, expected, high }: Range, factor: number) => ({
  low: low * factor,
  expected: expected * factor,
  high: high * factor,
});
/** Half price, for every call. */
const half = () => ({ model: 'small', part: { ...dollars(0.5), basis: 'assumed' as const } });
const none = () => null;

const steps = (plan: ReturnType<typeof buildPlan>) => plan.phases.flatMap((phase) => phase.steps);

describe('several techniques at one call', () => {
  const report = reportFixture({
    calls: [callFixture({ cost: costs(dollars(0.01), 1000) })],
    diagnostics: [
      findingFixture({ rule: 'oversized-model', saving: dollars(0.008) }),
      findingFixture({ rule: 'uncached-static-prompt', saving: dollars(0.005) }),
      findingFixture({ rule: 'batchable-loop', saving: dollars(0.005) }),
    ],
  });

  test('each take their part of what the ones before leave', () => {
    const plan = buildPlan(report, NOTHING_STATED, none);
    // $10 a month: 80% of it, then half of $2, then half of $1.
    expect(
      steps(plan).flatMap(({ technique, saving }) => (saving ? [[technique, saving.perMonth?.expected]] : [])),
    ).toEqual([
      ['smaller-models', 8],
      ['prompt-cache', 1],
      ['batch', 0.5],
    ]);
    expect(plan.perMonth).toMatchObject({
      today: { expected: 10 },
      saving: { expected: 9.5 },
      after: { expected: 0.5 },
    });
  });

  test('what nobody has stated is in no sum, and is counted once it is stated', () => {
    const open = buildPlan(report, NOTHING_STATED, half);
    const exact = (plan: typeof open) => steps(plan).find(({ technique }) => technique === 'exact-cache');
    expect(exact(open)).toMatchObject({ saving: null, perTenth: { perMonth: { expected: 0.2 } }, share: null });
    const stated = buildPlan(report, { ...NOTHING_STATED, shares: { 'exact-cache': 0.5 } }, half);
    expect(exact(stated)).toMatchObject({ saving: { perMonth: { expected: 1 } }, perTenth: null, share: 0.5 });
    expect(stated.perMonth?.after.expected).toBe(0.25);
  });

  test('a call that has a smaller model already is not routed to one as well', () => {
    const routed = buildPlan(report, { ...NOTHING_STATED, shares: { routing: 1 } }, half);
    expect(steps(routed).map(({ technique }) => technique)).not.toContain('routing');
  });
});

test('a finding at a request is one of the feature calls that lead to it, and money is counted once', () => {
  const request = callFixture({
    id: 'request',
    cost: costs(dollars(0.02), null),
    calledFrom: { count: 1, perCall: dollars(0.01) },
  });
  const feature = callFixture({
    id: 'feature',
    path: 'src/feature.ts',
    via: [{ path: 'src/answer.ts', line: 42, function: 'answer' }],
    leadsTo: [{ path: 'src/answer.ts', line: 42, function: 'answer', call: 'request' }],
    cost: costs(dollars(0.01), null),
  });
  const plan = buildPlan(
    reportFixture({
      calls: [request, feature],
      diagnostics: [findingFixture({ rule: 'oversized-model', call: 'request', saving: dollars(0.01) })],
    }),
    NOTHING_STATED,
    none,
  );
  expect(plan.perThousand).toMatchObject({ calls: 1, today: { expected: 10 }, after: { expected: 5 } });
  expect(steps(plan)[0]?.places).toMatchObject([{ path: 'src/feature.ts', saving: { perThousand: { expected: 5 } } }]);
});

test('a call with a part of a cost is in no figure', () => {
  const cost = { ...costs(dollars(0.01), null), perCall: { ...dollars(0.01), basis: 'unknown' as const } };
  const plan = buildPlan(reportFixture({ calls: [callFixture({ cost })] }), NOTHING_STATED, none);
  expect(plan).toMatchObject({ perMonth: null, perThousand: null, unpriced: 1 });
});

test('savings never exceed the cost, at no bound, and add up to the total', () => {
  const rules = ALL_TECHNIQUES.flatMap((technique) => technique.rules);
  const range = fc
    .tuple(fc.nat(1_000_000), fc.nat(1_000_000), fc.nat(1_000_000))
    .map((values) => values.toSorted((a, b) => a - b).map((value) => value / 1e6))
    .map(([low = 0, expected = 0, high = 0]) => dollars(expected, low, high));
  const call = fc.record({
    cost: range,
    volume: fc.option(fc.integer({ min: 1, max: 100_000 })),
    findings: fc.array(fc.tuple(fc.constantFrom(...rules), range), { maxLength: 6 }),
  });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 5 }), share, share, share, (calls, exact, semantic, routing) => {
      const report = reportFixture({
        calls: calls.map(({ cost, volume }, index) => callFixture({ id: `c${index}`, cost: costs(cost, volume) })),
        diagnostics: calls.flatMap(({ findings }, index) =>
          findings.map(([rule, saving]) => findingFixture({ rule, saving, call: `c${index}` })),
        ),
      });
      const shares = { 'exact-cache': exact, 'semantic-cache': semantic, routing };
      const plan = buildPlan(report, { ...NOTHING_STATED, shares }, half);
      for (const unit of ['perMonth', 'perThousand'] as const) {
        const total = plan[unit];
        if (total === null) continue;
        for (const bound of ['low', 'expected', 'high'] as const) expect(total.after[bound]).toBeGreaterThanOrEqual(0);
        const sum = steps(plan).reduce((all, { saving }) => all + (saving?.[unit]?.expected ?? 0), 0);
        expect(sum).toBeCloseTo(total.saving.expected, 6);
        expect(total.today.expected - total.saving.expected).toBeCloseTo(total.after.expected, 6);
      }
    }),
  );
});

describe('a machine of your own', () => {
  const hosting = { hourly: 2.5, tokensPerSecond: 1500, utilisation: 0.4 };

  test('costs the same whether it is used or not, and more machines are needed above what one can answer', () => {
    // 1,500 tokens a second, 40% of 730 hours.
    expect(hostingCost(hosting, 1_576_800_000)).toMatchObject({ machines: 1, cost: 1_825_000_000_000 });
    expect(hostingCost(hosting, 1_576_800_001)).toMatchObject({ machines: 2, cost: 3_650_000_000_000 });
  });

  const planned = (callsPerMonth: number) => {
    const call = callFixture({ cost: costs(dollars(0.01), callsPerMonth) });
    const plan = buildPlan(reportFixture({ calls: [call] }), { ...NOTHING_STATED, hosting }, none);
    return steps(plan).find(({ technique }) => technique === 'self-hosting');
  };

  test('is advised only where it costs less than the tokens that it takes over', () => {
    expect(planned(1000)).toMatchObject({ saving: null, note: expect.stringContaining('it does not pay') });
    expect(planned(300_000)).toMatchObject({ saving: { perMonth: { expected: 3000 - 1825 } } });
  });
});

test('a tuned model pays back what its training costs, at its own price', () => {
  const call = callFixture({ structured: true, cost: costs(dollars(0.01), 100_000) });
  const { input, output } = call.tokens;
  const tuning = { training: 500, input: 0.1, output: 0.4 };
  const step = steps(buildPlan(reportFixture({ calls: [call] }), { ...NOTHING_STATED, tuning }, none)).find(
    ({ technique }) => technique === 'fine-tuning',
  );
  const then = (100_000 * (input.expected * 0.1 + output.expected * 0.4)) / 1e6;
  expect(step?.saving?.perMonth?.expected).toBeCloseTo(1000 - then, 6);
  expect(step?.note).toContain('pays for itself after less than a month');
});
