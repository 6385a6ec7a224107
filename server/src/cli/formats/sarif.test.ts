import { expect, test } from 'vitest';
import { contextFixture, findingFixture, reportFixture } from './fixture.ts';
import { formatSarif } from './sarif.ts';

function runOf(changes: Parameters<typeof reportFixture>[0] = {}) {
  const log = JSON.parse(formatSarif(reportFixture(changes), contextFixture));
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toContain('sarif-2.1.0');
  expect(log.runs).toHaveLength(1);
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

test('a notebook points at its file and names the cell', () => {
  const result = runOf().results[1];
  expect(result.locations[0].physicalLocation.region).toEqual({ startLine: 1, startColumn: 1 });
  expect(result.message.text).toMatch(/^cell 3, 2:1: /);
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
