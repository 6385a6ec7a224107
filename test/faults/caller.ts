/**
 * One of several processes that call on one file until they are told to end or are killed:
 * `node caller.ts JSON`. It tells its parent of each call that has ended and is written.
 */
import OpenAI from 'openai';
import { createMeter } from '../../runtime/src/index.ts';
import { hostsOf, PRICES } from '../runtime/set-up.ts';

export interface CallerTask {
  readonly path: string;
  readonly url: string;
  readonly lease: number;
  /** How many questions there are: all processes ask the same ones. */
  readonly questions: number;
}

/** The calls that are in the ledger. */
export type CallerMessage = readonly string[];

export const BUDGET = { per: 'total', window: 'month', dollars: 1 } as const;

export function bodyOf(question: number) {
  const messages = [{ role: 'user' as const, content: `Question ${question}` }];
  return { model: 'small', messages, max_completion_tokens: 40, temperature: 0 };
}

if (process.argv[1] === import.meta.filename) {
  const { path, url, lease, questions } = JSON.parse(process.argv[2] ?? '') as CallerTask;
  let ended: string[] = [];
  const meter = createMeter({
    path,
    lease,
    prices: PRICES,
    hosts: hostsOf(url),
    budgets: [BUDGET],
    cache: { mode: 'on' },
    onCall: ({ id }) => ended.push(id),
  });
  const openai = meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0 }));
  let isRunning = true;
  process.once('message', () => {
    isRunning = false;
  });
  process.once('disconnect', () => process.exit());

  const lane = async (first: number): Promise<void> => {
    for (let question = first; isRunning; question++) {
      const body = bodyOf(question % questions);
      if (question % 2 === 0) for await (const _ of await openai.chat.completions.create({ ...body, stream: true }));
      else await openai.chat.completions.create(body);
      const calls = ended;
      ended = [];
      await meter.flush();
      process.send?.(calls satisfies CallerMessage);
    }
  };
  await Promise.all(Array.from({ length: 4 }, (_, index) => lane(index * 7)));
  await meter.close();
  process.disconnect?.();
}
