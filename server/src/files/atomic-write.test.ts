import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRewriter } from './atomic-write.ts';

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
  expect(problems).toEqual([{ path: a, message: 'not fixed: it changed meanwhile. Run the same command again.' }]);
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
