/** Other requests are answered while what a document rests on is looked at. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGuard } from '../guard.ts';
import type { Documents, OpenDocument } from './documents.ts';
import { createSettling } from './settling.ts';

/** Milliseconds that one step takes. */
const STEP = 10;
const TOKEN = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Documents that take so many steps to settle. */
function open(steps: Record<string, number>) {
  const taken: string[] = [];
  const workspace = {
    *settle(path: string) {
      for (; (steps[path] ?? 0) > 0; steps[path] = (steps[path] ?? 0) - 1) {
        if (steps[path] === Number.POSITIVE_INFINITY) throw new Error('a bug');
        vi.advanceTimersByTime(STEP);
        taken.push(path);
        yield;
      }
    },
  };
  const folder = { workspace: () => workspace };
  const opened = new Map(
    Object.keys(steps).map((path) => [path, { uri: path, path, folder } as unknown as OpenDocument]),
  );
  const documents = {
    get: (uri: string) => opened.get(uri) ?? null,
    all: () => opened.values(),
  } as unknown as Documents;
  const log: string[] = [];
  return {
    settling: createSettling(
      documents,
      createGuard((line) => log.push(line)),
    ),
    taken,
    log,
  };
}

test('what is at hand is answered at once', () => {
  const { settling } = open({ a: 0, b: 1 });
  expect(settling.until('a')).toBeNull();
  expect(settling.answer('b', TOKEN, () => 'answer')).toBe('answer');
  expect(settling.until(null)).toBeNull();
});

test('a document that takes longer leaves the others their turn, and is looked at once for all who wait', async () => {
  const { settling, taken } = open({ large: 6, small: 0 });
  const first = settling.answer('large', TOKEN, () => taken.length);
  const second = settling.answer('large', TOKEN, () => taken.length);
  expect(taken.length).toBeLessThan(6);
  expect(settling.answer('small', TOKEN, () => 'answer')).toBe('answer');
  expect(await Promise.all([first, second])).toEqual([6, 6]);
});

test('a request that is cancelled in the meantime has no answer', async () => {
  const { settling } = open({ large: 6 });
  const token = { ...TOKEN };
  const answer = settling.answer('large', token, () => 'answer');
  token.isCancellationRequested = true;
  await expect(answer).rejects.toThrow('cancelled');
});

test('if it fails, the request is answered with what is known', () => {
  const { settling, log } = open({ broken: Number.POSITIVE_INFINITY });
  expect(settling.answer('broken', TOKEN, () => 'answer')).toBe('answer');
  expect(log).toEqual([expect.stringContaining('a bug')]);
});
