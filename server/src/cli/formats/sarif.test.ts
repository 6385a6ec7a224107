import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatSarif } from './sarif.ts';

/** The published schema is of draft 4, whose only difference here is the name of its id. */
const {
  $schema: _,
  id: __,
  ...schema
} = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const isValid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

function runOf(changes: Parameters<typeof reportFixture>[0] = {}) {
  const log = JSON.parse(formatSarif(reportFixture(changes), contextFixture));
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toContain('sarif-2.1.0');
  expect(log.runs).toHaveLength(1);
  expect(isValid(log), JSON.stringify(isValid.errors)).toBe(true);
  return log.runs[0];
}

test('the shape that SARIF 2.1.0 demands', () => {
  const run = runOf();
  expect(run.columnKind).toBe('utf16CodeUnits');
  expect(run.tool.driver).toMatchObject({ name: 'farthing', version: '0.1.0' });
  for (const result of run.results) {
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(['error', 'warning', 'note', 'none']).toContain(result.level);
    expect(result.message.text).not.toBe('');
    for (const { physicalLocation } of result.locations) {
      const { uri, uriBaseId, index } = physicalLocation.artifactLocation;
      expect(uri).not.toMatch(/^\/|^[a-z]+:|\\/);
      expect(Object.keys(run.originalUriBaseIds)).toContain(uriBaseId);
      expect(run.artifacts[index].location.uri).toBe(uri);
      for (const number of Object.values(physicalLocation.region)) expect(number).toBeGreaterThanOrEqual(1);
    }
  }
});

test('rules carry their help, and severities become levels', () => {
  const run = runOf();
  expect(run.tool.driver.rules[0]).toMatchObject({
    id: 'unbounded-output',
    helpUri: 'https://example.org/unbounded-output',
    help: { markdown: expect.stringContaining('What it does') },
    defaultConfiguration: { level: 'warning' },
  });
  expect(run.results.map(({ level }: { level: string }) => level)).toEqual(['warning', 'note']);
});

test('a notebook points at the line of its file that holds the code, and names the cell', () => {
  const diagnostic = findingFixture({ cell: 3, line: 2, endLine: 4 });
  const result = runOf({ diagnostics: [diagnostic] }).results[0];
  expect(result.locations[0].physicalLocation.region).toEqual({ startLine: 302, endLine: 304 });
  expect(result.message.text).toMatch(/^cell 4, 2:18: /);
});

test('each result has one location and a fingerprint that no other has, whatever they share', () => {
  const same = Array.from({ length: 150 }, () => findingFixture({}));
  const other = Array.from({ length: 62 }, (_, index) => findingFixture({ call: null, line: index + 1 }));
  const { results } = runOf({ diagnostics: [...same, ...other] });
  expect(results).toHaveLength(212);
  const prints = results.map((result: { partialFingerprints: object }) => Object.values(result.partialFingerprints)[0]);
  expect(new Set(prints).size).toBe(212);
  for (const result of results) {
    expect(result.locations).toHaveLength(1);
    expect(result.partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]{16}:\d+$/);
  }
});

test('a fingerprint does not change with the lines', () => {
  const printOf = (line: number) =>
    runOf({ diagnostics: [findingFixture({ line, message: `${line}` })] }).results[0].partialFingerprints;
  expect(printOf(10)).toEqual(printOf(20));
});

test('the most severe 5,000 are there, and the number of the others', () => {
  const many = Array.from({ length: 5_100 }, (_, index) =>
    findingFixture({ line: index + 1, severity: index >= 5_000 ? 'error' : 'hint' }),
  );
  const { results, invocations } = runOf({ diagnostics: many });
  expect(results).toHaveLength(5_000);
  expect(results.filter(({ level }: { level: string }) => level === 'error')).toHaveLength(100);
  expect(invocations[0].toolExecutionNotifications[0].message.text).toContain('100 less severe results are left out');
});

test('what GitHub asks of a rule', () => {
  for (const rule of runOf().tool.driver.rules) {
    expect(rule.fullDescription.text).not.toBe('');
    expect(rule.help.text).not.toBe('');
    expect(['error', 'warning', 'recommendation']).toContain(rule.properties['problem.severity']);
  }
});

test('a path with a space, a percent sign and a letter outside ASCII is a valid URI', () => {
  const run = runOf({ diagnostics: [findingFixture({ path: 'src/50% off/größe.ts' })] });
  expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('src/50%25%20off/gr%C3%B6%C3%9Fe.ts');
});

test('no findings is an empty list, and problems are notifications', () => {
  const run = runOf({ diagnostics: [] });
  expect(run.results).toEqual([]);
  expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('old.ipynb');
});
