import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isUsageError } from './exit.ts';
import { reportFixture } from './formats/fixture.ts';
import { relativeTo, targetOf } from './paths.ts';

const folder = mkdtempSync(join(tmpdir(), 'farthing-paths-'));
mkdirSync(join(folder, 'a', 'b'), { recursive: true });
mkdirSync(join(folder, 'ab'));
writeFileSync(join(folder, 'a', 'x.ts'), '');
writeFileSync(join(folder, 'ab', 'y.ts'), '');
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a/x.ts'], 'a'],
  [['a/b', 'a/x.ts'], 'a'],
  [['a', 'ab'], ''],
  [['a/x.ts', 'ab/y.ts'], ''],
])('the root of %j is "%s"', (paths, root) => {
  expect(targetOf(paths, folder).root).toBe(join(folder, root));
});

test('a path that is not there is the user’s mistake, named as it was written', () => {
  try {
    targetOf(['a', 'missing/z.ts'], folder);
    expect.unreachable();
  } catch (error) {
    expect(isUsageError(error)).toBe(true);
    expect(String(error)).toContain('there is no file or folder missing/z.ts.');
  }
});

test('a report of a folder below leads from the current one; any other stays as it is', () => {
  const report = reportFixture({ root: '/work/app/packages/chat' });
  const moved = relativeTo('/work/app', report);
  expect(moved.root).toBe('/work/app');
  expect(moved.calls[0]?.path).toBe('packages/chat/src/answer.ts');
  expect(moved.diagnostics[0]?.path).toBe('packages/chat/src/answer.ts');
  expect(moved.problems[0]?.path).toBe('packages/chat/old.ipynb');
  expect(relativeTo('/elsewhere', report)).toBe(report);
  expect(relativeTo('/work/app/packages/chat', report)).toBe(report);
});
