/** What is read of a request: each SDK's spelling of calls, results, media, tools and schemas. */
import { UNKNOWN_JSON } from '@farthing/shared/tokens/request';
import { describe, expect, it } from 'vitest';
import { literalText, OPAQUE } from '../../evaluate/lattice.ts';
import type { Value } from '../../evaluate/values.ts';
import { parsed } from '../../sdks/fields.ts';
import { readPrompt } from './read.ts';
import { isThinking, reasoningSwitch } from './reasoning.ts';
import { readAnswerSchema, readTools, toolChoiceOf } from './tools.ts';

/** A value as the code would write it. */
function value(json: unknown): Value {
  const text = JSON.stringify({ value: json });
  const object = parsed({ kind: 'text', segments: [{ kind: 'literal', text, origin: null }], origin: null });
  const found = object.kind === 'object' ? object.entries.get('value')?.value : undefined;
  if (found === undefined) throw new Error('No value.');
  return found;
}
const UNKNOWN = OPAQUE;

/** `speaker:opens:text`, or the kind of media in the place of the text. */
function read(messages: unknown): readonly string[] {
  const { parts } = readPrompt({ system: null, messages: value(messages), prompt: null });
  return parts.map(({ speaker, opens, media, segments }) => {
    const text = literalText({ kind: 'text', segments, origin: null });
    return `${speaker}:${opens ?? '-'}:${media?.kind ?? text}`;
  });
}

describe('calls and their results', () => {
  const user = { role: 'user', content: 'Paris?' };
  const wanted = ['user:message:Paris?', 'assistant:call:look_up{"q":"x"}'];

  it.each([
    [
      'OpenAI chat',
      [
        user,
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ type: 'function', function: { name: 'look_up', arguments: '{"q":"x"}' } }],
        },
        { role: 'tool', tool_call_id: 'a', content: 'sunny' },
      ],
    ],
    [
      'OpenAI Responses',
      [
        user,
        { type: 'function_call', name: 'look_up', arguments: '{"q":"x"}' },
        { type: 'function_call_output', call_id: 'a', output: 'sunny' },
      ],
    ],
    [
      'Anthropic',
      [
        user,
        { role: 'assistant', content: [{ type: 'tool_use', name: 'look_up', input: { q: 'x' } }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'sunny' }] }],
        },
      ],
    ],
    [
      'Gemini',
      [
        { role: 'user', parts: [{ text: 'Paris?' }] },
        { role: 'model', parts: [{ functionCall: { name: 'look_up', args: { q: 'x' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look_up', response: 'sunny' } }] },
      ],
    ],
    [
      'Bedrock',
      [
        { role: 'user', content: [{ text: 'Paris?' }] },
        { role: 'assistant', content: [{ toolUse: { name: 'look_up', input: { q: 'x' } } }] },
        { role: 'user', content: [{ toolResult: { content: [{ text: 'sunny' }] } }] },
      ],
    ],
    [
      'AI SDK',
      [
        user,
        { role: 'assistant', content: [{ type: 'tool-call', toolName: 'look_up', input: { q: 'x' } }] },
        { role: 'tool', content: [{ type: 'tool-result', toolName: 'look_up', output: 'sunny' }] },
      ],
    ],
  ])('are read in the spelling of %s', (_, messages) => {
    expect(read(messages)).toEqual([...wanted, 'user:result:sunny']);
  });
});

describe('media', () => {
  const kinds = (block: object) => read([{ role: 'user', content: [block] }]).map((part) => part.split(':').pop());

  it.each([
    [{ type: 'image_url', image_url: { url: 'https://a.b/c.png' } }, 'image'],
    [{ type: 'input_image', file_id: 'file-1' }, 'image'],
    [{ type: 'image', source: { type: 'url', url: 'https://a.b/c.png' } }, 'image'],
    [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }, 'image'],
    [{ inline_data: { mime_type: 'audio/wav', data: 'AAAA' } }, 'audio'],
    [{ fileData: { fileUri: 'gs://a', mimeType: 'video/mp4' } }, 'video'],
    [{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'AAAA' } }, 'file'],
    [{ document: { format: 'pdf', name: 'a', source: { bytes: 'AAAA' } } }, 'file'],
    [{ type: 'thinking', thinking: 'Well.', signature: 'x' }, 'context'],
    [{ type: 'web_search_tool_result', content: [] }, 'context'],
  ])('%j is one of kind %s', (block, kind) => {
    expect(kinds(block)).toEqual([kind]);
  });

  it("is beside a text that is known: a document's, and one with a signature", () => {
    expect(kinds({ type: 'document', source: { type: 'text', data: 'All of it.' } })).toEqual(['All of it.', 'file']);
    expect(kinds({ text: 'Hello.', thoughtSignature: 'x' })).toEqual(['context', 'Hello.']);
    expect(kinds({ type: 'text', text: 'Hello.' })).toEqual(['Hello.']);
  });

  it("is an item that only the provider can read, and Ollama's list of images", () => {
    expect(read([{ type: 'reasoning', encrypted_content: 'x', summary: [] }])).toEqual(['user:message:context']);
    expect(read([{ role: 'user', content: 'What?', images: ['AAAA'] }])).toEqual([
      'user:message:What?',
      'user:-:image',
    ]);
  });
});

describe('tools', () => {
  const schema = { type: 'object', properties: { q: { type: 'string' } } };
  const definition = { name: 'look_up', description: 'Looks up.', parameters: schema };

  it.each([
    ['chat', [{ type: 'function', function: definition }]],
    ['Responses', [{ type: 'function', ...definition }]],
    ['Anthropic', [{ name: 'look_up', description: 'Looks up.', input_schema: schema }]],
    ['Gemini', [{ functionDeclarations: [definition] }]],
    ['Bedrock', [{ toolSpec: { name: 'look_up', description: 'Looks up.', inputSchema: { json: schema } } }]],
    ['the AI SDK', { look_up: { description: 'Looks up.', inputSchema: schema } }],
  ])('are read in the spelling of %s', (_, tools) => {
    expect(readTools(value(tools))).toEqual({ definitions: [definition], atProvider: [] });
  });

  it('that run at the provider are no definitions', () => {
    for (const tool of [
      { type: 'web_search' },
      { googleSearch: {} },
      { type: 'web_search_20250305', name: 'web_search' },
      { type: 'openrouter:web_search', parameters: {} },
    ]) {
      expect(readTools(value([tool]))).toMatchObject({ definitions: [], atProvider: [{ maxUses: null }] });
    }
  });

  it('that only the run knows are one of which nothing is known', () => {
    expect(readTools(UNKNOWN).definitions).toEqual([{ name: null, description: null, parameters: UNKNOWN_JSON }]);
  });

  it('may have to be used, or must not', () => {
    const choices = [
      'auto',
      'required',
      'none',
      { type: 'any' },
      { type: 'function', name: 'a' },
      { any: {} },
      { auto: {} },
      'ANY',
    ];
    expect(choices.map((choice) => toolChoiceOf(value(choice)))).toEqual([
      'auto',
      'forced',
      'none',
      'forced',
      'forced',
      'forced',
      'auto',
      'forced',
    ]);
    expect(toolChoiceOf(null)).toBe('auto');
  });
});

describe('the schema of an answer', () => {
  const schema = { type: 'object', properties: { city: { type: 'string' } } };

  it('is read in every spelling, and is none for plain text or JSON', () => {
    const named = { name: 'city', description: null, schema, isStrict: false };
    expect(readAnswerSchema(value({ type: 'json_schema', json_schema: { name: 'city', schema } }))).toEqual(named);
    expect(readAnswerSchema(value({ type: 'json_schema', name: 'city', schema }))).toEqual(named);
    expect(readAnswerSchema(value(schema))).toEqual({ ...named, name: null });
    expect(readAnswerSchema(value({ type: 'json_object' }))).toBeNull();
    expect(readAnswerSchema(value('application/json'))).toBeNull();
    expect(readAnswerSchema(UNKNOWN)).toEqual({ ...named, name: null, schema: UNKNOWN_JSON });
    const strict = { type: 'json_schema', name: 'city', schema, strict: true };
    expect(readAnswerSchema(value(strict))).toEqual({ ...named, isStrict: true });
  });
});

describe('reasoning', () => {
  it('is switched on or off, or left to the model', () => {
    const on = [
      { type: 'enabled', budget_tokens: 1024 },
      { type: 'adaptive' },
      { effort: 'low' },
      'high',
      { thinkingBudget: 512 },
    ];
    const off = [{ type: 'disabled' }, { effort: 'none' }, 'minimal', { thinkingBudget: 0 }, { enabled: false }];
    for (const one of on) expect(reasoningSwitch(value(one))).toBe(true);
    for (const one of off) expect(reasoningSwitch(value(one))).toBe(false);
    expect(reasoningSwitch(null)).toBeNull();
    expect(reasoningSwitch(UNKNOWN)).toBeNull();
  });

  it('adds to the prompt if it has a budget, which gateways make of an effort', () => {
    expect(isThinking(value({ type: 'enabled', budget_tokens: 1024 }), 'messages')).toBe(true);
    expect(isThinking(value({ type: 'adaptive' }), 'messages')).toBe(false);
    expect(isThinking(value('high'), 'messages')).toBe(false);
    for (const gateway of [{ effort: 'low' }, { max_tokens: 2000 }, { enabled: true }, 'high'])
      expect(isThinking(value(gateway), 'chat.completions')).toBe(true);
    for (const off of [{ effort: 'none' }, { enabled: false }, { type: 'disabled' }, 'none'])
      expect(isThinking(value(off), 'chat.completions')).toBe(false);
  });
});
