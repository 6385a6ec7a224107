import type { PatchModel, ProviderPatch } from '../patch.ts';

const DEPRECATIONS = 'Anthropic model deprecations page';
/** For every retired model the page says that requests fail. */
const retired = (date: string, replacement: string | null, source = DEPRECATIONS, asOf = '2026-11-22') => ({
  retirement: { date, outcome: 'fails', replacement, source, asOf } as const,
});

const first = { tools: true, vision: true, structuredOutput: false, reasoning: false };
const thinking = { ...first, reasoning: true };
const current = { tools: true, vision: true, structuredOutput: true, reasoning: true };
const base = { context: 200_000, batchFactor: 0.5, cacheMode: 'marker' } as const;
const claude3: Partial<PatchModel> = { ...base, maxOutput: 4_096, cacheMinimum: 1_024, capabilities: first, generation: 3 };
const claude35: Partial<PatchModel> = { ...claude3, maxOutput: 8_192, generation: 3.5 };
/** US-only inference costs 1.1 times the list from Claude 4.6 on; so do regional endpoints at other hosts from 4.5 on. */
const resident = { residencyFactor: 1.1 } as const;
const large: Partial<PatchModel> = { ...base, ...resident, context: 1_000_000, maxOutput: 128_000, capabilities: current };

export const anthropic: ProviderPatch = {
  provider: 'anthropic',
  // Cache minima: two accounts of the caching page, and its words in anthropic-sdk-python's issue 1194. Limits before Claude
  // 4.5: the same in LiteLLM's table of 2026-07-24, and in genai-prices. No page of that time was read.
  source: 'Anthropic model pages; cache minima, and limits of models before Claude 4.5 [S]; capabilities of those [U]',
  asOf: '2026-11-22',
  models: [
    { id: 'claude-instant-1', aliases: ['claude-instant-1.2', 'claude-instant-v1', 'claude-instant'], context: 100_000, maxOutput: 4_096, cacheMode: 'none', ...retired('2024-11-06', null) },
    { id: 'claude-v1', aliases: ['claude-1', 'claude-1.3'], cacheMode: 'none', ...retired('2024-11-06', null) },
    { id: 'claude-2', aliases: ['claude-2.0', 'claude-v2'], context: 100_000, maxOutput: 4_096, cacheMode: 'none', ...retired('2025-07-21', null) },
    { id: 'claude-2.1', aliases: ['claude-v2.1', 'claude-2-1'], prices: [{ input: 8, output: 24 }], context: 200_000, maxOutput: 4_096, cacheMode: 'none', ...retired('2025-07-21', null) },
    { id: 'claude-3-haiku', ...claude3, cacheMinimum: 2_048, ...retired('2026-04-20', null) },
    { id: 'claude-3-sonnet', ...claude3, cacheMode: 'none', ...retired('2025-07-21', null) },
    { id: 'claude-3-opus', aliases: ['claude-3-opus-latest'], ...claude3, ...retired('2026-01-05', null) },
    { id: 'claude-3-5-sonnet', aliases: ['claude-3-5-sonnet-latest', 'claude-3.5-sonnet'], ...claude35, ...retired('2025-10-28', null, DEPRECATIONS, '2025-10-28') },
    { id: 'claude-3-5-haiku', aliases: ['claude-3-5-haiku-latest', 'claude-3.5-haiku'], ...claude35, cacheMinimum: 2_048, ...retired('2026-02-19', null, `[S] ${DEPRECATIONS}`) },
    { id: 'claude-3-7-sonnet', aliases: ['claude-3-7-sonnet-latest', 'claude-3.7-sonnet'], ...base, maxOutput: 64_000, cacheMinimum: 1_024, capabilities: thinking, generation: 3.7, ...retired('2026-02-19', null) },
    { id: 'claude-sonnet-4', aliases: ['claude-sonnet-4-0', 'claude-4-sonnet'], ...base, maxOutput: 64_000, cacheMinimum: 1_024, capabilities: thinking, generation: 4, ...retired('2026-06-15', 'claude-sonnet-4-6', 'Anthropic release notes', '2026-06-17') },
    { id: 'claude-opus-4', aliases: ['claude-opus-4-0', 'claude-4-opus'], ...base, maxOutput: 32_000, cacheMinimum: 1_024, capabilities: thinking, generation: 4, ...retired('2026-06-15', 'claude-opus-4-8', 'Anthropic release notes', '2026-06-17') },
    { id: 'claude-opus-4-1', ...base, maxOutput: 32_000, cacheMinimum: 1_024, capabilities: current, generation: 4.1, ...retired('2026-08-05', null) },
    { id: 'claude-sonnet-4-5', ...base, ...resident, maxOutput: 64_000, cacheMinimum: 1_024, capabilities: current, generation: 4.5, ...retired('2026-11-30', 'claude-sonnet-5-5', DEPRECATIONS, '2026-11-29') },
    { id: 'claude-haiku-4-5', ...base, ...resident, maxOutput: 64_000, cacheMinimum: 4_096, capabilities: current, generation: 4.5 },
    { id: 'claude-opus-4-5', ...base, ...resident, maxOutput: 64_000, cacheMinimum: 4_096, capabilities: current, generation: 4.5 },
    { id: 'claude-sonnet-4-6', ...large, maxOutput: 64_000, cacheMinimum: 1_024, generation: 4.6, source: '[S] Anthropic model pages; the cache minimum is documented as 1,024, and measured as 2,048 (anthropic-sdk-python issue 1194)' },
    { id: 'claude-opus-4-6', ...large, cacheMinimum: 4_096, generation: 4.6 },
    { id: 'claude-opus-4-7', ...large, cacheMinimum: 2_048, generation: 4.7 },
    { id: 'claude-opus-4-8', ...large, cacheMinimum: 1_024, generation: 4.8 },
    { id: 'claude-sonnet-5', ...large, cacheMinimum: 1_024, generation: 5 },
    { id: 'claude-opus-5', ...large, cacheMinimum: 512, generation: 5 },
    { id: 'claude-fable-5', ...large, cacheMinimum: 512, generation: 5 },
    { id: 'claude-fable-5-1', ...large, generation: 5.1, source: 'Anthropic model pages; cache minimum [U]' },
    { id: 'claude-opus-5-5', ...large, generation: 5.5, source: 'Anthropic model pages; cache minimum [U]' },
    {
      id: 'claude-sonnet-5-5',
      ...large,
      prices: [{ input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5, cacheWriteLong: 4 }],
      generation: 5.5,
      source: 'Anthropic model pages; cache rates as two readers of the pricing page give them (2026-10-24) [S]; cache minimum [U]',
      asOf: '2026-11-25',
    },
    {
      id: 'claude-haiku-5-5',
      ...large,
      prices: [
        {
          input: 0.1,
          output: 0.5,
          cacheRead: 0.01,
          cacheWrite: 0.125,
          cacheWriteLong: 0.2,
          steps: [{ above: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625, cacheWriteLong: 1 }],
        },
      ],
      generation: 5.5,
      source: 'Anthropic model pages; cache rates as two readers of the pricing page give them (2026-10-24) [S]; cache minimum [U]',
      asOf: '2026-11-25',
    },
  ],
};
