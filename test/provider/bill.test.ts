/** The bill: what was served, to the token, whatever became of the connection. */
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { at } from './json.ts';
import { priceTable } from './log.ts';
import { type FakeProvider, startFakeProvider } from './server.ts';

let provider: FakeProvider;
let client: OpenAI;
beforeAll(async () => {
  provider = await startFakeProvider();
  client = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'key', maxRetries: 0 });
});
afterEach(() => provider.reset());
afterAll(() => provider.close());

const model = 'gpt-6-luna';
/** 5 tokens by the rule. */
const messages = [{ role: 'user' as const, content: 'What is a farthing?' }];
const prices = priceTable({ [model]: { input: 100, output: 500, cacheRead: 10 } });

describe('the sum', () => {
  test('is input and output at their prices, over all calls', async () => {
    provider.script({ outputTokens: 10 });
    await client.chat.completions.create({ model, messages });
    for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
    expect(provider.spend(prices)).toBe(2 * (5 * 100 + 10 * 500));
  });

  test('is refused where a price is unknown, since it would be too low', async () => {
    await client.chat.completions.create({ model: 'other', messages });
    expect(() => provider.spend(prices)).toThrow('No price for other');
  });

  test('goes by the model that served', async () => {
    provider.script({ servedModel: 'gpt-6-sol', text: 'Yes.' });
    await client.chat.completions.create({ model, messages });
    expect(provider.spend(priceTable({ 'gpt-6-sol': { input: 1, output: 0 } }))).toBe(5);
  });

  test('follows usage that a script states, in parts while it is streamed', async () => {
    provider.script({ text: 'abcdefgh', chunks: 2, usage: { outputTokens: 1000 }, fault: { kind: 'cut', at: 2 } });
    for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
    expect(provider.calls[0]?.billed?.outputTokens).toBe(500);
  });
});

/** Aborts once the provider has the whole request, and holds its answer. */
function onceHeld(): AbortSignal {
  const stop = new AbortController();
  void provider.until((calls) => calls[0]?.isHeld === true).then(() => stop.abort());
  return stop.signal;
}

describe('an abort', () => {
  test('of a stream ends its bill: the tokens of the events that were written', async () => {
    provider.script({ outputTokens: 32, chunks: 32, hold: 12 });
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    let seen = 0;
    for await (const chunk of stream) if ((chunk.choices[0]?.delta.content ?? '') !== '' && ++seen === 3) break;
    await provider.idle();
    const [call] = provider.calls;
    expect(call).toMatchObject({ outcome: 'aborted', billed: { inputTokens: 5 } });
    // Those that were read, and what was on its way when the client left. Nothing is generated for one that has gone.
    expect(call?.billed?.outputTokens).toBeGreaterThanOrEqual(3);
    expect(call?.billed?.outputTokens).toBeLessThan(12);
  });

  test('of a plain answer does not: the model generates it all the same', async () => {
    provider.script({ outputTokens: 32, hold: 'start' });
    const request = client.chat.completions.create({ model, messages }, { signal: onceHeld() });
    await expect(request).rejects.toThrow();
    await provider.idle();
    expect(provider.calls[0]).toMatchObject({ outcome: 'aborted', status: null, billed: { outputTokens: 32 } });
  });

  test('before the first byte of a stream bills its input', async () => {
    provider.script({ outputTokens: 32, hold: 'start' });
    const options = { signal: onceHeld() };
    await expect(client.chat.completions.create({ model, messages, stream: true }, options)).rejects.toThrow();
    await provider.idle();
    expect(provider.spend(prices)).toBe(500);
  });
});

test('a broken stream bills what it had sent, a broken answer everything, an error nothing', async () => {
  provider.script([
    { text: 'abcdefgh', chunks: 2, fault: { kind: 'disconnect', at: 2 } },
    { text: 'abcdefgh', fault: { kind: 'disconnect', at: 'start' } },
    { error: { status: 500 } },
  ]);
  const stream = await client.chat.completions.create({ model, messages, stream: true });
  await expect(
    (async () => {
      for await (const _ of stream);
    })(),
  ).rejects.toThrow();
  await expect(client.chat.completions.create({ model, messages })).rejects.toThrow();
  await expect(client.chat.completions.create({ model, messages })).rejects.toThrow();
  expect(provider.calls.map(({ billed }) => billed?.outputTokens ?? null)).toEqual([1, 2, null]);
});

test('reasoning is generated before the first word', async () => {
  provider.script({ text: 'abcdefgh', chunks: 2, reasoningTokens: 20, fault: { kind: 'cut', at: 2 } });
  for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
  expect(provider.calls[0]?.billed).toMatchObject({ outputTokens: 21, reasoningTokens: 20 });
});

test('a reader that does not read holds the stream up, and is billed for what went to its socket', async () => {
  provider.script({ outputTokens: 10_000_000, chunks: 1000 });
  const stop = new AbortController();
  const response = await fetch(`${provider.url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, messages, stream: true }),
    signal: stop.signal,
  });
  await response.body?.getReader().read();
  // For as long as another reader takes for all of it.
  for await (const _ of await client.chat.completions.create({ model, messages, stream: true }));
  stop.abort();
  await provider.idle();
  const [call] = provider.calls;
  expect(call?.billed?.outputTokens).toBeGreaterThan(0);
  expect(call?.billed?.outputTokens).toBeLessThan(9_000_000);
  expect(call?.bytesSent).toBeGreaterThanOrEqual(4 * (call?.billed?.outputTokens ?? 0));
});

test('the most requests that were open together', async () => {
  provider.script({ hold: 'start' });
  const all = Promise.all(Array.from({ length: 7 }, () => client.chat.completions.create({ model, messages })));
  await provider.until((calls) => calls.filter(({ isHeld }) => isHeld).length === 7);
  provider.release();
  await all;
  expect(provider.peak).toBe(7);
});

test('300 streams that end anywhere: no bill is below what the client received, and none above what was scripted', async () => {
  const outputTokens = 24;
  const STREAMS = 300;
  const sentBeforeHold = 12;
  provider.script({ outputTokens, chunks: outputTokens, hold: 1 + sentBeforeHold });
  const reading = Promise.all(
    Array.from({ length: STREAMS }, async (_, index) => {
      const stream = await client.chat.completions.create({ model, messages, stream: true, seed: index });
      let tokens = 0;
      for await (const chunk of stream) {
        if ((chunk.choices[0]?.delta.content ?? '') !== '') tokens++;
        if (tokens === index % 30) break;
      }
      return tokens;
    }),
  );
  // A caller that leaves before the hold is gone before the others get the rest.
  const leaving = Array.from({ length: STREAMS }, (_, index) => index % 30).filter((most) => most < sentBeforeHold);
  await provider.until(
    (calls) =>
      calls.filter(({ outcome }) => outcome === 'aborted').length >= leaving.length &&
      calls.filter(({ isHeld, outcome }) => isHeld || outcome === 'aborted').length === STREAMS,
  );
  provider.release();
  const received = await reading;
  await provider.idle();
  const billed = new Map(provider.calls.map((call) => [at(call.json, 'seed'), call.billed?.outputTokens ?? 0]));
  for (const [seed, tokens] of received.entries()) {
    expect(billed.get(seed)).toBeGreaterThanOrEqual(tokens);
    expect(billed.get(seed)).toBeLessThanOrEqual(outputTokens);
  }
});
