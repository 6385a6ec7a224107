import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTree, type Tree } from '../workspace/testing.ts';
import { discoverFiles } from './discover.ts';
import { readListing } from './listing.ts';

function found(root: string, roots: readonly string[] = [root], ignore: readonly string[] = []): string[] {
  return discoverFiles(roots, { ignoredAt: () => ({ patterns: ignore, base: root }) }).files.map((path) =>
    path.slice(root.length + 1),
  );
}

const files = (...paths: readonly string[]): Tree => Object.fromEntries(paths.map((path) => [path, '']));

test('finds every kind of source, sorted, and no declarations, stubs or minified files', () => {
  const sources = ['a.cjs', 'a.cts', 'a.ipynb', 'a.js', 'a.jsx', 'a.mjs', 'a.mts', 'a.py', 'a.ts', 'a.tsx'];
  const root = makeTree(files(...sources, 'a.d.ts', 'b.d.mts', 'b.pyi', 'b.min.js', 'b.json', 'b.md', '.pnp.cjs'));
  expect(found(root)).toEqual(sources);
});

test('leaves out dependencies, caches and environments, and keeps other folders that begin with a dot', () => {
  const root = makeTree(
    files(
      'node_modules/x/a.js',
      '.git/a.ts',
      '.next/a.js',
      '.venv/a.py',
      'venv/a.py',
      'env/pyvenv.cfg',
      'env/lib/a.py',
      'lib/python3.12/site-packages/a.py',
      '__pycache__/a.py',
      'x.egg-info/a.py',
      'app/.server/llm.ts',
    ),
  );
  expect(found(root)).toEqual(['app/.server/llm.ts']);
});

test('build output is recognised by the manifest next to it', () => {
  const root = makeTree(
    files(
      'package.json',
      'dist/a.js',
      'build/a.js',
      'out/a.js',
      'coverage/a.js',
      'src/build/a.ts',
      'src/out/a.ts',
      'src/dist/a.ts',
      'target/a.ts',
      'rust/Cargo.toml',
      'rust/target/a.js',
      'py/setup.py',
      'py/build/a.py',
    ),
  );
  expect(found(root)).toEqual(['py/setup.py', 'src/build/a.ts', 'src/dist/a.ts', 'src/out/a.ts', 'target/a.ts']);
});

test('vendored copies are recognised by their licences or by a tool`s index', () => {
  const root = makeTree(
    files(
      'third_party/Pinecone/rag.ipynb',
      'vendor/page.tsx',
      'app/vendor/lib/LICENSE',
      'app/vendor/lib/a.js',
      'php/vendor/autoload.php',
      'php/vendor/a.js',
    ),
  );
  expect(found(root)).toEqual(['third_party/Pinecone/rag.ipynb', 'vendor/page.tsx']);
});

test('.gitignore counts at every level, the inner before the outer, with negation and anchors', () => {
  const root = makeTree({
    ...files('a.ts', 'gen/a.ts', 'gen/keep.ts', 'sub/a.ts', 'sub/gen/b.ts', 'sub/only/a.ts', 'deep/sub/only/a.ts'),
    '.gitignore': '# comment\n\ngen/*\n!gen/keep.ts\n/sub/only\r\n',
    'sub/.gitignore': 'a.ts\n!gen\n',
  });
  expect(found(root)).toEqual(['a.ts', 'deep/sub/only/a.ts', 'gen/keep.ts', 'sub/gen/b.ts']);
});

test('a pattern with folders in it leaves out what it names, and nothing else of that name', () => {
  const root = makeTree({
    ...files('a/fix.ts', 'b/fix.ts', 'a/e2e/auth/x.ts', 'e2e/auth/y.ts', 'auth/z.ts', 'pkg/gen/g.ts', 'gen/g.ts'),
    '.gitignore': 'a/fix.ts\n**/e2e/auth/ \npkg/gen/*\n',
  });
  expect(found(root)).toEqual(['auth/z.ts', 'b/fix.ts', 'gen/g.ts']);
});

test.each([
  ['', ['Gen/a.ts', 'app/Auth/b.ts']],
  ['[core]\n\tbare = false\n\tignoreCase = true ; as on a Mac\n', []],
  ['[CORE]\n\tignorecase\n', []],
  ['[core]\n\tignorecase = true\n[core]\n\tignorecase = false\n', ['Gen/a.ts', 'app/Auth/b.ts']],
  ['[other]\n\tignorecase = true\n', ['Gen/a.ts', 'app/Auth/b.ts']],
])('patterns have the case of the repository`s file system: %j', (config, expected) => {
  const root = makeTree({
    ...files('.git/HEAD', 'Gen/a.ts', 'app/Auth/b.ts'),
    '.git/config': config,
    '.gitignore': 'gen\napp/auth/\n',
  });
  expect(found(root)).toEqual(expected);
});

test('repositories inside a repository are others, and those side by side are each scanned', () => {
  const root = makeTree({
    ...files('clones/one/.git/HEAD', 'clones/one/a.ts', 'clones/one/b.ts', 'clones/two/.git/HEAD', 'clones/two/a.ts'),
    ...files(
      'app/.git/HEAD',
      'app/a.ts',
      'app/inner/.git/HEAD',
      'app/inner/b.ts',
      'app/tree/c.ts',
      'app/not/.git/d.ts',
    ),
    'app/tree/.git': 'gitdir: ../.git/worktrees/tree\n',
    'app/not/e.ts': '',
    'clones/one/.git/info/exclude': 'b.ts\n',
  });
  expect(found(root)).toEqual(['app/a.ts', 'app/not/e.ts', 'clones/one/a.ts', 'clones/two/a.ts']);
  const { problems } = discoverFiles([join(root, 'app')]);
  expect(problems.map(({ path }) => path).toSorted()).toEqual([join(root, 'app/inner'), join(root, 'app/tree')]);
  expect(problems[0]?.message).toBe('not scanned: it is another git repository. Name it to scan it.');
  expect(found(root, [join(root, 'app'), join(root, 'app/inner')])).toContain('app/inner/b.ts');
});

test('what git tracks is scanned although it is ignored', () => {
  const root = makeTree({
    ...files('gen/api/a.ts', 'gen/api/b.ts', 'gen/c.ts', 'd.ts', 'dist/e.js', 'package.json'),
    '.gitignore': 'gen\nd.ts\n',
  });
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', root, ...args]);
  git('init', '-q');
  expect(found(root)).toEqual([]);
  git('add', '-f', 'gen/api/a.ts', 'd.ts', 'dist/e.js');
  // Build output stays out, whether or not it is in the repository.
  expect(found(root)).toEqual(['d.ts', 'gen/api/a.ts']);
});

test('what is named is left out where exclusion is forced', () => {
  const root = makeTree({
    ...files('.git/HEAD', 'a.ts', 'out/b.ts', 'c.min.js', 'node_modules/x/d.js', 'own/e.ts', 'gen/f.ts', 'app/g.ts'),
    '.gitignore': 'out\n',
    'app/.gitignore': 'g.ts\n',
  });
  const named = ['a.ts', 'out/b.ts', 'c.min.js', 'node_modules/x/d.js', 'own/e.ts', 'gen', 'app/g.ts'];
  const roots = named.map((path) => join(root, path));
  const options = { ignoredAt: () => ({ patterns: ['own', 'gen'], base: root }) };
  const paths = (forceExclude: boolean) =>
    discoverFiles(roots, { ...options, forceExclude }).files.map((path) => path.slice(root.length + 1));
  expect(paths(false)).toHaveLength(named.length);
  expect(paths(true)).toEqual(['a.ts']);
});

test('rules above the root count up to the repository`s top, and .git/info/exclude as well', () => {
  const root = makeTree({
    ...files('repo/.git/HEAD', 'repo/app/a.ts', 'repo/app/b.ts', 'repo/app/c.ts', 'repo/app/d.ts'),
    '.gitignore': 'a.ts\n',
    'repo/.gitignore': 'b.ts\n/app/c.ts\n',
    'repo/.git/info/exclude': 'd.ts\n',
  });
  expect(found(root, [join(root, 'repo/app')])).toEqual(['repo/app/a.ts']);
});

test('what is named is scanned: an ignored folder, an ignored or minified file', () => {
  const root = makeTree({ ...files('.git/HEAD', 'out/a.ts', 'b.min.js', 'c.ts'), '.gitignore': 'out\nc.ts\n' });
  expect(found(root)).toEqual([]);
  expect(found(root, [join(root, 'out'), join(root, 'b.min.js'), join(root, 'c.ts')])).toEqual([
    'b.min.js',
    'c.ts',
    'out/a.ts',
  ]);
  expect([...discoverFiles([join(root, 'c.ts')]).explicit]).toEqual([join(root, 'c.ts')]);
});

test('the configuration leaves out, and brings back what is left out otherwise', () => {
  const root = makeTree({
    ...files('package.json', 'a.ts', 'test/b.ts', 'dist/c.js', 'gen/d.ts'),
    '.gitignore': 'gen\n',
  });
  expect(found(root, [root], ['test/**', '!dist/', '!gen'])).toEqual(['a.ts', 'dist/c.js', 'gen/d.ts']);
});

test('overlapping roots give each file once', () => {
  const root = makeTree(files('a.ts', 'sub/b.ts'));
  symlinkSync(root, join(makeTree({}), 'link'));
  expect(found(root, [root, join(root, 'sub'), join(root, 'a.ts'), root])).toEqual(['a.ts', 'sub/b.ts']);
});

test('a file that two paths lead to is listed once, as the first of them names it', () => {
  const root = makeTree(files('app/a.ts', 'app/b.ts'));
  symlinkSync('app', join(root, 'link'));
  symlinkSync('app/a.ts', join(root, 'one.ts'));
  const roots = (...names: readonly string[]) =>
    found(
      root,
      names.map((name) => join(root, name)),
    );
  expect(roots('app', 'link')).toEqual(['app/a.ts', 'app/b.ts']);
  expect(roots('link', 'app')).toEqual(['link/a.ts', 'link/b.ts']);
  expect(roots('one.ts', 'app', 'app/a.ts')).toEqual(['app/b.ts', 'one.ts']);
  const { explicit, files: paths } = discoverFiles([join(root, 'app'), join(root, 'one.ts')]);
  expect([...explicit]).toEqual([join(root, 'app/a.ts')]);
  expect(paths).toHaveLength(2);
});

test('symbolic links form no loop and no duplicate', () => {
  const root = makeTree(files('a/b.ts'));
  symlinkSync('..', join(root, 'a/loop'));
  symlinkSync('b.ts', join(root, 'a/c.ts'));
  symlinkSync('self', join(root, 'self'));
  expect(found(root)).toEqual(['a/b.ts']);
  const { problems } = discoverFiles([join(root, 'self')]);
  expect(problems[0]?.message).toContain('loop');
});

test('a folder that cannot be read is a problem, and the rest is found', () => {
  const root = makeTree(files('a.ts', 'locked/b.ts'));
  const list = (folder: string) => {
    if (folder.endsWith('locked')) throw Object.assign(new Error('no'), { code: 'EACCES' });
    return readListing(folder);
  };
  const { files: paths, problems } = discoverFiles([root], { list });
  expect(paths).toEqual([join(root, 'a.ts')]);
  expect(problems).toEqual([
    {
      path: join(root, 'locked'),
      message: 'folder not read: permission denied. Everything else was scanned.',
    },
  ]);
});

test('a root that is missing or no source is a problem', () => {
  const root = makeTree({ 'notes.txt': '' });
  const { files: paths, problems } = discoverFiles([join(root, 'nowhere'), join(root, 'notes.txt')]);
  expect(paths).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual([
    'not read: no such file or folder.',
    expect.stringContaining('TypeScript, JavaScript, Python'),
  ]);
});

test('names that patterns and paths give a meaning to are only names', () => {
  const root = makeTree({
    ...files('a[1].ts', '..b.ts', 'c d.ts', '!e.ts', '(g)/[h]/i.tsx'),
    '.gitignore': 'x[\n\\\n!\n',
  });
  mkdirSync(join(root, '#f'));
  writeFileSync(join(root, '#f/a.ts'), '');
  expect(found(root)).toEqual(['!e.ts', '#f/a.ts', '(g)/[h]/i.tsx', '..b.ts', 'a[1].ts', 'c d.ts']);
});
