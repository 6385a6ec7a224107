import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConfigSearch } from './config-file.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'farthing-')));
  for (const folder of ['.git', 'web/src', 'api/src', 'clone/.git']) mkdirSync(join(root, folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (folder: string) => writeFileSync(join(root, folder, 'farthing.config.json'), '{}');

test('one search finds the nearest configuration of every file and folder', () => {
  write('.');
  write('web');
  const search = createConfigSearch();
  const found = ['web/src/a.ts', 'web/src', 'web', 'api/src/b.ts', '.'].map((path) => search(join(root, path)));
  const [outer, inner] = [join(root, 'farthing.config.json'), join(root, 'web/farthing.config.json')];
  expect(found).toEqual([inner, inner, inner, outer, outer]);
});

test('a search ends at the top of a repository', () => {
  write('.');
  const search = createConfigSearch();
  expect(search(join(root, 'api/src'))).toBe(join(root, 'farthing.config.json'));
  expect(search(join(root, 'clone/c.ts'))).toBe(null);
});
