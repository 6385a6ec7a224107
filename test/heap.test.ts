/** The language server bounds its heap: a process that does so, and makes garbage as keystrokes do, stays small. */
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
