import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { absolute } from '../files/paths.ts';
import { createSession, type Session } from './session.ts';
import { makeTree, scanOptions } from './testing.ts';

/** `a` and `c` rest on `models`, `b` on nothing. */
const FILES = {
  'models.ts': "export const MODEL = 'small';\n",
  'a.ts': "import { MODEL } from './models';\nask(MODEL);\n",
  'b.ts': "ask('large');\n",
  'c.ts': "export { MODEL } from './models';\nask('large');\n",
};

function open(files: Readonly<Record<string, string>> = FILES): { session: Session; path: (name: string) => string } {
  const root = makeTree(files);
  const { paths: _, now, ...options } = scanOptions(root);
  const session = createSession({ ...options, ignore: [], ignoreBase: root, now: () => now });
  return { session, path: (name) => absolute(`${root}/${name}`) };
}

test('what rests on a changed file is analysed again, and nothing else is', () => {
  const { session, path } = open();
  const before = { a: session.analysisOf(path('a.ts')), b: session.analysisOf(path('b.ts')) };
  expect(before.a.calls.map(({ model }) => model.value)).toEqual(['small']);
  const stale = session.setText(path('models.ts'), "export const MODEL = 'large';\n");
  expect([...stale].sort()).toEqual([path('a.ts'), path('models.ts')]);
  expect(session.analysisOf(path('a.ts')).calls.map(({ model }) => model.value)).toEqual(['large']);
  // The very same result: nobody looked at the file.
  expect(session.analysisOf(path('b.ts'))).toBe(before.b);
});

test('a change on the disk counts where no editor holds the file', () => {
  const { session, path } = open();
  session.analysisOf(path('a.ts'));
  writeFileSync(path('models.ts'), "export const MODEL = 'large';\n");
  const change = { path: path('models.ts'), kind: 'changed' } as const;
  expect([...session.noteDiskChanges([change])]).toEqual([path('a.ts')]);
  expect(session.analysisOf(path('a.ts')).calls[0]?.model.value).toBe('large');
  session.setText(path('models.ts'), "export const MODEL = 'ours';\n");
  session.analysisOf(path('a.ts'));
  expect([...session.noteDiskChanges([change])]).toEqual([]);
  expect(session.analysisOf(path('a.ts')).calls[0]?.model.value).toBe('ours');
});

test('a second scan analyses what is no longer known, and finds new files where it looks for them', () => {
  const { session, path } = open();
  const scan = (isWalk: boolean): number => [...session.scan(isWalk)].length;
  expect(scan(true)).toBe(4);
  const kept = session.analysisOf(path('b.ts'));
  session.setText(path('models.ts'), "export const MODEL = 'large';\n");
  writeFileSync(path('d.ts'), "ask('new');\n");
  const found = (): readonly string[] => [...session.findings()].map(([name]) => name).sort();
  // What rests on the edited file is not known meanwhile.
  expect(found()).not.toContain(path('a.ts'));
  expect(scan(false)).toBe(4);
  expect(found()).toEqual([path('a.ts'), path('b.ts'), path('c.ts')]);
  expect(scan(true)).toBe(5);
  expect(found()).toContain(path('d.ts'));
  expect(session.analysisOf(path('b.ts'))).toBe(kept);
});

test('a rule that fails, and a file that cannot be analysed, are told at once and stay in the report', () => {
  const root = makeTree({ 'a.ts': "ask('large');\n", 'b.ts': "ask('crash');\n" });
  const told: string[] = [];
  const { paths: _, now, ...options } = scanOptions(root);
  const session = createSession({
    ...options,
    ignore: [],
    ignoreBase: root,
    now: () => now,
    onFailure: ({ message }) => told.push(message),
  });
  for (const name of ['a.ts', 'b.ts']) session.analysisOf(absolute(`${root}/${name}`));
  expect(told).toEqual([expect.stringContaining('the analysis failed')]);
  expect(session.report().problems).toMatchObject([{ message: expect.stringContaining('the analysis failed') }]);
});
