import type { PatchModel, ProviderPatch } from '../patch.ts';

const DEPRECATIONS = 'Gemini API deprecations page';
const AS_OF = '2026-11-22';
/** For a model that is shut down the page says that it is turned off and its endpoint removed. */
const retired = (date: string, replacement: string | null, source = DEPRECATIONS, asOf = AS_OF) => ({
  retirement: { date, outcome: 'fails', replacement, source, asOf } as const,
});
/** For some models it says instead that requests are routed to the replacement, and billed as such. */
const routed = (date: string, replacement: string) => ({
  retirement: { date, outcome: 'rerouted', replacement, source: DEPRECATIONS, asOf: AS_OF } as const,
});

const chat = { tools: true, vision: true, structuredOutput: true, reasoning: false };
const thinking = { ...chat, reasoning: true };
const gemini15: Partial<PatchModel> = { context: 1_048_576, maxOutput: 8_192, batchFactor: 0.5, capabilities: chat, generation: 1.5 };
const gemini20: Partial<PatchModel> = { ...gemini15, generation: 2 };
const gemini25: Partial<PatchModel> = {
  context: 1_048_576,
  maxOutput: 65_536,
  cacheMinimum: 2_048,
  cacheMode: 'automatic',
  batchFactor: 0.5,
  capabilities: thinking,
  generation: 2.5,
};
const { cacheMinimum: _, ...withoutMinimum } = gemini25;
const gemini3: Partial<PatchModel> = { ...withoutMinimum, flexFactor: 0.5 };
/** The caching page lists only these Gemini 3 models, with 4,096 tokens. */
const gemini3Cached: Partial<PatchModel> = { ...gemini3, cacheMinimum: 4_096 };

/** Open models without a paid tier here. */
const FREE = { prices: [{ input: 0, output: 0 }], source: '[S] Gemini API pricing page: free of charge', asOf: '2026-11-29' } as const;

/** Dollars per second by resolution, the usual one first; a request that does not say makes eight seconds. */
const video = (prices: Readonly<Record<string, number>>): Partial<PatchModel> => ({
  family: 'image',
  units: Object.entries(prices).map(([size, price], index) => ({ unit: 'video-second', price, when: { size }, isDefault: index === 0, usualCount: 8 })),
  source: '[S] Gemini API pricing page',
  asOf: '2026-09-20',
});

export const google: ProviderPatch = {
  provider: 'google',
  source: 'Gemini API model and caching pages; limits of Gemini 1.x and 2.5 [U]',
  asOf: '2026-11-25',
  models: [
    { id: 'gemini-pro', aliases: ['gemini-1.0-pro', 'gemini-1.0-pro-latest'], context: 32_760, maxOutput: 8_192, cacheMode: 'none', capabilities: { tools: true, vision: false, structuredOutput: false, reasoning: false }, generation: 1, ...retired('2025-02-15', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gemini-1.5-flash', aliases: ['gemini-1.5-flash-latest'], ...gemini15, ...retired('2025-09-29', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gemini-1.5-flash-8b', aliases: ['gemini-1.5-flash-8b-latest'], prices: [{ input: 0.0375, output: 0.15, cacheRead: 0.01, steps: [{ above: 128_000, input: 0.075, output: 0.3, cacheRead: 0.02 }] }], ...gemini15, ...retired('2025-09-29', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gemini-1.5-pro', aliases: ['gemini-1.5-pro-latest'], ...gemini15, context: 2_097_152, ...retired('2025-09-29', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gemini-2.0-flash', ...gemini20, ...retired('2026-06-01', 'gemini-3.5-flash', 'Gemini API changelog', '2026-06-01') },
    { id: 'gemini-2.0-flash-lite', ...gemini20, ...retired('2026-06-01', 'gemini-3.1-flash-lite', 'Gemini API changelog', '2026-06-01') },
    { id: 'gemini-2.5-pro', ...gemini25, ...routed('2026-12-01', 'gemini-3.8-flash') },
    { id: 'gemini-2.5-pro-preview', aliases: ['gemini-2.5-pro-preview-03-25', 'gemini-2.5-pro-preview-05-06', 'gemini-2.5-pro-preview-06-05'], prices: [{ input: 1.25, output: 10, steps: [{ above: 200_000, input: 2.5, output: 15 }] }], ...gemini25, ...retired('2025-12-02', 'gemini-3.1-pro-preview') },
    { id: 'gemini-2.5-flash', ...gemini25, ...routed('2026-12-01', 'gemini-3.5-flash-lite') },
    { id: 'gemini-2.5-flash-lite', ...gemini25 },
    // According to the page it is turned off; according to others its requests are routed to the replacement.
    { id: 'gemini-3-pro-preview', ...gemini3, generation: 3, retirement: { ...retired('2026-03-09', 'gemini-3.1-pro-preview').retirement, outcome: null } },
    { id: 'gemini-3-flash-preview', ...gemini3, generation: 3 },
    { id: 'gemini-3.1-pro-preview', ...gemini3Cached, generation: 3.1 },
    { id: 'gemini-3.1-flash-lite', ...gemini3, generation: 3.1, ...retired('2027-05-07', null) },
    { id: 'gemini-3.5-flash', ...gemini3Cached, generation: 3.5, ...routed('2026-10-08', 'gemini-3.6-flash') },
    { id: 'gemini-3.5-flash-lite', ...gemini3, generation: 3.5 },
    { id: 'gemini-3.6-flash', ...gemini3Cached, generation: 3.6 },
    { id: 'gemini-3.7-flash', ...gemini3Cached, priorityFactor: 1.8, generation: 3.7, ...routed('2026-10-08', 'gemini-3.8-flash') },
    { id: 'gemini-3.8-flash', ...gemini3Cached, priorityFactor: 1.8, generation: 3.8 },
    {
      id: 'gemini-4-argon',
      prices: [
        { input: 2, output: 10, cacheRead: 0.1 },
        { from: '2026-12-01', input: 4, output: 20, cacheRead: 0.2 },
      ],
      // Input and output share the context; an answer ends at 65,536 tokens unless the request raises the limit.
      context: 1_048_576,
      maxOutput: 65_536,
      batchFactor: 0.5,
      flexFactor: 0.5,
      cacheMinimum: 4_096,
      cacheMode: 'automatic',
      capabilities: thinking,
      generation: 4,
      source: 'Gemini API and Google Cloud guides to Gemini 4, Gemini API caching page',
    },
    {
      id: 'gemini-3-pro-image',
      ...gemini3,
      maxOutput: 32_768,
      family: 'image',
      generation: 3,
      // Tokens of the picture are billed; the page says what they come to.
      units: Object.entries({ '1k': 0.134, '2k': 0.134, '4k': 0.24 }).map(([size, price], index) => ({ unit: 'image', price, when: { size }, isDefault: index === 0, isEstimate: true })),
      source: '[S] Gemini API pricing page',
      asOf: '2026-09-20',
    },
    { id: 'gemini-2.5-flash-image', family: 'image', units: [{ unit: 'image', price: 0.0387, isEstimate: true }], source: '[S] Gemini API pricing page: 1,290 tokens for a picture, at $30 for a million', asOf: '2026-09-20' },
    { id: 'gemini-3-pro-image-preview', ...gemini3, maxOutput: 32_768, family: 'image', generation: 3, ...retired('2026-06-25', 'gemini-3-pro-image', `[S] ${DEPRECATIONS}`, '2026-11-29') },
    {
      id: 'gemini-flash-latest',
      // It was answered by gemini-3.6-flash; that model and the two after it have the same price.
      prices: [
        { input: 0.75, output: 3.75, cacheRead: 0.075 },
        { from: '2027-01-01', input: 1.5, output: 7.5, cacheRead: 0.15 },
      ],
      ...gemini3Cached,
      generation: 3.8,
      source: '[S] the model that the API answers with, at the price of that and of the models after it',
      asOf: '2026-11-29',
    },
    { id: 'imagen-4.0-generate-001', aliases: ['imagen-4.0-generate-preview-06-06'], family: 'image', fees: { image: 0.04 }, source: '[S] Gemini API pricing page' },
    { id: 'imagen-4.0-fast-generate-001', family: 'image', fees: { image: 0.02 }, source: '[S] Gemini API pricing page' },
    { id: 'imagen-4.0-ultra-generate-001', aliases: ['imagen-4.0-ultra-generate-preview-06-06'], family: 'image', fees: { image: 0.06 }, source: '[S] Gemini API pricing page' },
    { id: 'veo-3.1-generate-preview', aliases: ['veo-3.1-generate-001'], ...video({ '720p': 0.4, '1080p': 0.4, '4k': 0.6 }) },
    { id: 'veo-3.1-fast-generate-preview', aliases: ['veo-3.1-fast-generate-001'], ...video({ '720p': 0.1, '1080p': 0.12, '4k': 0.3 }) },
    { id: 'veo-3.1-lite-generate-preview', aliases: ['veo-3.1-lite-generate-001'], ...video({ '720p': 0.05, '1080p': 0.08 }) },
    { id: 'veo-3.0-generate-001', aliases: ['veo-3.0-generate-preview'], ...video({ '720p': 0.4, '1080p': 0.4 }) },
    { id: 'gemma-3', aliases: ['gemma-3-1b-it', 'gemma-3-4b-it', 'gemma-3-12b-it', 'gemma-3-27b-it'], ...FREE },
    { id: 'gemma-3n', aliases: ['gemma-3n-e2b-it', 'gemma-3n-e4b-it'], ...FREE },
    { id: 'gemma-4-26b-a4b-it', ...FREE },
    { id: 'gemma-4-31b-it', ...FREE },
    { id: 'text-embedding-004', family: 'embedding', context: 2_048, ...retired('2026-01-14', 'gemini-embedding-001', 'Gemini API changelog', '2026-02-19') },
    { id: 'embedding-001', family: 'embedding', context: 2_048, ...retired('2025-10-30', 'gemini-embedding-001', `[S] ${DEPRECATIONS}`) },
    { id: 'gemini-embedding-001', family: 'embedding', context: 2_048, batchFactor: 0.5 },
  ],
};
