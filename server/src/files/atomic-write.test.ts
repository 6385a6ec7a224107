import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRewriter } from './atomic-write.ts';
import type { Problem } from './problem.ts';

const isRoot = process.getuid?.() === 0;
/** The user and the group without rights, by the number that they have everywhere but on macOS. */
const NOBODY = 65534;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'farthing-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('never writes over what changed since it was read', () => {
  const [a, b] = [join(folder, 'a.ts'), join(folder, 'b.ts')];
  for (const path of [a, b]) writeFileSync(path, 'one');
  const rewriter = createRewriter(() => true);
  expect([rewriter.contentOf(a), rewriter.contentOf(b)]).toEqual(['one', 'one']);
  writeFileSync(a, 'somebody else');
  const problems = rewriter.write(
    new Map([
      [a, 'two'],
      [b, 'two'],
    ]),
  );
  expect(problems).toEqual([{ path: a, message: 'not fixed: it was changed in the meantime. Run the command again.' }]);
  expect(readFileSync(a, 'utf8')).toBe('somebody else');
  expect(readFileSync(b, 'utf8')).toBe('two');
});

it('reads nothing that may not be changed, and says so of what is gone', () => {
  const path = join(folder, 'a.ts');
  writeFileSync(path, 'one');
  expect(createRewriter(() => false).contentOf(path)).toBeNull();
  const rewriter = createRewriter(() => true);
  expect(rewriter.contentOf(join(folder, 'gone.ts'))).toBeNull();
  expect(rewriter.contentOf(path)).toBe('one');
  rmSync(path);
  expect(rewriter.write(new Map([[path, 'two']]))[0]?.message).toContain('not fixed');
});

describe.skipIf(process.platform === 'win32')('what a rewritten file keeps', () => {
  const rewrite = (path: string) => {
    const rewriter = createRewriter(() => true);
    rewriter.contentOf(path);
    return rewriter.write(new Map([[path, 'two']]));
  };

  it('its mode, also what the process masks out', () => {
    const path = join(folder, 'run.py');
    writeFileSync(path, 'one');
    chmodSync(path, 0o777);
    expect(rewrite(path)).toEqual([]);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two', 0o777]);
  });

  it('its hard links', () => {
    const [path, hard] = [join(folder, 'a.ts'), join(folder, 'hard.ts')];
    writeFileSync(path, 'one, and longer than what is written');
    linkSync(path, hard);
    expect(rewrite(path)).toEqual([]);
    expect(readFileSync(hard, 'utf8')).toBe('two');
    expect(statSync(hard).ino).toBe(statSync(path).ino);
  });

  it('the symbolic links that lead to it', () => {
    const [path, soft] = [join(folder, 'a.ts'), join(folder, 'soft.ts')];
    writeFileSync(path, 'one');
    symlinkSync(path, soft);
    expect(rewrite(soft)).toEqual([]);
    expect(lstatSync(soft).isSymbolicLink()).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('two');
  });

  it('its write-protection', () => {
    const path = join(folder, 'a.ts');
    writeFileSync(path, 'one', { mode: 0o444 });
    expect(asOrdinaryUser(path)[0]?.message).toBe('not fixed: it cannot be written (permission denied).');
    expect(readFileSync(path, 'utf8')).toBe('one');
  });

  /** Write protection does not stop root: then another process gives up its rights first. */
  function asOrdinaryUser(path: string): readonly Problem[] {
    if (!isRoot) return rewrite(path);
    chmodSync(folder, 0o777);
    chownSync(path, NOBODY, NOBODY);
    const code = `
      import { createRewriter } from ${JSON.stringify(import.meta.resolve('./atomic-write.ts'))};
      process.setgroups([${NOBODY}]);
      process.setgid(${NOBODY});
      process.setuid(${NOBODY});
      const rewriter = createRewriter(() => true);
      rewriter.contentOf(${JSON.stringify(path)});
      console.log(JSON.stringify(rewriter.write(new Map([[${JSON.stringify(path)}, 'two']]))));
    `;
    const args = ['--conditions=farthing-source', '--input-type=module', '--eval', code];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout);
  }

  // Only root can give files away.
  if (isRoot) {
    it('its owner', () => {
      const path = join(folder, 'theirs.ts');
      writeFileSync(path, 'one');
      chownSync(path, 1234, 5678);
      expect(rewrite(path)).toEqual([]);
      expect([readFileSync(path, 'utf8'), statSync(path).uid, statSync(path).gid]).toEqual(['two', 1234, 5678]);
      expect(readdirSync(folder)).toEqual(['theirs.ts']);
    });
  }
});
