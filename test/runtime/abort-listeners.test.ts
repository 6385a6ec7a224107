/** One signal for many calls, as a server has for its shutdown: nothing of a call stays on it. */
import { getEventListeners } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { MeterOptions } from '../../runtime/src/index.ts';
import { type SetUp, setUp } from './set-up.ts';

const CALLS = 1000;
const AT_ONCE = 20;
const LAYERS: Readonly<Record<string, MeterOptions>> = {
  timeout: { timeout: 60_000 },
  'timeout and failover': {
    timeout: 60_000,
    failover: { failing: [{ model: 'small' }], gone: [{ model: 'failing' }] },
  },
  'timeout, queue, deduplication and cache': {
    timeout: 60_000,
    queue: { concurrency: 2 },
    deduplicate: 'on',
    cache: { mode: 'on' },
  },
};

const warnings: Error[] = [];
const note = (warning: Error): void => void warnings.push(warning);

let on: SetUp;
afterEach(async () => {
  process.removeListener('warning', note);
  warnings.length = 0;
  await on.close();
});

/** How a caller may be done with an answer. */
const ENDS: readonly ((response: Response) => Promise<unknown>)[] = [
  (response) => response.text(),
  async (response) => response.body?.cancel(),
  async (response) => {
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
  },
];

test.each(Object.entries(LAYERS))(`${CALLS} calls with one signal leave no listener on it: %s`, async (_, options) => {
  on = await setUp(options);
  process.on('warning', note);
  const failed = { error: { status: 500, retryAfterMs: 0 } } as const;
  on.provider.script({ model: 'failing' }, failed);
  on.provider.script({ model: 'gone' }, { fault: { kind: 'disconnect', at: 'start' } });
  on.provider.script({ model: 'breaking' }, { fault: { kind: 'disconnect', at: 'middle' } });
  const models = ['small', 'small', 'failing', 'gone', 'breaking'];
  const { signal } = new AbortController();

  const call = async (i: number): Promise<void> => {
    const body = {
      model: models[i % models.length],
      temperature: 0,
      stream: i % 2 === 0,
      messages: [{ role: 'user', content: `Question ${i % 300}` }],
    };
    const url = `${on.provider.url}/v1/chat/completions`;
    await on.meter
      .fetch(url, { method: 'POST', body: JSON.stringify(body), signal })
      .then((response) => ENDS[i % ENDS.length]?.(response))
      .catch(() => {});
  };
  for (let first = 0; first < CALLS; first += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => call(first + i)));
  }
  await on.meter.flush();

  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(warnings).toEqual([]);
});
