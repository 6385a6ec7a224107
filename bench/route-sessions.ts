/**
 * Conversations of generated questions, replayed against a fake provider that keeps a prompt cache: what they cost at one model,
 * and what routing makes of them with and without the cost of a switch. Which questions are hard is decided by a dice.
 */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { createMeter, type MeterOptions } from '../runtime/src/index.ts';
import { type FakeProvider, startFakeProvider } from '../test/provider/server.ts';

interface Pair {
  readonly api: 'openai' | 'anthropic';
  readonly simple: string;
  readonly complex: string;
}

const PAIRS: readonly Pair[] = [
  { api: 'openai', simple: 'gpt-6-luna', complex: 'gpt-6-sol' },
  { api: 'openai', simple: 'gpt-4.1-mini', complex: 'gpt-4.1' },
  { api: 'anthropic', simple: 'claude-haiku-5-5', complex: 'claude-sonnet-5-5' },
];
/** The system prompt of a session, in tokens: a chat, and an agent with its instructions. */
const SYSTEMS = [100, 8_000, 30_000];
const SHARES_OF_HARD = [0.2, 0.6];
const SESSIONS = 15;
const MINUTE = 60_000;

type Policy = 'complex alone' | 'simple alone' | 'no switch cost' | 'switch cost';
const POLICIES: readonly Policy[] = ['complex alone', 'simple alone', 'no switch cost', 'switch cost'];

export async function benchRouteSessions(): Promise<void> {
  const { now } = Date;
  try {
    await replayAll();
  } finally {
    Date.now = now;
  }
}

async function replayAll(): Promise<void> {
  console.log(
    `\n${SESSIONS} conversations of 3 to 20 turns each; cost in parts of the complex model alone, with its cache\n`,
  );
  console.log(
    '| models | system prompt | hard | simple alone | no switch cost (dearer, at most) | switch cost (dearer, at most) | hard ones answered by complex |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const pair of PAIRS) {
    for (const system of SYSTEMS) {
      for (const hard of SHARES_OF_HARD) {
        const runs = new Map<Policy, Replay>();
        for (const policy of POLICIES) runs.set(policy, await replay(pair, { system, hard }, policy));
        const of = (policy: Policy): Replay => runs.get(policy) as Replay;
        const alone = of('complex alone').costs;
        const part = (policy: Policy): string => {
          const parts = of(policy).costs.map((cost, index) => cost / (alone[index] ?? 0));
          const dearer = parts.filter((one) => one > 1).length;
          const share = `${((100 * sum(of(policy).costs)) / sum(alone)).toFixed(0)}%`;
          return policy === 'simple alone' ? share : `${share} (${dearer}, ${(100 * Math.max(...parts)).toFixed(0)}%)`;
        };
        const { hardByComplex, hardInAll } = of('switch cost');
        console.log(
          `| ${pair.complex}, ${pair.simple} | ${system} | ${hard * 100}% | ${part('simple alone')} | ${part('no switch cost')} | ${part('switch cost')} | ${hardByComplex} of ${hardInAll} |`,
        );
      }
    }
  }
}

interface Kind {
  readonly system: number;
  readonly hard: number;
}

interface Replay {
  /** Nano-dollars of each session, by the ledger. */
  readonly costs: readonly number[];
  readonly hardByComplex: number;
  readonly hardInAll: number;
}

async function replay(pair: Pair, kind: Kind, policy: Policy): Promise<Replay> {
  const provider = await startFakeProvider();
  // The caches of the provider lapse by this clock, and the meter goes by it as well.
  let time = 0;
  Date.now = () => time;
  const costs: number[] = [];
  let [hardByComplex, hardInAll] = [0, 0];
  for (let session = 0; session < SESSIONS; session++) {
    let cost = 0;
    const meter = createMeter({
      ...optionsFor(pair, policy),
      hosts: { [`${new URL(provider.url).host}/v1/messages`]: 'anthropic', [new URL(provider.url).host]: 'openai' },
      onCall: (call) => {
        cost += call.cost?.amount ?? Number.NaN;
      },
    });
    const model = policy === 'simple alone' ? pair.simple : pair.complex;
    const ask = clientFor(pair, provider, meter, model, session);
    const random = createRandom(session);
    const turns: Turn[] = [];
    for (let left = 3 + Math.floor(random() * 18); left > 0; left--) {
      const isHard = random() < kind.hard;
      const length = random() < 0.1 ? 2_000 : 20 + Math.floor(random() * 200);
      turns.push({ role: 'user', content: textOf(`${isHard ? 'HARD' : 'EASY'} ${session} ${left}`, length) });
      provider.script([{ outputTokens: 20 + Math.floor(random() * 300) }]);
      const answer = await meter.run({ feature: 'chat' }, () => ask(textOf(`System ${session}`, kind.system), turns));
      if (isHard) hardInAll++;
      if (isHard && answer.model === pair.complex) hardByComplex++;
      turns.push({ role: 'assistant', content: answer.text });
      await meter.flush();
      // Most users answer at once, some after a walk: the caches keep a prompt for 5 or 10 minutes.
      time += random() < 0.7 ? 30_000 + random() * MINUTE : 3 * MINUTE + random() * 6 * MINUTE;
    }
    time += 60 * MINUTE;
    await meter.close();
    costs.push(cost);
  }
  await provider.close();
  return { costs, hardByComplex, hardInAll };
}

function optionsFor({ simple, complex }: Pair, policy: Policy): MeterOptions {
  const common = { cache: { mode: 'off' }, deduplicate: 'off' } as const;
  if (policy === 'complex alone' || policy === 'simple alone') return common;
  return {
    ...common,
    route: {
      mode: 'on',
      tiers: { simple, complex },
      classify: ({ body }) =>
        JSON.stringify(Array.isArray(body.messages) && body.messages.at(-1)).includes('HARD') ? 'complex' : 'simple',
      conversations: policy === 'switch cost' ? 'on' : 'off',
    },
    features: { chat: { tier: 'auto' } },
  };
}

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

type Ask = (system: string, turns: readonly Turn[]) => Promise<{ readonly model: string; readonly text: string }>;

/** Each session has an account of its own, so that none finds another one's prompt in the cache. */
function clientFor(
  { api }: Pair,
  { url }: FakeProvider,
  meter: ReturnType<typeof createMeter>,
  model: string,
  session: number,
): Ask {
  const apiKey = `key-${session}`;
  if (api === 'openai') {
    const client = meter.wrap(new OpenAI({ apiKey, baseURL: `${url}/v1` }));
    return async (system, turns) => {
      const messages = [{ role: 'system' as const, content: system }, ...turns];
      const answer = await client.chat.completions.create({ model, messages, max_completion_tokens: 400 });
      return { model: answer.model, text: answer.choices[0]?.message.content ?? '' };
    };
  }
  const client = meter.wrap(new Anthropic({ apiKey, baseURL: url }));
  return async (system, turns) => {
    // The application marks the end of each request, as agents do.
    const messages = turns.map(({ role, content }, index) => ({
      role,
      content: [
        {
          type: 'text' as const,
          text: content,
          ...(index === turns.length - 1 && { cache_control: { type: 'ephemeral' as const } }),
        },
      ],
    }));
    const answer = await client.messages.create({ model, system, messages, max_tokens: 400 });
    return {
      model: answer.model,
      text: answer.content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    };
  };
}

/** About so many tokens of text. */
function textOf(beginning: string, tokens: number): string {
  return `${beginning}: `.padEnd(tokens * 4, `${beginning} asks about the sea and the harbour. `);
}

function sum(costs: readonly number[]): number {
  return costs.reduce((all, cost) => all + cost, 0);
}

/** The same numbers in each run. */
function createRandom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = Math.imul(state, 1664525) + 1013904223;
    return (state >>> 0) / 2 ** 32;
  };
}
