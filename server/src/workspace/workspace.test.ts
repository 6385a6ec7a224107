import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { absolute } from '../files/paths.ts';
import { NOW } from '../rules/support/testing.ts';
import { makeTree, scanOptions } from './testing.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** `a` and `c` rest on `models`, `b` on nothing. */
const FILES = {
  'models.ts': "export const MODEL = 'small';\n",
  'a.ts': "import { MODEL } from './models';\nask(MODEL);\n",
  'b.ts': "ask('large');\n",
  'c.ts': "export { MODEL } from './models';\nask('large');\n",
};

function open(files: Readonly<Record<string, string>> = FILES): {
  workspace: Workspace;
  path: (name: string) => string;
} {
  const root = makeTree(files);
  const workspace = createWorkspace({ ...scanOptions(root), isLive: true, now: () => NOW });
  return { workspace, path: (name) => absolute(`${root}/${name}`) };
}

test('what rests on a changed file is analysed again, and nothing else is', () => {
  const { workspace, path } = open();
  const before = { a: workspace.file(path('a.ts')), b: workspace.file(path('b.ts')) };
  expect(before.a.calls.map(({ model }) => model.value)).toEqual(['small']);
  const stale = workspace.setOverlay(path('models.ts'), "export const MODEL = 'large';\n");
  expect([...stale].sort()).toEqual([path('a.ts'), path('models.ts')]);
  expect(workspace.file(path('a.ts')).calls.map(({ model }) => model.value)).toEqual(['large']);
  // The very same result: the file was not read again.
  expect(workspace.file(path('b.ts'))).toBe(before.b);
});

test('a change on the disk counts where no editor holds the file', () => {
  const { workspace, path } = open();
  workspace.file(path('a.ts'));
  writeFileSync(path('models.ts'), "export const MODEL = 'large';\n");
  const change = { path: path('models.ts'), kind: 'changed' } as const;
  expect([...workspace.noteDiskChanges([change])].sort()).toEqual([path('a.ts'), path('models.ts')]);
  expect(workspace.file(path('a.ts')).calls[0]?.model.value).toBe('large');
  workspace.setOverlay(path('models.ts'), "export const MODEL = 'ours';\n");
  workspace.file(path('a.ts'));
  expect([...workspace.noteDiskChanges([change])]).toEqual([]);
  expect(workspace.file(path('a.ts')).calls[0]?.model.value).toBe('ours');
});

test('a second scan analyses what is out of date, and finds new files if it walks', () => {
  const { workspace, path } = open();
  const scan = (isWalk: boolean): number => [...workspace.scan(isWalk)].length;
  expect(scan(true)).toBe(5);
  const kept = workspace.file(path('b.ts'));
  workspace.setOverlay(path('models.ts'), "export const MODEL = 'large';\n");
  writeFileSync(path('d.ts'), "ask('new');\n");
  const found = (): readonly string[] => workspace.found();
  // Results that depend on the edited file are out of date meanwhile: what was said before is shown.
  expect(found()).toContain(path('a.ts'));
  expect(scan(false)).toBe(5);
  expect(found()).toEqual([path('a.ts'), path('b.ts'), path('c.ts')]);
  expect(scan(true)).toBe(6);
  expect(found()).toContain(path('d.ts'));
  expect(workspace.file(path('b.ts'))).toBe(kept);
});

test('a rule that fails, and a file that cannot be analysed, are reported at once and stay in the report', () => {
  const root = makeTree({ 'a.ts': "ask('large');\n", 'b.ts': "ask('crash');\n" });
  const told: string[] = [];
  const workspace = createWorkspace({
    ...scanOptions(root),
    isLive: true,
    now: () => NOW,
    onFailure: ({ message }) => told.push(message),
  });
  for (const name of ['a.ts', 'b.ts']) workspace.file(absolute(`${root}/${name}`));
  expect(told).toEqual([expect.stringContaining('the analysis failed')]);
  expect(workspace.report().problems).toMatchObject([{ message: expect.stringContaining('the analysis failed') }]);
});
