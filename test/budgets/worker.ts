/** One of four processes that spend one budget: real clients, some of whose calls are given up. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { combineStores, createMeter, memoryStores } from '../../runtime/src/index.ts';
import type { Stores } from '../../runtime/src/stores/store.ts';
import { openStores } from '../stores/open.ts';
import {
  ABORTED,
  createRandom,
  OUTPUT_LIMIT,
  PRICES,
  promptOf,
  type WorkerMessage,
  type WorkerTask,
} from './traffic.ts';

const task = JSON.parse(process.argv[2] ?? '') as WorkerTask;
const random = createRandom(task.seed);
const meter = createMeter({
  prices: PRICES,
  hosts: { [new URL(task.url).host]: 'openai' },
  stores: combineStores(openStores(task.address), memoryStores()) as Stores,
  budgets: [
    { per: 'total', window: 'month', dollars: task.dollars },
    { per: 'feature', window: 'month', dollars: task.dollars },
  ],
  lease: task.lease,
  retries: 1,
  failover: { large: [{ model: 'small' }] },
});
const openai = meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${task.url}/v1`, maxRetries: 0 }));
const anthropic = meter.wrap(new Anthropic({ apiKey: 'k', baseURL: task.url, maxRetries: 0 }));

let left = task.calls;
let done = 0;
let refused = 0;

const say = (message: WorkerMessage): void => {
  process.send?.(message);
};
// Without its parent, a worker has nothing to do.
process.once('disconnect', () => process.exit());

async function call(question: string): Promise<void> {
  const messages = [{ role: 'user' as const, content: promptOf(question) }];
  const controller = new AbortController();
  const options = { signal: controller.signal };
  const timer = random() < ABORTED ? setTimeout(() => controller.abort(), random() * 8) : null;
  const kind = random();
  try {
    if (kind < 0.5) {
      const body = { model: 'large', messages, max_completion_tokens: OUTPUT_LIMIT };
      await openai.chat.completions.create(body, options);
    } else if (kind < 0.8) {
      const body = { model: 'large', messages, max_completion_tokens: OUTPUT_LIMIT, stream: true as const };
      let isWhole = false;
      for await (const { choices } of await openai.chat.completions.create(body, options)) {
        isWhole ||= choices[0]?.finish_reason === 'stop' || choices[0]?.finish_reason === 'length';
      }
      // The SDK raises nothing for a stream that is given up, or that ends before its end.
      if (!isWhole) say({ type: 'failed', question, error: 'an early end' });
    } else {
      await anthropic.messages.create({ model: 'large', messages, max_tokens: OUTPUT_LIMIT }, options);
    }
  } catch (error) {
    if (String(error).includes('budget_exceeded')) refused++;
    else say({ type: 'failed', question, error: error instanceof Error ? error.constructor.name : String(error) });
  } finally {
    if (timer !== null) clearTimeout(timer);
    done++;
    if (done % 50 === 0) say({ type: 'progress', done, refused });
  }
}

async function lane(): Promise<void> {
  while (left > 0) {
    const question = `${task.seed}.${left--}`;
    await meter.run({ feature: 'load' }, () => call(question));
  }
}

await Promise.all(Array.from({ length: task.parallel }, lane));
await meter.close();
say({ type: 'progress', done, refused });
process.disconnect?.();
