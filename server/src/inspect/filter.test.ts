import { expect, test } from 'vitest';
import { callFixture, findingFixture, reportFixture } from '../cli/formats/fixture.ts';
import { type Condition, filterReport } from './filter.ts';

const report = reportFixture({
  diagnostics: [
    findingFixture({}),
    findingFixture({ rule: 'retired-model', severity: 'error', call: 'b1', path: 'notebooks/rag.ipynb' }),
    findingFixture({ rule: 'suppression', severity: 'hint', call: null, path: 'lib/old.ts' }),
  ],
});
const owners = (path: string) => (path.startsWith('src/') ? ['@web', '@org/ai'] : []);

function left(...conditions: readonly Condition[]): readonly [calls: readonly string[], rules: readonly string[]] {
  const { calls, diagnostics } = filterReport(report, conditions, owners);
  return [calls.map(({ id }) => id), diagnostics.map(({ rule }) => rule)];
}

test.each<[Condition['name'], string[], string[], string[]]>([
  ['path', ['src/**'], ['a1', 'a2'], ['unbounded-output']],
  ['path', ['*.ipynb', 'lib/'], ['b1'], ['retired-model', 'suppression']],
  ['function', ['ans*'], ['a1', 'a2', 'b1'], ['unbounded-output', 'retired-model']],
  ['model', ['gpt-6-*'], ['a1', 'b1'], ['unbounded-output', 'retired-model']],
  ['model', ['gpt-6'], [], []],
  ['provider', ['anthropic', 'openai'], ['a1', 'a2', 'b1'], ['unbounded-output', 'retired-model']],
  ['sdk', ['anthropic'], [], []],
  ['owner', ['@org/*'], ['a1', 'a2'], ['unbounded-output']],
  // Of findings, the calls that have one.
  ['rule', ['retired-*'], ['b1'], ['retired-model']],
  ['severity', ['warning'], ['a1', 'b1'], ['unbounded-output', 'retired-model']],
  ['severity', ['hint'], ['a1', 'b1'], ['unbounded-output', 'retired-model', 'suppression']],
])('%s=%j', (name, values, calls, rules) => {
  expect(left({ name, values })).toEqual([calls, rules]);
});

test('all conditions must fit', () => {
  expect(left({ name: 'path', values: ['src/'] }, { name: 'severity', values: ['error'] })).toEqual([[], []]);
  expect(left({ name: 'path', values: ['src/'] }, { name: 'rule', values: ['unbounded-output'] })).toEqual([
    ['a1'],
    ['unbounded-output'],
  ]);
});

test('a call outside the folder of the report fits no glob', () => {
  const outside = { ...report, calls: [callFixture({ path: '/elsewhere/a.ts' })] };
  expect(filterReport(outside, [{ name: 'path', values: ['**'] }], owners).calls).toEqual([]);
});
