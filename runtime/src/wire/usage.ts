/** Tokens that a provider says it has counted, in one meaning for all of them. */
export interface Usage {
  /** All input, what was read from and written to the provider's cache included. */
  readonly input: number;
  readonly cachedInput: number;
  /** Written to the cache for its usual lifetime, and for the longer one that is sold beside it. */
  readonly cacheWriteInput: number;
  readonly cacheWriteLongInput: number;
  /** All output, reasoning included. */
  readonly output: number;
  /** Null where the provider does not say. */
  readonly reasoning: number | null;
}

/** What answers without text use: nothing but input. */
export function inputUsage(input: number): Usage {
  return { input, cachedInput: 0, cacheWriteInput: 0, cacheWriteLongInput: 0, output: 0, reasoning: null };
}
