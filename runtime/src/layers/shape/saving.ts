/** What a request would have cost unchanged. */
import type { Usage } from '../../wire/usage.ts';
import type { Removal, Shortened } from './context/shorten.ts';

/** How far a provider's tokens may differ from the estimate; more is due to what is no text: images, tools, documents. */
const MAX_FACTOR = 2;

/** The removals in tokens of the provider, by what it counted for the texts that were sent. */
export function inTokensOf(
  { input }: Usage,
  { removals, tokens }: Pick<Shortened, 'removals' | 'tokens'>,
): readonly Removal[] {
  if (tokens === 0) return removals;
  const factor = Math.min(MAX_FACTOR, Math.max(1 / MAX_FACTOR, input / tokens));
  return removals.map((removal) => ({ at: removal.at, tokens: Math.round(removal.tokens * factor) }));
}

/**
 * The usage with the tokens that were left out. Each is counted like its neighbours: a prompt's beginning is read from
 * the provider's cache, what follows is written to it, and the rest is neither.
 */
export function usageWithout(usage: Usage, removals: readonly Removal[]): Usage {
  const { input, cachedInput, cacheWriteInput, cacheWriteLongInput } = usage;
  let [more, read, written, writtenLong] = [0, 0, 0, 0];
  for (const { at, tokens } of removals) {
    const place = at * input;
    more += tokens;
    if (place < cachedInput) read += tokens;
    else if (place < cachedInput + cacheWriteLongInput) writtenLong += tokens;
    else if (place < cachedInput + cacheWriteLongInput + cacheWriteInput) written += tokens;
  }
  return {
    ...usage,
    input: input + more,
    cachedInput: cachedInput + read,
    cacheWriteInput: cacheWriteInput + written,
    cacheWriteLongInput: cacheWriteLongInput + writtenLong,
  };
}

/**
 * The same usage if so many tokens at its beginning had been read from the provider's cache, because nothing had changed
 * in front of them.
 */
export function usageIfRead(usage: Usage, tokens: number): Usage {
  const more = Math.min(tokens, usage.input) - usage.cachedInput;
  if (more <= 0) return usage;
  const written = Math.min(more, usage.cacheWriteInput);
  return {
    ...usage,
    cachedInput: usage.cachedInput + more,
    cacheWriteInput: usage.cacheWriteInput - written,
    cacheWriteLongInput: usage.cacheWriteLongInput - Math.min(more - written, usage.cacheWriteLongInput),
  };
}
