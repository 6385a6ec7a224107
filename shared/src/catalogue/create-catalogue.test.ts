import { describe, expect, test } from 'vitest';
import { PROVIDERS, type ProviderName } from '../vocabulary.ts';
import { createCatalogue } from './create-catalogue.ts';
import { FEE_RULES } from './data/fees.ts';

const catalogue = createCatalogue({ now: new Date('2026-11-22T12:00:00Z') });
const find = catalogue.find;
const prices = (provider: ProviderName, id: string) => {
  const model = find(provider, id);
  return model === null ? null : [model.provider, model.id, model.price.input, model.price.output];
};

describe('find matches an id', () => {
  test.each<[string, ProviderName, string, unknown]>([
    ['exactly', 'openai', 'gpt-4o', ['openai', 'gpt-4o', 2500, 10_000]],
    ['with a dashed date', 'openai', 'gpt-4o-2024-11-20', ['openai', 'gpt-4o', 2500, 10_000]],
    [
      'with a date that has its own price',
      'openai',
      'gpt-4o-2024-05-13',
      ['openai', 'gpt-4o-2024-05-13', 5000, 15_000],
    ],
    [
      'with a compact date',
      'anthropic',
      'claude-3-5-sonnet-20241022',
      ['anthropic', 'claude-3-5-sonnet', 3000, 15_000],
    ],
    [
      'with an @ date',
      'google-vertex',
      'claude-3-5-sonnet@20240620',
      ['google-vertex', 'claude-3-5-sonnet@20240620', 3000, 15_000],
    ],
    ['by a listed alias', 'openai', 'gpt-4-1106-preview', ['openai', 'gpt-4-turbo', 10_000, 30_000]],
    ['by an alias without facts of its own', 'openai', 'gpt-5-codex', ['openai', 'gpt-5-codex', 1250, 10_000]],
    ['with a dotted version', 'anthropic', 'claude-sonnet-4.5', ['anthropic', 'claude-sonnet-4-5', 3000, 15_000]],
    ['with a resource path', 'google', 'models/gemini-2.5-flash-lite', ['google', 'gemini-2.5-flash-lite', 100, 400]],
    ['with a version number', 'google', 'gemini-2.0-flash-001', ['google', 'gemini-2.0-flash', 100, 400]],
    [
      'of a fine-tuned model',
      'openai',
      'ft:gpt-4o-mini-2024-07-18:company::id',
      ['openai', 'ft:gpt-4o-mini-2024-07-18', 300, 1200],
    ],
    ['under the provider prefix', 'openai', 'openai/gpt-4o', ['openai', 'gpt-4o', 2500, 10_000]],
    [
      'on Bedrock',
      'aws-bedrock',
      'anthropic.claude-3-haiku-20240307-v1:0',
      ['aws-bedrock', 'anthropic.claude-3-haiku-20240307-v1:0', 250, 1250],
    ],
    [
      'on Bedrock without a version',
      'aws-bedrock',
      'amazon.nova-lite-v1:0:300k',
      ['aws-bedrock', 'amazon.nova-lite-v1:0:300k', 60, 240],
    ],
    [
      'of a regional profile',
      'aws-bedrock',
      'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      ['aws-bedrock', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', 1100, 5500],
    ],
    [
      'of the global profile',
      'aws-bedrock',
      'global.anthropic.claude-haiku-4-5-20251001-v1:0',
      ['aws-bedrock', 'global.anthropic.claude-haiku-4-5-20251001-v1:0', 1000, 5000],
    ],
    ['of a host', 'together', 'meta-llama/Llama-3-8b-chat-hf', ['together', 'meta-llama/Llama-3-8b-chat-hf', 200, 200]],
    ['of a host that names the maker', 'groq', 'openai/gpt-oss-120b', ['groq', 'openai/gpt-oss-120b', 150, 600]],
    ['with spaces around it', 'openai', ' gpt-4o ', ['openai', 'gpt-4o', 2500, 10_000]],
  ])('%s', (_, provider, id, expected) => {
    expect(prices(provider, id)).toEqual(expected);
  });

  test.each<[ProviderName, string]>([
    ['anthropic', 'claude-sonnet-5-6'],
    ['anthropic', 'claude-opus'],
    ['openai', 'gpt-4o-mini-tiny'],
    ['openai', 'gpt-4o-'],
    ['openai', 'gpt-4'.repeat(200)],
    ['openai', 'gpt-3.5-turbo-0999'],
    ['openai', 'gpt-4o-2024-13-45'],
    ['openai', 'claude-3-haiku-20240307'],
    ['openai', 'ft:gpt-9:company::id'],
    ['openai', '2024-08-06'],
    ['openai', '__proto__'],
    ['openai', 'constructor'],
    ['google', 'claude-3-5-sonnet'],
    ['mistral', 'mistral-small-2402'],
    ['any', 'gpt-4o-mini-tiny'],
    ['any', 'gemini'],
    ['openai', ''],
    ['any', '/'],
    ['any', 'openai/'],
  ])('%s %j is unknown, never a similar name', (provider, id) => {
    expect(find(provider, id)).toBeNull();
  });

  test('claude-sonnet-5-5 has its own price, not that of claude-sonnet-5', () => {
    expect(find('anthropic', 'claude-sonnet-5-5')?.price.cacheRead).toBe(100);
    expect(find('anthropic', 'claude-sonnet-5')?.price.cacheRead).toBe(200);
  });
});

describe('find without a provider', () => {
  test.each<[string, ProviderName, string]>([
    ['gpt-4o', 'openai', 'gpt-4o'],
    ['claude-3-haiku-20240307', 'anthropic', 'claude-3-haiku'],
    ['openai/gpt-4o', 'openai', 'gpt-4o'],
    ['anthropic:claude-sonnet-4-5', 'anthropic', 'claude-sonnet-4-5'],
    ['anthropic/claude-sonnet-4.5', 'anthropic', 'claude-sonnet-4-5'],
    ['bedrock/anthropic.claude-3-haiku-20240307-v1:0', 'aws-bedrock', 'anthropic.claude-3-haiku-20240307-v1:0'],
    ['openrouter/openai/gpt-4o', 'openrouter', 'openai/gpt-4o'],
    ['llama-3.3-70b-versatile', 'groq', 'llama-3.3-70b-versatile'],
    ['ollama/llama3.2', 'ollama', 'llama3.2'],
  ])('%s is of %s', (id, provider, name) => {
    for (const asked of ['any', 'portkey'] as const) {
      expect(find(asked, id)).toMatchObject({ provider, id: name });
    }
  });

  test('where nothing says who is paid, no list holds', () => expect(find('unknown', 'gpt-4o')).toBeNull());

  test('an id that several hosts sell is ambiguous', () => {
    const hosts = PROVIDERS.filter(
      (provider) => provider !== 'any' && catalogue.models(provider).some(({ id }) => id === 'llama-3.3-70b'),
    );
    expect(hosts.length).toBeLessThan(2);
    expect(find('any', 'deepseek-v4-flash')?.provider).toBe('deepseek');
  });
});

describe('hosts', () => {
  test('Azure sells at the list price of the maker, and says where that is from', () => {
    expect(find('azure', 'o3-mini')?.price.input).toBe(1100);
    expect(find('azure', 'gpt-4o')).toMatchObject({
      provider: 'azure',
      price: { input: 2500, output: 10_000, cacheRead: 1250 },
      priceProvenance: { source: expect.stringMatching(/^genai-prices.*\(second-hand: Azure sells at the list price/) },
      maxOutput: 16_384,
      tokenizer: 'o200k',
    });
    expect(find('azure', 'gpt-35-turbo')).toMatchObject({
      maxOutput: 4096,
      tokenizer: 'cl100k',
      price: { input: 500 },
    });
    expect(find('azure', 'gpt-5.2-chat')?.price.input).toBe(1750);
    expect(find('azure', 'grok-4-1-fast-non-reasoning')?.price.input).toBe(200);
    // Azure's answer for text-embedding-ada-002, not OpenAI's model of that name.
    expect(find('azure', 'ada')?.price.input).toBe(100);
    expect(find('azure', 'support-bot-prod')).toBeNull();
  });

  test('a host that sells the tiers of the maker has its factors', () => {
    expect(find('google-vertex', 'gemini-3.8-flash')).toMatchObject({
      batchFactor: 0.5,
      flexFactor: 0.5,
      priorityFactor: 1.8,
    });
    expect(find('google-vertex', 'claude-sonnet-5')?.batchFactor).toBeNull();
    expect(find('azure', 'gpt-5')?.flexFactor).toBeNull();
    expect(find('openai', 'gpt-5')).toMatchObject({ flexFactor: 0.5, priorityFactor: 2 });
  });

  test('a deployment is the model that the user says it runs', () => {
    const deployed = createCatalogue({
      now: new Date('2026-11-22'),
      deployments: { 'prod-chat': 'gpt-4o', 'gpt-4': 'gpt-4.1' },
    });
    expect(deployed.find('azure', 'prod-chat')).toMatchObject({ id: 'gpt-4o', price: { input: 2500 } });
    expect(deployed.find('azure', 'gpt-4')?.price.input).toBe(2000);
    expect(deployed.find('azure', 'toString')).toBeNull();
  });

  test.each<[string, ProviderName, string, number | null]>([
    ['a gateway that adds nothing', 'vercel', 'anthropic/claude-sonnet-4', 3000],
    ['a gateway, with a suffix that asks for more', 'openrouter', 'openai/gpt-4o:online', null],
    ['a free variant', 'openrouter', 'meta-llama/llama-3.2-3b-instruct:free', 0],
    ['a served name with a revision', 'openrouter', 'anthropic/claude-4.5-haiku-20251001', 1000],
    ['another spelling of a version', 'openrouter', 'x-ai/grok-4.1-fast', 200],
    ['Databricks', 'databricks', 'databricks-claude-3-7-sonnet', 3000],
    ['Databricks, with a dashed version', 'databricks', 'databricks-gpt-5-1', 1250],
    ['Databricks, of an open model', 'databricks', 'databricks-meta-llama-3-3-70b-instruct', null],
    ['a router that names who answers', 'huggingface', 'moonshotai/Kimi-K2-Instruct-0905:groq', 1000],
    ['a router that does not', 'huggingface', 'moonshotai/Kimi-K2-Instruct-0905', null],
    ['Fireworks by its path', 'fireworks', 'accounts/fireworks/models/gpt-oss-120b', 150],
    [
      'Bedrock by an ARN',
      'aws-bedrock',
      'arn:aws:bedrock:us-east-1:012345678901:inference-profile/us.anthropic.claude-3-7-sonnet-20250219-v1:0',
      3000,
    ],
    ['Bedrock with dashes', 'aws-bedrock', 'anthropic.claude-3-5-sonnet-20241022-v2-0', 3000],
    ['Bedrock at its OpenAI address', 'aws-bedrock', 'openai.gpt-oss-20b', 70],
    ['Bedrock in India', 'aws-bedrock', 'in.openai.gpt-5.6-terra', 2200],
    [
      'a profile that only its owner knows',
      'aws-bedrock',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/mi1dadi0g15f',
      null,
    ],
    ['Vertex by its path', 'google-vertex', 'publishers/anthropic/models/claude-3-7-sonnet@20250219', 3000],
    ['Vertex of the maker', 'google-vertex', 'google/gemini-2.5-pro', 1250],
    ['letters of either case', 'zai', 'GLM-4.7-FlashX', 70],
    ['another list of the same maker', 'zhipu', 'glm-4.7', 276],
    ['an alias of the latest version', 'mistral', 'magistral-medium-latest', 2000],
    ['an alias that has left the name before it', 'google', 'gemini-pro-latest', null],
    ['a model without a paid tier', 'google', 'gemma-3-27b-it', 0],
    ['a model that the table lists without a price', 'openrouter', 'google/lyria-3-clip-preview', null],
    ['a revision that is not the first', 'aws-bedrock', 'amazon.titan-embed-text-v2:0', 20],
    ['a fine-tuned model', 'openai', 'ft:gpt-4.1-mini-2025-04-14:company::id', 800],
    ['a fine-tuned model at the price of its base', 'openai', 'ft:gpt-4o-2024-05-13:company::id', 3750],
    ['the revision of an instruct model', 'openai', 'gpt-3.5-turbo-instruct:20230824-v2', 1500],
  ])('%s: %s %s', (_, provider, id, input) => {
    expect(find(provider, id)?.price.input ?? null).toBe(input);
  });

  test('a fine-tuned model ends with its base', () => {
    expect(find('openai', 'ft:gpt-4o-mini-2024-07-18:company::id')?.retirement?.date).toBe('2027-01-14');
  });

  test('what the model can do comes from its maker, what happens to it on the host does not', () => {
    const hosted = find('aws-bedrock', 'us.anthropic.claude-haiku-4-5-20251001-v1:0');
    expect(hosted).toMatchObject({
      maxOutput: 64_000,
      tokenizer: 'claude',
      cacheMode: 'marker',
      cacheMinimum: 4096,
      batchFactor: null,
      retirement: null,
    });
    expect(hosted?.capabilities?.tools).toBe(true);
    expect(find('aws-bedrock', 'anthropic.claude-3-haiku-20240307-v1:0')).toMatchObject({
      retirement: null,
      capabilities: null,
    });
  });

  test('a model on the own machine has no price', () => {
    for (const provider of ['ollama', 'lmstudio', 'localai', 'vllm'] as const) {
      expect(find(provider, 'llama3.2')).toMatchObject({
        provider,
        price: { input: null, output: null },
        tokenizer: 'llama',
      });
    }
  });
});

describe('facts', () => {
  test('prices that change on a date follow the date', () => {
    const at = (day: string) => createCatalogue({ now: new Date(day) }).find('google', 'gemini-4-argon')?.price;
    expect(at('2026-11-30T23:59:59Z')).toMatchObject({ input: 2000, output: 10_000, cacheRead: 100 });
    expect(at('2026-12-01T00:00:00Z')).toMatchObject({ input: 4000, output: 20_000, cacheRead: 200 });
    const listed = (day: string) =>
      createCatalogue({ now: new Date(day) }).find('google', 'gemini-3.8-flash')?.price.input;
    expect(listed('2026-12-31')).toBe(750);
    expect(listed('2027-01-01')).toBe(1500);
  });

  test('prices that step up with the prompt', () => {
    expect(find('openai', 'gpt-6-sol')?.tiers).toMatchObject([
      {
        aboveInputTokens: 272_000,
        input: 4000,
        output: 15_000,
        cacheRead: 400,
        cacheWrite: 5000,
        cacheWriteLong: null,
      },
    ]);
    expect(find('anthropic', 'claude-haiku-5-5')?.tiers).toMatchObject([
      { aboveInputTokens: 100_000, input: 500, output: 2500 },
    ]);
    expect(find('anthropic', 'claude-opus-4-6')?.tiers).toEqual([]);
  });

  test('the line-up of FACTS', () => {
    const lineUp: [ProviderName, string, number, number, number | null][] = [
      ['openai', 'gpt-6-astra', 10, 50, 1],
      ['openai', 'gpt-6-sol', 2, 10, 0.2],
      ['openai', 'gpt-6.1-sol', 2, 10, 0.1],
      ['openai', 'gpt-6.1-terra', 1, 5, 0.05],
      ['openai', 'gpt-6-luna', 0.1, 0.5, 0.01],
      ['anthropic', 'claude-fable-5-1', 10, 50, 0.25],
      ['anthropic', 'claude-opus-5-5', 4, 20, 0.2],
      ['anthropic', 'claude-sonnet-5-5', 2, 10, 0.1],
      ['anthropic', 'claude-haiku-5-5', 0.1, 0.5, 0.01],
      ['google', 'gemini-3.8-flash', 0.75, 3.75, 0.075],
      ['google', 'gemini-2.5-flash-lite', 0.1, 0.4, 0.01],
      ['deepseek', 'deepseek-v4-pro', 0.66, 1.98, 0.022],
      ['deepseek', 'deepseek-flash', 0.15, 0.6, 0.003],
      // The old name is served, and billed, as the one above.
      ['deepseek', 'deepseek-v4-flash', 0.15, 0.6, 0.003],
      ['mistral', 'mistral-medium-3-5', 1.5, 7.5, 0.15],
      ['mistral', 'mistral-small-2603', 0.15, 0.6, 0.015],
    ];
    for (const [provider, id, input, output, cacheRead] of lineUp) {
      const price = find(provider, id)?.price;
      expect([id, price?.input, price?.output, price?.cacheRead]).toEqual([
        id,
        input * 1000,
        output * 1000,
        cacheRead === null ? null : Math.round(cacheRead * 1_000_000) / 1000,
      ]);
    }
  });

  test('retirement, with the replacement that the provider names', () => {
    expect(find('openai', 'gpt-4-turbo')?.retirement).toMatchObject({ date: '2026-10-23', replacement: 'gpt-5.6-sol' });
    expect(find('openai', 'gpt-4o')?.retirement).toMatchObject({ date: '2027-01-14', replacement: 'gpt-6-luna' });
    expect(find('anthropic', 'claude-sonnet-4-5')?.retirement).toMatchObject({ date: '2026-11-30' });
    expect(find('openai', 'gpt-6-luna')?.retirement).toBeNull();
  });

  test('what becomes of requests for a retired model: they fail, or are answered and billed as another', () => {
    expect(find('openai', 'gpt-4-turbo')?.retirement?.outcome).toBe('fails');
    expect(find('anthropic', 'claude-3-haiku')?.retirement?.outcome).toBe('fails');
    expect(find('google', 'gemini-2.5-pro')?.retirement).toMatchObject({
      outcome: 'rerouted',
      replacement: 'gemini-3.8-flash',
    });
    // The page says that it is turned off, but others have seen its requests answered by the replacement.
    expect(find('google', 'gemini-3-pro-preview')?.retirement?.outcome).toBeNull();
  });

  test('what is announced for models of other providers, by their own pages or second-hand', () => {
    expect(find('xai', 'grok-3')?.retirement).toMatchObject({
      date: '2026-05-15',
      outcome: 'fails',
      replacement: 'grok-4.3',
    });
    expect(find('xai', 'grok-4-0709')?.retirement?.date).toBe('2026-05-15');
    expect(find('groq', 'llama-3.3-70b-versatile')?.retirement).toMatchObject({
      source: 'Groq deprecations page',
      doubt: 'second-hand',
    });
    expect(find('xai', 'grok-3')?.retirement?.doubt).toBeNull();
    expect(find('openai', 'gpt-4o-search-preview')?.retirement?.date).toBe('2026-07-23');
  });

  test('the shortest prefix that Gemini caches, where its page names the model', () => {
    expect(find('google', 'gemini-3.8-flash')?.cacheMinimum).toBe(4_096);
    expect(find('google', 'gemini-4-argon')?.cacheMinimum).toBe(4_096);
    expect(find('google', 'gemini-3-flash-preview')?.cacheMinimum).toBeNull();
  });

  test('a price that steps up steps up for the cache as well', () => {
    expect(find('anthropic', 'claude-haiku-5-5')?.tiers).toMatchObject([{ aboveInputTokens: 100_000, cacheRead: 50 }]);
  });

  test('a price has an end where one is announced, and none holds after it', () => {
    const at = (day: string) => createCatalogue({ now: new Date(day) });
    const old = (day: string) => at(day).find('deepseek', 'deepseek-chat');
    expect(old('2026-07-24')).toMatchObject({ price: { input: 140 }, priceUntil: '2026-07-24' });
    expect(old('2026-07-25')).toMatchObject({ price: { input: null }, priceProvenance: null, priceUntil: null });
    // The last day is the day before the next price begins.
    expect(at('2026-11-22').find('google', 'gemini-3.8-flash')?.priceUntil).toBe('2026-12-31');
    expect(at('2026-11-22').find('openai', 'gpt-4o')?.priceUntil).toBeNull();
  });

  test('a price that no source was found for is unknown', () => {
    for (const [provider, id] of [
      ['voyage', 'rerank-lite-1'],
      ['voyage', 'rerank-1'],
      ['aws-bedrock', 'cohere.embed-v4:0'],
      ['aws-bedrock', 'amazon.titan-embed-image-v1'],
    ] as const) {
      expect(find(provider, id)?.price.input ?? null, id).toBeNull();
    }
  });

  test('prices by the time of day hold for calls, and a scan takes those that hold most of the day', () => {
    const at = (now: string, isTimed = true) =>
      createCatalogue({ now: new Date(now), isTimed }).find('deepseek', 'deepseek-v4-pro')?.price.input;
    expect(at('2026-11-24T02:00:00Z')).toBe(1320);
    expect(at('2026-11-24T04:00:00Z')).toBe(660);
    expect(at('2026-11-22T02:00:00Z')).toBe(660);
    expect(at('2026-11-24T02:00:00Z', false)).toBe(660);
  });

  test('every kind of token has its own rate', () => {
    expect(find('google', 'gemini-2.5-flash-image')?.price).toMatchObject({ output: 2500, imageOutput: 30_000 });
    expect(find('google', 'gemini-3-pro-image')?.price.imageOutput).toBe(120_000);
    expect(find('google', 'gemini-2.5-flash')?.price).toMatchObject({
      audioInput: 1000,
      audioCacheRead: 100,
      imageInput: 300,
    });
    // Its list has no separate price for audio.
    expect(find('google', 'gemini-2.5-pro')?.price).toMatchObject({ audioInput: 1250, audioOutput: null });
    expect(find('openai', 'gpt-audio')?.price).toMatchObject({ audioInput: 32_000, audioOutput: 64_000 });
    expect(find('openai', 'gpt-4o')?.price).toMatchObject({ audioInput: null, imageInput: 2500, imageOutput: null });
    expect(find('google', 'gemini-2.5-flash-preview-tts')?.price.audioOutput).toBe(10_000);
    expect(find('perplexity', 'sonar-deep-research')?.price).toMatchObject({ output: 8000, reasoning: 3000 });
  });

  test('fees by use, with a source for each rule', () => {
    const fee = (provider: ProviderName, id: string) => find(provider, id)?.fees ?? {};
    expect(fee('perplexity', 'sonar-pro').request).toEqual({ low: 6_000_000, medium: 10_000_000, high: 14_000_000 });
    expect(fee('openai', 'gpt-5')['web-search']?.low).toBe(10_000_000);
    expect(fee('anthropic', 'claude-sonnet-5')).toMatchObject({
      'web-search': { low: 10_000_000 },
      'web-fetch': { low: 0 },
    });
    expect(fee('google', 'gemini-2.5-flash').grounding?.low).toBe(35_000_000);
    expect(fee('google', 'gemini-3.8-flash')['web-search']?.low).toBe(14_000_000);
    expect(fee('xai', 'grok-4.3')['tool-call']?.low).toBe(5_000_000);
    expect(fee('openai', 'whisper-1')['audio-second']?.low).toBe(100_000);
    expect(fee('cohere', 'rerank-v3.5')['search-unit']?.low).toBe(2_000_000);
    // Charged, at a price that was not found.
    expect(fee('groq', 'openai/gpt-oss-120b')['web-search']).toEqual({ low: null, medium: null, high: null });
    for (const rule of FEE_RULES) {
      expect(rule.source).not.toBe('');
      expect(rule.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
    }
  });

  test('a step that no prompt can reach is left out', () => {
    expect(find('anthropic', 'claude-sonnet-4-5')?.tiers).toEqual([]);
    expect(find('google-vertex', 'claude-sonnet-4-5@20250929')?.tiers).toEqual([]);
    expect(find('google', 'gemini-2.5-pro')?.tiers).toHaveLength(1);
  });

  test('data that is kept in a region costs more from some models on', () => {
    expect(find('anthropic', 'claude-opus-5')?.residencyFactor).toBe(1.1);
    expect(find('openai', 'gpt-5.4')?.residencyFactor).toBe(1.1);
    expect(find('openai', 'gpt-4o')?.residencyFactor).toBeNull();
    expect(find('google-vertex', 'claude-sonnet-5')?.residencyFactor).toBe(1.1);
    // Bedrock's ids name the region, and their prices include it.
    const regional = find('aws-bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0');
    expect(regional).toMatchObject({ price: { input: 3300 }, residencyFactor: null });
  });

  test.each<[ProviderName, string, string, string]>([
    ['openai', 'gpt-4o', 'o200k', 'text'],
    ['openai', 'gpt-4', 'cl100k', 'text'],
    ['openai', 'gpt-4.1-mini', 'o200k', 'text'],
    ['openai', 'o3-mini', 'o200k', 'text'],
    ['openai', 'text-embedding-3-small', 'cl100k', 'embedding'],
    ['openai', 'whisper-1', 'unknown', 'audio'],
    ['openai', 'dall-e-3', 'unknown', 'image'],
    ['openai', 'omni-moderation-latest', 'unknown', 'moderation'],
    ['anthropic', 'claude-opus-4-6', 'claude', 'text'],
    ['anthropic', 'claude-opus-4-7', 'claude-2026', 'text'],
    ['anthropic', 'claude-sonnet-5', 'claude-2026', 'text'],
    ['anthropic', 'claude-sonnet-4-5-20250929', 'claude', 'text'],
    ['google', 'gemini-2.5-flash', 'gemini', 'text'],
    ['groq', 'deepseek-r1-distill-llama-70b', 'llama', 'text'],
    ['mistral', 'codestral-2508', 'mistral', 'text'],
    ['cohere', 'rerank-v3.5', 'unknown', 'rerank'],
  ])('%s %s: tokenizer %s, family %s', (provider, id, tokenizer, family) => {
    expect(find(provider, id)).toMatchObject({ tokenizer, family });
  });

  test('free is a price, and an embedding has no output price', () => {
    expect(find('openai', 'omni-moderation-latest')?.price.input).toBe(0);
    expect(find('openai', 'text-embedding-3-small')?.price).toMatchObject({ input: 20, output: null });
  });
});

describe('the whole catalogue', () => {
  const all = catalogue.models();

  test('every model finds itself, and no two of a provider share an id', () => {
    expect(all.length).toBeGreaterThan(1000);
    const ids = new Set(all.map(({ provider, id }) => `${provider} ${id}`));
    expect(ids.size).toBe(all.length);
    for (const model of all) expect(find(model.provider, model.id)).toEqual(model);
  });

  test('every datum has a source and a date, every number is sane', () => {
    for (const model of all) {
      const { price, priceProvenance, provenance, retirement } = model;
      for (const datum of [provenance, priceProvenance, retirement]) {
        if (datum === null) continue;
        expect(datum.source).not.toBe('');
        expect(datum.asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
      }
      if (retirement !== null) expect(retirement.date).toMatch(/^20\d\d-\d\d-\d\d$/);
      const isPriced = Object.values(price).some((rate) => rate !== null);
      if (isPriced) expect([model.id, priceProvenance]).not.toEqual([model.id, null]);
      for (const rate of Object.values(price)) expect(rate === null || (rate >= 0 && rate <= 1_000_000)).toBe(true);
      for (const size of [model.contextWindow, model.maxOutput, model.cacheMinimum]) {
        expect(size === null || (Number.isInteger(size) && size > 0)).toBe(true);
      }
    }
  });

  test('a replacement that a provider names is in the catalogue, and not itself shut down before', () => {
    for (const { provider, id, retirement } of all) {
      // Saying that calls are billed as the replacement requires naming it.
      if (retirement?.outcome === 'rerouted') expect(retirement.replacement).not.toBeNull();
      if (retirement?.replacement == null) continue;
      const replacement = find(provider, retirement.replacement);
      expect([id, replacement?.id]).toEqual([id, expect.any(String)]);
      if (replacement?.retirement != null) expect(replacement.retirement.date > retirement.date).toBe(true);
    }
  });

  test('says where its prices come from', () => {
    expect(catalogue.provenance.source).toMatch(/^genai-prices of 20\d\d-\d\d-\d\d, patched 20\d\d-\d\d-\d\d$/);
  });
});

describe('the user’s prices', () => {
  const withOverrides = createCatalogue({
    now: new Date('2026-11-22'),
    overrides: [
      { model: 'gpt-6-sol', provider: 'openai', input: 1.5, output: 8 },
      { model: 'gpt-4o', provider: 'azure', input: 2.5, output: 10, cacheRead: 1.25 },
      { model: 'our-model', input: 0, output: 0 },
      { model: 'llama3.2', provider: 'ollama', input: 0, output: 0 },
    ],
  });

  test('stand above the table, with their source; cache and steps keep their proportion to it', () => {
    expect(withOverrides.find('openai', 'gpt-6-sol')).toMatchObject({
      price: { input: 1500, output: 8000, cacheRead: 150, cacheWrite: 1875 },
      tiers: [{ aboveInputTokens: 272_000, input: 3000, output: 12_000, cacheRead: 300 }],
      priceProvenance: { source: 'your configuration', asOf: '2026-11-22' },
      maxOutput: 128_000,
    });
    expect(withOverrides.models('openai').find(({ id }) => id === 'gpt-6-sol')?.price.input).toBe(1500);
  });

  test('0 is a price for the cache as well', () => {
    const free = createCatalogue({
      now: new Date('2026-11-22'),
      overrides: [{ model: 'gpt-4o', input: 0, output: 0 }],
    });
    expect(free.find('openai', 'gpt-4o')?.price).toMatchObject({ input: 0, output: 0, cacheRead: 0 });
  });

  test('may state any kind of token, and fees', () => {
    const stated = createCatalogue({
      now: new Date('2026-11-22'),
      overrides: [{ model: 'gpt-4o', input: 2, output: 8, audioInput: 40, fees: { 'web-search': 0.02 } }],
    }).find('openai', 'gpt-4o');
    expect(stated?.price).toMatchObject({ audioInput: 40_000, audioOutput: null, imageInput: 2000 });
    expect(stated?.fees).toMatchObject({ 'web-search': { low: 20_000_000 }, 'file-search': { low: 2_500_000 } });
  });

  test('a discount is taken off list prices, by provider and model, and not off stated ones', () => {
    const { find } = createCatalogue({
      now: new Date('2026-11-22'),
      overrides: [{ model: 'gpt-6-luna', input: 1, output: 2 }],
      discounts: [
        { provider: 'openai', model: 'gpt-4o', discount: 0.2 },
        { provider: 'openai', discount: 0.1 },
        { model: 'claude-sonnet-5', discount: -0.05 },
      ],
    });
    expect(find('openai', 'gpt-4o-2024-08-06')?.price).toMatchObject({ input: 2000, output: 8000, cacheRead: 1000 });
    expect(find('openai', 'gpt-6-sol')).toMatchObject({
      price: { input: 1800 },
      tiers: [{ input: 3600 }],
      fees: { 'web-search': { low: 9_000_000 } },
      priceProvenance: { source: expect.stringMatching(/^genai-prices.*, 10% off by your configuration$/) },
    });
    expect(find('anthropic', 'claude-sonnet-5')?.price.input).toBe(2100);
    expect(find('azure', 'gpt-4o')?.price.input).toBe(2500);
    expect(find('openai', 'gpt-6-luna')?.price.input).toBe(1000);
  });

  test('hold for their provider only', () => {
    expect(withOverrides.find('azure', 'gpt-4o')?.price.input).toBe(2500);
    expect(withOverrides.find('openai', 'gpt-4o')?.priceProvenance?.source).toContain('genai-prices');
    expect(withOverrides.find('any', 'gpt-6-sol')?.price.input).toBe(1500);
  });

  test('make an unknown model known, dated ids included', () => {
    expect(withOverrides.find('vllm', 'our-model')?.price.input).toBe(0);
    expect(withOverrides.find('unknown', 'our-model-20260101')?.price.output).toBe(0);
    expect(withOverrides.find('ollama', 'llama3.2')?.price.input).toBe(0);
    expect(withOverrides.find('unknown', 'our-models')).toBeNull();
  });
});
