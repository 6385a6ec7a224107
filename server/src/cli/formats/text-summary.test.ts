import type { ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { describe, expect, test } from 'vitest';
import { alternativeFixture, callFixture, contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatText } from './text.ts';

const dollars = (expected: number) => ({ low: expected, expected, high: expected, basis: 'assumed' as const });
const cost = (perCall: number | null): ReportCall['cost'] => ({
  ...callFixture({}).cost,
  perCall: perCall === null ? null : dollars(perCall),
});
const unknownModel: ReportCall['model'] = {
  value: null,
  source: 'parameter',
  hint: null,
  alternatives: [],
  open: true,
};

/** Feature calls through one closure of a factory and one method, with their requests; the last has no model. */
function features(count: number): readonly ReportCall[] {
  return Array.from({ length: count }, (_, index): ReportCall => {
    const isLast = index === count - 1;
    const hop = isLast
      ? { path: 'src/llm.ts', line: 9, function: 'Assistant.ask' }
      : { path: 'src/factory.ts', line: 30, function: 'createAsk.withRetries' };
    return callFixture({
      id: `f${index}`,
      path: `src/features/${String(index).padStart(3, '0')}.ts`,
      via: [hop],
      leadsTo: [{ ...hop, call: isLast ? 'r2' : 'r1' }],
      cost: cost(isLast ? null : (index + 1) / 1000),
      ...(isLast ? { model: unknownModel } : {}),
    });
  });
}
const requests = [
  callFixture({
    id: 'r1',
    path: 'src/factory.ts',
    line: 30,
    model: unknownModel,
    cost: cost(null),
    calledFrom: { count: 59, perCall: null },
  }),
  callFixture({
    id: 'r2',
    path: 'src/llm.ts',
    line: 9,
    model: unknownModel,
    cost: cost(null),
    calledFrom: { count: 1, perCall: null },
  }),
  callFixture({
    id: 'r3',
    path: 'src/other.ts',
    model: {
      ...callFixture({}).model,
      value: 'our-model',
      alternatives: [alternativeFixture({ name: 'our-model', price: null })],
    },
    cost: cost(null),
  }),
];
const large = (diagnostics: readonly ReportDiagnostic[] = []) =>
  reportFixture({ calls: [...features(60), ...requests], diagnostics });

describe('a large report', () => {
  test('begins with the most expensive calls, the functions they go through, and what is not known and why', () => {
    expect(formatText(large(), contextFixture)).toBe(
      `63 LLM calls in 63 files: 60 feature calls through 2 functions of the project, 3 requests

The most expensive calls (by month where the volume is known)
${Array.from({ length: 10 }, (_, index) => `  ${`$${(59 - index) / 1000} per call`.padStart(15)}  3,220 in  up to 500 out  src/features/0${58 - index}.ts:42  via createAsk  gpt-6-sol (literal)`).join('\n')}
  and 51 others

By function of the project
  59 calls  $1.00 to $59.00 per 1,000 calls  createAsk      src/factory.ts:30  gpt-6-sol (literal)
    1 call                                   Assistant.ask  src/llm.ts:9

Without a full cost
  3 calls: the model is set at run time; farthing init --models proposes what to declare
  1 call: the price is in no table; add our-model under "prices" in farthing.config.json

No findings.
farthing scan --all lists every call and finding
prices: genai-prices of 2026-09-22. Nothing left this machine.
`,
    );
  });

  test('asks for what is paid where the client does not show to whom, though the model has a price elsewhere', () => {
    const clients = requests.slice(2).map((call) => ({ ...call, provider: 'unknown' as const }));
    const text = formatText(reportFixture({ calls: [...features(60), ...clients] }), contextFixture);
    expect(text).toContain(
      '1 call: the client does not show which provider is paid; add what you pay for our-model under "prices" in farthing.config.json',
    );
  });

  test('lists every call after it on request', () => {
    const text = formatText(large(), { ...contextFixture, extent: 'whole' });
    expect(text).toMatch(/^63 LLM calls in 63 files/);
    expect(text).toContain('\nsrc/features/059.ts\n  42:18  via Assistant.ask');
    expect(text).toContain('63 calls in 63 files, 60 through functions of the project, 59 priced');
    expect(text).not.toContain('--all');
  });

  test('shows the most severe findings, one line for those that say the same', () => {
    const one = (severity: ReportDiagnostic['severity'], index: number, message: string) =>
      findingFixture({ severity, path: `src/${index}.ts`, call: null, line: 1, cell: null, message });
    const text = formatText(
      large([
        one('hint', 1, 'A hint.'),
        one('error', 3, 'gpt-4.1 is gone. Use another.'),
        one('error', 2, 'gpt-4.1 is gone. Use gpt-6-sol.'),
      ]),
      contextFixture,
    );
    expect(text).toContain(
      'The most severe findings\n  error  unbounded-output  src/2.ts:1 and 1 other  gpt-4.1 is gone.\n  hint   unbounded-output  src/1.ts:1              A hint.\n',
    );
  });

  test('fits a screen, whatever the size of the repository', () => {
    const diagnostics = Array.from({ length: 1_250 }, (_, index) =>
      findingFixture({ call: null, message: `Finding ${index}.` }),
    );
    const lines = formatText(
      { ...large(diagnostics), calls: [...features(5_000), ...requests] },
      { ...contextFixture, columns: 80 },
    ).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.slice(2, 30).every((line) => line.length <= 80)).toBe(true);
  });
});

test('a small report lists its calls and has no summary', () => {
  const report = reportFixture({ calls: features(50), diagnostics: [] });
  expect(formatText(report, contextFixture)).not.toContain('The most expensive calls');
  expect(formatText(report, contextFixture).match(/via /g)).toHaveLength(50);
});

test('a summary of a small report, with as many rows as are wanted', () => {
  const report = reportFixture({ calls: features(9), diagnostics: [] });
  const text = formatText(report, { ...contextFixture, extent: 'summary', rows: 3 });
  expect(text).toContain('The most expensive calls');
  expect(text).toContain('and 6 others');
  expect(text).toContain('farthing scan --all');
});
