/** The real SDKs, answered by servers of another wire format: each reads what comes back as its own provider's. */
import type { GenerateContentResponse } from '@google/genai';
import OpenAI from 'openai';
import { afterEach, describe, expect, test } from 'vitest';
import type { FormatName } from '../../runtime/src/translate/format-names.ts';
import { startFakeProvider } from '../provider/server.ts';
import { collect, PRICES, type SetUp, setUp } from './set-up.ts';

let on: SetUp;
let other: Awaited<ReturnType<typeof startFakeProvider>>;
afterEach(async () => {
  await on.close();
  await other.close();
});

const BASES: Readonly<Record<FormatName, string>> = {
  'openai-chat': '/v1',
  'openai-responses': '/v1',
  'anthropic-messages': '',
  gemini: '/v1beta',
};
const FORMATS = Object.keys(BASES) as FormatName[];

/** Requests of every feature named `other` go to another server, which speaks this format. */
async function start(format: FormatName): Promise<void> {
  other = await startFakeProvider();
  const { host } = new URL(other.url);
  on = await setUp({
    cache: { mode: 'off' },
    deduplicate: 'off',
    prices: [...PRICES, { model: 'elsewhere', provider: 'anthropic', input: 3, output: 15 }],
    hosts: { [`${host}/v1/messages`]: 'anthropic', [`${host}/v1beta`]: 'google', [host]: 'groq' },
    route: {
      mode: 'on',
      tiers: {
        other: { model: 'elsewhere', baseURL: `${other.url}${BASES[format]}`, apiKey: 'other-key', format },
      },
    },
    features: { other: { tier: 'other' } },
  });
}

const routed = <Value>(action: () => Promise<Value>): Promise<Value> => on.meter.run({ feature: 'other' }, action);

interface Heard {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly input: unknown }[];
  readonly tokens: number | undefined;
  readonly end: string | null | undefined;
}

const QUESTION = 'How warm is it?';
const SYSTEM = 'You are brief.';
const PARAMETERS = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] };

/** The same request with each SDK, whole and as a stream, as each SDK puts the answer together. */
const CLIENTS: Readonly<
  Record<FormatName, { readonly whole: () => Promise<Heard>; readonly streamed: () => Promise<Heard> }>
> = {
  'openai-chat': {
    whole: async () => heardFromChat(await on.metered.openai.chat.completions.create(chatRequest())),
    streamed: async () =>
      heardFromChat(
        await on.metered.openai.chat.completions
          .stream({ ...chatRequest(), stream_options: { include_usage: true } })
          .finalChatCompletion(),
      ),
  },
  'openai-responses': {
    whole: async () => heardFromResponse(await on.metered.openai.responses.create(responsesRequest())),
    streamed: async () =>
      heardFromResponse(await on.metered.openai.responses.stream(responsesRequest()).finalResponse()),
  },
  'anthropic-messages': {
    whole: async () => heardFromMessage(await on.metered.anthropic.messages.create(messagesRequest())),
    streamed: async () =>
      heardFromMessage(await on.metered.anthropic.messages.stream(messagesRequest()).finalMessage()),
  },
  gemini: {
    whole: async () => heardFromGemini([await on.metered.google.models.generateContent(geminiRequest())]),
    streamed: async () =>
      heardFromGemini(await collect(await on.metered.google.models.generateContentStream(geminiRequest()))),
  },
};

function chatRequest() {
  const parameters = PARAMETERS;
  return {
    model: 'large',
    max_completion_tokens: 200,
    messages: [
      { role: 'system' as const, content: SYSTEM },
      { role: 'user' as const, content: QUESTION },
    ],
    tools: [{ type: 'function' as const, function: { name: 'weather', description: 'Now', parameters } }],
  };
}

function heardFromChat({ choices, usage }: OpenAI.ChatCompletion): Heard {
  const [choice] = choices;
  const calls = choice?.message.tool_calls ?? [];
  return {
    text: choice?.message.content ?? '',
    calls: calls.flatMap((call) =>
      call.type === 'function' ? [{ name: call.function.name, input: JSON.parse(call.function.arguments) }] : [],
    ),
    tokens: usage?.completion_tokens,
    end: choice?.finish_reason,
  };
}

function responsesRequest() {
  const tool = {
    type: 'function' as const,
    name: 'weather',
    description: 'Now',
    parameters: PARAMETERS,
    strict: false,
  };
  return { model: 'large', max_output_tokens: 200, instructions: SYSTEM, input: QUESTION, tools: [tool] };
}

function heardFromResponse({ output, output_text, usage, status }: OpenAI.Responses.Response): Heard {
  return {
    text: output_text,
    calls: output.flatMap((item) =>
      item.type === 'function_call' ? [{ name: item.name, input: JSON.parse(item.arguments) }] : [],
    ),
    tokens: usage?.output_tokens,
    end: status,
  };
}

function messagesRequest() {
  return {
    model: 'large',
    max_tokens: 200,
    system: SYSTEM,
    messages: [{ role: 'user' as const, content: QUESTION }],
    tools: [{ name: 'weather', description: 'Now', input_schema: PARAMETERS }],
  };
}

function heardFromMessage(message: Awaited<ReturnType<SetUp['plain']['anthropic']['messages']['create']>>): Heard {
  if (!('content' in message)) throw new Error('a stream');
  const { content, usage, stop_reason } = message;
  return {
    text: content.map((block) => (block.type === 'text' ? block.text : '')).join(''),
    calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, input: block.input }] : [])),
    tokens: usage.output_tokens,
    end: stop_reason,
  };
}

function geminiRequest() {
  const declaration = { name: 'weather', description: 'Now', parametersJsonSchema: PARAMETERS };
  return {
    model: 'large',
    contents: QUESTION,
    config: { maxOutputTokens: 200, systemInstruction: SYSTEM, tools: [{ functionDeclarations: [declaration] }] },
  };
}

function heardFromGemini(chunks: readonly GenerateContentResponse[]): Heard {
  const last = chunks.at(-1);
  return {
    text: chunks
      .map(({ candidates }) => candidates?.[0]?.content?.parts?.map(({ text }) => text ?? '').join(''))
      .join(''),
    calls: chunks.flatMap(({ functionCalls }) =>
      (functionCalls ?? []).map(({ name, args }) => ({ name: name ?? '', input: args })),
    ),
    tokens: last?.usageMetadata?.candidatesTokenCount,
    end: last?.candidates?.[0]?.finishReason,
  };
}

const PAIRS = FORMATS.flatMap((own) =>
  FORMATS.filter((format) => format !== own).map((format) => [own, format] as const),
);

describe.each(PAIRS)('a client of %s, answered by %s', (own, format) => {
  test.each(['whole', 'streamed'] as const)('reads texts, calls, the end and the usage, %s', async (how) => {
    await start(format);
    const ask = CLIENTS[own][how];
    const plain = { text: 'It is 20 degrees.' };
    const call = { toolCalls: [{ name: 'weather', arguments: { city: 'Zürich "Nord"' } }] };
    for (const step of [plain, call]) {
      on.provider.script({}, step);
      other.script({}, step);
      const direct = await ask();
      const through = await routed(ask);
      // The same words cost the same number of tokens at both.
      expect(through).toEqual(direct);
    }
    expect(on.provider.calls).toHaveLength(2);
    expect(other.calls.map(({ wire, model }) => [wire, model])).toEqual([
      [format, 'elsewhere'],
      [format, 'elsewhere'],
    ]);
    const sent = JSON.stringify(other.calls[0]?.json);
    for (const text of [SYSTEM, QUESTION, 'weather', 'city']) expect(sent).toContain(text);
  });

  test('gets errors in its own form, with their status', async () => {
    await start(format);
    other.script({}, { error: { status: 429, message: 'Slow down.', retryAfter: 1 } });
    const error = await routed(CLIENTS[own].whole).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 429 });
    expect(String((error as Error).message)).toContain('Slow down.');
  });
});

test('the result of a tool, an image and a document go along, and come back in the next turn', async () => {
  await start('anthropic-messages');
  const image = `data:image/png;base64,${Buffer.from('a picture').toString('base64')}`;
  await routed(() =>
    on.metered.openai.chat.completions.create({
      ...chatRequest(),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: image } },
            { type: 'text', text: QUESTION },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: ['a', 'b'].map((id) => ({
            id,
            type: 'function' as const,
            function: { name: 'weather', arguments: `{"city":"${id}"}` },
          })),
        },
        { role: 'tool', tool_call_id: 'a', content: '{"degrees":20}' },
        { role: 'tool', tool_call_id: 'b', content: 'unknown city' },
      ],
    }),
  );
  expect(other.calls[0]?.json).toMatchObject({
    messages: [
      { role: 'user', content: [{ type: 'image', source: { media_type: 'image/png' } }, { type: 'text' }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: 'a', input: { city: 'a' } },
          { type: 'tool_use', id: 'b', input: { city: 'b' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'a', content: '{"degrees":20}' },
          { type: 'tool_result', tool_use_id: 'b', content: 'unknown city' },
        ],
      },
    ],
  });
});

test('an output schema holds on the other side too', async () => {
  await start('anthropic-messages');
  const schema = { ...PARAMETERS, additionalProperties: false };
  const answer = await routed(() =>
    on.metered.openai.chat.completions.parse({
      model: 'large',
      max_completion_tokens: 100,
      messages: [{ role: 'user', content: 'Which city?' }],
      response_format: { type: 'json_schema', json_schema: { name: 'place', strict: true, schema } },
    }),
  );
  expect(answer.choices[0]?.message.parsed).toEqual({ city: expect.any(String) });
  expect(other.calls[0]?.json).toMatchObject({ output_config: { format: { type: 'json_schema', schema } } });
  const leftOut = on.calls[0]?.decisions.filter(({ outcome }) => outcome === 'left-out');
  expect(leftOut?.map(({ reason }) => reason)).toEqual([
    "the output schema's name: anthropic-messages has no place for it",
  ]);
});

test('what the other format has no place for keeps the request where it was meant to go, with the reason', async () => {
  await start('anthropic-messages');
  await routed(() => on.metered.openai.chat.completions.create({ ...chatRequest(), seed: 7 }));
  expect(other.calls).toHaveLength(0);
  expect(on.provider.calls).toHaveLength(1);
  const reasons = on.calls[0]?.decisions.map(({ outcome, reason }) => [outcome, reason]);
  expect(reasons).toEqual([['skipped', 'elsewhere cannot be asked: anthropic-messages has no place for a seed']]);
});

test('the other server gets its own key and none of the first, and the call is charged as its', async () => {
  await start('anthropic-messages');
  other.script({}, { text: 'Warm.', usage: { inputTokens: 100, outputTokens: 10 } });
  await routed(CLIENTS['openai-chat'].whole);
  const [call] = other.calls;
  expect(call?.headers?.['x-api-key']).toBe('other-key');
  expect(JSON.stringify(call?.headers)).not.toContain('test-key');
  expect(on.calls[0]).toMatchObject({ provider: 'anthropic', model: 'elsewhere', endpoint: 'openai-chat' });
  expect(on.calls[0]?.cost?.amount).toBe(100 * 3000 + 10 * 15_000);
});

test('a stream that breaks off is not ended as if it were whole', async () => {
  await start('anthropic-messages');
  other.script({}, { text: 'It is getting warmer and warmer.', fault: { kind: 'cut', at: 4 } });
  const chunks = await routed(async () => {
    const stream = await on.metered.openai.chat.completions.create({ ...chatRequest(), stream: true });
    return collect(stream).catch(() => []);
  });
  expect(chunks.every(({ choices }) => choices[0]?.finish_reason === null)).toBe(true);
});

test('a failover reaches a server with another format', async () => {
  other = await startFakeProvider();
  on = await setUp({
    failover: {
      large: [{ model: 'elsewhere', baseURL: other.url, apiKey: 'other-key', format: 'anthropic-messages' }],
    },
  });
  on.provider.script({}, { error: { status: 500 } });
  other.script({}, { text: 'Here I am.' });
  const heard = await CLIENTS['openai-chat'].whole();
  expect(heard.text).toBe('Here I am.');
  await expect(CLIENTS['openai-chat'].streamed()).resolves.toMatchObject({ text: 'Here I am.' });
  // A request that cannot be translated ends with the first provider's own failure.
  const seeded = on.metered.openai.chat.completions.create({ ...chatRequest(), seed: 7 });
  await expect(seeded).rejects.toBeInstanceOf(OpenAI.InternalServerError);
});

test('a format without an address is an option that cannot work', async () => {
  await start('gemini');
  await expect(setUp({ route: { tiers: { simple: { model: 'elsewhere', format: 'gemini' } } } })).rejects.toThrow(
    '`format` needs the `baseURL` of a server that has it.',
  );
});
