import { expect, test } from 'vitest';
import { pnpmPackages } from './pnpm-workspace.ts';

test.each([
  ['packages:\n  - a/*\n  - "b/*" # ours\n  # all\n\n  - \'!c\'\nother:\n  - d\n', ['a/*', 'b/*', '!c']],
  ['packages:\r\n- a\r\n- b\r\n', ['a', 'b']],
  ['packages: [a/*, "b,c", \'d\']\n', ['a/*', 'b,c', 'd']],
  ['packages: [\n  # ours\n  a/*,\n  "b/*", # more\n]\nother: [d]\n', ['a/*', 'b/*']],
  ['---\n"packages":\n  - a\n', ['a']],
  ['packages:\n  # none\nother:\n  - d\n', []],
  ['catalog:\n  packages:\n    - a\n', []],
  ['packages: a\n', []],
  ['packages: [a', ['a']],
  ['', []],
])('%j', (text, packages) => {
  expect(pnpmPackages(text)).toEqual(packages);
});

test('a long line that is not a list is fast to read', () => {
  expect(pnpmPackages(`packages: [${'"'.repeat(100_001)}`)).toEqual([]);
  expect(pnpmPackages(`packages:\n  - a ${' '.repeat(100_000)}b\n`)).toHaveLength(1);
});
