import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree } from '../workspace/testing.ts';
import { findCodeOwners, ownersIn } from './code-owners.ts';

const TEXT = `
# The last pattern that matches takes precedence.
* @org/everyone
*.py @data ada@example.org # inline comment
/docs/* @writers
apps/ @org/apps
[Section][2] @ignored
^[Optional]
/apps/search @search
/apps/open\\ source/ @legal
/apps/nobody
`;

test.each([
  ['README.md', ['@org/everyone']],
  ['src/train.py', ['@data', 'ada@example.org']],
  ['docs/start.md', ['@writers']],
  ['docs/deep/start.md', ['@org/everyone']],
  ['src/apps/a.ts', ['@org/apps']],
  ['apps/search/a.py', ['@search']],
  ['apps/open source/a.ts', ['@legal']],
  ['apps/nobody/a.ts', []],
])('%s belongs to %j', (path, owners) => {
  expect(ownersIn(TEXT, '/repository')(`/repository/${path}`)).toEqual(owners);
});

test('a file outside the repository has no owner', () => {
  expect(ownersIn('* @org', '/repository')('/elsewhere/a.ts')).toEqual([]);
});

test('the file is found at the top of the repository, in the first of its places', () => {
  const root = makeTree({
    '.git/HEAD': '',
    '.github/CODEOWNERS': '* @first',
    CODEOWNERS: '* @second',
    'packages/app/a.ts': '',
  });
  const found = findCodeOwners(`${root}/packages/app`);
  expect(found?.ownersOf(`${root}/packages/app/a.ts`)).toEqual(['@first']);
  expect(findCodeOwners(root, found)).toBe(found);
  writeFileSync(join(root, '.github/CODEOWNERS'), '* @other');
  expect(findCodeOwners(root, found)?.ownersOf(`${root}/packages/app/a.ts`)).toEqual(['@other']);
  expect(findCodeOwners(makeTree({ 'a.ts': '' }))).toBeNull();
});

test.skipIf(process.platform === 'win32').each([
  ['of git', '.git/config'],
  ['with secrets', '.env'],
  ['outside the repository', '../elsewhere.txt'],
])('a link to a file %s names no owners', (_, target) => {
  const root = makeTree({
    'repository/.git/HEAD': '',
    'repository/.git/config': 'url = https://name:token@example.org',
    'repository/.env': '* token',
    'repository/docs/CODEOWNERS': '* @docs',
    'repository/url/a.ts': '',
    'elsewhere.txt': '* token',
  });
  symlinkSync(target, `${root}/repository/CODEOWNERS`);
  expect(findCodeOwners(`${root}/repository`)?.ownersOf(`${root}/repository/url/a.ts`)).toEqual(['@docs']);
});
