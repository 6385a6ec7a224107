/** The providers' prompt caches: which tokens of a prompt were seen before, under the same account and model. */
import { createHash, hash } from 'node:crypto';
import type { Ask } from './ask.ts';
import { BYTES_PER_TOKEN, tokensOfBytes } from './tokens.ts';

/** Shorter prefixes are never cached. */
export const LEAST_PREFIX = 1024;
/** Automatic caching counts in steps of this many tokens. */
const STEP = 128;
/** How far back from a marker an earlier prefix is found, in parts of the prompt. */
const LOOK_BACK = 20;
const AUTOMATIC_LIFETIME = 10 * 60_000;
/** Prompts that are kept for one beginning, and beginnings in all: the memory is a test's, not a provider's. */
const MAX_PROMPTS = 8;
const MAX_BEGINNINGS = 1_000;
const MAX_MARKED = 100_000;
const LONG = 60 * 60_000;

export interface CacheUse {
  readonly read: number;
  readonly written: number;
  /** The part of `written` with a lifetime of an hour or more. */
  readonly writtenLong: number;
}

export class PromptCache {
  /** Prompts by the hash of their first 1,024 tokens. */
  readonly #prompts = new Map<string, { readonly bytes: Buffer; expiresAt: number }[]>();
  /** Marked prefixes by their hash. */
  readonly #marked = new Map<string, { expiresAt: number; readonly lifetime: number }>();

  /** Looks a prompt up and remembers it, in one step. `account` keeps keys apart, as the providers do. */
  use(account: string, ask: Ask, now: number): CacheUse {
    const bytes = Buffer.from(ask.prompt.map(({ text }) => text).join(''));
    if (tokensOfBytes(bytes.length) < LEAST_PREFIX) return { read: 0, written: 0, writtenLong: 0 };
    const scope = `${account}\0${ask.model}\0`;
    const marked = this.#useMarkers(scope, ask, now);
    if (ask.caching === 'marked') return marked;
    const automatic = this.#useBeginning(scope, bytes, now);
    const read = Math.max(automatic.read, marked.read);
    const until = Math.max(automatic.read + automatic.written, marked.read + marked.written);
    return { read, written: ask.isWriteBilled ? until - read : 0, writtenLong: 0 };
  }

  clear(): void {
    this.#prompts.clear();
    this.#marked.clear();
  }

  #useBeginning(scope: string, bytes: Buffer, now: number): CacheUse {
    const key = scope + hash('sha1', bytes.subarray(0, LEAST_PREFIX * BYTES_PER_TOKEN), 'base64');
    const known = (this.#prompts.get(key) ?? []).filter(({ expiresAt }) => expiresAt > now);
    let common = 0;
    for (const prompt of known) {
      const shared = commonPrefix(prompt.bytes, bytes);
      if (shared <= common) continue;
      common = shared;
      prompt.expiresAt = now + AUTOMATIC_LIFETIME;
    }
    if (common < bytes.length) known.unshift({ bytes, expiresAt: now + AUTOMATIC_LIFETIME });
    remember(this.#prompts, key, known.slice(0, MAX_PROMPTS), MAX_BEGINNINGS);
    const read = inSteps(common);
    return { read, written: inSteps(bytes.length) - read, writtenLong: 0 };
  }

  #useMarkers(scope: string, ask: Ask, now: number): CacheUse {
    const last = ask.prompt.findLastIndex(({ cacheFor }) => cacheFor !== undefined);
    if (last < 0) return { read: 0, written: 0, writtenLong: 0 };
    const running = createHash('sha1').update(scope);
    const prefixes: { readonly key: string; readonly tokens: number; readonly cacheFor: number | undefined }[] = [];
    let length = 0;
    for (const { role, text, cacheFor } of ask.prompt.slice(0, last + 1)) {
      length += Buffer.byteLength(text);
      running.update(`\0${role}\0${text}`);
      prefixes.push({ key: running.copy().digest('base64'), tokens: tokensOfBytes(length), cacheFor });
    }
    const read = this.#longestRead(prefixes, now);
    let written = 0;
    let writtenLong = 0;
    let until = read;
    for (const { key, tokens, cacheFor } of prefixes) {
      if (cacheFor === undefined || tokens < LEAST_PREFIX) continue;
      remember(this.#marked, key, { expiresAt: now + cacheFor, lifetime: cacheFor }, MAX_MARKED);
      if (tokens <= until) continue;
      written += tokens - until;
      if (cacheFor >= LONG) writtenLong += tokens - until;
      until = tokens;
    }
    return { read, written, writtenLong };
  }

  /** Each marker looks back over a number of parts; the longest prefix that any of them finds is read, and refreshed. */
  #longestRead(
    prefixes: readonly { readonly key: string; readonly tokens: number; readonly cacheFor: number | undefined }[],
    now: number,
  ): number {
    for (let index = prefixes.length - 1; index >= 0; index--) {
      const prefix = prefixes[index];
      if (prefix === undefined) continue;
      const isSeen = prefixes.slice(index, index + LOOK_BACK + 1).some(({ cacheFor }) => cacheFor !== undefined);
      const entry = this.#marked.get(prefix.key);
      if (!isSeen || entry === undefined || entry.expiresAt <= now) continue;
      entry.expiresAt = now + entry.lifetime;
      return prefix.tokens;
    }
    return 0;
  }
}

/** Whole steps of tokens, from the least prefix on. */
function inSteps(bytes: number): number {
  const tokens = Math.floor(bytes / BYTES_PER_TOKEN / STEP) * STEP;
  return tokens < LEAST_PREFIX ? 0 : tokens;
}

/** Bisection over native comparisons: a 40 kB prompt takes microseconds. */
function commonPrefix(a: Buffer, b: Buffer): number {
  let low = 0;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (a.compare(b, low, middle, low, middle) === 0) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The oldest entry goes where there are too many. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
