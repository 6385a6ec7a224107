/** Providers about which few facts are published: one patch each. */
import type { PatchModel, ProviderPatch } from '../patch.ts';

const textOnly = { tools: true, vision: false, structuredOutput: null, reasoning: false };

/** The page says that requests fail after the date, as users' reports of `model_decommissioned` confirm. */
const GROQ = '[S] Groq deprecations page';
const groqRetired = (date: string, replacement: string | null) => ({
  retirement: { date, outcome: 'fails', replacement, source: GROQ, asOf: '2026-11-22' } as const,
});

export const groq: ProviderPatch = {
  provider: 'groq',
  source: '[U] Groq model pages',
  asOf: '2025-12-01',
  models: [
    { id: 'llama-3.3-70b-versatile', context: 131_072, maxOutput: 32_768, capabilities: textOnly, batchFactor: 0.5, generation: 3.3, ...groqRetired('2026-08-16', 'openai/gpt-oss-120b') },
    { id: 'llama-3.1-8b-instant', context: 131_072, maxOutput: 131_072, capabilities: textOnly, batchFactor: 0.5, generation: 3.1, ...groqRetired('2026-08-16', null) },
    { id: 'llama3-8b-8192', context: 8_192, ...groqRetired('2025-08-30', 'llama-3.1-8b-instant') },
    { id: 'llama3-70b-8192', context: 8_192, ...groqRetired('2025-08-30', 'llama-3.3-70b-versatile') },
    { id: 'llama-3.1-70b-versatile', ...groqRetired('2025-01-24', 'llama-3.3-70b-versatile') },
    { id: 'mixtral-8x7b-32768', context: 32_768, ...groqRetired('2025-03-20', null) },
    { id: 'gemma-7b-it', context: 8_192, ...groqRetired('2024-12-18', 'gemma2-9b-it') },
    { id: 'gemma2-9b-it', context: 8_192, ...groqRetired('2025-10-08', 'llama-3.1-8b-instant') },
    { id: 'deepseek-r1-distill-llama-70b', ...groqRetired('2025-10-02', null) },
    { id: 'whisper-large-v3', family: 'audio' },
    { id: 'whisper-large-v3-turbo', family: 'audio' },
  ],
};

const deepseekText: Partial<PatchModel> = { context: 1_000_000, cacheMode: 'automatic', capabilities: { ...textOnly, reasoning: true } };
/** Two old names whose models changed. Their cost after the end is unknown, so a late call has no price. */
const oldName = (prices: NonNullable<PatchModel['prices']>) =>
  ({
    prices,
    cacheMode: 'automatic',
    retirement: {
      date: '2026-07-24',
      outcome: 'fails',
      replacement: 'deepseek-v4-flash',
      source: '[S] DeepSeek release notes of 2026-04-24',
      asOf: '2026-11-22',
    },
    source: '[S] DeepSeek news: prices of V3.1 and V3.2, and the V4 model that the names led to until their end',
    asOf: '2026-11-29',
  }) as const;
/** V3.1 ended the off-peak discount on 2025-09-05, V3.2 lowered the price, V4 Flash took over the names. */
const OLD_PRICES = [
  { from: '2025-09-05', input: 0.56, output: 1.68, cacheRead: 0.07 },
  { from: '2025-09-29', input: 0.28, output: 0.42, cacheRead: 0.028 },
  { from: '2026-04-24', input: 0.14, output: 0.28, cacheRead: 0.0028, until: '2026-07-24' },
] as const;

/** Twice the price at peak hours, on working days in UTC. China's holidays are not modelled. */
const withPeak = ({ input, output, cacheRead }: { input: number; output: number; cacheRead: number }) => {
  const peak = { input: input * 2, output: output * 2, cacheRead: cacheRead * 2, weekdays: true };
  return {
    input,
    output,
    cacheRead,
    hours: [
      { from: '01:00', to: '04:00', ...peak },
      { from: '06:00', to: '10:00', ...peak },
    ],
  };
};
const PEAK_SOURCE = 'DeepSeek pricing page: half the price outside the peak, which is on working days; cache minimum [U]';

export const deepseek: ProviderPatch = {
  provider: 'deepseek',
  source: 'DeepSeek pricing page; cache minimum [U]',
  asOf: '2026-11-25',
  models: [
    { id: 'deepseek-chat', ...oldName(OLD_PRICES) },
    { id: 'deepseek-reasoner', ...oldName(OLD_PRICES) },
    {
      id: 'deepseek-flash',
      aliases: ['deepseek-v4.1-flash'],
      ...deepseekText,
      prices: [withPeak({ input: 0.15, output: 0.6, cacheRead: 0.003 })],
      maxOutput: 384_000,
      generation: 4.1,
      source: PEAK_SOURCE,
      asOf: '2026-11-29',
    },
    // The page says that this name is served by V4.1 Flash, at its price. When that began is not known: the day of the new
    // price is taken.
    {
      id: 'deepseek-v4-flash',
      aliases: ['deepseek-v4-flash-0731'],
      ...deepseekText,
      prices: [
        { input: 0.14, output: 0.28, cacheRead: 0.0028 },
        { from: '2026-08-17', ...withPeak({ input: 0.22, output: 0.66, cacheRead: 0.007 }) },
        { from: '2026-09-10', ...withPeak({ input: 0.15, output: 0.6, cacheRead: 0.003 }) },
      ],
      maxOutput: 384_000,
      generation: 4,
      source: `${PEAK_SOURCE}; the day of V4.1's price [S] Apidog, 2026-09-10`,
      asOf: '2026-11-29',
    },
    {
      id: 'deepseek-v4-pro',
      aliases: ['deepseek-v4-pro-0813'],
      ...deepseekText,
      prices: [
        { input: 0.435, output: 0.87, cacheRead: 0.003625 },
        { from: '2026-08-17', ...withPeak({ input: 0.66, output: 1.98, cacheRead: 0.022 }) },
      ],
      maxOutput: 384_000,
      generation: 4,
      source: PEAK_SOURCE,
    },
  ],
};

const mistralText: Partial<PatchModel> = { batchFactor: 0.5, capabilities: { ...textOnly, structuredOutput: true } };

export const mistral: ProviderPatch = {
  provider: 'mistral',
  source: 'Mistral model and batch pages; capabilities [U]',
  asOf: '2026-11-22',
  models: [
    { id: 'mistral-medium-3-5', ...mistralText, generation: 3.5, source: '[S] models.dev, 2026-07-02' },
    { id: 'mistral-small-2603', ...mistralText, generation: 3.2, source: '[S] models.dev, 2026-07-02' },
    { id: 'mistral-large-2512', ...mistralText, generation: 3 },
    // The price of a cache read after the sale was not found.
    { id: 'mistral-large-4-0', aliases: ['mistral-large-4'], prices: [{ input: 0.68, output: 2.09, cacheRead: 0.07 }, { from: '2026-10-20', input: 1.36, output: 4.18 }], context: 1_048_576, maxOutput: 262_144, ...mistralText, generation: 4, source: '[S] iyulab/tokenmeter 0.15.0: sale and list price; BlockRunAI/Franklin 3.49.15: the end of the sale', asOf: '2026-11-29' },
    {
      id: 'mistral-large-latest',
      aliases: ['mistral-large'],
      prices: [
        { input: 2, output: 6 },
        { from: '2025-12-02', input: 0.5, output: 1.5, cacheRead: 0.05 },
      ],
      context: 262_144,
      ...mistralText,
      source: '[S] models.dev, 2026-07-02, and Lava for the price before Large 3; whether the name has moved to Large 4, in preview since 2026-10-06, was not found',
      asOf: '2026-11-29',
    },
    {
      id: 'mistral-small-latest',
      aliases: ['mistral-small'],
      prices: [
        { input: 0.1, output: 0.3 },
        { from: '2026-03-16', input: 0.15, output: 0.6, cacheRead: 0.015 },
      ],
      context: 262_144,
      ...mistralText,
      source: '[S] models.dev, 2026-07-02: Small 4 since March 2026',
      asOf: '2026-11-29',
    },
    { id: 'mistral-small-2506', aliases: ['mistral-small-2503', 'mistral-small-2501'], prices: [{ input: 0.1, output: 0.3 }], context: 131_072, ...mistralText, source: '[S] models.dev, 2026-07-02: Small 3', asOf: '2026-11-29' },
    { id: 'devstral-medium-2507', prices: [{ input: 0.4, output: 2 }], context: 131_072, ...mistralText, source: '[S] models.dev, 2026-07-02', asOf: '2026-11-29' },
    { id: 'codestral-embed', aliases: ['codestral-embed-2505'], prices: [{ input: 0.15 }], context: 8_192, family: 'embedding', source: '[S] OpenRouter, and iyulab/tokenmeter 0.15.0', asOf: '2026-11-29' },
    { id: 'ministral-3b-latest', prices: [{ input: 0.04, output: 0.04 }, { from: '2025-12-02', input: 0.1, output: 0.1, cacheRead: 0.01 }], ...mistralText, source: '[S] models.dev, 2026-07-02: OpenRouter for Ministral 3, since 2025-12-02', asOf: '2026-11-29' },
    { id: 'magistral-medium-latest', aliases: ['magistral-medium'], prices: [{ input: 2, output: 5 }], ...mistralText, source: '[S] models.dev, 2026-07-02', asOf: '2026-11-29' },
    { id: 'magistral-small-latest', aliases: ['magistral-small'], prices: [{ input: 0.5, output: 1.5 }], ...mistralText, source: '[S] models.dev, 2026-07-02', asOf: '2026-11-29' },
    { id: 'ministral-14b-latest', prices: [{ input: 0.2, output: 0.2, cacheRead: 0.02 }], ...mistralText, source: '[S] models.dev, 2026-07-02: OpenRouter and Vercel', asOf: '2026-11-29' },
    { id: 'devstral-latest', aliases: ['devstral-medium-latest'], prices: [{ input: 0.4, output: 2, cacheRead: 0.04 }], ...mistralText, source: '[S] models.dev, 2026-07-02: Devstral 2, cache reads as OpenRouter has them', asOf: '2026-11-29' },
    {
      id: 'voxtral-small-24b-2507',
      aliases: ['voxtral-small-latest', 'voxtral-small-2507'],
      // Audio is billed by its length: the tokens that represent it cost nothing extra. Sources differ on what a second costs.
      prices: [{ input: 0.1, output: 0.3, cacheRead: 0.01, audioInput: 0 }],
      fees: { 'audio-second': null },
      context: 32_768,
      source: '[S] models.dev, 2026-07-02: OpenRouter',
      asOf: '2026-11-29',
    },
    { id: 'mistral-embed', context: 8_192, batchFactor: 0.5, family: 'embedding' },
  ],
};

export const cohere: ProviderPatch = {
  provider: 'cohere',
  source: '[U] Cohere model pages',
  asOf: '2025-12-01',
  models: [
    { id: 'command-r', aliases: ['command-r-08-2024'], context: 128_000, maxOutput: 4_096, capabilities: { ...textOnly, structuredOutput: true }, generation: 2 },
    { id: 'command-r-plus', aliases: ['command-r-plus-08-2024'], context: 128_000, maxOutput: 4_096, capabilities: { ...textOnly, structuredOutput: true }, generation: 2 },
    { id: 'command-r7b', aliases: ['command-r7b-12-2024'], context: 128_000, maxOutput: 4_096, capabilities: { ...textOnly, structuredOutput: true }, generation: 2.5 },
    { id: 'command-a', aliases: ['command-a-03-2025'], context: 256_000, maxOutput: 8_192, capabilities: { ...textOnly, structuredOutput: true }, generation: 3 },
    { id: 'command-a-reasoning-08-2025', aliases: ['command-a-reasoning'], prices: [{ input: 2.5, output: 10 }], context: 256_000, capabilities: { ...textOnly, structuredOutput: true, reasoning: true }, generation: 3, source: '[S] models.dev, 2026-07-02', asOf: '2026-11-29' },
    { id: 'command-a-vision-07-2025', aliases: ['command-a-vision'], prices: [{ input: 2.5, output: 10 }], context: 128_000, capabilities: { ...textOnly, vision: true, structuredOutput: true }, generation: 3, source: '[S] models.dev, 2026-07-02', asOf: '2026-11-29' },
    { id: 'embed-english-light-v3.0', prices: [{ input: 0.1 }], context: 512, family: 'embedding', source: "[S] Bifrost's model library", asOf: '2026-11-29' },
    { id: 'embed-multilingual-light-v3.0', context: 512, family: 'embedding' },
    { id: 'embed-english-v3.0', prices: [{ input: 0.1 }], context: 512, family: 'embedding', source: "[S] Bifrost's model library", asOf: '2026-11-29' },
    { id: 'embed-multilingual-v3.0', prices: [{ input: 0.1 }], context: 512, family: 'embedding', source: "[S] Bifrost's model library", asOf: '2026-11-29' },
    { id: 'rerank-v3.5', family: 'rerank' },
    { id: 'rerank-english-v3.0', family: 'rerank' },
    { id: 'rerank-multilingual-v3.0', family: 'rerank' },
  ],
};

/** For these models the page says that requests no longer work. */
const XAI_RETIRED = {
  retirement: {
    date: '2026-05-15',
    outcome: 'fails',
    replacement: 'grok-4.3',
    source: 'xAI page on the retirement of May 15, 2026',
    asOf: '2026-11-25',
  },
} as const;

export const xai: ProviderPatch = {
  provider: 'xai',
  source: '[U] xAI model pages',
  asOf: '2025-12-01',
  models: [
    { id: 'grok-3', context: 131_072, cacheMode: 'automatic', capabilities: { tools: true, vision: false, structuredOutput: true, reasoning: false }, generation: 3, ...XAI_RETIRED },
    { id: 'grok-3-mini', context: 131_072, cacheMode: 'automatic', capabilities: { tools: true, vision: false, structuredOutput: true, reasoning: true }, generation: 3 },
    { id: 'grok-4-0709', context: 256_000, cacheMode: 'automatic', capabilities: { tools: true, vision: true, structuredOutput: true, reasoning: true }, generation: 4, ...XAI_RETIRED },
    // The name stood for grok-4-0709 and ended with it.
    { id: 'grok-4', aliases: ['grok-4-latest'], context: 256_000, cacheMode: 'automatic', generation: 4, ...XAI_RETIRED },
    { id: 'grok-4-fast-reasoning', aliases: ['grok-4-fast'], ...XAI_RETIRED },
    { id: 'grok-4-fast-non-reasoning', ...XAI_RETIRED },
    { id: 'grok-4-1-fast-reasoning', aliases: ['grok-4-1-fast'], ...XAI_RETIRED },
    { id: 'grok-4-1-fast-non-reasoning', ...XAI_RETIRED },
    { id: 'grok-code-fast-1', ...XAI_RETIRED },
    { id: 'grok-4.3', context: 1_000_000, cacheMode: 'automatic', generation: 4.3, source: 'xAI page on the retirement of May 15, 2026', asOf: '2026-11-25' },
  ],
};

const voyageRerank = (price: number): Partial<PatchModel> => ({ prices: [{ input: price }], family: 'rerank' });

export const voyage: ProviderPatch = {
  provider: 'voyage',
  source: "[S] Bifrost's model library: rerankers are billed by token",
  asOf: '2026-11-29',
  models: [
    { id: 'rerank-2.5', ...voyageRerank(0.05) },
    { id: 'rerank-2.5-lite', ...voyageRerank(0.02) },
    { id: 'rerank-2', ...voyageRerank(0.05) },
    { id: 'rerank-2-lite', ...voyageRerank(0.02) },
    { id: 'rerank-1', family: 'rerank' },
    { id: 'rerank-lite-1', family: 'rerank' },
    { id: 'voyage-multimodal-3', prices: [{ input: 0.12 }], family: 'embedding', source: 'Voyage AI pricing page: text; images are billed by the pixel' },
  ],
};

export const zai: ProviderPatch = {
  provider: 'zai',
  source: '[S] models.dev, 2026-07-02',
  asOf: '2026-11-29',
  models: [
    { id: 'glm-5.1', prices: [{ input: 1.4, output: 4.4, cacheRead: 0.26 }] },
    { id: 'glm-5', prices: [{ input: 1, output: 3.2, cacheRead: 0.2 }] },
    { id: 'glm-5-turbo', prices: [{ input: 1.2, output: 4, cacheRead: 0.24 }] },
    { id: 'glm-4.7', prices: [{ input: 0.6, output: 2.2, cacheRead: 0.11 }] },
    { id: 'glm-4.7-flashx', prices: [{ input: 0.07, output: 0.4, cacheRead: 0.01 }] },
    { id: 'glm-4.7-flash', aliases: ['glm-4.5-flash', 'glm-4.6v-flash'], prices: [{ input: 0, output: 0, cacheRead: 0 }], source: '[S] models.dev, 2026-07-02: free' },
    { id: 'glm-4.6', prices: [{ input: 0.6, output: 2.2, cacheRead: 0.11 }] },
    { id: 'glm-4.6v', prices: [{ input: 0.3, output: 0.9, cacheRead: 0.05 }] },
    { id: 'glm-4.6v-flashx', prices: [{ input: 0.04, output: 0.4, cacheRead: 0.004 }], source: '[S] models.dev, 2026-07-02: LLM Gateway' },
    { id: 'glm-4.5', prices: [{ input: 0.6, output: 2.2, cacheRead: 0.11 }] },
    { id: 'glm-4.5v', prices: [{ input: 0.6, output: 1.8, cacheRead: 0.11 }] },
    { id: 'glm-4.5-x', prices: [{ input: 2.2, output: 8.9, cacheRead: 0.45 }], source: '[S] models.dev, 2026-07-02: LLM Gateway' },
    { id: 'glm-4.5-air', prices: [{ input: 0.2, output: 1.1, cacheRead: 0.03 }] },
    { id: 'glm-4.5-airx', prices: [{ input: 1.1, output: 4.5, cacheRead: 0.22 }], source: '[S] models.dev, 2026-07-02: LLM Gateway' },
  ],
};

export const alibaba: ProviderPatch = {
  provider: 'alibaba',
  source: '[S] models.dev, 2026-07-02: Model Studio, international',
  asOf: '2026-11-29',
  models: [
    { id: 'qwen3-max', aliases: ['qwen3-max-2025-09-23', 'qwen3-max-preview'], prices: [{ input: 1.2, output: 6, cacheRead: 0.24, steps: [{ above: 32_000, input: 2.4, output: 12, cacheRead: 0.48 }, { above: 128_000, input: 3, output: 15, cacheRead: 0.6 }] }], context: 262_144, source: '[S] models.dev and Vercel AI Gateway for the first step, API Evangelist (2026-05) for the third' },
    { id: 'qwen3.7-max', prices: [{ input: 2.5, output: 7.5 }] },
    { id: 'qwen3.6-plus', prices: [{ input: 0.5, output: 3, steps: [{ above: 256_000, input: 2, output: 6 }] }], context: 1_000_000 },
    { id: 'qwen-max', prices: [{ input: 1.6, output: 6.4 }], context: 32_768 },
    { id: 'text-embedding-v4', prices: [{ input: 0.07 }], family: 'embedding', source: 'Model Studio page on embeddings, Singapore' },
    { id: 'text-embedding-v3', prices: [{ input: 0.07 }], family: 'embedding', source: 'Model Studio page on embeddings, Singapore' },
  ],
};

export const writer: ProviderPatch = {
  provider: 'writer',
  source: '[S] models.dev, 2026-07-02, and AWS re:Post for Bedrock',
  asOf: '2026-11-29',
  models: [
    { id: 'palmyra-x4', prices: [{ input: 2.5, output: 10 }], context: 128_000, maxOutput: 8_192, source: '[S] AWS re:Post, for Bedrock; X5 costs the same there and at Writer' },
    { id: 'palmyra-x5', prices: [{ input: 0.6, output: 6 }], context: 1_000_000, maxOutput: 8_192 },
  ],
};

export const perplexity: ProviderPatch = {
  provider: 'perplexity',
  source: '[S] OpenRouter, and braintrustdata/braintrust-proxy#645, which quotes the pricing page: embeddings',
  asOf: '2026-11-29',
  models: [
    { id: 'pplx-embed-v1-0.6b', prices: [{ input: 0.004 }], family: 'embedding' },
    { id: 'pplx-embed-v1-4b', prices: [{ input: 0.03 }], family: 'embedding' },
  ],
};

const TITAN = '[S] sungminna/GapS: a copy of the Amazon Bedrock pricing page';

export const bedrock: ProviderPatch = {
  provider: 'aws-bedrock',
  source: '[S] convo-lang/convo-lang, 2025-07-20: a copy of the Amazon Bedrock pricing page',
  asOf: '2026-11-29',
  models: [
    { id: 'amazon.titan-embed-text-v2:0', aliases: ['amazon.titan-embed-text-v2'], prices: [{ input: 0.02 }], context: 8_192, family: 'embedding', source: TITAN },
    { id: 'amazon.titan-embed-image-v1', aliases: ['amazon.titan-embed-image'], family: 'embedding' },
    { id: 'amazon.titan-text-premier-v1', prices: [{ input: 0.5, output: 1.5 }], source: TITAN },
    { id: 'anthropic.claude-v2', aliases: ['anthropic.claude'], prices: [{ input: 8, output: 24 }], context: 200_000, source: '[S] models.dev, 2026-02-04' },
    { id: 'anthropic.claude-instant-v1', aliases: ['anthropic.claude-instant'], prices: [{ input: 0.8, output: 2.4 }], context: 100_000, source: '[S] models.dev, 2026-02-04' },
    { id: 'meta.llama3-1-405b-instruct', prices: [{ input: 2.4, output: 2.4 }], context: 128_000 },
    { id: 'meta.llama2-13b-chat', prices: [{ input: 0.75, output: 1 }], context: 4_096 },
    { id: 'meta.llama2-70b-chat', prices: [{ input: 1.95, output: 2.56 }], context: 4_096 },
    { id: 'cohere.command-r', prices: [{ input: 0.5, output: 1.5 }], context: 128_000 },
    { id: 'cohere.command-r-plus', prices: [{ input: 3, output: 15 }], context: 128_000 },
    { id: 'cohere.embed-english-v3', aliases: ['cohere.embed-multilingual-v3', 'cohere.embed-english', 'cohere.embed-multilingual'], prices: [{ input: 0.1 }], context: 512, family: 'embedding', source: '[S] Dreamvention/cleanslice: prices beside model ids' },
    { id: 'cohere.embed-v4', context: 128_000, family: 'embedding' },
    { id: 'ai21.jamba-1-5-large', prices: [{ input: 2, output: 8 }], context: 256_000 },
    { id: 'ai21.jamba-1-5-mini', prices: [{ input: 0.2, output: 0.4 }], context: 256_000 },
    { id: 'minimax.minimax-m2', prices: [{ input: 0.3, output: 1.2 }], source: '[S] models.dev, 2026-07-02' },
    { id: 'moonshot.kimi-k2-thinking', prices: [{ input: 0.6, output: 2.5 }], context: 262_144, source: '[S] models.dev, 2026-07-02' },
    { id: 'nvidia.nemotron-nano-12b-v2', prices: [{ input: 0.2, output: 0.6 }], source: '[S] models.dev, 2026-07-02' },
  ],
};

export const together: ProviderPatch = {
  provider: 'together',
  source: '[S] models.dev, 2026-07-02',
  asOf: '2026-11-29',
  models: [
    { id: 'deepseek-ai/DeepSeek-V3', prices: [{ input: 1.25, output: 1.25 }], context: 131_072 },
    { id: 'Qwen/Qwen2.5-72B-Instruct-Turbo', prices: [{ input: 1.2, output: 1.2 }], context: 32_768, source: "[S] Bifrost's model library" },
    { id: 'Qwen/Qwen2.5-7B-Instruct-Turbo', prices: [{ input: 0.3, output: 0.3 }], context: 32_768 },
  ],
};

export const watsonx: ProviderPatch = {
  provider: 'watsonx',
  source: '[S] IBM watsonx.governance SDK, which cites the watsonx.ai pricing page',
  asOf: '2026-11-29',
  models: [{ id: 'meta-llama/llama-3-3-70b-instruct', prices: [{ input: 0.71, output: 0.71 }], context: 131_072 }],
};

export const cerebras: ProviderPatch = {
  provider: 'cerebras',
  source: '[S] models.dev, 2025-08-01; the model is no longer served',
  asOf: '2026-11-29',
  models: [{ id: 'qwen-3-coder-480b', prices: [{ input: 2, output: 2 }], context: 131_072 }],
};

const perMinute = (dollars: number) => dollars / 60;
const perHour = (dollars: number) => dollars / 3600;
const perThousand = (dollars: number) => dollars / 1000;

export const deepgram: ProviderPatch = {
  provider: 'deepgram',
  source: '[S] Deepgram pricing page: pay as you go, recorded audio; a table of speech services and a gateway that quote it',
  asOf: '2026-05-05',
  models: [
    // The language decides: one of them costs less than several.
    { id: 'nova-3', family: 'audio', aliases: ['nova-3-general'], units: [0.0043, 0.0052].map((price) => ({ unit: 'audio-second', price: perMinute(price) })) },
    { id: 'nova-3-medical', family: 'audio', fees: { 'audio-second': perMinute(0.0043) } },
    { id: 'nova-2', family: 'audio', aliases: ['nova-2-general'], fees: { 'audio-second': perMinute(0.0043) } },
  ],
};

export const elevenlabs: ProviderPatch = {
  provider: 'elevenlabs',
  source: '[S] ElevenLabs pricing page: the API, as quoted in June 2026',
  asOf: '2026-06-30',
  models: [
    { id: 'eleven_multilingual_v2', family: 'audio', fees: { character: perThousand(0.1) } },
    { id: 'eleven_v3', family: 'audio', fees: { character: perThousand(0.1) } },
    { id: 'eleven_flash_v2_5', aliases: ['eleven_flash_v2'], family: 'audio', fees: { character: perThousand(0.05) } },
    { id: 'eleven_turbo_v2_5', aliases: ['eleven_turbo_v2'], family: 'audio', fees: { character: perThousand(0.05) } },
    { id: 'scribe_v1', aliases: ['scribe_v2'], family: 'audio', fees: { 'audio-second': perHour(0.22) } },
    { id: 'scribe_v2_realtime', family: 'audio', fees: { 'audio-second': perHour(0.39) } },
  ],
};
