/**
 * What providers charge: tokens of several kinds, each at its own rate, and fees by use. Both are closed lists, so that the
 * generator, the cost, the configuration and the runtime name each thing alike.
 */
import type { Fee } from './vocabulary.ts';

export type { Fee } from './vocabulary.ts';

/** Kinds of tokens. A kind other than text is part of the input or the output, and has its own rate where it is sold so. */
export const RATES = [
  'input',
  'output',
  'cacheRead',
  /** The cache write that the provider makes by default (Anthropic: 5 minutes). Null where a write costs no more than input. */
  'cacheWrite',
  /** The write for the longer lifetime that the provider sells beside it (Anthropic: 1 hour). */
  'cacheWriteLong',
  'audioInput',
  'audioOutput',
  'audioCacheRead',
  'imageInput',
  'imageOutput',
  'imageCacheRead',
  'videoInput',
  'videoOutput',
  /** Reasoning, where it costs more than the rest of the output. Null where it is billed as output. */
  'reasoning',
] as const;
export type RateName = (typeof RATES)[number];

/**
 * Nano-dollars per token, which is dollars per million tokens times 1,000: whole for nearly every listed price, kept to
 * the thousandth for the few that are finer ($0.0375 is 37.5). Null is unknown, never 0.
 */
export type Price = Readonly<Record<RateName, number | null>>;

/** How much of the web a search puts into the prompt, where the fee depends on it. The first is the default. */
export const SEARCH_CONTEXTS = ['low', 'medium', 'high'] as const;
export type SearchContext = (typeof SEARCH_CONTEXTS)[number];

/** One fee, in nano-dollars for one use, by search context. A fee that is charged at an unknown price is null. */
export type FeeRate = Readonly<Record<SearchContext, number | null>>;

/** A fee that is missing is not known to be charged: where the use was counted, its price is unknown all the same. */
export type Fees = Readonly<Partial<Record<Fee, FeeRate>>>;

/** All rates unknown. */
export const NO_PRICE: Price = Object.freeze(
  Object.fromEntries(RATES.map((name) => [name, null])) as Record<RateName, number | null>,
);
