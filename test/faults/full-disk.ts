/**
 * Calls on a file that may not grow beyond a limit of this process: a full disk, as a process sees it. Prints what became
 * of them as JSON: `node full-disk.ts PATH PROVIDER_URL`.
 */
import OpenAI from 'openai';
import { createMeter, type MeterEvent } from '../../runtime/src/index.ts';
import { hostsOf, PRICES } from '../runtime/set-up.ts';

// Without a handler the signal of the limit would end the process before SQLite sees the error.
process.on('SIGXFSZ', () => {});

const [path = '', url = ''] = process.argv.slice(2);
const total = { per: 'total', window: 'month', dollars: 1 } as const;
const events: MeterEvent[] = [];
const meter = createMeter({
  path,
  prices: PRICES,
  hosts: hostsOf(url),
  budgets: [total],
  limits: [{ per: 'total', requests: 10_000 }],
  cache: { mode: 'on' },
  onEvent: (event) => events.push(event),
});
const openai = meter.wrap(new OpenAI({ apiKey: 'k', baseURL: `${url}/v1`, maxRetries: 0 }));
const statuses: number[] = [];
let kept: number | null = null;

async function ask(index: number): Promise<number> {
  const messages = [{ role: 'user' as const, content: `Question ${index}` }];
  const body = { model: 'small', messages, max_completion_tokens: 8000, temperature: 0 };
  return openai.chat.completions.create(body).then(
    () => 200,
    (error: { status?: number }) => error.status ?? 0,
  );
}

for (let index = 0; index < 200 && statuses.filter((status) => status === 402).length < 3; index++) {
  statuses.push(await ask(index));
  await meter.flush();
  if (index === 0) kept = await ask(0);
}
const again = await ask(0);
const { spent, reserved } = await meter.remaining(total);
const effects = events.map((event) => (event.type === 'store-failed' ? `${event.layer} ${event.effect}` : event.type));
process.stdout.write(
  JSON.stringify({
    served: statuses.filter((status) => status === 200).length,
    refused: statuses.filter((status) => status === 402).length,
    others: statuses.filter((status) => status !== 200 && status !== 402),
    kept,
    again,
    spent,
    reserved,
    effects: [...new Set(effects)].sort(),
  }),
);
await meter.close();
