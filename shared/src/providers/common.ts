/** Data that several providers share. */
import type { RateName } from '../rates.ts';
import type { ApiName, ProviderName } from '../vocabulary.ts';
import type { MakerPattern } from './provider.ts';

/** Images count as input tokens, according to the price lists of all these makers. */
export const IMAGES: readonly RateName[] = ['imageInput', 'imageCacheRead'];
export const IMAGES_AND_VIDEO: readonly RateName[] = [...IMAGES, 'videoInput'];
/** Gemini's list only prices audio separately if its rate differs. */
export const ALL_INPUT: readonly RateName[] = [...IMAGES_AND_VIDEO, 'audioInput', 'audioCacheRead'];

export const VERSION_NUMBER: readonly [RegExp, string] = [/-\d{3}$/, ''];
export const RESOURCE_PATH: readonly [RegExp, string] = [
  /^(?:models\/|publishers\/[^/]+\/models\/|projects\/.*\/models\/)/,
  '',
];

/** Model names that hosts pass on under the maker's own prefix: `anthropic/claude-sonnet-4.5`. */
const PREFIXES: readonly (readonly [prefix: string, maker: ProviderName])[] = [
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['google', 'google'],
  ['mistral(?:ai)?', 'mistral'],
  ['deepseek', 'deepseek'],
  ['cohere', 'cohere'],
  ['x-?ai', 'xai'],
  ['voyage(?:ai)?', 'voyage'],
  ['perplexity', 'perplexity'],
  ['moonshotai', 'moonshot'],
];
/** Makers whose models are only served by their own API: a gateway charges their price. */
const CLOSED = new Set<ProviderName>(['openai', 'anthropic', 'google', 'cohere', 'xai', 'voyage', 'perplexity']);

/** A suffix (`:online`, `:nitro`) requests something else, at a price that is not the maker's. */
export function prefixed(samePrice?: string): readonly MakerPattern[] {
  return PREFIXES.flatMap(([prefix, maker]) => [
    {
      maker,
      pattern: new RegExp(`^${prefix}/([^:]+)$`),
      id: '$1',
      ...(samePrice !== undefined && CLOSED.has(maker) && { samePrice }),
    },
    { maker, pattern: new RegExp(`^${prefix}/([^:]+):.*$`), id: '$1' },
  ]);
}

/** Every API that answers a prompt with text. */
export const CHAT_APIS: readonly ApiName[] = [
  'chat.completions',
  'ChatCompletion',
  'responses',
  'chat',
  'generate_content',
  'completion',
  'generateText',
  'streamText',
  'generateObject',
  'streamObject',
  'invoke',
  'http.post',
];
/** Legacy completion models, whose API stops after 16 tokens by default (LangChain: after 256). */
export const LEGACY_COMPLETION = /instruct|davinci|curie|babbage|\bada\b/;
