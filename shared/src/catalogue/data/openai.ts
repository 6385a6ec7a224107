import type { ListedUnit, PatchModel, ProviderPatch } from '../patch.ts';

const DEPRECATIONS = 'OpenAI deprecations page';
/** For every model that is shut down the page says that it no longer accepts requests. */
const retired = (date: string, replacement: string | null, source = DEPRECATIONS, asOf = '2026-11-22') => ({
  retirement: { date, outcome: 'fails', replacement, source, asOf } as const,
});
const shutDown = (replacement: string | null) => retired('2026-10-23', replacement);

/** Announced on 2026-04-22; a copy of the page from that day was read, not the page itself. */
const april = (replacement: string | null) =>
  retired('2026-07-23', replacement, `[S] ${DEPRECATIONS}, a copy`, '2026-04-23');

/** Dates of models that the page listed in October 2026, according to a copy of that day. */
const october = (date: string, replacement: string | null) =>
  retired(date, replacement, `[S] ${DEPRECATIONS}, a copy`, '2026-10-28');

const chat = { tools: true, vision: true, structuredOutput: true, reasoning: false };
const textOnly = { tools: true, vision: false, structuredOutput: false, reasoning: false };
const reasoning = { tools: true, vision: true, structuredOutput: true, reasoning: true };
const automatic = { cacheMinimum: 1024, cacheMode: 'automatic', batchFactor: 0.5 } as const;
const uncached = { cacheMode: 'none', batchFactor: 0.5 } as const;
const flex = { ...automatic, flexFactor: 0.5 } as const;

const gpt35: Partial<PatchModel> = { ...uncached, context: 16_385, maxOutput: 4_096, capabilities: textOnly, generation: 3.5 };
const gpt4: Partial<PatchModel> = { ...uncached, context: 8_192, maxOutput: 8_192, capabilities: textOnly, generation: 4 };
const turbo: Partial<PatchModel> = {
  ...uncached,
  context: 128_000,
  maxOutput: 4_096,
  capabilities: { ...chat, structuredOutput: false },
  generation: 4.02,
};
const gpt4o: Partial<PatchModel> = { ...automatic, context: 128_000, maxOutput: 16_384, capabilities: chat, generation: 4.05 };
const gpt41: Partial<PatchModel> = { ...automatic, context: 1_047_576, maxOutput: 32_768, capabilities: chat, generation: 4.1 };
const oSeries: Partial<PatchModel> = { ...automatic, context: 200_000, maxOutput: 100_000, capabilities: reasoning };
const gpt5: Partial<PatchModel> = { ...flex, context: 400_000, maxOutput: 128_000, capabilities: reasoning };
/** Endpoints of one region cost 10% more from GPT-5.4 on, according to the page of each of these models. */
const resident = { residencyFactor: 1.1 } as const;
const long: Partial<PatchModel> = { ...flex, ...resident, context: 1_050_000, maxOutput: 128_000, capabilities: reasoning };
/** From 5.6 on: cache writes cost 1.25 times the input, and the fast tier twice the price [S: gateway price lists]. */
const gpt56: Partial<PatchModel> = { ...long, priorityFactor: 2 };
/** OpenAI 5.4 and later charges twice the input and one and a half times the output above 272,000 tokens. */
const above272k = (input: number, output: number, cacheRead: number) => [
  {
    input,
    output,
    cacheRead,
    cacheWrite: input * 1.25,
    steps: [{ above: 272_000, input: input * 2, output: output * 1.5, cacheRead: cacheRead * 2, cacheWrite: input * 2.5 }],
  },
];
const FINE_TUNED = { source: '[S] OpenAI pricing page: fine-tuning; a fine-tuned model ends with its base, says the deprecations page', asOf: '2026-11-29' } as const;
const embedding: Partial<PatchModel> = { context: 8_192, batchFactor: 0.5, family: 'embedding', tokenizer: 'cl100k', cacheMode: 'none' };

const PRICING = '[S] OpenAI pricing page';
/** Tokens of audio are billed; the page says what those of a minute come to. */
const aboutPerMinute = (dollars: number) => ({ units: [{ unit: 'audio-second', price: dollars / 60, isEstimate: true }] }) as const;
/** Dollars per picture by quality: square first, then the two that are half as long again. */
const pictures = (prices: Readonly<Record<string, readonly [square: number, oblong: number]>>, isEstimate: boolean): { readonly units: readonly ListedUnit[] } => ({
  units: Object.entries(prices).flatMap(([quality, [square, oblong]]) => [
    { unit: 'image', price: square, when: { quality, size: '1024x1024' }, isEstimate },
    { unit: 'image', price: oblong, when: { quality, size: isEstimate ? '1024x1536' : '1024x1792' }, isEstimate },
    { unit: 'image', price: oblong, when: { quality, size: isEstimate ? '1536x1024' : '1792x1024' }, isEstimate },
  ]),
});
/** A request that does not say makes four seconds. */
const video = (price: number, size: string, isDefault = false): ListedUnit => ({ unit: 'video-second', price, when: { size }, isDefault, usualCount: 4 });
const SMALL_VIDEO = ['720x1280', '1280x720'];
const LARGE_VIDEO = ['1024x1792', '1792x1024'];

export const openai: ProviderPatch = {
  provider: 'openai',
  // Before GPT-5.4: values on which LiteLLM's table of 2026-07-24 agrees, whose input limit is the context without the
  // answer. No page of that time was read; values on which the two disagree are marked.
  source: 'OpenAI model pages; limits and capabilities of models before GPT-5.4, and priority prices before GPT-5.6 [S]',
  asOf: '2026-11-22',
  models: [
    { id: 'gpt-3.5-turbo', aliases: ['gpt-3.5-turbo-0125'], ...gpt35, ...shutDown('gpt-5.6-terra') },
    { id: 'gpt-3.5-turbo-1106', ...gpt35, ...retired('2026-09-28', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-3.5-turbo-instruct', ...gpt35, context: 4_096, capabilities: { ...textOnly, tools: false }, ...retired('2026-09-28', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-3.5-turbo-0613', ...gpt35, context: 4_096, ...retired('2024-09-13', 'gpt-3.5-turbo', `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-3.5-turbo-0301', ...gpt35, context: 4_096, ...retired('2024-09-13', 'gpt-3.5-turbo', `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-3.5-turbo-16k', aliases: ['gpt-3.5-turbo-16k-0613'], ...gpt35, ...retired('2024-09-13', 'gpt-3.5-turbo', `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-4', aliases: ['gpt-4-0613'], ...gpt4, ...shutDown('gpt-5.6-sol') },
    { id: 'gpt-4-0314', ...gpt4, ...retired('2026-03-26', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-4-32k', aliases: ['gpt-4-32k-0613', 'gpt-4-32k-0314'], ...gpt4, context: 32_768, maxOutput: 32_768, ...retired('2025-06-06', 'gpt-4o', `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-4-turbo', aliases: ['gpt-4-1106-preview'], ...turbo, ...shutDown('gpt-5.6-sol') },
    { id: 'gpt-4-turbo-preview', aliases: ['gpt-4-0125-preview'], ...turbo, capabilities: textOnly, ...retired('2026-03-26', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-4-vision-preview', aliases: ['gpt-4-1106-vision-preview'], ...turbo, ...retired('2024-12-06', 'gpt-4o', `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-4.5-preview', ...gpt4o, generation: 4.5, ...retired('2025-07-14', 'gpt-4.1', `[S] ${DEPRECATIONS}`) },
    { id: 'chatgpt-4o-latest', ...gpt4o, capabilities: { ...chat, tools: false, structuredOutput: false }, ...retired('2026-02-17', null, DEPRECATIONS, '2025-11-18') },
    { id: 'gpt-4o', ...gpt4o, priorityFactor: 1.7, ...retired('2027-01-14', 'gpt-6-luna') },
    { id: 'gpt-4o-2024-05-13', ...gpt4o, maxOutput: 4_096, cacheMode: 'none', capabilities: { ...chat, structuredOutput: false }, ...shutDown('gpt-5.6-sol') },
    { id: 'gpt-4o-mini', ...gpt4o, priorityFactor: 1.667, ...retired('2027-01-14', 'gpt-6-luna') },
    { id: 'gpt-4o-search-preview', ...gpt4o, cacheMode: 'none', capabilities: { ...chat, tools: false, vision: false }, ...april('gpt-4.1-mini') },
    { id: 'gpt-4o-mini-search-preview', ...gpt4o, cacheMode: 'none', capabilities: { ...chat, tools: false, vision: false }, ...april('gpt-4.1-mini') },
    { id: 'gpt-4.1', ...gpt41, priorityFactor: 1.75, ...retired('2027-01-14', 'gpt-6-luna') },
    { id: 'gpt-4.1-mini', ...gpt41, priorityFactor: 1.75, ...retired('2027-01-14', 'gpt-6-luna') },
    { id: 'gpt-4.1-nano', ...gpt41, priorityFactor: 2, ...shutDown('gpt-5.6-luna') },
    { id: 'o1', ...oSeries, generation: 4.06, ...shutDown('gpt-5.6-sol') },
    { id: 'o1-pro', ...oSeries, cacheMode: 'none', generation: 4.06, ...shutDown('gpt-5.6-sol') },
    { id: 'o1-mini', ...oSeries, context: 128_000, maxOutput: 65_536, capabilities: { tools: false, vision: false, structuredOutput: false, reasoning: true }, generation: 4.06, ...retired('2025-10-27', 'o4-mini', `[S] ${DEPRECATIONS}`) },
    { id: 'o1-preview', ...oSeries, context: 128_000, maxOutput: 32_768, capabilities: { tools: false, vision: false, structuredOutput: false, reasoning: true }, generation: 4.06, ...retired('2025-07-28', 'o3', `[S] ${DEPRECATIONS}`) },
    { id: 'o3', ...oSeries, priorityFactor: 1.75, flexFactor: 0.5, generation: 4.2, ...retired('2026-12-11', 'gpt-6.1-sol') },
    { id: 'o3-pro', ...oSeries, cacheMode: 'none', generation: 4.2, ...retired('2026-12-11', null) },
    { id: 'o3-mini', ...oSeries, capabilities: { ...reasoning, vision: false }, generation: 4.07, ...shutDown('gpt-5.6-sol') },
    { id: 'o4-mini', ...oSeries, priorityFactor: 1.819, flexFactor: 0.5, generation: 4.2, ...shutDown('gpt-5.6-terra') },
    { id: 'gpt-5', ...gpt5, priorityFactor: 2, generation: 5, ...retired('2026-12-11', 'gpt-6.1-sol') },
    { id: 'gpt-5-mini', ...gpt5, priorityFactor: 1.8, generation: 5, ...retired('2026-12-11', 'gpt-6.1-terra') },
    { id: 'gpt-5-nano', ...gpt5, generation: 5, ...retired('2026-12-11', 'gpt-6-luna', DEPRECATIONS, '2026-11-25') },
    { id: 'gpt-5-pro', ...automatic, context: 400_000, capabilities: reasoning, maxOutput: 272_000, cacheMode: 'none', generation: 5, ...retired('2026-12-11', null), source: 'OpenAI model pages; longest answer 272,000, or 128,000 by other tables [U]' },
    { id: 'gpt-5-chat-latest', ...automatic, context: 128_000, maxOutput: 16_384, capabilities: { ...chat, tools: false }, generation: 5, ...april(null) },
    { id: 'gpt-5.1', ...gpt5, priorityFactor: 2, generation: 5.1, ...retired('2027-04-01', null, `[S] ${DEPRECATIONS}`, '2026-10-28') },
    { id: 'gpt-5.2', ...gpt5, priorityFactor: 2, generation: 5.2 },
    { id: 'gpt-5.2-pro', ...automatic, context: 400_000, maxOutput: 128_000, capabilities: reasoning, cacheMode: 'none', generation: 5.2 },
    { id: 'gpt-5-codex', ...gpt5, priorityFactor: 2, generation: 5, ...april(null) },
    { id: 'gpt-5.1-codex', aliases: ['gpt-5.1-codex-max'], ...gpt5, generation: 5.1, ...april(null) },
    { id: 'gpt-5.1-codex-mini', ...gpt5, generation: 5.1, ...april(null) },
    { id: 'gpt-5.1-chat-latest', ...automatic, context: 128_000, maxOutput: 16_384, generation: 5.1, ...april(null) },
    { id: 'gpt-5.2-codex', ...gpt5, generation: 5.2, ...april(null) },
    { id: 'gpt-5.2-chat-latest', aliases: ['gpt-5.2-chat'], ...automatic, context: 128_000, maxOutput: 16_384, generation: 5.2, ...october('2026-08-10', null) },
    { id: 'gpt-5.3-chat-latest', aliases: ['gpt-5.3-chat'], ...automatic, context: 128_000, maxOutput: 16_384, generation: 5.3, ...october('2026-08-10', null) },
    { id: 'gpt-5.3-codex', ...gpt5, generation: 5.3, ...october('2027-04-01', null) },
    { id: 'gpt-5.4', ...long, priorityFactor: 2, generation: 5.4 },
    { id: 'gpt-5.4-mini', ...gpt5, priorityFactor: 2, ...resident, generation: 5.4 },
    { id: 'gpt-5.4-nano', ...gpt5, ...resident, generation: 5.4, ...october('2027-04-01', null) },
    { id: 'gpt-5.4-pro', ...long, cacheMode: 'none', generation: 5.4 },
    { id: 'gpt-5.5', ...long, generation: 5.5 },
    { id: 'gpt-5.6-sol', aliases: ['gpt-5.6'], ...gpt56, generation: 5.6 },
    { id: 'gpt-5.6-terra', ...gpt56, generation: 5.6 },
    { id: 'gpt-5.6-luna', ...gpt56, generation: 5.6 },
    { id: 'gpt-6-astra', ...gpt56, generation: 6 },
    { id: 'gpt-6-sol', ...gpt56, generation: 6 },
    { id: 'gpt-6-luna', ...gpt56, generation: 6 },
    { id: 'gpt-6.1-sol', ...gpt56, prices: above272k(2, 10, 0.1), generation: 6.1, source: '[S] price lists of gateways' },
    { id: 'gpt-6.1-terra', ...gpt56, prices: above272k(1, 5, 0.05), generation: 6.1, source: '[S] price lists of gateways' },
    { id: 'text-embedding-3-small', ...embedding },
    { id: 'text-embedding-3-large', ...embedding },
    { id: 'text-embedding-ada-002', ...embedding },
    { id: 'omni-moderation-latest', aliases: ['omni-moderation'], prices: [{ input: 0, output: 0 }], family: 'moderation', source: 'OpenAI pricing: the moderation endpoint is free' },
    { id: 'text-moderation-latest', aliases: ['text-moderation-stable', 'text-moderation-007'], prices: [{ input: 0, output: 0 }], family: 'moderation', ...retired('2025-10-27', 'omni-moderation-latest', `[S] ${DEPRECATIONS}`) },
    { id: 'whisper-1', family: 'audio', ...retired('2027-02-26', 'gpt-transcribe', `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-4o-transcribe', family: 'audio', ...aboutPerMinute(0.006), source: PRICING, ...retired('2027-02-26', 'gpt-transcribe', `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-4o-mini-transcribe', family: 'audio', ...aboutPerMinute(0.003), source: PRICING, ...retired('2027-02-26', 'gpt-transcribe', `[S] ${DEPRECATIONS}`) },
    { id: 'dall-e-2', family: 'image', units: [{ unit: 'image', price: 0.016, when: { size: '256x256' } }, { unit: 'image', price: 0.018, when: { size: '512x512' } }, { unit: 'image', price: 0.02, when: { size: '1024x1024' }, isDefault: true }], source: PRICING, ...retired('2026-05-12', null, `[S] ${DEPRECATIONS}`) },
    { id: 'dall-e-3', family: 'image', ...pictures({ standard: [0.04, 0.08], hd: [0.08, 0.12] }, false), source: PRICING, ...retired('2026-05-12', null, `[S] ${DEPRECATIONS}`) },
    { id: 'gpt-image-1', family: 'image', ...pictures({ low: [0.011, 0.016], medium: [0.042, 0.063], high: [0.167, 0.25] }, true), source: PRICING, ...shutDown(null) },
    { id: 'gpt-image-1-mini', family: 'image', ...pictures({ low: [0.005, 0.006], medium: [0.011, 0.015], high: [0.036, 0.052] }, true), source: PRICING, ...retired('2026-12-01', null) },
    { id: 'gpt-image-1.5', family: 'image', ...pictures({ low: [0.009, 0.013], medium: [0.034, 0.05], high: [0.133, 0.2] }, true), source: PRICING, ...retired('2026-12-01', null) },
    { id: 'chatgpt-image-latest', family: 'image', ...retired('2026-12-01', null) },
    // Any size may be asked for; the page has prices for the square one.
    { id: 'gpt-image-2', family: 'image', units: Object.entries({ low: 0.006, medium: 0.053, high: 0.211 }).map(([quality, price]) => ({ unit: 'image', price, when: { quality, size: '1024x1024' }, isEstimate: true })), source: PRICING },
    { id: 'sora-2', family: 'image', units: SMALL_VIDEO.map((size) => video(0.1, size, true)), source: PRICING },
    { id: 'sora-2-pro', family: 'image', units: [...SMALL_VIDEO.map((size) => video(0.3, size, true)), ...LARGE_VIDEO.map((size) => video(0.5, size))], source: PRICING },
    { id: 'tts-1', family: 'audio', fees: { character: 0.000015 }, source: '[S] OpenAI pricing page: $15 for a million characters', ...october('2027-01-06', null) },
    { id: 'tts-1-hd', family: 'audio', fees: { character: 0.00003 }, source: '[S] OpenAI pricing page: $30 for a million characters', ...october('2027-01-06', null) },
    { id: 'gpt-4o-mini-tts', family: 'audio', ...aboutPerMinute(0.015), source: PRICING, ...october('2027-01-06', null) },
    { id: 'gpt-4o-transcribe-diarize', family: 'audio', ...aboutPerMinute(0.006), source: PRICING, ...october('2027-02-26', 'gpt-transcribe') },
    { id: 'gpt-realtime', family: 'audio', ...october('2027-01-20', null) },
    { id: 'gpt-audio', family: 'audio', ...october('2027-01-20', null) },
    { id: 'gpt-4o-realtime-preview', family: 'audio', ...october('2027-01-20', null) },
    { id: 'gpt-4o-audio-preview', family: 'audio', prices: [{ input: 2.5, output: 10, audioInput: 40, audioOutput: 80 }], source: '[S] OpenAI pricing page', ...october('2027-01-20', null) },
    { id: 'gpt-4o-mini-audio-preview', aliases: ['gpt-4o-mini-audio'], family: 'audio', prices: [{ input: 0.15, output: 0.6, audioInput: 10, audioOutput: 20 }], source: '[S] OpenAI pricing page' },
    { id: 'o3-deep-research', ...oSeries, generation: 4.2, ...april(null) },
    { id: 'o4-mini-deep-research', ...oSeries, generation: 4.2, ...april(null) },
    { id: 'computer-use-preview', aliases: ['computer-use'], context: 8_192, maxOutput: 1_024, generation: 4.2, ...april(null) },
    { id: 'codex-mini-latest', aliases: ['codex-mini'], ...oSeries, generation: 4.2, ...retired('2026-01-16', null, `[S] ${DEPRECATIONS}`) },
    // Fine-tuned models that cost more than their base; all others cost the same as their base.
    { id: 'ft:gpt-4.1', prices: [{ input: 3, output: 12, cacheRead: 0.75 }], ...gpt41, ...FINE_TUNED, ...retired('2027-01-14', null) },
    { id: 'ft:gpt-4.1-mini', prices: [{ input: 0.8, output: 3.2, cacheRead: 0.2 }], ...gpt41, ...FINE_TUNED, ...retired('2027-01-14', null) },
    { id: 'ft:gpt-4.1-nano', prices: [{ input: 0.2, output: 0.8, cacheRead: 0.05 }], ...gpt41, ...FINE_TUNED, ...shutDown(null) },
    { id: 'ft:o4-mini', prices: [{ input: 4, output: 16, cacheRead: 1 }], ...oSeries, ...FINE_TUNED, ...shutDown(null) },
    { id: 'ft:davinci-002', prices: [{ input: 12, output: 12 }], context: 16_384, maxOutput: 16_384, ...FINE_TUNED, ...retired('2026-09-28', null, `[S] ${DEPRECATIONS}`) },
    { id: 'ft:babbage-002', prices: [{ input: 1.6, output: 1.6 }], context: 16_384, maxOutput: 16_384, ...FINE_TUNED, ...retired('2026-09-28', null, `[S] ${DEPRECATIONS}`) },
    { id: 'text-davinci-003', context: 4_097, maxOutput: 4_096, ...retired('2024-01-04', 'gpt-3.5-turbo-instruct', `[S] ${DEPRECATIONS}`) },
    { id: 'text-davinci-002', context: 4_097, maxOutput: 4_096, ...retired('2024-01-04', 'gpt-3.5-turbo-instruct', `[S] ${DEPRECATIONS}`) },
    { id: 'text-curie-001', ...retired('2024-01-04', 'gpt-3.5-turbo-instruct', `[S] ${DEPRECATIONS}`) },
    { id: 'text-babbage-001', ...retired('2024-01-04', 'gpt-3.5-turbo-instruct', `[S] ${DEPRECATIONS}`) },
    { id: 'text-ada-001', ...retired('2024-01-04', 'gpt-3.5-turbo-instruct', `[S] ${DEPRECATIONS}`) },
    { id: 'code-davinci-002', ...retired('2024-01-04', 'gpt-3.5-turbo-instruct', `[S] ${DEPRECATIONS}`) },
    { id: 'davinci', ...retired('2024-01-04', 'davinci-002', `[S] ${DEPRECATIONS}`) },
    { id: 'curie', ...retired('2024-01-04', 'davinci-002', `[S] ${DEPRECATIONS}`) },
    { id: 'babbage', ...retired('2024-01-04', 'babbage-002', `[S] ${DEPRECATIONS}`) },
    { id: 'ada', ...retired('2024-01-04', 'babbage-002', `[S] ${DEPRECATIONS}`) },
    { id: 'davinci-002', prices: [{ input: 2, output: 2 }], context: 16_384, maxOutput: 16_384, ...retired('2026-09-28', null, `[S] ${DEPRECATIONS}`) },
    { id: 'babbage-002', prices: [{ input: 0.4, output: 0.4 }], context: 16_384, maxOutput: 16_384, ...retired('2026-09-28', null, `[S] ${DEPRECATIONS}`) },
  ],
};
