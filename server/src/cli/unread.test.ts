import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_CONFIG } from '@farthing/shared/config-defaults';
import { expect, test } from 'vitest';
import { scan } from '../analyzer.ts';
import { makeTree, writeTree } from '../workspace/testing.ts';
import { unreadPackages } from './unread.ts';

const FILES = {
  'a.py': 'import guidance\nimport guidance\n',
  'b.py': 'from guidance import gen\nimport outlines\nfrom openai import OpenAI\n',
  'src/outlines/__init__.py': '',
  'c.ts': "import { openai } from 'modelfusion';\n",
};

function unreadIn(root: string, directory: string | null = null) {
  const cache = directory === null ? null : { directory, build: 'test' };
  const options = { config: DEFAULT_CONFIG, configFolder: root, cache, now: new Date() };
  return unreadPackages(scan({ root, paths: [root], ...options }).workspace);
}

test('counts files, the most used package first, and leaves out the project itself', () => {
  expect(unreadIn(makeTree(FILES))).toEqual([
    { name: 'guidance', files: 2 },
    { name: 'modelfusion', files: 1 },
  ]);
});

test('is the same from a cache, whose files are not read, and follows what changed since', () => {
  const root = makeTree(FILES);
  const cache = mkdtempSync(join(tmpdir(), 'farthing-cache-'));
  const first = unreadIn(root, cache);
  expect(unreadIn(root, cache)).toEqual(first);
  writeTree(root, { 'b.py': 'from openai import OpenAI\n' });
  rmSync(join(root, 'c.ts'));
  expect(unreadIn(root, cache)).toEqual([{ name: 'guidance', files: 1 }]);
});
