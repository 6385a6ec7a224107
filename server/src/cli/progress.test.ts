import { expect, test } from 'vitest';
import type { Io } from './io.ts';
import { createProgress } from './progress.ts';

function run(isError: boolean, times: readonly number[]): string {
  let written = '';
  let now = 0;
  const io = { terminal: { isError }, status: (line: string) => (written += `<${line}>`) } as unknown as Io;
  const progress = createProgress(io, () => now);
  for (const [index, time] of times.entries()) {
    now = time;
    progress.update(index, 2000);
  }
  progress.clear();
  return written;
}

test('a short scan shows nothing', () => {
  expect(run(true, [0, 500, 999])).toBe('');
});

test('a long scan shows one line, at most ten times a second, and clears it', () => {
  const written = run(true, [0, 1000, 1050, 1099, 1100]);
  expect(written.match(/of 2,000 files/g)).toHaveLength(2);
  expect(written).toContain('1 of 2,000 files');
  expect(written.endsWith('<>')).toBe(true);
});

test('there is no progress without a terminal', () => {
  expect(run(false, [0, 1000, 5000])).toBe('');
});
