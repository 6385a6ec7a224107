import { expect, test } from 'vitest';
import { type JsonObject, payloadOfJson, payloadOfText } from '../support/json-body.ts';
import { FORMAT_NAMES, type FormatName } from './format-names.ts';
import { FORMATS, formatNamed, translateRequest } from './translate.ts';

const ASKED = { model: 'a-model', isStreaming: false };

function direction(own: FormatName, other: FormatName) {
  const [from, to] = [formatNamed(own), formatNamed(other)];
  if (from === null || to === null) throw new Error('an unknown format');
  return { from, to };
}

function translated(own: FormatName, other: FormatName, body: JsonObject, maxOutput: number | null = 1000) {
  return translateRequest(direction(own, other), payloadOfJson(body), ASKED, maxOutput);
}

const PIXEL = Buffer.from('a picture').toString('base64');
const SCHEMA = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

/** A conversation with all that the four formats have in common. */
const CHAT = {
  model: 'a-model',
  max_completion_tokens: 300,
  temperature: 0.5,
  top_p: 0.9,
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Where?' },
        { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } },
      ],
    },
    {
      role: 'assistant',
      content: 'I look.',
      tool_calls: [
        { id: 'a', type: 'function', function: { name: 'find', arguments: '{"city":"a"}' } },
        { id: 'b', type: 'function', function: { name: 'find', arguments: '{"city":"b"}' } },
      ],
    },
    { role: 'tool', tool_call_id: 'a', content: '{"found":true}' },
    { role: 'tool', tool_call_id: 'b', content: '{"output": "with a space"}' },
    { role: 'user', content: 'And now?' },
  ],
  tools: [{ type: 'function', function: { name: 'find', description: 'Finds', parameters: SCHEMA } }],
  tool_choice: 'required',
  response_format: { type: 'json_schema', json_schema: { name: 'place', schema: SCHEMA, strict: true } },
};

test('every format has a name that options accept', () => {
  expect(FORMATS.map(({ name }) => name)).toEqual(FORMAT_NAMES);
});

test.each(FORMAT_NAMES.flatMap((own) => FORMAT_NAMES.map((other) => [own, other] as const)))(
  'a conversation written as %s comes back unchanged from %s',
  (own, other) => {
    const first = translated('openai-chat', own, CHAT);
    expect(first.reason).toBeNull();
    const there = translated(own, other, first.body ?? {});
    const back = translated(other, own, there.body ?? {});
    // The name of a schema is a label that two of the formats do not have.
    const comparable = (body: JsonObject | null): unknown =>
      JSON.parse(JSON.stringify(body), (key, value) => (key === 'name' && value !== 'find' ? null : value));
    expect(comparable(back.body)).toEqual(comparable(first.body));
  },
);

test('a schema loses its name, and the translation says so', () => {
  expect(translated('openai-chat', 'gemini', CHAT)).toMatchObject({ leftOut: ["the output schema's name"] });
});

const hello = { role: 'user', content: 'Hello' };

test.each<[FormatName, FormatName, JsonObject, string]>([
  ['openai-chat', 'anthropic-messages', { messages: [hello], seed: 1 }, 'a seed'],
  ['openai-chat', 'anthropic-messages', { messages: [hello], temperature: 1.5 }, 'a temperature above 1'],
  ['openai-chat', 'openai-responses', { messages: [hello], an_unknown_member: 1 }, 'an_unknown_member'],
  ['openai-chat', 'openai-responses', { messages: [{ ...hello, name: 'Ann' }] }, 'messages.name'],
  ['openai-chat', 'openai-responses', { messages: [hello], n: 2 }, 'n'],
  ['anthropic-messages', 'openai-chat', { messages: [hello], top_k: 3 }, 'top_k'],
  [
    'anthropic-messages',
    'openai-chat',
    { messages: [hello], tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    'the tool web_search_20250305',
  ],
  [
    'anthropic-messages',
    'gemini',
    { messages: [hello, { role: 'assistant', content: 'Once' }] },
    'a beginning of the answer in the request',
  ],
  ['openai-responses', 'openai-chat', { input: 'Hi', previous_response_id: 'r' }, 'previous_response_id'],
  [
    'gemini',
    'openai-chat',
    { contents: [{ parts: [{ text: 'Hi', thought_signature: 'x' }] }] },
    'a thought, which only its own provider can read',
  ],
  ['gemini', 'openai-chat', { contents: [] }, 'a request without messages'],
])('from %s to %s: %j is refused for %s', (own, other, body, reason) => {
  expect(translated(own, other, body)).toEqual({ body: null, reason });
});

test('a format that needs an output limit gets the maximum of the model, which limits nothing', () => {
  expect(translated('openai-chat', 'anthropic-messages', { messages: [hello] }).body).toMatchObject({
    max_tokens: 1000,
  });
  const unknown = translated('openai-chat', 'anthropic-messages', { messages: [hello] }, null);
  expect(unknown.reason).toBe('a request without an output limit');
});

test('a number that would change is refused', () => {
  const payload = payloadOfText('{"messages":[{"role":"user","content":"Hi"}],"seed":12345678901234567890}');
  if (payload === null) throw new Error('no object');
  const { reason } = translateRequest(direction('openai-chat', 'gemini'), payload, ASKED, null);
  expect(reason).toBe('a number that JavaScript cannot represent');
});
