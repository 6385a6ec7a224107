import { describe, expect, it } from 'vitest';
import { onlyCall } from '../testing.ts';

describe('the cost of a call whose messages come from elsewhere', () => {
  const cost = (call: string) =>
    onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; const openai = new OpenAI();
function ask(messages, model) { return openai.responses.create({ ${call} }) }`,
    ).cost;
  const system = `instructions: '${'Be brief. '.repeat(200)}', input: messages, max_output_tokens: 100`;

  it('is what is known of it at least, without an upper end and without a month', () => {
    const { perCall, perMonth } = cost(`model: 'gpt-6-sol', ${system}`);
    expect(perCall?.basis).toBe('unknown');
    // 600 tokens in at $2 per million, and 50 out at $10: the shortest answer that is assumed.
    expect(perCall?.low).toBeGreaterThan(1_500_000);
    expect(perCall?.low).toBeLessThan(1_900_000);
    expect(perCall?.high).toBe(perCall?.low);
    expect(perMonth).toBeNull();
  });

  it('is nothing where nothing of the prompt, or only a default of the model, is known', () => {
    expect(cost(`model: 'gpt-6-sol', input: messages, max_output_tokens: 100`).perCall).toBeNull();
    expect(cost(`model: model ?? 'gpt-6-sol', ${system}`).perCall).toBeNull();
  });
});

describe('the tokens of a request beyond its texts', () => {
  const SDKS = `import OpenAI from 'openai'; import Anthropic from '@anthropic-ai/sdk';
const openai = new OpenAI(); const anthropic = new Anthropic(); const hello = 'Hello there';
`;
  const call = (code: string) => onlyCall('/app/main.ts', `${SDKS}${code}`);
  /** Tokens in of one call; "Hello there" is 2 of them. */
  const input = (code: string) => call(code).tokens.input;
  const chat = (messages: string, more = '') =>
    input(`openai.chat.completions.create({ model: 'gpt-6-sol', messages: [${messages}]${more} })`);
  const user = `{ role: 'user', content: hello }`;
  const claude = (more: string) =>
    input(`anthropic.messages.create({ model: 'claude-sonnet-4-5', max_tokens: 9, messages: [${user}]${more} })`);
  const exactly = (tokens: number) => ({ low: tokens, expected: tokens, high: tokens });

  it('are those around each message, and of the beginning of the answer', () => {
    expect(chat(user)).toEqual({ ...exactly(8), basis: 'assumed' });
    expect(chat(`${user}, { role: 'assistant', content: hello }, ${user}`).expected).toBe(22);
    expect(input(`openai.responses.create({ model: 'gpt-6-sol', instructions: hello, input: hello })`)).toMatchObject(
      exactly(14),
    );
  });

  it('are counted once for a message of several blocks', () => {
    const blocks = `{ role: 'user', content: [{ type: 'text', text: hello }, { type: 'text', text: hello }] }`;
    expect(chat(blocks)).toMatchObject(exactly(10));
  });

  it('are those of a conversation if the provider makes one of a bare prompt', () => {
    const of = (options: string) =>
      input(`new OpenAI(${options}).completions.create({ model: 'llama3.2', prompt: hello })`).expected;
    const bare = of('');
    expect(of(`{ baseURL: 'http://localhost:11434/v1' }`) - bare).toBeGreaterThan(20);
    expect(bare).toBe(2);
  });

  it('are never fewer than none where no text is seen', () => {
    const hosted = `new OpenAI({ baseURL: 'https://api.deepseek.com' }).chat.completions.create({ model: m(), messages: m() })`;
    for (const { low } of [input(hosted), input(`anthropic.messages.create({ model: m(), messages: m() })`)])
      expect(low).toBeGreaterThanOrEqual(0);
  });

  it('are none where a text is sent as it is', () => {
    const two = { ...exactly(2), basis: 'literal' };
    expect(input(`openai.embeddings.create({ model: 'text-embedding-3-small', input: hello })`)).toEqual(two);
    expect(input(`openai.completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: hello })`)).toEqual(two);
  });

  it("are with tools those of the tools' declarations, and of Anthropic's prompt about them", () => {
    const tool = `{ type: 'function', function: { name: 'look_up', description: 'Looks a word up.', parameters: { type: 'object', properties: { word: { type: 'string' } } } } }`;
    const one = chat(user, `, tools: [${tool}]`).expected;
    const two = chat(user, `, tools: [${tool}, ${tool}]`).expected;
    // "// Looks a word up.", "type look_up = (_: {", "word?: string," and "}) => any;" are 20 tokens with their line ends.
    expect(two - one).toBe(20);
    const withTool = claude(`, tools: [{ name: 'look_up', description: 'Looks a word up.', input_schema: {} }]`);
    const forced = claude(`, tools: [{ name: 'look_up', input_schema: {} }], tool_choice: { type: 'any' }`);
    expect(withTool.low - claude('').low).toBeGreaterThan(480);
    expect(forced.low).toBeGreaterThan(withTool.high);
  });

  it("are with an answer's schema those of the schema, as a separate section", () => {
    const { sections, tokens } = call(
      `openai.chat.completions.create({ model: 'gpt-4o', messages: [${user}], response_format: { type: 'json_schema', json_schema: { name: 'city', strict: true, schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false } } } })`,
    );
    expect(sections.map(({ role }) => role)).toEqual(['schema', 'user']);
    // One that gpt-4o has more than gpt-6; 13 around the schema, its name, and {"type":"object","properties":{...}}.
    expect(tokens.input.expected - chat(user).expected).toBe(1 + 13 + 1 + 14);
  });

  it('are with a call in the history those of the call and of its result', () => {
    const asked = `{ role: 'assistant', content: null, tool_calls: [{ id: 'x', type: 'function', function: { name: 'look_up', arguments: '{"word":"cat"}' } }] }`;
    const answered = `{ role: 'tool', tool_call_id: 'x', content: hello }`;
    const added = chat(`${user}, ${asked}, ${answered}`).expected - chat(user).expected;
    expect(added).toBe(10 + 2 + 5 + 11 + 2);
  });

  it('are in the sections, which add up to all but the beginning of the answer', () => {
    const { sections, tokens } = call(
      `openai.chat.completions.create({ model: 'gpt-6-sol', tools: [{ name: 'x' }], messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hello' }] })`,
    );
    expect(sections.map(({ role }) => role)).toEqual(['tools', 'system', 'user']);
    expect(sections.reduce((sum, section) => sum + section.tokens.expected, 0)).toBe(tokens.input.expected - 2);
  });
});

describe('texts that are put together', () => {
  const SDK = `import OpenAI from 'openai'; const openai = new OpenAI();`;
  const input = (content: string, before = '') =>
    onlyCall(
      '/app/main.ts',
      `${SDK} ${before} openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: ${content} }] })`,
    );

  it('are counted as the one text that is sent', () => {
    const joined = input(`part + part + part`, `const part = 'hello ';`);
    expect(joined.tokens.input.expected).toBe(input(`'hello hello hello '`).tokens.input.expected);
    const [section] = joined.sections;
    expect(section?.segments.reduce((sum, { tokens }) => sum + tokens.expected, 0)).toBe(4);
  });

  it('are never exact where they are too many to follow', () => {
    const joined = input(Array.from({ length: 600 }, () => 'part').join(' + '), `const part = 'hello ';`);
    expect(joined.tokens.input.high).toBeGreaterThan(joined.tokens.input.low);
  });

  it('are one text however many they are, and however they are joined', () => {
    const whole = input(`'${'hello '.repeat(500)}'`).tokens.input;
    expect(input(Array.from({ length: 500 }, () => "'hello '").join(' + ')).tokens.input).toEqual(whole);
    const python = (content: string) =>
      onlyCall(
        '/app/main.py',
        `from openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": ${content}}])`,
      ).tokens.input;
    expect(python(Array.from({ length: 500 }, () => '"hello "').join(' + '))).toEqual(whole);
    expect(python('"hello " * 500')).toEqual(whole);
    expect(python('"".join(["hello "] * 500)')).toEqual(whole);
    expect(python('"hello " * 1_000_000').basis).toBe('unknown');
    expect(python('"Rules: " + "hello " * 1_000_000').basis).toBe('unknown');
  });

  it('are a range where one of them is only known at run time', () => {
    expect(input('`Look up ${word}.`', 'function f(word) {').tokens.input).toMatchObject({ basis: 'assumed' });
  });
});

describe('input that is not text', () => {
  const of = (content: string, model = 'gpt-4o') =>
    onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; new OpenAI().chat.completions.create({ model: '${model}', messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, ${content}] }] })`,
    );
  const PIXEL =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

  it('is counted where the size of an image is known', () => {
    const { tokens, media } = of(`{ type: 'image_url', image_url: { url: '${PIXEL}' } }`);
    expect(tokens.input).toMatchObject({ expected: 3 + 4 + 4 + 255, basis: 'assumed' });
    expect(media).toEqual([{ kind: 'image', tokens: { low: 255, expected: 255, high: 255, basis: 'assumed' } }]);
  });

  it('is a lower bound where it is not', () => {
    const { tokens, media } = of(`{ type: 'image_url', image_url: { url: 'https://example.com/cat.png' } }`);
    expect(tokens.input).toMatchObject({ low: 3 + 4 + 4 + 85, basis: 'unknown' });
    expect(media).toMatchObject([{ kind: 'image', tokens: { basis: 'unknown' } }]);
    expect(of(`{ type: 'image_url', image_url: { url: address, detail: 'low' } }`).tokens.input).toMatchObject({
      expected: 3 + 4 + 4 + 85,
      basis: 'assumed',
    });
    expect(of(`{ type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } }`)).toMatchObject({
      media: [{ kind: 'audio' }],
      tokens: { input: { basis: 'unknown' } },
    });
    expect(of(`{ type: 'file', file: { file_id: 'file-1' } }`)).toMatchObject({
      media: [{ kind: 'file' }],
      tokens: { input: { basis: 'unknown' } },
    });
  });

  it('may be what the provider keeps or adds itself', () => {
    const responses = (more: string) =>
      onlyCall(
        '/app/main.ts',
        `import OpenAI from 'openai'; new OpenAI().responses.create({ model: 'gpt-5', input: 'Hello there', ${more} })`,
      );
    for (const more of [
      `previous_response_id: 'resp_1'`,
      `tools: [{ type: 'web_search' }]`,
      `prompt: { id: 'pmpt_1' }`,
    ]) {
      expect(responses(more)).toMatchObject({ media: [{ kind: 'context' }], tokens: { input: { basis: 'unknown' } } });
    }
    expect(responses('').media).toEqual([]);
    const cohere = (more: string) =>
      onlyCall(
        '/app/main.ts',
        `import { CohereClientV2 } from 'cohere-ai'; new CohereClientV2({}).chat({ model: 'command-a-03-2025', messages: [{ role: 'user', content: 'Hi' }]${more} })`,
      ).tokens.input.basis;
    expect(cohere(`, documents: ['A text to answer from.']`)).toBe('unknown');
    expect(cohere('')).toBe('assumed');
    const preset = onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; new OpenAI({ baseURL: 'https://openrouter.ai/api/v1' })
  .chat.completions.create({ model: 'openai/gpt-4o', preset: 'comedian', messages: [{ role: 'user', content: 'Hi' }] })`,
    );
    expect(preset.tokens.input.basis).toBe('unknown');
  });

  it('include the texts that a guardrail of Bedrock checks', () => {
    const of = (block: string) =>
      onlyCall(
        '/app/main.ts',
        `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
new BedrockRuntimeClient({}).send(new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages: [{ role: 'user', content: [${block}] }] }))`,
      ).tokens.input.expected;
    const text = `{ text: 'What is the capital of Japan?' }`;
    expect(of(`{ guardContent: { text: { text: 'What is the capital of Japan?', qualifiers: ['query'] } } }`)).toBe(
      of(text),
    );
  });
});

describe('the answer that is expected without a limit', () => {
  /** Of the analyzer as it is set up without a configuration. */
  const expected = (model: string, more = '', content = 'Tell me about Rome.') =>
    onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; new OpenAI().chat.completions.create({ model: '${model}', messages: [{ role: 'user', content: '${content}' }]${more} })`,
      [],
      { output: null },
    ).tokens.output.expected;
  const schema = (type: string) =>
    `, response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object', properties: { city: ${type} } } } }`;

  it('depends on the task', () => {
    expect(expected('gpt-4o')).toBe(150);
    expect(expected('gpt-4o', schema(`{ type: 'string' }`))).toBe(30);
    expect(expected('gpt-4o', schema(`{ type: 'string', enum: ['rome', 'oslo'] }`))).toBe(5);
    expect(expected('gpt-4o', '', 'Is Rome old? Answer only "yes" or "no".')).toBe(5);
    expect(expected('gpt-4o', `, tools: [{ type: 'function', function: { name: 'look_up' } }]`)).toBe(35);
  });

  it('is longer where the model reasons, by itself or because the request says so', () => {
    expect(expected('o3')).toBe(400);
    expect(expected('gpt-5.4')).toBe(150);
    expect(expected('gpt-5.4', `, reasoning_effort: 'high'`)).toBe(400);
    expect(expected('gpt-5', `, reasoning_effort: 'minimal'`)).toBe(150);
  });

  it('never exceeds a limit', () => {
    expect(expected('gpt-4o', ', max_tokens: 40')).toBe(40);
  });
});

describe('what a limit does to an estimate', () => {
  const output = (limit: string) =>
    onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; new OpenAI().responses.create({ model: 'gpt-6-luna', input: 'Explain this at length.'${limit} })`,
    ).tokens.output;

  it('it never raises it', () => {
    const without = output('');
    expect(output(', max_output_tokens: 25_000')).toEqual(without);
    expect(output(', max_output_tokens: 100')).toEqual({ low: 50, expected: 100, high: 100, basis: 'assumed' });
  });
});

describe('several answers of one request', () => {
  const call = (n: string) =>
    onlyCall(
      '/app/main.ts',
      `import OpenAI from 'openai'; new OpenAI().chat.completions.create({ model: 'gpt-6-luna', max_completion_tokens: 10, messages: [{ role: 'user', content: 'Explain this at length.' }], ${n} })`,
    );

  it('are all paid for', () => expect(call('n: 4').tokens.output.expected).toBe(4 * call('').tokens.output.expected));

  it('make a lower bound where only the run knows how many', () =>
    expect(call('n: count').cost.perCall?.basis).toBe('unknown'));
});

describe('the later turns of a chat', () => {
  it('carry what was said before, and are a lower bound', () => {
    const { tokens, media } = onlyCall(
      '/app/main.py',
      'from google import genai\nchat = genai.Client().chats.create(model="gemini-3.8-flash")\nchat.send_message("Shorter.")',
    );
    expect([tokens.input.basis, media.map(({ kind }) => kind)]).toEqual(['unknown', ['context']]);
  });
});

describe("templates' holes", () => {
  const call = (input: string) =>
    onlyCall(
      '/app/main.py',
      `from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI
prompt = ChatPromptTemplate.from_messages([("system", "Answer from these documents: {context}. Give {{}}."), ("human", "{question}")])
(prompt | ChatOpenAI(model="gpt-6-luna", max_tokens=10)).invoke(${input})`,
    );

  it('are as large as what fills them', () => {
    const known = call('{"context": "short", "question": "Why?"}');
    expect(known.system).toBe('static');
    expect(known.tokens.input.high).toBe(known.tokens.input.low);
    expect(known.sections.flatMap(({ segments }) => segments.map(({ text }) => text)).join('')).toBe(
      'Answer from these documents: short. Give {}.Why?',
    );
  });

  it('are not known where nothing fills them', () => {
    const { system, tokens } = call('{"context": load(), "question": ask()}');
    expect(system).toBe('dynamic');
    expect(tokens.input.high).toBeGreaterThan(1000);
  });
});

describe('adding an output limit never raises an estimate', () => {
  const TS = `import OpenAI from 'openai'; import { GoogleGenAI } from '@google/genai'; import { Mistral } from '@mistralai/mistralai';
import { CohereClientV2 } from 'cohere-ai'; import Groq from 'groq-sdk'; import Together from 'together-ai';
import { generateText, generateObject } from 'ai'; import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { ChatAnthropic } from '@langchain/anthropic';
`;
  const HI = `messages: [{ role: 'user', content: 'Describe the sea.' }]`;
  const gateway = (model: string) => (limit: string) =>
    `generateText({ model: '${model}', prompt: 'Describe the sea.'${limit && `, maxOutputTokens: ${limit}`} })`;
  const CALLS: readonly (readonly [string, (limit: string) => string])[] = [
    [
      'OpenAI',
      (n) =>
        `new OpenAI().chat.completions.create({ model: 'gpt-6-sol', ${HI}${n && `, max_completion_tokens: ${n}`} })`,
    ],
    [
      'OpenAI, reasoning',
      (n) => `new OpenAI().responses.create({ model: 'o3', input: 'Hi.'${n && `, max_output_tokens: ${n}`} })`,
    ],
    [
      'several answers',
      (n) =>
        `new OpenAI().chat.completions.create({ model: 'gpt-6-sol', n: 4, ${HI}${n && `, max_completion_tokens: ${n}`} })`,
    ],
    [
      'Google',
      (n) =>
        `new GoogleGenAI({}).models.generateContent({ model: 'gemini-3.6-flash', contents: 'Hi.', config: { ${n && `maxOutputTokens: ${n}`} } })`,
    ],
    [
      'Mistral',
      (n) => `new Mistral({}).chat.complete({ model: 'mistral-large-latest', ${HI}${n && `, maxTokens: ${n}`} })`,
    ],
    ['Cohere', (n) => `new CohereClientV2({}).chat({ model: 'command-a-03-2025', ${HI}${n && `, maxTokens: ${n}`} })`],
    [
      'Groq',
      (n) =>
        `new Groq().chat.completions.create({ model: 'openai/gpt-oss-120b', ${HI}${n && `, max_completion_tokens: ${n}`} })`,
    ],
    [
      'Together',
      (n) =>
        `new Together().chat.completions.create({ model: 'meta-llama/Llama-3.3-70B-Instruct-Turbo', ${HI}${n && `, max_tokens: ${n}`} })`,
    ],
    [
      'Bedrock',
      (n) =>
        `new BedrockRuntimeClient({}).send(new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages: [{ role: 'user', content: [{ text: 'Hi.' }] }]${n && `, inferenceConfig: { maxTokens: ${n} }`} }))`,
    ],
    ['LangChain', (n) => `new ChatAnthropic({ model: 'claude-opus-4-5'${n && `, maxTokens: ${n}`} }).invoke('Hi.')`],
    [
      'structured',
      (n) => `generateObject({ model: 'openai/gpt-4o', schema, prompt: 'Hi.'${n && `, maxOutputTokens: ${n}`} })`,
    ],
    ...[
      'openai/gpt-4o',
      'anthropic/claude-opus-4.5',
      'google/gemini-2.5-flash',
      'mistral/mistral-large-latest',
      'xai/grok-4.3',
      'deepseek/deepseek-v3.2',
      'perplexity/sonar',
    ].map((model) => [model, gateway(model)] as const),
  ];

  it.each(CALLS)('%s', (_, code) => {
    const of = (limit: string) => onlyCall('/app/a.ts', `${TS}${code(limit)};`);
    const open = of('');
    for (const limit of ['1', '64', '2000', '25000', '1000000']) {
      const bounded = of(limit);
      expect(bounded.outputLimit.tokens).toBe(Number(limit));
      for (const bound of ['low', 'expected', 'high'] as const) {
        expect(bounded.tokens.output[bound]).toBeLessThanOrEqual(open.tokens.output[bound]);
        const [cost, before] = [bounded.cost.perCall, open.cost.perCall];
        if (cost !== null && before !== null) expect(cost[bound]).toBeLessThanOrEqual(before[bound]);
      }
    }
  });
});

describe('what changes the price of a request', () => {
  const ask = (more: string, model = 'gpt-5') =>
    onlyCall(
      '/app/a.ts',
      `import OpenAI from 'openai'; new OpenAI().chat.completions.create({ model: '${model}', max_completion_tokens: 10, messages: [{ role: 'user', content: 'Hello.' }]${more} })`,
    ).cost.perCall?.expected;

  it('is the tier, and without a factor for it the price is unknown', () => {
    const standard = ask('') ?? 0;
    expect(ask(`, service_tier: 'flex'`)).toBe(standard / 2);
    expect(ask(`, service_tier: 'priority'`)).toBe(standard * 2);
    expect(ask(`, service_tier: 'flex'`, 'gpt-4o-mini')).toBeUndefined();
    expect(ask(`, service_tier: tier`)).toBeUndefined();
  });
});

describe('a message whose text is not known', () => {
  const ask = (messages: string) =>
    onlyCall(
      '/app/a.ts',
      `import OpenAI from 'openai'; export const ask = (q, history) => new OpenAI().chat.completions.create({ model: 'gpt-4o', messages: ${messages} })`,
    );

  it('is taken for one of usual length', () => {
    const { tokens, cost } = ask(`[{ role: 'user', content: q }]`);
    expect(tokens.input).toMatchObject({ low: 27, expected: 207, high: 2_007, basis: 'assumed' });
    expect(cost.perCall?.basis).toBe('assumed');
  });

  it('is not one of many', () => {
    expect(ask(`history`).cost.perCall).toBeNull();
    expect(ask(`[...history, { role: 'user', content: q }]`).cost.perCall).toBeNull();
  });
});

it('a prompt above the context of its model has no cost: the call fails', () => {
  const ask = (model: string) =>
    onlyCall(
      '/app/a.py',
      `from openai import OpenAI\nOpenAI().responses.create(model=${model}, input="word " * 20000, max_output_tokens=9)`,
    );
  expect(ask('"gpt-4"')).toMatchObject({ aboveContext: 8_192, cost: { perCall: null } });
  expect(ask('"gpt-4o"')).toMatchObject({ aboveContext: null });
  expect(ask('"gpt-4" if small else "gpt-4o"').aboveContext).toBeNull();
});
