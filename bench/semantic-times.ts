/** What the semantic cache costs a call: how long its embedder holds the event loop, and the time of hits. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { createMeter, lexicalEmbedder, localEmbedder, type Meter, type SemanticOptions } from '../runtime/src/index.ts';
import { percentile } from './process.ts';
import { inTurn, timeOf } from './runtime-calls.ts';

const EMBEDDED = 300;
const STORED = 2000;
const CALLS = 3000;

export async function benchTimes(): Promise<void> {
  await benchEventLoop();
  await benchHits();
}

/** The model runs in another thread: this one sends texts and receives vectors. */
async function benchEventLoop(): Promise<void> {
  const embedder = localEmbedder();
  await embedder.embed(['How do I begin?']);
  const texts = Array.from({ length: EMBEDDED }, (_, at) => `How do I cancel the order with the number ${at}?`);
  const used: number[] = [];
  const times: number[] = [];
  for (const text of texts) {
    const before = process.threadCpuUsage();
    times.push(await timeOf(() => embedder.embed([text])));
    const { user, system } = process.threadCpuUsage(before);
    used.push(user + system);
  }
  // Texts that are new again, while a timer looks at the loop.
  const busy = await delaysDuring(async () => {
    for (const text of texts) await embedder.embed([`${text} Please!`]);
  });
  const idle = await delaysDuring(() => sleep(times.reduce((sum, time) => sum + time, 0) / 1000));
  await embedder.close?.();
  console.log(`\n| ${EMBEDDED} questions through localEmbedder, one after the other | |\n| --- | ---: |`);
  console.log(`| time of a question, p50 | ${(percentile(times, 50) / 1000).toFixed(1)} ms |`);
  for (const share of [50, 99, 100]) {
    const name = share === 100 ? 'at most' : `p${share}`;
    console.log(
      `| processor time of the calling thread, all turns together, ${name} | ${percentile(used, share).toFixed(0)} us |`,
    );
  }
  console.log(`| delay of the event loop, p99 (idle) | ${busy.p99.toFixed(2)} ms (${idle.p99.toFixed(2)} ms) |`);
  console.log(`| the longest (idle) | ${busy.max.toFixed(2)} ms (${idle.max.toFixed(2)} ms) |`);
}

/** Milliseconds beyond the timer's own. */
async function delaysDuring(work: () => Promise<unknown>): Promise<{ readonly p99: number; readonly max: number }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await work();
  delays.disable();
  return { p99: delays.percentile(99) / 1e6 - 1, max: delays.max / 1e6 - 1 };
}

/** An exact hit without and with the semantic lookup, and a semantic hit among stored questions. */
async function benchHits(): Promise<void> {
  const [exact, beside, semantic] = [await asking(null), await asking(ON), await asking(ON)];
  for (let at = 0; at < STORED; at++) await semantic.ask(`How do I return article ${at}?`);
  let next = 0;
  const times = await inTurn(CALLS, {
    exact: () => exact.ask('How do I return article 1?'),
    beside: () => beside.ask('How do I return article 1?'),
    semantic: () => semantic.ask(`Hi, how can I return article ${next++ % STORED}?`, 'semantic-cache'),
  });
  console.log(`\n| ${CALLS} calls of OpenAI's SDK, p50 | |\n| --- | ---: |`);
  console.log(`| an exact hit, without the semantic cache | ${times.exact.toFixed(0)} us |`);
  console.log(`| an exact hit, with it | ${times.beside.toFixed(0)} us |`);
  console.log(`| a semantic hit among ${STORED} questions, with lexicalEmbedder | ${times.semantic.toFixed(0)} us |`);
  for (const { meter } of [exact, beside, semantic]) await meter.close();
}

const ON: SemanticOptions = { mode: 'on', embedder: lexicalEmbedder() };

interface Asking {
  readonly meter: Meter;
  /** Microseconds. */
  readonly ask: (content: string, origin?: string) => Promise<number>;
}

async function asking(semantic: SemanticOptions | null): Promise<Asking> {
  const meter = createMeter({ cache: { mode: 'on', lifetime: 3_600_000, ...(semantic !== null && { semantic }) } });
  const openai = meter.wrap(new OpenAI({ apiKey: 'key', fetch: answering }));
  const ask = async (content: string, origin?: string): Promise<number> => {
    const messages = [{ role: 'user' as const, content }];
    return meter.run({}, async () => {
      const time = await timeOf(() =>
        openai.chat.completions.create({ model: 'gpt-6-luna', temperature: 0, messages }),
      );
      if (origin !== undefined && meter.lastCall()?.origin !== origin) throw new Error('not a hit');
      return time;
    });
  };
  await ask('How do I return article 1?');
  await meter.flush();
  return { meter, ask };
}

const answering: typeof globalThis.fetch = async () => {
  const message = { role: 'assistant', content: 'Send it back.', refusal: null };
  return Response.json({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 0,
    model: 'gpt-6-luna',
    choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
    usage: { prompt_tokens: 300, completion_tokens: 50, total_tokens: 350 },
  });
};
