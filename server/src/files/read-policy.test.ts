import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../workspace/testing.ts';
import { createFiles } from './file-system.ts';
import { createReadPolicy } from './read-policy.ts';

test.skipIf(process.platform === 'win32')('a listed file is where the real path of its folder says', () => {
  const root = makeTree({ 'repository/prompts/kind.txt': 'a', 'outside/secret.txt': 'b' });
  const repository = join(root, 'repository');
  mkdirSync(join(repository, '.git'));
  symlinkSync(join(root, 'outside'), join(repository, 'elsewhere'));
  symlinkSync(join(root, 'outside/secret.txt'), join(repository, 'prompts/link.txt'));
  const files = createFiles();
  for (const folder of ['prompts', 'elsewhere']) files.list(join(repository, folder));
  const paths = ['prompts/kind.txt', 'prompts/link.txt', 'prompts/none.txt', 'elsewhere/secret.txt'];
  const answers = (mayRead: (path: string) => boolean) => paths.map((path) => mayRead(join(repository, path)));

  expect(paths.map((path) => files.isListedFile(join(repository, path)))).toEqual([true, false, false, true]);
  expect(answers(createReadPolicy([repository], files.isListedFile))).toEqual([true, false, true, false]);
  expect(answers(createReadPolicy([repository]))).toEqual([true, false, true, false]);
});

test.skipIf(process.platform === 'win32')('a link is no file of ignore rules', () => {
  const root = makeTree({
    'repository/.git/HEAD': '',
    'repository/a/kind.txt': '',
    'repository/b/kind.txt': '',
    all: '*',
  });
  symlinkSync('../../all', join(root, 'repository/a/.gitignore'));
  symlinkSync('../all', join(root, 'repository/.gitignore'));
  const mayRead = createReadPolicy([join(root, 'repository/b')]);
  expect(['a', 'b'].map((folder) => mayRead(join(root, 'repository', folder, 'kind.txt')))).toEqual([true, true]);
});
