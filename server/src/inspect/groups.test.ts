import type { Range } from '@farthing/shared/range';
import type { ReportCall } from '@farthing/shared/report';
import { expect, test } from 'vitest';
import { callFixture, findingFixture, reportFixture } from '../cli/formats/fixture.ts';
import { groupsIn } from './groups.ts';
import { largestSavings, savingsIn } from './savings.ts';

const exactly = (value: number, basis: Range['basis'] = 'declared'): Range => ({
  low: value,
  expected: value,
  high: value,
  basis,
});
const cost = (perCall: number, calls: number | null): ReportCall['cost'] => ({
  ...callFixture({}).cost,
  perCall: exactly(perCall, 'literal'),
  perMonth: calls === null ? null : exactly(perCall * calls),
});

const request = { path: 'src/llm.ts', line: 9, function: 'ask' };
const report = reportFixture({
  calls: [
    // Two feature calls, and the request behind them: the same money.
    callFixture({
      id: 'f1',
      via: [request],
      leadsTo: [{ ...request, call: 'r' }],
      function: 'a',
      cost: cost(0.01, 1000),
    }),
    callFixture({
      id: 'f2',
      via: [request],
      leadsTo: [{ ...request, call: 'r' }],
      function: 'b',
      cost: cost(0.02, 1000),
    }),
    callFixture({ ...request, id: 'r', cost: cost(0.015, 2000) }),
    callFixture({ id: 'n', path: 'top.ts', function: null, cost: cost(0.5, null) }),
    callFixture({ id: 't', isTest: true, cost: cost(1, 1_000_000) }),
  ],
  diagnostics: [
    findingFixture({ call: 'f1', rule: 'oversized-model', saving: exactly(0.008, 'assumed') }),
    findingFixture({ call: 'f1', rule: 'uncached-static-prompt', saving: exactly(0.004, 'literal') }),
    findingFixture({ call: 'n', rule: 'oversized-model', saving: exactly(0.3, 'assumed') }),
    findingFixture({ call: 'f2', saving: null }),
    findingFixture({ call: null, rule: 'suppression', saving: null }),
  ],
});
const owners = (path: string) => (path === 'top.ts' ? ['@top'] : []);
const months = (by: Parameters<typeof groupsIn>[1]) =>
  groupsIn(report, by, owners).map(({ name, calls, perMonth, findings, saving }) => [
    name,
    calls,
    perMonth?.expected ?? null,
    findings,
    saving?.expected ?? null,
  ]);

test('a month has each request once, and calls in tests not at all', () => {
  expect(months('model')).toEqual([['gpt-6-sol', 4, 30, 4, 8]]);
  expect(months('function')).toEqual([
    ['src/answer.ts b', 1, 20, 1, null],
    ['src/answer.ts a', 1, 10, 2, 8],
    ['src/llm.ts ask', 1, 0, 0, null],
    ['top.ts (module)', 1, null, 1, null],
  ]);
  expect(months('folder')).toEqual([
    ['src', 3, 30, 3, 8],
    ['.', 1, null, 1, null],
  ]);
  expect(months('owner')).toEqual([
    ['(no owner)', 3, 30, 3, 8],
    ['@top', 1, null, 1, null],
  ]);
});

test('by rule, findings without a call are counted, and each rule has the saving that is its own', () => {
  expect(months('rule')).toEqual([
    ['unbounded-output', 1, 20, 1, null],
    ['oversized-model', 2, 10, 2, 8],
    ['uncached-static-prompt', 1, 10, 1, 4],
    ['suppression', 0, null, 1, null],
  ]);
});

test('savings are ordered by month, then by call, and those of one call are not added up', () => {
  const savings = savingsIn(report);
  expect(
    savings.map(({ call, perMonth, finding }) => [call.id, finding.rule, perMonth?.expected ?? null, perMonth?.basis]),
  ).toEqual([
    ['f1', 'oversized-model', 8, 'assumed'],
    ['f1', 'uncached-static-prompt', 4, 'literal'],
    ['n', 'oversized-model', null, undefined],
  ]);
  expect([...largestSavings(savings).values()].map(({ finding }) => finding.rule)).toEqual([
    'oversized-model',
    'oversized-model',
  ]);
});
