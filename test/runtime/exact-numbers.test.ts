/** Numbers beyond 2^53 come through unchanged, in requests that layers change and in answers that the cache converts. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMeter, type MeterOptions } from '../../runtime/src/index.ts';

const ID = '9007199254740993';
const real = globalThis.fetch;
const sent: string[] = [];
let answer = '{}';
beforeEach(() => {
  sent.length = 0;
  globalThis.fetch = async (_, init) => {
    sent.push(String(init?.body));
    return new Response(answer, { headers: { 'content-type': 'application/json' } });
  };
});
afterEach(() => {
  globalThis.fetch = real;
});

const OPENAI = 'https://api.openai.com/v1/chat/completions';
const ANTHROPIC = 'https://api.anthropic.com/v1/messages';
const GOOGLE = 'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent';

async function send(options: MeterOptions, url: string, bodies: readonly string[]): Promise<readonly string[]> {
  const meter = createMeter(options);
  const texts: string[] = [];
  for (const body of bodies) {
    texts.push(await (await meter.fetch(url, { method: 'POST', body })).text());
    await meter.flush();
  }
  await meter.close();
  return texts;
}

test.each<[string, MeterOptions]>([
  ['an output limit', { shape: { outputLimit: 20 } }],
  ['a hard cap', { budgets: [{ per: 'total', window: 'day', dollars: 10 }] }],
])('in a request that gets %s', async (_, options) => {
  const messages = `[{"role":"user","content":"Hello"},{"role":"assistant","tool_calls":[{"function":{"arguments":{"id":${ID}}}}]}]`;
  await send(options, OPENAI, [`{"model":"gpt-4o","seed":${ID},"messages":${messages}}`]);
  expect(sent[0]).toContain(`"seed":${ID}`);
  expect(sent[0]).toContain(`"id":${ID}`);
  expect(sent[0]).not.toBe(`{"model":"gpt-4o","seed":${ID},"messages":${messages}}`);
});

test("in Gemini's generation settings, beside the limit", async () => {
  const budget: MeterOptions = { budgets: [{ per: 'total', window: 'day', dollars: 10 }] };
  await send(budget, GOOGLE, [`{"contents":[],"generationConfig":{"seed":${ID}}}`]);
  expect(sent[0]).toBe(`{"contents":[],"generationConfig":{"seed":${ID},"maxOutputTokens":16384}}`);
});

test('in a prompt that is marked for the cache', async () => {
  const system = JSON.stringify('word '.repeat(4000));
  const body = (at: number) =>
    `{"model":"claude-sonnet-4-5","max_tokens":5,"system":${system},"messages":[{"role":"user","content":"${at}"}],"tools":[{"name":"a","input_schema":{"const":${ID}}}]}`;
  await send({ shape: { promptCaching: true } }, ANTHROPIC, [body(1), body(2)]);
  expect(sent[1]).toContain('cache_control');
  expect(sent[1]).toContain(`"const":${ID}`);
});

test('in a cached tool call that is asked for as a stream: it is asked for again', async () => {
  answer = `{"type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"tool_use","id":"t","name":"a","input":{"id":${ID}}}],"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":5}}`;
  const body = (more: string) =>
    `{"model":"claude-sonnet-4-5","max_tokens":5,"temperature":0,"messages":[{"role":"user","content":"Hello"}]${more}}`;
  const cache: MeterOptions = { cache: { mode: 'on', toolCalls: true } };
  const texts = await send(cache, ANTHROPIC, [body(''), body(''), body(',"stream":true')]);
  expect(texts).toEqual([answer, answer, answer]);
  expect(sent).toHaveLength(2);
});
