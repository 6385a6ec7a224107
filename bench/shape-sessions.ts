/**
 * The second half of `npm run bench -- shape`: what generated conversations with tools cost from end to end, with and
 * without the options of `shape.context`, by the bill of a fake provider that keeps a prompt cache.
 */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { createMeter, type MeterOptions } from '../runtime/src/index.ts';
import { startFakeProvider } from '../test/provider/server.ts';

type Context = NonNullable<NonNullable<MeterOptions['shape']>['context']>;

const LOSSLESS: Context = { minifyJson: true, trimSpace: true, dropRepeats: true };
const OPTIONS: Readonly<Record<string, Context>> = {
  nothing: {},
  'without loss': LOSSLESS,
  'results of at most 500 tokens': { shortenToolResults: { tokens: 500 } },
  'old results cleared': { clearToolResults: {} },
  'all of them': { ...LOSSLESS, shortenToolResults: { tokens: 500 }, clearToolResults: {} },
};

interface Session {
  readonly name: string;
  readonly turns: number;
  /** Rows in the JSON of each result. */
  readonly rows: number;
}

const SESSIONS: readonly Session[] = [
  { name: 'short, small results', turns: 6, rows: 10 },
  { name: 'long, middling results', turns: 30, rows: 40 },
  { name: 'long, large results', turns: 30, rows: 200 },
];

export async function benchShapeSessions(): Promise<void> {
  console.log('\n| session | provider | left out | cost | of the cost without | turns at a loss |');
  console.log('| --- | --- | --- | ---: | ---: | ---: |');
  for (const session of SESSIONS) {
    for (const provider of ['openai', 'anthropic'] as const) {
      let plain = 0;
      for (const [name, context] of Object.entries(OPTIONS)) {
        const { cost, losses } = await run(session, provider, context);
        if (name === 'nothing') plain = cost;
        const share = `${((100 * cost) / plain).toFixed(0)}%`;
        const dollars = (amount: number): string => `$${(amount / 1e9).toFixed(4)}`;
        console.log(`| ${session.name} | ${provider} | ${name} | ${dollars(cost)} | ${share} | ${losses} |`);
      }
    }
  }
}

async function run({ turns, rows }: Session, name: 'openai' | 'anthropic', context: Context) {
  const provider = await startFakeProvider();
  const { host } = new URL(provider.url);
  let cost = 0;
  let losses = 0;
  const meter = createMeter({
    hosts: { [`${host}/v1/messages`]: 'anthropic', [host]: 'openai' },
    shape: { context },
    onCall: (call) => {
      cost += call.cost?.amount ?? 0;
      if ((call.savedBy.shape ?? 0) < 0) losses++;
    },
  });
  const ask = name === 'openai' ? askOpenAI(meter.wrap, provider.url) : askAnthropic(meter.wrap, provider.url);
  for (let turn = 1; turn <= turns; turn++) await ask(Array.from({ length: turn }, (_, index) => result(index, rows)));
  await meter.close();
  await provider.close();
  return { cost, losses };
}

type Ask = (results: readonly string[]) => Promise<unknown>;
type Wrap = ReturnType<typeof createMeter>['wrap'];

const SYSTEM = 'You answer questions about orders from what your tools return. '.repeat(100);
const QUESTION = 'Which orders of the customer in Leeds are late?';

function askOpenAI(wrap: Wrap, url: string): Ask {
  const client = wrap(new OpenAI({ apiKey: 'k', baseURL: `${url}/v1` }));
  return (results) =>
    client.chat.completions.create({
      model: 'gpt-4.1',
      max_completion_tokens: 100,
      messages: [
        { role: 'system', content: SYSTEM },
        { role: 'user', content: QUESTION },
        ...results.flatMap((content, index): OpenAI.ChatCompletionMessageParam[] => [
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              { id: `c${index}`, type: 'function', function: { name: 'orders', arguments: `{"page":${index}}` } },
            ],
          },
          { role: 'tool', tool_call_id: `c${index}`, content },
        ]),
      ],
    });
}

/** The application marks the end of each request for the provider's cache, as agents do. */
function askAnthropic(wrap: Wrap, url: string): Ask {
  const client = wrap(new Anthropic({ apiKey: 'k', baseURL: url }));
  return (results) =>
    client.messages.create({
      model: 'claude-sonnet-5',
      max_tokens: 100,
      system: SYSTEM,
      messages: [
        { role: 'user', content: QUESTION },
        ...results.flatMap((content, index): Anthropic.MessageParam[] => [
          {
            role: 'assistant',
            content: [{ type: 'tool_use', id: `c${index}`, name: 'orders', input: { page: index } }],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: `c${index}`,
                content,
                ...(index === results.length - 1 && { cache_control: { type: 'ephemeral' } }),
              },
            ],
          },
        ]),
      ],
    });
}

/** In the default spacing of Python's serialiser. */
function result(page: number, rows: number): string {
  const list = Array.from({ length: rows }, (_, index) => {
    const id = page * 1000 + index;
    return `{"id": ${id}, "city": "${index % 17 === 3 ? 'Leeds' : 'York'}", "total": ${id / 4}, "late": ${index % 5 === 0}}`;
  });
  return `{"page": ${page}, "orders": [${list.join(', ')}]}`;
}
