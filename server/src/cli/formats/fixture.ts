/** A small report that the tests of the formats share: one call of each kind that a format treats differently. */
import type { Report, ReportCall, ReportDiagnostic, ReportModelAlternative } from '@farthing/shared/report';
import type { FormatContext } from './format.ts';

const nowhere = { cell: null, line: 1, column: 1, endLine: 1, endColumn: 2 };

export function alternativeFixture(changes: Partial<ReportModelAlternative>): ReportModelAlternative {
  return {
    name: 'gpt-6-sol',
    provider: 'openai',
    decidedBy: 'code',
    where: { path: 'src/answer.ts', line: 43 },
    share: null,
    price: { input: 2, output: 10 },
    perCall: null,
    ...changes,
  };
}

export function callFixture(changes: Partial<ReportCall>): ReportCall {
  return {
    ...nowhere,
    id: 'a1',
    path: 'src/answer.ts',
    line: 42,
    column: 18,
    function: 'answer',
    via: [],
    leadsTo: [],
    leadsToMore: false,
    receiver: 'known',
    calledFrom: null,
    sdk: 'openai',
    provider: 'openai',
    api: 'chat.completions',
    family: 'text',
    model: {
      value: 'gpt-6-sol',
      source: 'literal',
      hint: null,
      alternatives: [alternativeFixture({})],
      open: false,
    },
    outputLimit: { state: 'present', tokens: 500 },
    system: 'static',
    isTest: false,
    cache: false,
    streaming: false,
    structured: false,
    loop: { lexical: 'none', purpose: null, viaCaller: false },
    reachedFrom: 'unknown',
    multiplier: null,
    tokens: {
      input: { low: 3220, expected: 3220, high: 3220, basis: 'literal' },
      output: { low: 100, expected: 300, high: 500, basis: 'assumed' },
      sections: [],
    },
    aboveContext: null,
    providerTools: [],
    media: [],
    cost: {
      perCall: { low: 0.0074, expected: 0.0094, high: 0.0114, basis: 'assumed' },
      perMonth: null,
      perStep: null,
      perRun: null,
      units: null,
      currency: 'USD',
    },
    measured: null,
    ...changes,
  };
}

export function findingFixture(changes: Partial<ReportDiagnostic>): ReportDiagnostic {
  return {
    ...nowhere,
    path: 'src/answer.ts',
    line: 42,
    column: 18,
    rule: 'unbounded-output',
    severity: 'warning',
    confidence: 'certain',
    saving: null,
    message: 'No output limit: one answer can run to 128,000 tokens ($1.28).',
    call: 'a1',
    fix: 'suggested',
    url: 'https://example.org/unbounded-output',
    ...changes,
  };
}

export function reportFixture(changes: Partial<Report> = {}): Report {
  const perMonth = { low: 200, expected: 215, high: 220, basis: 'declared' } as const;
  const calls = [
    callFixture({}),
    callFixture({
      id: 'a2',
      line: 88,
      model: { value: null, source: 'parameter', hint: null, alternatives: [], open: true },
      cost: { perCall: null, perMonth: null, perStep: null, perRun: null, units: null, currency: 'USD' },
    }),
    callFixture({
      id: 'b1',
      path: 'notebooks/rag.ipynb',
      cell: 3,
      line: 2,
      column: 1,
      api: 'embeddings',
      family: 'embedding',
      outputLimit: { state: 'absent', tokens: null },
      tokens: {
        input: { low: 80, expected: 100, high: 130, basis: 'assumed' },
        output: { low: 0, expected: 0, high: 0, basis: 'literal' },
        sections: [],
      },
      cost: {
        perCall: { low: 0.0000042, expected: 0.0000042, high: 0.0000042, basis: 'literal' },
        perMonth,
        perStep: null,
        perRun: null,
        units: null,
        currency: 'USD',
      },
    }),
  ];
  return {
    version: 2,
    includesTests: false,
    root: '/work/app',
    prices: { source: 'genai-prices', date: '2026-09-22' },
    calls,
    diagnostics: [
      findingFixture({}),
      findingFixture({
        path: 'notebooks/rag.ipynb',
        cell: 3,
        line: 2,
        column: 1,
        call: 'b1',
        rule: 'embedding-in-loop',
        severity: 'information',
        message: 'One request per text | the endpoint takes an array.',
      }),
    ],
    stats: { files: 12, parsed: 2, bytes: 4096, milliseconds: 15 },
    unjoined: null,
    problems: [{ path: 'old.ipynb', message: 'not read: it is not valid JSON (line 2,031).' }],
    ...changes,
  };
}

export const contextFixture: FormatContext = {
  version: '0.1.0',
  configuration: null,
  scope: [],
  unread: () => [],
  linesInFile: ({ cell, line, endLine }) => ({ line: line + (cell ?? 0) * 100, endLine: endLine + (cell ?? 0) * 100 }),
  hasColors: false,
  extent: 'fitting',
  rows: 10,
  order: 'path',
  columns: null,
  rules: [
    {
      id: 'unbounded-output',
      summary: 'A call without an output limit.',
      severity: 'warning',
      documentation: '## What it does\nFinds calls without a limit.',
      url: 'https://example.org/unbounded-output',
    },
  ],
};
