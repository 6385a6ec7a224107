import { expect, test } from 'vitest';
import { callFixture, findingFixture, reportFixture } from '../cli/formats/fixture.ts';
import { baselineOf, formatBaseline, parseBaseline, withoutBaseline } from './baseline.ts';

const pathOf = ({ path }: { path: string }): string => path;
const calls = [callFixture({ id: 'a', function: 'answer' }), callFixture({ id: 'b', function: null })];
const reportWith = (...diagnostics: readonly ReturnType<typeof findingFixture>[]) =>
  reportFixture({ calls, diagnostics });

test('findings move with their lines, and others of the same function are new', () => {
  const before = reportWith(findingFixture({ call: 'a', line: 3 }), findingFixture({ call: 'b', line: 9 }));
  const baseline = baselineOf(before, pathOf);
  const moved = reportWith(findingFixture({ call: 'a', line: 40 }), findingFixture({ call: 'b', line: 50 }));
  expect(withoutBaseline(moved, baseline, pathOf)).toMatchObject({ report: { diagnostics: [] }, known: 2, gone: 0 });
  const second = findingFixture({ call: 'a', line: 41, message: 'second' });
  const grown = reportWith(...moved.diagnostics, second);
  expect(withoutBaseline(grown, baseline, pathOf).report.diagnostics).toEqual([second]);
});

test('a finding of another rule, file or function is new, and what is gone is counted', () => {
  const baseline = baselineOf(reportWith(findingFixture({ call: 'a' })), pathOf);
  for (const change of [{ rule: 'retired-model' }, { path: 'src/b.ts' }, { call: 'b' }]) {
    const { report, known, gone } = withoutBaseline(
      reportWith(findingFixture({ call: 'a', ...change })),
      baseline,
      pathOf,
    );
    expect([report.diagnostics.length, known, gone]).toEqual([1, 0, 1]);
  }
});

test('what is written is read, whatever the names', () => {
  const names = ['__proto__', 'constructor', 'a"b\\n', 'größe.ts'];
  const findings = names.flatMap((name) => [
    findingFixture({ path: name, call: null }),
    findingFixture({ rule: name }),
  ]);
  const baseline = baselineOf(reportWith(...findings), pathOf);
  const text = formatBaseline(baseline);
  expect(parseBaseline(text)).toEqual(new Map([...baseline].sort(([a], [b]) => (a < b ? -1 : 1))));
  expect(text).toContain('      "unbounded-output": {\n        "": 1\n');
});

test.each([
  '',
  '[]',
  'null',
  '{}',
  '{"version":1}',
  '{"version":2,"findings":{}}',
  '{"version":1,"findings":{"a":{"r":{"f":-1}}}}',
])('something else is refused: %s', (text) => expect(parseBaseline(text)).toBeNull());
