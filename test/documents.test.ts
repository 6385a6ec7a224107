/** Rules that hold for every document, whatever it is about. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const documents = execFileSync('git', ['ls-files', '*.md', '*.json', 'examples/**', 'client/**', 'server/src/**'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.(?:md|json|ts|py|ya?ml)$/.test(path) && !path.endsWith('package-lock.json'));

test('no document runs or installs a package by a name that anyone could register', () => {
  expect(documents.length).toBeGreaterThan(20);
  const byName =
    /\bnpx (?:-y |--yes )?@?farthing|\b(?:npm|pnpm|yarn|bun) (?:i|install|add)(?: -\S+)* @?farthing(?!-[\d.]+\.tgz)/;
  const found = documents.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => byName.test(line))
      .map((line) => `${path}: ${line}`),
  );
  expect(found).toEqual([]);
});

test('the files and folders that ARCHITECTURE.md names exist', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  /** The files of the walk's example, and what only the build writes. */
  const elsewhere = new Set(['models.ts', 'a.ts', 'b.ts', 'cli.cjs', 'server/dist/farthing.cjs']);
  const names = [...text.matchAll(/`([\w./-]+(?:\.(?:ts|mjs|cjs)|\/))`/g)]
    .map(([, name = '']) => name)
    .filter((name) => !elsewhere.has(name));
  expect(names.length).toBeGreaterThan(50);
  const exists = (name: string): boolean =>
    tracked.some((path) => (name.endsWith('/') ? `/${path}`.includes(`/${name}`) : `/${path}`.endsWith(`/${name}`)));
  expect(names.filter((name) => !exists(name))).toEqual([]);
});
