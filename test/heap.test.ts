/** What a process keeps in memory: the language server bounds its heap, and a scan lets go of what it needs no more. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DIST, folderWith } from './run-bundle.ts';

const MODULE = fileURLToPath(new URL('../server/src/lsp/heap.ts', import.meta.url));

/**
 * Trees, of which the last 160 are alive: what survives makes a nursery grow. While the heap is marked it takes in more
 * than its size, which it gives back: the size is the least of many looks.
 */
const program = (start: string) => `
import { boundHeap, nurserySize, NURSERY_LIMIT } from ${JSON.stringify(MODULE)};
${start}
const tree = (depth) => (depth === 0 ? { text: 'x' + Math.random() } : { left: tree(depth - 1), right: tree(depth - 1) });
const alive = [];
let size = Infinity;
for (let round = 0; round < 2000; round++) {
  alive[round % 160] = tree(11);
  await new Promise(setImmediate);
  if (round >= 1000) size = Math.min(size, nurserySize());
}
console.log(size <= 2 * NURSERY_LIMIT);
`;

const run = (start: string) =>
  spawnSync(process.execPath, ['--input-type=module', '--eval', program(start)], { encoding: 'utf8' }).stdout.trim();

test('the nursery stops growing', () => {
  expect(run('boundHeap();')).toBe('true');
  // It would grow beyond that, or there would be nothing to bound.
  expect(run('')).toBe('false');
});

/** Kilobytes that are alive after `work`, beyond what was before. */
const kept = (imports: string, work: string): number => {
  const code = `${imports}
const small = () => { gc(); return process.memoryUsage().heapUsed; };
{ ${work.replaceAll('SIZE', '10')} }
const before = small();
${work.replaceAll('SIZE', '110000')}
console.log(Math.round((small() - before) / 1000));
`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '--eval', code], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return Number(stdout);
};

const frontend = (name: string): string =>
  `import { ${name} } from ${JSON.stringify(fileURLToPath(new URL(`../server/src/frontends/${name}/${name}.ts`, import.meta.url)))};`;

test.each([
  ['python', 'a.py'],
  ['typescript', 'a.ts'],
])('no tree of a large text in %s stays beside what an analysis remembers', (name, path) => {
  // The text has half a megabyte; its tree would have more than ten.
  expect(kept(frontend(name), `${name}.lower('f(1)\\n'.repeat(SIZE), '${path}');`)).toBeLessThan(4000);
});

test('what an edit parsed is let go of when it is asked', () => {
  const code = (name: string): string => `${frontend(name)}
import { releaseTrees } from ${JSON.stringify(fileURLToPath(new URL('../server/src/frontends/keep-last.ts', import.meta.url)))};`;
  const edit = (name: string, path: string): string => `${name}.edit('f(1)\\n'.repeat(SIZE), '${path}', []);`;
  for (const [name, path] of [
    ['python', 'a.py'],
    ['typescript', 'a.ts'],
  ] as const) {
    expect(kept(code(name), edit(name, path)), name).toBeGreaterThan(4000);
    expect(kept(code(name), `${edit(name, path)} releaseTrees();`), name).toBeLessThan(4000);
  }
});

/** Says at the end how large the young generation is. */
const NURSERY = `process.on('exit', () => {
  const spaces = require('node:v8').getHeapSpaceStatistics();
  process.stderr.write(String(spaces.find(({ space_name }) => space_name === 'new_space').space_size));
});
`;

test('the nursery of a scan does not grow once a large file is met', () => {
  const call = (index: number): string =>
    `client.chat.completions.create(model="gpt-4-turbo", messages=[{"role": "user", "content": "Number ${index}"}])\n`;
  const head = 'from openai import OpenAI\nclient = OpenAI()\n';
  const calls = (count: number): string => head + Array.from({ length: count }, (_, index) => call(index)).join('');
  const cwd = folderWith({ 'nursery.cjs': NURSERY, 'large/a.py': calls(6000), 'small/a.py': calls(4000) });
  const nurseryAfter = (folder: string): number => {
    const hook = ['--require', join(cwd, 'nursery.cjs'), join(DIST, 'farthing.cjs')];
    const report = ['--no-cache', '--format', 'json', '--output', join(cwd, 'report.json')];
    const { status, stderr } = spawnSync(process.execPath, [...hook, 'scan', folder, ...report], {
      cwd,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    return Number(stderr);
  };
  expect(nurseryAfter('large')).toBeLessThan(20_000_000);
  // Less code, and yet the nursery grows, or there would be nothing to keep small.
  expect(nurseryAfter('small')).toBeGreaterThan(20_000_000);
});
