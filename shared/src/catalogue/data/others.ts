/** Providers of which few facts are published: one patch each. */
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
/** The table's prices of the two old names date from 2025; what they cost at the end is not known. */
const oldName = {
  prices: null,
  cacheMode: 'automatic',
  retirement: {
    date: '2026-07-24',
    outcome: 'fails',
    replacement: 'deepseek-v4-flash',
    source: '[S] DeepSeek release notes of 2026-04-24',
    asOf: '2026-11-22',
  },
} as const;

export const deepseek: ProviderPatch = {
  provider: 'deepseek',
  source: 'DeepSeek pricing page; cache minimum [U]',
  asOf: '2026-11-25',
  models: [
    { id: 'deepseek-chat', ...oldName },
    { id: 'deepseek-reasoner', ...oldName },
    // The page says that this name is served by a later model, at its price; not from which day on, and the dollar price only by others.
    { id: 'deepseek-v4-flash', ...deepseekText, maxOutput: 384_000, generation: 4 },
    { id: 'deepseek-v4-pro', ...deepseekText, maxOutput: 384_000, generation: 4 },
  ],
};

const mistralText: Partial<PatchModel> = { batchFactor: 0.5, capabilities: { ...textOnly, structuredOutput: true } };

export const mistral: ProviderPatch = {
  provider: 'mistral',
  source: 'Mistral model and batch pages; capabilities [U]',
  asOf: '2026-11-22',
  models: [
    { id: 'mistral-medium-3-5', ...mistralText, generation: 3.5, source: '[S] price lists' },
    { id: 'mistral-small-2603', ...mistralText, generation: 3.2, source: '[S] price lists' },
    { id: 'mistral-large-2512', ...mistralText, generation: 3 },
    { id: 'mistral-large-latest', prices: null, ...mistralText, source: '[U] which version the name stands for' },
    { id: 'mistral-small-latest', prices: null, ...mistralText, source: '[U] which version the name stands for' },
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
    { id: 'embed-english-v3.0', prices: [{ input: 0.1 }], context: 512, family: 'embedding' },
    { id: 'embed-multilingual-v3.0', prices: [{ input: 0.1 }], context: 512, family: 'embedding' },
    { id: 'rerank-v3.5', family: 'rerank' },
    { id: 'rerank-english-v3.0', family: 'rerank' },
    { id: 'rerank-multilingual-v3.0', family: 'rerank' },
  ],
};

/** The page says of these models that requests no longer work. */
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
    // Names that the maker points to another model: which one since then was not read.
    { id: 'grok-4', aliases: ['grok-4-latest'], prices: null, cacheMode: 'automatic', source: '[U] which version the name stands for' },
    { id: 'grok-4-fast-reasoning', aliases: ['grok-4-fast'], ...XAI_RETIRED },
    { id: 'grok-4-fast-non-reasoning', ...XAI_RETIRED },
    { id: 'grok-4-1-fast-reasoning', aliases: ['grok-4-1-fast'], ...XAI_RETIRED },
    { id: 'grok-4-1-fast-non-reasoning', ...XAI_RETIRED },
    { id: 'grok-code-fast-1', ...XAI_RETIRED },
    { id: 'grok-4.3', context: 1_000_000, cacheMode: 'automatic', generation: 4.3, source: 'xAI page on the retirement of May 15, 2026', asOf: '2026-11-25' },
  ],
};
