/** What every document has to hold, whatever it is about. */

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

test('nobody is told to run or install a package by a name that anybody could register', () => {
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
