/** Tokens of one call in neutral terms. Cached and written input is contained in input, reasoning in output. */
export interface Usage {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  /** Written to the provider's cache, for any lifetime. */
  readonly cacheWriteTokens: number;
  /** The part of `cacheWriteTokens` that was written for an hour or longer. */
  readonly longCacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

/**
 * The usage once `done` of `total` tokens have been generated; both count what the text has, which a script may bill as
 * something else. Reasoning comes before everything else.
 */
export function partOf(usage: Usage, done: number, total: number): Usage {
  const outputTokens = done >= total ? usage.outputTokens : Math.ceil((usage.outputTokens * done) / total);
  return { ...usage, outputTokens, reasoningTokens: Math.min(usage.reasoningTokens, outputTokens) };
}
