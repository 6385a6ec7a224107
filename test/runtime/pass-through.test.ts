/** Calls that are not understood are left alone; what their answers say of their use is read while it passes. */

import { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createMeter } from '../../runtime/src/index.ts';
import { callWith } from './call-with.ts';
import { type SetUp, setUp } from './set-up.ts';

let on: SetUp;
beforeAll(async () => {
  on = await setUp();
});
beforeEach(() => on.provider.reset());
afterAll(() => on.close());

const json = (body: object) => ({ body: { content: JSON.stringify(body) }, contentType: 'application/json' }) as const;

test('a transcription, sent as a form, has the model of its form and the usage of its answer', async () => {
  const usage = {
    type: 'tokens',
    input_tokens: 14,
    output_tokens: 45,
    total_tokens: 59,
    input_token_details: { audio_tokens: 14 },
  };
  on.provider.script({ path: '/audio/transcriptions' }, json({ text: 'Hi', usage }));
  const file = await toFile(Buffer.from('sound'), 'a.wav');
  const answer = await on.metered.openai.audio.transcriptions.create({ model: 'small', file });
  expect(answer.text).toBe('Hi');
  expect(on.calls.at(-1)).toMatchObject({
    endpoint: 'other',
    model: 'small',
    usage: { input: 14, audioInput: 14, output: 45 },
    end: 'complete',
  });
});

test('a transcription that is charged by its length', async () => {
  on.provider.script({ path: '/audio/transcriptions' }, json({ text: 'Hi', usage: { type: 'duration', seconds: 9 } }));
  const file = await toFile(Buffer.from('sound'), 'a.wav');
  await on.metered.openai.audio.transcriptions.create({ model: 'whisper-1', file });
  expect(on.calls.at(-1)?.usage?.fees).toEqual({ 'audio-second': 9 });
});

test('pictures, by their tokens or by the piece', async () => {
  const usage = {
    input_tokens: 50,
    output_tokens: 4160,
    total_tokens: 4210,
    input_tokens_details: { image_tokens: 10 },
    output_tokens_details: { image_tokens: 4160 },
  };
  on.provider.script({ path: '/images/generations' }, [
    json({ created: 1, data: [{ b64_json: 'aGk=' }], usage }),
    json({ created: 1, data: [{ url: 'https://example.com/1.png' }, { url: 'https://example.com/2.png' }] }),
  ]);
  const draw = () => on.metered.openai.images.generate({ model: 'small', prompt: 'A coin' });
  await draw();
  expect(on.calls.at(-1)?.usage).toMatchObject({ input: 50, imageInput: 10, output: 4160, imageOutput: 4160 });
  await draw();
  expect(on.calls.at(-1)?.usage).toMatchObject({ output: 0, fees: { image: 2 } });
});

test('speech is counted by the characters of its text', async () => {
  on.provider.script({ path: '/audio/speech' }, { body: { content: 'sound' }, contentType: 'audio/mpeg' });
  const sound = await on.metered.openai.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Grüße' });
  expect(await sound.text()).toBe('sound');
  expect(on.calls.at(-1)?.usage?.fees).toEqual({ character: 5 });
});

test('moderation is free', async () => {
  on.provider.script({ path: '/moderations' }, json({ results: [] }));
  await on.metered.openai.moderations.create({ input: 'Hi' });
  expect(on.calls.at(-1)?.cost).toEqual({ amount: 0, basis: 'measured' });
});

test('pages that were read, and a gateway that states a cost', async () => {
  const ocr = {
    url: 'https://api.mistral.ai/v1/ocr',
    body: { model: 'mistral-ocr-latest', pages: [], usage_info: { pages_processed: 3 } },
  };
  expect((await callWith(ocr)).usage?.fees).toEqual({ page: 3 });
  const stated = await callWith({ ...ocr, headers: { 'x-litellm-response-cost': '0.003' } });
  expect(stated.cost).toMatchObject({ amount: 3_000_000, basis: 'stated' });
});

test('a `Request` is read as any other form of call, and answered as before', async () => {
  const calls: unknown[] = [];
  const meter = createMeter({ prices: [{ model: 'm', input: 1, output: 2 }], onCall: (call) => calls.push(call) });
  const real = globalThis.fetch;
  const usage = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };
  globalThis.fetch = async () => Response.json({ model: 'm', choices: [], usage });
  try {
    const request = new Request('https://llm.example.com/v1/chat/completions', {
      method: 'POST',
      body: '{"model":"m"}',
    });
    const response = await meter.fetch(request);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({ usage });
  } finally {
    globalThis.fetch = real;
    await meter.close();
  }
  expect(calls).toMatchObject([
    { endpoint: 'openai-chat', servedModel: 'm', usage: { input: 20 }, cost: { amount: 30_000 } },
  ]);
});

test("a response that is not the platform's own is handed on untouched", async () => {
  const foreign = { ok: true, status: 200, headers: new Headers({ 'content-type': 'application/json' }), body: {} };
  const meter = createMeter();
  const real = globalThis.fetch;
  globalThis.fetch = (async () => foreign) as unknown as typeof fetch;
  try {
    expect(await meter.fetch('https://api.openai.com/v1/files', { method: 'POST', body: new FormData() })).toBe(
      foreign,
    );
  } finally {
    globalThis.fetch = real;
    await meter.close();
  }
});
