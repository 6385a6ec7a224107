/** 10,000 calls at once, plain and streamed, some of which fail or are given up: all end, and every sum is exact. */
import { afterEach, expect, test } from 'vitest';
import { sqliteStores } from '../../runtime/src/index.ts';
import { priceTable } from '../provider/log.ts';
import { collect, type SetUp, setUp } from '../runtime/set-up.ts';
import { temporaryFiles } from '../stores/temporary.ts';

const { path } = temporaryFiles();
let on: SetUp;
afterEach(() => on.close());

const CALLS = 10_000;
/** Each is asked by several calls at once, which share what is sent. */
const QUESTIONS = 2500;
const CONCURRENCY = 100;
const OUTPUT_LIMIT = 20;
const cap = { per: 'total', window: 'month', dollars: 0.1 } as const;
const priceOf = priceTable({ small: { input: 1000, output: 2000 } });

test('10,000 calls at once', async () => {
  on = await setUp({
    stores: sqliteStores({ path: path() }),
    budgets: [cap],
    limits: [{ per: 'total', requests: CALLS }],
    cache: { mode: 'on' },
    deduplicate: 'on',
    queue: { concurrency: CONCURRENCY, maximumWaiting: CALLS },
  });
  on.provider.script({ text: 'Question 13 ' }, { error: { status: 500 } });
  on.provider.script({ outputTokens: OUTPUT_LIMIT, chunks: 4 });

  const givenUp: AbortController[] = [];
  const ask = async (index: number): Promise<unknown> => {
    const messages = [{ role: 'user' as const, content: `Question ${index % QUESTIONS} ` }];
    const body = { model: 'small', messages, max_completion_tokens: OUTPUT_LIMIT, temperature: 0 };
    const controller = new AbortController();
    if (index % 50 === 7) givenUp.push(controller);
    const options = { signal: controller.signal };
    if (index % 3 !== 0) return on.metered.openai.chat.completions.create(body, options);
    return collect(await on.metered.openai.chat.completions.create({ ...body, stream: true }, options));
  };
  const all = Promise.allSettled(Array.from({ length: CALLS }, (_, index) => ask(index)));
  await on.provider.until((calls) => calls.length > 300);
  for (const controller of givenUp) controller.abort();
  const results = await all;
  await on.meter.flush();
  await on.provider.idle();

  expect(on.calls).toHaveLength(CALLS);
  expect(on.provider.peak).toBeLessThanOrEqual(CONCURRENCY);
  expect(on.provider.calls.length).toBeLessThan(CALLS / 2);
  const refused = results.filter((result) => result.status === 'rejected' && result.reason.status === 402).length;
  expect(refused).toBeGreaterThan(100);
  expect(on.calls.filter(({ status }) => status === 402)).toHaveLength(refused);
  const { spent, reserved } = await on.meter.remaining(cap);
  const owed = on.provider.spend(priceOf);
  expect(reserved).toBe(0);
  expect(owed).toBeLessThanOrEqual(cap.dollars * 1e9);
  expect(spent).toBeGreaterThanOrEqual(owed);
  expect(spent).toBeLessThanOrEqual(cap.dollars * 1e9);
  const groups = await on.meter.report('origin');
  expect(groups.reduce((sum, { calls }) => sum + calls, 0)).toBe(CALLS);
  expect(on.events.filter(({ type }) => type !== 'refused')).toEqual([]);
});
