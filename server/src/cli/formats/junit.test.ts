import { expect, test } from 'vitest';
import { contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatJunit } from './junit.ts';

test('a suite for each file, and a failed case for each finding', () => {
  const text = formatJunit(reportFixture(), contextFixture);
  expect(text).toContain('<testsuites name="farthing" tests="2" failures="2" errors="0">');
  expect(text).toContain('<testcase classname="src/answer.ts" name="unbounded-output src/answer.ts:42">');
  expect(text).toContain('file="notebooks/rag.ipynb">');
});

/** What the schema of Jenkins' xUnit plugin (junit-10.xsd) allows, which turns a report with anything else away. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'tests', 'failures', 'errors'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'file'],
  testcase: ['name', 'classname'],
  failure: ['type', 'message'],
};

test('no server turns the report away for an attribute', () => {
  const text = formatJunit(reportFixture(), contextFixture);
  const elements = [...text.matchAll(/<([a-z]+)((?: [a-z]+="[^"]*")+)\/?>/g)];
  expect(new Set(elements.map(([, name = '']) => name))).toEqual(new Set(Object.keys(ATTRIBUTES)));
  for (const [, element = '', attributes = ''] of elements) {
    const names = [...attributes.matchAll(/ ([a-z]+)="/g)].map(([, name = '']) => name);
    expect(names.filter((name) => !ATTRIBUTES[element]?.includes(name))).toEqual([]);
  }
});

test('a report without findings has a case that passed', () => {
  const text = formatJunit(reportFixture({ diagnostics: [] }), contextFixture);
  expect(text).toContain('<testsuites name="farthing" tests="1" failures="0" errors="0">');
  expect(text).toMatch(/<testcase classname="farthing" name="3 calls in 2 files[^"]*"\/>/);
});

test('nothing in a name or message is markup', () => {
  const finding = findingFixture({ path: 'a"<b>&.ts', message: ']]></failure>"\n\ud800' });
  const text = formatJunit(reportFixture({ diagnostics: [finding] }), contextFixture);
  expect(text).toContain('name="a&quot;&lt;b&gt;&amp;.ts"');
  expect(text.match(/<\/failure>/g)).toHaveLength(1);
  expect(text.isWellFormed()).toBe(true);
});
