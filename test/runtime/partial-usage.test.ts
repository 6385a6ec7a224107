/** Streams that are given up, break off, or never say what they used: their prompt and what passed is charged. */
import { expect, test } from 'vitest';
import { eventStream } from '../support/event-stream.ts';
import { callWith } from './call-with.ts';

const prices = [{ model: 'm', input: 1, output: 2 }];
const text = 'x'.repeat(400);

test('what the provider has counted, and the text that passed', async () => {
  const events = [
    { type: 'message_start', message: { model: 'm', usage: { input_tokens: 1000, output_tokens: 1 } } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
  ];
  const body = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  const call = await callWith(
    {
      url: 'https://api.anthropic.com/v1/messages',
      request: { model: 'm', stream: true },
      type: 'text/event-stream',
      body,
    },
    { prices },
  );
  // 1,000 tokens that were counted, and 400 characters at 4 a token.
  expect(call).toMatchObject({
    end: 'failed',
    usage: null,
    cost: { amount: 1000 * 1000 + 100 * 2000, basis: 'assumed' },
  });
});

test('a whole stream that never says what it used', async () => {
  const chunk = { model: 'm', choices: [{ index: 0, delta: { content: text }, finish_reason: null }] };
  const end = { model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  const request = { model: 'm', stream: true, messages: [{ role: 'user', content: 'y'.repeat(800) }] };
  const call = await callWith(
    {
      url: 'https://llm.example.com/v1/chat/completions',
      request,
      type: 'text/event-stream',
      body: `data: ${JSON.stringify(chunk)}\n\ndata: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`,
    },
    { prices },
  );
  const prompt = Math.ceil(JSON.stringify(request).length / 4);
  expect(call).toMatchObject({
    end: 'complete',
    usage: null,
    cost: { amount: prompt * 1000 + 100 * 2000, basis: 'assumed' },
  });
});

test('binary events that stop before the counts', async () => {
  const call = await callWith(
    {
      url: 'https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse-stream',
      request: { messages: [] },
      type: 'application/vnd.amazon.eventstream',
      body: eventStream(['contentBlockDelta', { contentBlockIndex: 0, delta: { text } }]),
    },
    { prices },
  );
  expect(call.cost).toMatchObject({ basis: 'assumed' });
});

test('a stream of which nothing came, and a prompt that its text does not tell, are unknown', async () => {
  const url = 'https://llm.example.com/v1/chat/completions';
  const image = { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] };
  const chunk = `data: ${JSON.stringify({ model: 'm', choices: [{ index: 0, delta: { content: text } }] })}\n\n`;
  for (const [messages, body] of [
    [[], ': waiting\n\n'],
    [[image], chunk],
  ] as const) {
    const request = { model: 'm', stream: true, messages };
    expect((await callWith({ url, request, type: 'text/event-stream', body }, { prices })).cost).toBeNull();
  }
});
