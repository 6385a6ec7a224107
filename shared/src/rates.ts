/**
 * What providers charge: tokens of several kinds, each at its own rate, and fees per use. Both are closed lists, so
 * that the generator, the cost, the configuration and the runtime use the same names.
 */
import type { Fee } from './vocabulary.ts';

export type { Fee } from './vocabulary.ts';

/**
 * Kinds of tokens. A kind other than text is part of the input or the output, and has its own rate if it is priced
 * separately.
 */
export const RATES = [
  'input',
  'output',
  'cacheRead',
  /** The provider's default cache write (Anthropic: 5 minutes). Null if a write costs no more than input. */
  'cacheWrite',
  /** The cache write for the longer lifetime that the provider also sells (Anthropic: 1 hour). */
  'cacheWriteLong',
  'audioInput',
  'audioOutput',
  'audioCacheRead',
  'imageInput',
  'imageOutput',
  'imageCacheRead',
  'videoInput',
  'videoOutput',
  /** Reasoning, if it costs more than the rest of the output. Null if it is billed as output. */
  'reasoning',
] as const;
export type RateName = (typeof RATES)[number];

/**
 * Nano-dollars per token, which is dollars per million tokens times 1,000: an integer for nearly every list price, with
 * up to three decimals for the few that are finer ($0.0375 is 37.5). Null is unknown, never 0.
 */
export type Price = Readonly<Record<RateName, number | null>>;

/** How much of the web a search adds to the prompt, if the fee depends on it. The first is the default. */
export const SEARCH_CONTEXTS = ['low', 'medium', 'high'] as const;
export type SearchContext = (typeof SEARCH_CONTEXTS)[number];

/** One fee, in nano-dollars per use, by search context. A fee charged at an unknown price is null. */
export type FeeRate = Readonly<Record<SearchContext, number | null>>;

/** A missing fee is not known to be charged: if the use was counted, its price is unknown anyway. */
export type Fees = Readonly<Partial<Record<Fee, FeeRate>>>;

/** All rates are unknown. */
export const NO_PRICE: Price = Object.freeze(
  Object.fromEntries(RATES.map((name) => [name, null])) as Record<RateName, number | null>,
);
