/**
 * What the next answer of a conversation costs at each tier, with what the provider's cache has there, and what it would cost
 * to come back to the dearest one.
 */
import type { Model } from '@farthing/shared/catalogue/catalogue';
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import type { Prices } from '../../../core/prices.ts';
import type { Usage } from '../../../wire/usage.ts';
import type { Conversation, Warm } from './state.ts';

const MINUTE = 60_000;
/**
 * How long a provider that caches by itself keeps a prompt, at least and probably at most: it is not promised.
 * https://platform.openai.com/docs/guides/prompt-caching
 */
const AUTOMATIC_MINUTES = { surely: 5, possibly: 10 };
const CHARACTERS_PER_TOKEN = 4;
/** Tokens of an answer that is still to come: few, so that no saving is expected of it too easily. */
const SHORT_ANSWER = 50;
/** Tokens of an answer that the next turn brings back, where none is known. */
const USUAL_ANSWER = 300;

export interface Size {
  readonly input: number;
  readonly output: number;
}

export interface Expected extends Size {
  /** Tokens of the next turn, without its question. */
  readonly next: number;
}

/** The tokens of a request, from those of the last one and what was added since. */
export function expectedSize(characters: number, outputLimit: number | null, last: Conversation | null): Expected {
  const added = characters - (last?.characters ?? 0);
  const input = Math.max(1, (last?.input ?? 0) + Math.ceil(added / CHARACTERS_PER_TOKEN));
  const limit = outputLimit ?? Number.POSITIVE_INFINITY;
  return {
    input,
    output: Math.min(limit, SHORT_ANSWER),
    next: input + Math.min(limit, Math.max(last?.output ?? 0, USUAL_ANSWER)),
  };
}

/**
 * The tokens that the cache of a model still has.
 *
 * @param how `surely` for a model that is to be chosen, `possibly` for the one that it is compared with
 */
export function warmTokens(
  { provider, cacheMinimum }: Model,
  warm: Warm | undefined,
  now: number,
  how: keyof typeof AUTOMATIC_MINUTES,
): number {
  const minutes = PROVIDER_TABLE[provider].markedCache?.minutes ?? AUTOMATIC_MINUTES[how];
  if (warm === undefined || now - warm.at > minutes * MINUTE) return 0;
  return warm.tokens < (cacheMinimum ?? 0) ? 0 : warm.tokens;
}

/** True if a model's provider keeps prompts. */
export function caches({ cacheMode }: Model): boolean {
  return cacheMode === 'automatic' || cacheMode === 'marker';
}

/** A use of so many tokens, of which the first are in the cache, and the others are written to it. */
export function usageAt(model: Model, size: Size, warm: number, isCached: boolean): Usage {
  const cachedInput = isCached && caches(model) ? Math.min(warm, size.input) : 0;
  const isWritten =
    isCached && caches(model) && model.price.cacheWrite !== null && size.input >= (model.cacheMinimum ?? 0);
  return {
    input: size.input,
    cachedInput,
    cacheWriteInput: isWritten ? size.input - cachedInput : 0,
    cacheWriteLongInput: 0,
    output: size.output,
    reasoning: null,
  };
}

/** Nano-dollars; null if the price of a part is unknown. */
export function costAt(prices: Prices, model: Model, usage: Usage): number | null {
  return prices.cost(model, usage, null)?.amount ?? null;
}

/**
 * Nano-dollars that a model will cost more at the next turn than if it had answered all of them: its cache may have lost
 * everything by then, while it would have kept what is asked for again and again.
 */
export function returnCost(prices: Prices, model: Model, tokens: number): number | null {
  const of = (inCache: number): number | null =>
    costAt(prices, model, usageAt(model, { input: tokens, output: 0 }, inCache, true));
  const [cold, warm] = [of(0), of(tokens < (model.cacheMinimum ?? 0) ? 0 : tokens)];
  return cold === null || warm === null ? null : Math.max(0, cold - warm);
}
