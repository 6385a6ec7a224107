/** The language server bounds its heap: a process that does so, and makes garbage as keystrokes do, stays small. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MODULE = fileURLToPath(new URL('../server/src/lsp/heap.ts', import.meta.url));

/** Trees, of which the last 160 are alive: what survives makes a nursery grow. */
const program = (start: string) => `
import { boundHeap, nurserySize, NURSERY_LIMIT } from ${JSON.stringify(MODULE)};
${start}
const tree = (depth) => (depth === 0 ? { text: 'x' + Math.random() } : { left: tree(depth - 1), right: tree(depth - 1) });
const alive = [];
for (let round = 0; round < 2000; round++) {
  alive[round % 160] = tree(11);
  await new Promise(setImmediate);
}
console.log(nurserySize() <= 2 * NURSERY_LIMIT);
`;

const run = (start: string) =>
  spawnSync(process.execPath, ['--input-type=module', '--eval', program(start)], { encoding: 'utf8' }).stdout.trim();

test('the nursery stops growing', { timeout: 60_000 }, () => {
  expect(run('boundHeap();')).toBe('true');
  // It would grow beyond that, or there would be nothing to bound.
  expect(run('')).toBe('false');
});
