/**
 * A provider that is broken, or means harm. Whatever it answers, the application gets what it would have got without the
 * runtime, byte for byte; nothing else is thrown, and no count or cost comes out that cannot be.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallResult } from '../../runtime/src/core/call-result.ts';
import { createMeter, type Meter, type MeterOptions, memoryStores } from '../../runtime/src/index.ts';
import { createUsageHider } from '../../runtime/src/wire/hide-usage.ts';
import { everything } from './everything.ts';
import { meteredOver } from './fetching-client.ts';
import { chunked, hostile, hostileResponse } from './hostile-answers.ts';
import { type Ask, answerFor, requestOf } from './owned-answers.ts';

const ask: fc.Arbitrary<Ask> = fc.record({
  tenant: fc.constant(null),
  feature: fc.constantFrom(null, 'chat'),
  text: fc.constant('What?'),
  isStream: fc.boolean(),
  wire: fc.constantFrom('chat', 'messages', 'gemini'),
});

/** What an application sees of a response, but for what the runtime says itself. */
async function seen(response: Response) {
  const parts: Uint8Array[] = [];
  let error: string | null = null;
  try {
    for await (const part of response.body ?? []) parts.push(part);
  } catch (thrown) {
    error = String(thrown);
  }
  const headers = [...response.headers].filter(([name]) => !name.startsWith('x-farthing-'));
  const { status, ok, statusText } = response;
  return { status, ok, statusText, headers, body: Buffer.concat(parts).toString('hex'), error };
}

/** Counts and amounts are whole and not negative. */
function expectPossible({ cost, usage, saved, servedModel }: CallResult): void {
  const amounts = [cost?.amount ?? 0, saved ?? 0, ...Object.values(usage ?? {}).map((count) => count ?? 0)];
  expect(amounts.filter((amount) => !Number.isSafeInteger(amount) || amount < 0)).toEqual([]);
  expect(servedModel?.length ?? 0).toBeLessThanOrEqual(300);
}

const METERS: Readonly<Record<string, (options: MeterOptions) => Meter>> = {
  'by default': (options) => createMeter({ ...options, prices: [{ model: 'm', input: 1, output: 2 }] }),
  'with every layer': ({ stores = memoryStores(), ...options }) => everything(stores, options).meter,
};

describe.each(Object.entries(METERS))('%s', (_, meterOf) => {
  test('any answer is given as it came, and nothing impossible is written down', async () => {
    await fc.assert(
      fc.asyncProperty(ask, hostile, async (request, answer) => {
        const calls: CallResult[] = [];
        const stores = memoryStores();
        const meter = meterOf({ stores, onCall: (call) => calls.push(call) });
        const fetch = meteredOver(meter, async () => hostileResponse(answer));
        const { url, body } = requestOf(request);
        const expected = await seen(hostileResponse(answer));
        for (let round = 0; round < 2; round++) {
          const response = await meter.run({ feature: request.feature }, () => fetch(url, { method: 'POST', body }));
          const answered = await seen(response);
          await meter.flush();
          expect(calls).toHaveLength(round + 1);
          if (calls[round]?.origin === 'provider') {
            expect(answered).toEqual(expected);
            continue;
          }
          // What is kept has neither all headers, nor the words of the status, nor what came behind a stream's last event: more of them, or the error of a connection.
          expect(answered).toMatchObject({ status: expected.status, ok: expected.ok });
          expect(expected.body.startsWith(answered.body)).toBe(true);
          expect(answered.body.length).toBeGreaterThan(0);
          if (!request.isStream) expect(answered.body).toBe(expected.body);
        }
        for (const call of calls) expectPossible(call);
        const [group] = await meter.report('endpoint');
        expect(group).toMatchObject({ calls: 2 });
        expect(Number.isSafeInteger(group?.cost)).toBe(true);
        await meter.close();
      }),
      { numRuns: 500 },
    );
  });
});

describe('a usage that cannot be is unknown, and so is its cost', () => {
  const most = Number.MAX_SAFE_INTEGER;
  test.each([
    ['more tokens than any model takes', 'chat', { prompt_tokens: most }],
    ['sums that no number holds', 'messages', { input_tokens: most, cache_read_input_tokens: most }],
    ['counts below zero', 'messages', { input_tokens: -5 }],
    ['an output that overflows', 'gemini', { candidatesTokenCount: most, thoughtsTokenCount: most }],
    ['a part of a token', 'gemini', { promptTokenCount: 0.5 }],
  ] as const)('%s', async (_, wire, reported) => {
    const calls: CallResult[] = [];
    const meter = createMeter({ prices: [{ model: 'm', input: 1, output: 2 }], onCall: (call) => calls.push(call) });
    const request = { tenant: null, feature: null, text: 'What?', isStream: false, wire };
    const whole = (await answerFor(request, 'yes').json()) as { usage?: object; usageMetadata?: object };
    const { url, body } = requestOf(request);
    const answers = [
      whole,
      { ...whole, usage: { ...whole.usage, ...reported }, usageMetadata: { ...whole.usageMetadata, ...reported } },
    ];
    const fetch = meteredOver(meter, async () => Response.json(answers.shift()));
    for (let call = 0; call < 2; call++) await fetch(url, { method: 'POST', body });
    await meter.close();
    expect(calls).toMatchObject([{ cost: { amount: 3000 } }, { usage: null, cost: null }]);
  });
});

describe('a body that nests deeply', () => {
  const deep = `${'{"a":['.repeat(50_000)}${']}'.repeat(50_000)}`;

  test.each(['chat', 'messages', 'gemini'] as const)('is given as it came, to %s', async (wire) => {
    const { meter } = everything(memoryStores(), {});
    for (const isStream of [false, true]) {
      const text = isStream ? `data: ${deep}\n\n` : deep;
      const headers = { 'content-type': isStream ? 'text/event-stream' : 'application/json' };
      const fetch = meteredOver(meter, async () => new Response(text, { headers }));
      const request = requestOf({ tenant: null, feature: null, text: 'What?', isStream, wire });
      expect(await (await fetch(request.url, { method: 'POST', body: request.body })).text()).toBe(text);
    }
    await meter.close();
  });

  test('as a request is sent as it is, and kept by its very text', async () => {
    const meter = createMeter({ cache: { mode: 'on' } });
    let asked = 0;
    const fetch = meteredOver(meter, async (_, { body }) => {
      expect(String(body)).toContain(deep);
      asked++;
      return answerFor({ tenant: null, feature: null, text: '', isStream: false, wire: 'gemini' }, 'yes');
    });
    const body = `{"contents":[{"role":"user","parts":[{"text":"What?"}]}],"generationConfig":{"temperature":0},"x":${deep}}`;
    const { url } = requestOf({ tenant: null, feature: null, text: '', isStream: false, wire: 'gemini' });
    for (let round = 0; round < 2; round++) {
      expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
      await meter.flush();
    }
    await meter.close();
    expect(asked).toBe(1);
  });
});

test('an address that is not rightly encoded is sent as it is', async () => {
  const meter = createMeter({ cache: { mode: 'on' }, deduplicate: 'on' });
  const fetch = meteredOver(meter, async () => Response.json({}));
  for (const path of ['/v1beta/models/%E0%A4%A:generateContent', '/deployments/%/chat/completions?%=%&key=%']) {
    expect((await fetch(`https://provider.example${path}`, { method: 'POST', body: '{}' })).status).toBe(200);
  }
  await meter.close();
});

describe('the usage that the runtime asked for', () => {
  /** What a reader sees of chunks of a stream. */
  function shown(chunks: Iterable<Uint8Array>): Buffer {
    const hider = createUsageHider();
    return Buffer.concat([...[...chunks].map((chunk) => hider.push(Uint8Array.from(chunk))), hider.flush()]);
  }

  test('is all that is taken out: whatever else comes stays byte for byte', () => {
    const anyBytes = fc.oneof(fc.uint8Array(), fc.string({ unit: 'binary' })).map((raw) => Buffer.from(raw as string));
    fc.assert(
      fc.property(chunked(anyBytes), (chunks) => {
        expect(shown(chunks).equals(Buffer.concat(chunks))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is taken out whatever the line ends, and wherever the stream is cut', () => {
    const events = (usage: string, end: string): string =>
      [`{"choices":[{"delta":{"content":"é\\"usage\\":null"}}]${usage}}`, '[DONE]']
        .map((data) => `data: ${data}${end}${end}`)
        .join('');
    const chunk = '{"choices":[],"usage":{"prompt_tokens":1}}';
    fc.assert(
      fc.property(
        fc
          .constantFrom('\n', '\r\n', '\r')
          .chain((end) =>
            fc.tuple(
              fc.constant(end),
              chunked(fc.constant(Buffer.from(`${events(',"usage":null', end)}data: ${chunk}${end}${end}`))),
            ),
          ),
        ([end, chunks]) => {
          expect(shown(chunks).toString()).toBe(events('', end));
        },
      ),
    );
  });

  test('is not looked for in an event that has no end: it passes, and what is held is bounded', () => {
    const hider = createUsageHider();
    const piece = new Uint8Array(64 * 1024).fill(97);
    let given = 0;
    let held = 0;
    for (let sent = 1; sent <= 512; sent++) {
      given += hider.push(piece).length;
      held = Math.max(held, sent * piece.length - given);
    }
    expect(held).toBeLessThan(9 * 1024 * 1024);
    expect(given + hider.flush().length).toBe(512 * piece.length);
  });
});

describe('one event without an end', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');

  /** Bytes that are still in use, at most: buffers are given back a moment after they were found to be garbage. */
  async function heldNow(): Promise<number> {
    collectGarbage();
    await wait(20);
    collectGarbage();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  }

  /** An event of so many bytes, never finished. */
  function endless(size: number): Response {
    const piece = new Uint8Array(256 * 1024).fill(97);
    let left = size;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: ')),
      pull: (controller) => {
        if (left <= 0) return controller.close();
        left -= piece.length;
        controller.enqueue(piece.slice());
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  test.each(['chat', 'messages', 'gemini'] as const)('is passed to %s without being kept', async (wire) => {
    const size = 400 * 1024 * 1024;
    const { meter } = everything(memoryStores(), { hosts: { 'provider.example': 'openai' } });
    const fetch = meteredOver(meter, async () => endless(size));
    const { url, body } = requestOf({ tenant: null, feature: 'chat', text: 'What?', isStream: true, wire });
    const before = await heldNow();
    let came = 0;
    const response = await meter.run({ feature: 'chat' }, () => fetch(url, { method: 'POST', body }));
    for await (const part of response.body ?? []) {
      came += part.length;
      if (came % (64 * 1024 * 1024) >= part.length) continue;
      await expect.poll(async () => (await heldNow()) - before).toBeLessThan(size / 8);
    }
    await meter.close();
    expect(came).toBe(size + 'data: '.length);
  });
});
