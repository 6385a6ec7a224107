import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../workspace/testing.ts';
import { unreadPackages } from './unread.ts';

test('counts files, the most used package first, and leaves out the project itself', () => {
  const files = {
    'a.py': 'import magentic\nimport magentic\n',
    'b.py': 'from magentic import prompt\nimport outlines\n',
    'src/outlines/__init__.py': '',
    'c.ts': "import { Memory } from 'mem0ai';\n",
  };
  const root = makeTree(files);
  const paths = [...Object.keys(files), 'gone.py'].map((path) => join(root, path));
  expect(unreadPackages(paths)).toEqual([
    { name: 'magentic', files: 2 },
    { name: 'mem0ai', files: 1 },
  ]);
});
