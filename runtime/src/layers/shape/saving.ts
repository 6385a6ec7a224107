/** What a request would have cost unchanged. */
import type { Usage } from '../../wire/usage.ts';
import type { Removal } from './context/shorten.ts';

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
