/**
 * One of several processes that call on one file until they are told to end or are killed:
 * `node caller.ts JSON`. It tells its parent of each call that has ended and is written.
 */
import OpenAI from 'openai';
import { createMeter, sqliteStores } from '../../runtime/src/index.ts';
import { hostsOf, PRICES } from '../runtime/set-up.ts';
import { PATIENT } from '../stores/in-time.ts';

export interface CallerTask {
  readonly path: string;
  readonly url: string;
  readonly lease: number;
  /** Is in the questions that this process asks alone. */
  readonly name: string;
}

/** The calls that are in the ledger. */
export type CallerMessage = readonly string[];

export const BUDGET = { per: 'total', window: 'month', dollars: 1 } as const;

/** Calls that a process has open at once. */
export const LANES = 4;
/** All processes ask these, again and again: most are answered from what another one has kept. */
export const SHARED_QUESTIONS = 120;

export function bodyOf(question: string) {
  const messages = [{ role: 'user' as const, content: `Question ${question}` }];
  return { model: 'small', messages, max_completion_tokens: 40, temperature: 0 };
}

if (process.argv[1] === import.meta.filename) {
  const { path, url, lease, name } = JSON.parse(process.argv[2] ?? '') as CallerTask;
  let ended: string[] = [];
  const meter = createMeter({
    stores: sqliteStores({ path, busyTimeout: PATIENT }),
    lease,
    prices: PRICES,
    hosts: hostsOf(url),
    budgets: [BUDGET],
    cache: { mode: 'on' },
    onCall: ({ id }) => ended.push(id),
  });
  const openai = meter.wrap(new OpenAI({ apiKey: 'test-key', baseURL: `${url}/v1`, maxRetries: 0 }));
  let isRunning = true;
  process.once('message', () => {
    isRunning = false;
  });
  process.once('disconnect', () => process.exit());

  const lane = async (first: number): Promise<void> => {
    for (let count = first; isRunning; count++) {
      // Every third request is new and asked only once, so that each lane reaches the provider again.
      const body = bodyOf(count % 3 === 0 ? `${first}-${count} of ${name}` : String(count % SHARED_QUESTIONS));
      if (count % 2 === 0) for await (const _ of await openai.chat.completions.create({ ...body, stream: true }));
      else await openai.chat.completions.create(body);
      const calls = ended;
      ended = [];
      await meter.flush();
      process.send?.(calls satisfies CallerMessage);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index * 7)));
  await meter.close();
  process.disconnect?.();
}
