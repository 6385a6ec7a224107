/** The files that a scan finds are those of `git ls-files`: on random trees, made and judged by git itself. */
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTree } from '../../workspace/testing.ts';
import { discoverFiles } from '../discover.ts';
import { isSourceName, nameOf } from '../paths.ts';

/** Numbers from 0 up to `below`, the same for a seed on every machine. */
type Random = (below: number) => number;

/** The generator "mulberry32": neighbouring seeds give unrelated numbers. */
function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

const FOLDERS = ['a', 'b', 'A', 'gen', 'Gen', 'lib', 'x y', '[c]', 'é'];
const FILES = [
  'a.ts',
  'A.ts',
  'b.py',
  'gen.ts',
  'x.test.ts',
  '#a.js',
  '!b.js',
  'x y.ts',
  'a[1].ts',
  'é.ts',
  'notes.md',
];
const PIECES = [
  '*',
  '?',
  '**',
  '*.ts',
  '*.T?',
  '[ab]',
  '[!a]*',
  '[a-c].ts',
  'g*',
  '*n',
  '\\[c\\]',
  'x\\ y',
  '\\!b.js',
  '\\#a.js',
];

function one<T>(random: Random, values: readonly T[]): T {
  return values[random(values.length)] as T;
}

function path(random: Random): string {
  const folders = Array.from({ length: random(4) }, () => one(random, FOLDERS));
  return [...folders, one(random, FILES)].join('/');
}

function pattern(random: Random): string {
  const piece = (): string => one(random, [...FOLDERS, ...FILES, ...PIECES, ...PIECES]);
  const body = Array.from({ length: 1 + random(3) }, piece).join('/');
  const start = one(random, ['', '', '', '/', '**/', '!', '!', '!/']);
  return start + body + one(random, ['', '', '/', '/', '/**', '/*', ' ', '\t', '\\ ']);
}

function patterns(random: Random): string {
  const lines = Array.from({ length: 1 + random(5) }, () =>
    one(random, [pattern(random), pattern(random), '# a', '', ' ']),
  );
  return lines.join(one(random, ['\n', '\n', '\r\n'])) + one(random, ['', '\n']);
}

const git = (root: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });

function write(root: string, path: string, text: string): void {
  // A name can be a folder in one path and a file in another: the first one stays.
  try {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (!existsSync(join(root, path))) writeFileSync(join(root, path), text);
  } catch {}
}

/** Git reads no `.gitignore` that is a link, wherever it leads. */
function linkIgnoreFile(root: string, random: Random): void {
  writeFileSync(join(root, 'linked-rules'), patterns(random));
  const path = join(root, one(random, ['', ...FOLDERS]), '.gitignore');
  if (process.platform === 'win32' || !existsSync(dirname(path)) || existsSync(path)) return;
  symlinkSync(join(root, 'linked-rules'), path);
}

function makeRepository(random: Random): string {
  const root = makeTree({});
  git(root, 'init', '-q');
  const isAnyCase = random(4) === 0;
  if (isAnyCase) git(root, 'config', 'core.ignoreCase', 'true');
  // Where case is ignored, two names never differ in case alone.
  const paths = Array.from({ length: 30 }, () => path(random)).map((one) => (isAnyCase ? one.toLowerCase() : one));
  for (const each of paths) write(root, each, '');
  const ignored = Array.from({ length: 1 + random(4) }, () => `${dirname(one(random, paths))}/.gitignore`);
  for (const each of ignored) write(root, each, patterns(random));
  if (random(2) === 0) writeFileSync(join(root, '.git/info/exclude'), patterns(random));
  for (let links = random(3); links > 0; links--) {
    try {
      symlinkSync(one(random, [root, join(root, one(random, FOLDERS)), 'a.ts']), join(root, `link${links}.ts`));
    } catch {}
  }
  if (random(3) === 0) linkIgnoreFile(root, random);
  if (random(3) === 0) {
    const inner = join(root, 'lib/clone');
    mkdirSync(inner, { recursive: true });
    git(inner, 'init', '-q');
    writeFileSync(join(inner, 'own.ts'), '');
  }
  const tracked = paths.filter((one) => random(3) === 0 && existsSync(join(root, one)));
  if (tracked.length > 0) git(root, 'add', '-f', '--', ...tracked.map((one) => `:(literal)${one}`));
  return root;
}

/** What git says, as far as it concerns source files that are there. */
function listedByGit(root: string): readonly string[] {
  const paths = git(root, 'ls-files', '-co', '--exclude-standard', '-z').split('\0');
  return paths.filter((one) => {
    const stats = lstatSync(join(root, one), { throwIfNoEntry: false });
    return one !== '' && isSourceName(nameOf(one)) && stats?.isFile();
  });
}

describe('the files of a repository', () => {
  it.each(Array.from({ length: 120 }, (_, seed) => seed))('are those that git lists: tree %i', (seed) => {
    const root = makeRepository(randomFrom(seed));
    const found = discoverFiles([root]).files.map((one) => one.slice(root.length + 1));
    expect(found).toEqual([...new Set(listedByGit(root))].toSorted());
  });
});
