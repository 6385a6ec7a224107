import { describe, expect, test } from 'vitest';
import { PROVIDERS, type ProviderName } from '../vocabulary.ts';
import { createCatalogue } from './create-catalogue.ts';

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
    for (const asked of ['any', 'unknown', 'portkey'] as const) {
      expect(find(asked, id)).toMatchObject({ provider, id: name });
    }
  });

  test('an id that several hosts sell is ambiguous', () => {
    const hosts = PROVIDERS.filter(
      (provider) => provider !== 'any' && catalogue.models(provider).some(({ id }) => id === 'llama-3.3-70b'),
    );
    expect(hosts.length).toBeLessThan(2);
    expect(find('any', 'deepseek-v4-flash')?.provider).toBe('deepseek');
  });
});

describe('hosts', () => {
  test('Azure has its own prices, or none: never those of OpenAI', () => {
    expect(find('azure', 'o3-mini')?.price.input).toBe(1100);
    expect(find('azure', 'gpt-4o')).toMatchObject({
      provider: 'azure',
      price: { input: null, output: null },
      priceProvenance: null,
      maxOutput: 16_384,
      tokenizer: 'o200k',
    });
    expect(find('azure', 'gpt-35-turbo')).toMatchObject({ maxOutput: 4096, tokenizer: 'cl100k' });
    expect(find('azure', 'support-bot-prod')).toBeNull();
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
    expect(find('openai', 'gpt-6-sol')?.tiers).toEqual([
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
      ['deepseek', 'deepseek-v4-flash', 0.22, 0.66, 0.007],
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
    // The page says that it is turned off; others have seen its requests answered by the replacement.
    expect(find('google', 'gemini-3-pro-preview')?.retirement?.outcome).toBeNull();
  });

  test('what is announced for models of other providers, by their own pages or second-hand', () => {
    expect(find('xai', 'grok-3')?.retirement).toMatchObject({
      date: '2026-05-15',
      outcome: 'fails',
      replacement: 'grok-4.3',
    });
    expect(find('xai', 'grok-4-0709')?.retirement?.date).toBe('2026-05-15');
    expect(find('groq', 'llama-3.3-70b-versatile')?.retirement?.source).toMatch(/^\[S\]/);
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

  test('a stale price in the table is unknown', () => {
    expect(find('xai', 'grok-4')).toMatchObject({ price: { input: null } });
    expect(find('deepseek', 'deepseek-chat')).toMatchObject({ price: { input: null }, priceProvenance: null });
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
      expect(priceProvenance === null).toBe(price.input === null && price.output === null);
      for (const rate of Object.values(price)) expect(rate === null || (rate >= 0 && rate <= 1_000_000)).toBe(true);
      for (const size of [model.contextWindow, model.maxOutput, model.cacheMinimum]) {
        expect(size === null || (Number.isInteger(size) && size > 0)).toBe(true);
      }
    }
  });

  test('a replacement that a provider names is in the catalogue, and not itself shut down before', () => {
    for (const { provider, id, retirement } of all) {
      // To say that calls are billed as the replacement is to name it.
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
  const own = createCatalogue({
    now: new Date('2026-11-22'),
    overrides: [
      { model: 'gpt-6-sol', provider: 'openai', input: 1.5, output: 8 },
      { model: 'gpt-4o', provider: 'azure', input: 2.5, output: 10, cacheRead: 1.25 },
      { model: 'our-model', input: 0, output: 0 },
      { model: 'llama3.2', provider: 'ollama', input: 0, output: 0 },
    ],
  });

  test('stand above the table, with their source, and replace its steps', () => {
    expect(own.find('openai', 'gpt-6-sol')).toMatchObject({
      price: { input: 1500, output: 8000, cacheRead: null },
      tiers: [],
      priceProvenance: { source: 'your configuration', asOf: '2026-11-22' },
      maxOutput: 128_000,
    });
    expect(own.models('openai').find(({ id }) => id === 'gpt-6-sol')?.price.input).toBe(1500);
  });

  test('hold for their provider only', () => {
    expect(own.find('azure', 'gpt-4o')?.price.input).toBe(2500);
    expect(own.find('openai', 'gpt-4o')?.priceProvenance?.source).toContain('genai-prices');
    expect(own.find('any', 'gpt-6-sol')?.price.input).toBe(1500);
  });

  test('make an unknown model known, dated ids included', () => {
    expect(own.find('vllm', 'our-model')?.price.input).toBe(0);
    expect(own.find('unknown', 'our-model-20260101')?.price.output).toBe(0);
    expect(own.find('ollama', 'llama3.2')?.price.input).toBe(0);
    expect(own.find('unknown', 'our-models')).toBeNull();
  });
});
