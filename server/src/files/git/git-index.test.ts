import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createReadPolicy } from '../read-policy.ts';
import { trackedPaths } from './git-index.ts';

function repository(paths: readonly string[], version: number) {
  const root = mkdtempSync(join(tmpdir(), 'farthing-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const git = (...args: string[]): string => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' });
  git('init', '-q');
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  git('add', '-f', '.');
  git('update-index', '--index-version', String(version));
  return { root, git };
}

describe('the files that git tracks', () => {
  it.each([2, 3, 4])('are those of an index of version %i', (version) => {
    const deep = `deep/${'folder/'.repeat(20)}`;
    const names = Array.from({ length: 200 }, (_, index) => `${deep}${'x'.repeat(index)}.ts`);
    const paths = ['a.ts', 'b/größe 模型.py', 'b/a.ts', ...names];
    const { root, git } = repository(paths, version);
    // Files added with `--intent-to-add` have their own flags.
    writeFileSync(join(root, 'later.ts'), '');
    git('add', '-N', 'later.ts');
    expect([...trackedPaths(join(root, '.git'))].toSorted()).toEqual([...paths, 'later.ts'].toSorted());
  });

  it('are none without an index, or if it has other contents', () => {
    const { root } = repository(['a.ts'], 2);
    writeFileSync(join(root, '.git/index'), 'DIRC\0\0\0\u0002\0\0\0\u0005cut off');
    expect(trackedPaths(join(root, '.git')).size).toBe(0);
    expect(trackedPaths(root).size).toBe(0);
  });

  it('are none if the index stands for more text than it has', () => {
    const { root, git } = repository([], 4);
    const input = Array.from(
      { length: 3 },
      (_, index) => `100644 blob ${'1'.repeat(40)}\t${'x'.repeat(2_000 + index * 2_000)}\n`,
    );
    execFileSync('git', ['-C', root, 'update-index', '--index-info'], { input: input.join('') });
    git('update-index', '--index-version', '4');
    expect(trackedPaths(join(root, '.git')).size).toBe(0);
  });

  it('may be read although their names are ignored', () => {
    const { root } = repository(['dependencies/config.py', 'other/a.py'], 2);
    writeFileSync(join(root, '.gitignore'), 'dependencies/\n');
    writeFileSync(join(root, 'dependencies/local.py'), '');
    const mayRead = createReadPolicy([root]);
    expect(
      ['dependencies/config.py', 'dependencies/local.py', 'other/a.py'].map((path) => mayRead(join(root, path))),
    ).toEqual([true, false, true]);
  });
});
