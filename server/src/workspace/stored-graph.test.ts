import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scan } from './scan.ts';
import { makeTree, scanOptions, type Tree, writeTree } from './testing.ts';

/** Scans with a cache, and again without: both must say the same. Returns how many modules the first one parsed. */
function scanTwice(root: string, directory: string, changes: Parameters<typeof scanOptions>[1] = {}): number {
  const cached = scan(scanOptions(root, { ...changes, cache: { directory, key: () => 'k' } })).report;
  const fresh = scan(scanOptions(root, changes)).report;
  const withoutTimes = ({ stats: { files }, ...rest }: typeof fresh) => ({ ...rest, files });
  expect(withoutTimes(cached)).toEqual(withoutTimes(fresh));
  return cached.stats.parsed;
}

const cacheFolder = () => join(makeTree({}), 'cache');

const TREE: Tree = {
  'a.ts': 'import { MODEL } from "./config"; ask(MODEL)',
  'b.ts': 'import { MODEL } from "./config"; ask(MODEL)',
  'config.ts': 'export * from "./deep/constants"\nexport const OTHER = "x"',
  'deep/constants.ts': 'export const MODEL = "small"',
  'c.ts': 'const P = read("prompt.txt"); ask(P)',
  'prompt.txt': 'be brief',
  'd.py': '# farthing-ignore-file nothing -- x\nask("d")',
  'note.ipynb': JSON.stringify({ cells: [{ cell_type: 'code', source: 'ask("n")' }] }),
  'plain.ts': 'tell()',
  'broken.ts': 'ask("x"); const = ',
  'binary.ts': Buffer.from([0]),
};

test('an unchanged tree is not parsed again, and gives the same report', () => {
  const root = makeTree(TREE);
  const directory = cacheFolder();
  expect(scanTwice(root, directory)).toBe(8);
  expect(scanTwice(root, directory)).toBe(0);
  expect(scanTwice(root, directory)).toBe(0);
});

test('what is imported without being source does not spoil the cache', () => {
  const imports = 'import "./style.css"; import data from "./data.json"; import * as big from "./big"; ask(MODEL)';
  const root = makeTree({ 'a.ts': imports, 'style.css': '', 'data.json': '{}', 'big.ts': '// x\n'.repeat(500_000) });
  const directory = cacheFolder();
  expect(scanTwice(root, directory)).toBe(2);
  expect(scanTwice(root, directory)).toBe(0);
});

test('a change of the same length within the clock`s grain is seen', () => {
  const root = makeTree(TREE);
  const directory = cacheFolder();
  scanTwice(root, directory);
  const { atime, mtime } = statSync(join(root, 'deep/constants.ts'));
  writeTree(root, { 'deep/constants.ts': 'export const MODEL = "large"' });
  utimesSync(join(root, 'deep/constants.ts'), atime, mtime);
  scanTwice(root, directory);
  const { report } = scan(scanOptions(root, { cache: { directory, key: () => 'k' } }));
  expect(report.calls.map(({ model }) => model.value)).toContain('large');
});

test('only what depended on a change is analysed again, also through a module that was evaluated for another', () => {
  const root = makeTree(TREE);
  const directory = cacheFolder();
  scanTwice(root, directory);
  writeTree(root, { 'deep/constants.ts': 'export const MODEL = "huge"' });
  expect(scanTwice(root, directory)).toBe(4);
  writeTree(root, { 'prompt.txt': 'be long' });
  expect(scanTwice(root, directory)).toBe(1);
  writeTree(root, { 'plain.ts': 'ask("now")' });
  expect(scanTwice(root, directory)).toBe(1);
  expect(scanTwice(root, directory)).toBe(0);
});

test('a new file, a vanished file and a changed configuration move imports', () => {
  const root = makeTree({
    ...TREE,
    'e.ts': 'import { MODEL } from "@/m"; ask(MODEL)',
    'x/m.ts': 'export const MODEL = "x"',
    'y/m.ts': 'export const MODEL = "y"',
  });
  const directory = cacheFolder();
  const models = () => {
    scanTwice(root, directory);
    return scan(scanOptions(root, { cache: { directory, key: () => 'k' } })).report.calls.map(
      ({ path, model }) => `${path} ${model.value}`,
    );
  };
  expect(models()).toContain('e.ts null');
  writeTree(root, { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./x/*"] } } }' });
  expect(models()).toContain('e.ts x');
  writeTree(root, { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./y/*"] } } }' });
  expect(models()).toContain('e.ts y');
  writeTree(root, { 'config/index.ts': 'export const MODEL = "not seen"' });
  expect(models()).toContain('a.ts small');
  rmSync(join(root, 'config.ts'));
  expect(models()).toContain('a.ts not seen');
  rmSync(join(root, 'a.ts'));
  expect(models().join()).not.toContain('a.ts');
});

test('a text that appears where none was is read', () => {
  const root = makeTree({ 'c.ts': 'const P = read("late.txt"); ask(P)' });
  const directory = cacheFolder();
  scanTwice(root, directory);
  writeTree(root, { 'late.txt': 'here' });
  expect(scanTwice(root, directory)).toBe(1);
});

test('another key, a damaged or a foreign file is not used as a cache', () => {
  const root = makeTree(TREE);
  const directory = cacheFolder();
  const parsed = (key: string) => scan(scanOptions(root, { cache: { directory, key: () => key } })).report.stats.parsed;
  expect([parsed('k'), parsed('k'), parsed('other'), parsed('other')]).toEqual([8, 0, 8, 0]);
  const [file = ''] = readdirSync(directory);
  const path = join(directory, file);
  for (const damage of ['', '{}', 'farthing-scan-1 a b\n{}', '\0'.repeat(100)]) {
    writeFileSync(path, damage);
    expect(parsed('k')).toBe(8);
    expect(parsed('k')).toBe(0);
  }
  rmSync(directory, { recursive: true });
  expect(parsed('k')).toBe(8);
});

test('a cache that cannot be written or read does not fail the scan', () => {
  const root = makeTree({ 'a.ts': 'ask("1")', file: '' });
  expect(scanTwice(root, join(root, 'file', 'below'))).toBe(1);
  const directory = cacheFolder();
  scanTwice(root, directory);
  const [file = ''] = readdirSync(directory);
  rmSync(join(directory, file));
  mkdirSync(join(directory, file));
  expect(scanTwice(root, directory)).toBe(1);
});

test('it is private, and leaves no temporary file', () => {
  const root = makeTree({ 'a.ts': 'ask("1")' });
  const directory = cacheFolder();
  scanTwice(root, directory);
  const names = readdirSync(directory);
  expect(names).toHaveLength(1);
  expect(statSync(join(directory, names[0] ?? '')).mode & 0o077).toBe(0);
});

test('whatever is edited, moved or removed between scans, the cached report is the fresh one', () => {
  const names = ['a.ts', 'b.ts', 'c.ts', 'd/index.ts', 'd.ts', 'p.txt', 'e.py', 'f.py', 'tsconfig.json'];
  const models = ['"small"', '"large"'];
  const content = fc.oneof(
    fc.constantFrom(...models).map((model) => `export const M = ${model}\nconst N = 1`),
    fc
      .tuple(fc.constantFrom('./a', './b', './c', './d', '@/a'), fc.constantFrom('M', '"x"'))
      .map(([from, arg]) => `import { M } from "${from}"; ask(${arg})`),
    fc.constantFrom('./a', './b', './c', './d', '@/b').map((from) => `export * from "${from}"`),
    fc.constantFrom(
      'M = read("p.txt"); ask(M)',
      'from f import M\nask(M)',
      'from .f import M\nask(M)',
      'M = "py"',
      'tell()',
      '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    ),
  );
  const edit = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), name: fc.constantFrom(...names), content }),
    fc.record({ kind: fc.constant('remove' as const), name: fc.constantFrom(...names) }),
    fc.record({ kind: fc.constant('rename' as const), name: fc.constantFrom(...names), to: fc.constantFrom(...names) }),
  );
  fc.assert(
    fc.property(fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 6 }), (rounds) => {
      const root = makeTree({ 'a.ts': 'export const M = "small"', 'b.ts': 'import { M } from "./a"; ask(M)' });
      const directory = cacheFolder();
      scanTwice(root, directory);
      for (const edits of rounds) {
        for (const change of edits) {
          if (change.kind === 'write') writeTree(root, { [change.name]: change.content });
          else if (change.kind === 'remove') rmSync(join(root, change.name), { force: true });
          else tryRename(join(root, change.name), join(root, change.to));
        }
        scanTwice(root, directory);
      }
    }),
    { numRuns: 60 },
  );
});

function tryRename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // One of the two is not there: nothing to move.
  }
}
