/** The same answers in each format, whole and as its streams bring them. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../support/json-body.ts';
import { contentOf } from './answer-content.ts';

const SAID = '{"a": 1}';
const nested = (event: object) => ({ ...event }) as JsonObject;

const TEXTS: Readonly<Record<string, readonly object[]>> = {
  chat: [{ choices: [{ index: 0, message: { role: 'assistant', content: SAID } }] }],
  'chat, streamed': [
    { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
    { choices: [{ index: 0, delta: { reasoning_content: 'Hm.' } }] },
    { choices: [{ index: 0, delta: { content: '{"a"' } }] },
    { choices: [{ index: 0, delta: { content: ': 1}' } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    { choices: [], usage: {} },
  ],
  'chat of Mistral': [
    {
      choices: [
        {
          message: {
            content: [
              { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
              { type: 'text', text: SAID },
            ],
          },
        },
      ],
    },
  ],
  completions: [{ choices: [{ index: 0, text: SAID }] }],
  responses: [
    {
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
        { type: 'message', content: [{ type: 'output_text', text: SAID, annotations: [] }] },
      ],
    },
  ],
  'responses, streamed': [
    { type: 'response.created', response: { output: [] } },
    { type: 'response.output_text.delta', delta: SAID },
    { type: 'response.output_text.done', text: SAID },
    { type: 'response.output_item.done', item: { type: 'message', content: [{ type: 'output_text', text: SAID }] } },
    {
      type: 'response.completed',
      response: { output: [{ type: 'message', content: [{ type: 'output_text', text: SAID }] }] },
    },
  ],
  messages: [
    {
      type: 'message',
      content: [
        { type: 'thinking', thinking: 'Hm.' },
        { type: 'text', text: SAID },
      ],
    },
  ],
  'messages, streamed': [
    { type: 'message_start', message: { content: [] } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: '{"a"' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: ': 1}' } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
  ],
  'Gemini, whole or streamed': [
    { candidates: [{ content: { parts: [{ text: 'Hm.', thought: true }, { text: '{"a"' }] } }] },
    { candidates: [{ content: { parts: [{ text: ': 1}' }] }, finishReason: 'STOP' }] },
  ],
  "Bedrock's converse": [
    { output: { message: { content: [{ reasoningContent: { reasoningText: { text: 'Hm.' } } }, { text: SAID }] } } },
  ],
  "Bedrock's converse, streamed": [
    { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm.' } } },
    { contentBlockIndex: 1, delta: { text: '{"a"' } },
    { contentBlockDelta: { contentBlockIndex: 1, delta: { text: ': 1}' } } },
  ],
  "Bedrock's Titan": [{ results: [{ outputText: SAID }] }],
  "Bedrock's Llama": [{ generation: '{"a"' }, { generation: ': 1}' }],
  "Ollama's chat": [{ message: { content: '{"a"' } }, { message: { content: ': 1}', thinking: 'Hm.' }, done: true }],
  "Ollama's generate": [{ response: '{"a"' }, { response: ': 1}', done: true }],
  Cohere: [
    {
      message: {
        content: [
          { type: 'thinking', thinking: 'Hm.' },
          { type: 'text', text: SAID },
        ],
      },
    },
  ],
  'Cohere, streamed': [
    { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
    { type: 'content-delta', index: 0, delta: { message: { content: { text: '{"a"' } } } },
    { type: 'content-delta', index: 0, delta: { message: { content: { text: ': 1}' } } } },
  ],
  "Cohere's first version, streamed": [
    { event_type: 'text-generation', text: SAID },
    { event_type: 'stream-end', text: SAID, response: { text: SAID } },
  ],
};

test.each(Object.entries(TEXTS))('the text of %s', (_, events) => {
  const { texts, calls, hasMedia, isSourced } = contentOf(events.map(nested));
  expect([...texts.values()]).toEqual([SAID]);
  expect({ calls, hasMedia, isSourced }).toEqual({ calls: [], hasMedia: false, isSourced: false });
});

const CALLS: Readonly<Record<string, readonly object[]>> = {
  chat: [{ choices: [{ message: { content: null, tool_calls: [{ function: { name: 'f', arguments: SAID } }] } }] }],
  'chat, streamed': [
    { choices: [{ delta: { tool_calls: [{ index: 0, function: { name: 'f', arguments: '' } }] } }] },
    { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"a"' } }] } }] },
    { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: ': 1}' } }] } }] },
  ],
  'an older call, streamed': [
    { choices: [{ delta: { function_call: { name: 'f', arguments: '{"a"' } } }] },
    { choices: [{ delta: { function_call: { arguments: ': 1}' } } }] },
  ],
  responses: [{ output: [{ type: 'function_call', name: 'f', arguments: SAID }] }],
  'messages, streamed': [
    { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', name: 'f', input: {} } },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"a"' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: ': 1}' } },
  ],
  "Bedrock's converse, streamed": [
    { contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { name: 'f' } } } },
    { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: '{"a"' } } } },
    { contentBlockDelta: { contentBlockIndex: 1, delta: { toolUse: { input: ': 1}' } } } },
  ],
};

test.each(Object.entries(CALLS))('the call of %s', (_, events) => {
  expect(contentOf(events.map(nested)).calls).toEqual([SAID]);
});

test.each<[string, readonly object[], number]>([
  [
    'messages',
    [
      {
        content: [
          { type: 'tool_use', input: { a: 1 } },
          { type: 'tool_use', input: {} },
        ],
      },
    ],
    2,
  ],
  [
    'Gemini, one an event',
    Array(2).fill({ candidates: [{ content: { parts: [{ functionCall: { args: {} } }] } }] }),
    2,
  ],
  [
    'Ollama, which says so before the end',
    [{ message: { tool_calls: [{ function: { arguments: {} } }] } }, { done: true }],
    1,
  ],
  ['Cohere', [{ message: { tool_calls: [{ function: { arguments: '{}' } }] } }], 1],
  [
    'Cohere, streamed',
    [0, 1].map((index) => ({ index, delta: { message: { tool_calls: { function: { arguments: '{}' } } } } })),
    2,
  ],
])('calls of %s', (_, events, count) => {
  expect(contentOf(events.map(nested)).calls).toHaveLength(count);
});

test.each<[string, object]>([
  ['a search of responses', { output: [{ type: 'web_search_call' }] }],
  ['code that ran', { candidates: [{ content: { parts: [{ executableCode: {} }] } }] }],
  ['a tool of Anthropic', { content: [{ type: 'server_tool_use', name: 'web_search' }] }],
  ['what it found, streamed', { content_block: { type: 'web_search_tool_result' } }],
  ['a citation, streamed', { delta: { type: 'citations_delta', citation: { url: 'https://a.b' } } }],
  ['a page of Gemini', { candidates: [{ urlContextMetadata: { urlMetadata: [] } }] }],
])('%s is a source', (_, event) => {
  expect(contentOf([nested(event)]).isSourced).toBe(true);
});

test.each<[string, object]>([
  ['a citation of a document of the request', { content: [{ type: 'text', citations: [{ type: 'char_location' }] }] }],
  ['a recitation', { candidates: [{ citationMetadata: { citations: [] }, groundingMetadata: {} }] }],
])('%s is no source', (_, event) => {
  expect(contentOf([nested(event)]).isSourced).toBe(false);
});
