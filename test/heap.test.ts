/** What a process keeps in memory: the language server bounds its heap, and a scan lets go of what it needs no more. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

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
