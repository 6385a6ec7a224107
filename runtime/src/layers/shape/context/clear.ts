/**
 * Old results of tools, which are left out of a conversation where that pays. A handle stands in their place, and the
 * text is kept in the store for a day.
 */

import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { LRUCache } from 'lru-cache';
import type { Emit } from '../../../core/events.ts';
import type { Exchange } from '../../../core/pipeline.ts';
import { BYTES_PER_TOKEN, type Prices } from '../../../core/prices.ts';
import type { CacheStore } from '../../../stores/store.ts';
import type { Background } from '../../../support/background.ts';
import type { RequestText } from '../../../wire/request-texts.ts';
import type { Usage } from '../../../wire/usage.ts';
import { digest } from '../../support/digest.ts';
import type { ClearOptions } from './options.ts';

export interface ClearTools {
  readonly prices: Prices;
  readonly cache: CacheStore;
  readonly background: Background;
  readonly emit: Emit;
}

/** A text as it would be sent if it is not cleared. */
export interface SentText {
  readonly one: RequestText;
  readonly text: string;
}

export interface Cleared {
  /** What stands in the place of each cleared text. */
  readonly notes: ReadonlyMap<RequestText, string>;
  /**
   * Tokens at the beginning of the whole request that the provider would have read from its cache if nothing more had
   * been cleared now; null if nothing more was.
   */
  readonly broken: number | null;
  /**
   * Takes down what the provider has in its cache after this request.
   *
   * @param sent the characters of its body
   */
  readonly settle: (usage: Usage, sent: number, removed: number) => void;
}

export type Clear = (
  exchange: Exchange,
  texts: readonly SentText[],
  options: ClearOptions,
  isExact: (text: RequestText) => boolean,
) => Cleared;

interface Conversation {
  /** Tokens at the beginning of its last request that the provider keeps in its cache. */
  readonly cached: number;
  /** Tokens that were left out of its last request. */
  readonly removed: number;
  /** Tokens of one character of a body. */
  readonly rate: number;
}

const UNKNOWN: Conversation = { cached: 0, removed: 0, rate: 1 / BYTES_PER_TOKEN };

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
/** Where the lifetime of a provider's cache is not known. */
const USUAL_MINUTES = 5;
const MAX_CONVERSATIONS = 10_000;
const MAX_CLEARED = 100_000;
const KEPT_RESULTS = 3;
const LEAST_TOKENS = 2_000;
/** A shorter result is hardly longer than the note in its place. */
const SHORTEST_RESULT = 400;
/** Characters of a note, about. */
const NOTE_LENGTH = 130;
const EXACT_MARK = '<exact>';

export function createClear({ prices, cache, background, emit }: ClearTools): Clear {
  const conversations = new LRUCache<string, Conversation>({ max: MAX_CONVERSATIONS });
  const handles = new LRUCache<string, true>({ max: MAX_CLEARED });

  const keep = (key: string, text: string, tenant: string | null): void => {
    const write = { key, partition: tenant ?? '', bytes: new TextEncoder().encode(text), meta: '{}', lifetime: DAY };
    const failed = (error: unknown): void => emit({ type: 'store-failed', layer: 'shape', effect: 'open', error });
    background.add(
      Promise.resolve()
        .then(() => cache.set(write))
        .catch(failed),
    );
  };

  return (exchange, texts, { keepLast = KEPT_RESULTS, atLeast = LEAST_TOKENS, recallTool }, isExact) => {
    const { context, facts, provider } = exchange;
    const { tenant } = context;
    const model = facts.model === null ? null : prices.model(provider, facts.model);
    const conversation = digest(
      JSON.stringify([tenant, provider, facts.model, ...texts.slice(0, 2).map(({ one }) => one.text)]),
    );
    const last = conversations.get(conversation) ?? UNKNOWN;
    const calls = [...new Set(texts.flatMap(({ one }) => (one.call === null ? [] : [one.call.id])))];
    const recent = new Set(keepLast === 0 ? [] : calls.slice(-keepLast));
    const old = texts.flatMap(({ one, text: asSent }) => {
      const { call, text } = one;
      if (call === null || recent.has(call.id) || asSent.length < SHORTEST_RESULT) return [];
      if (isExact(one) || text.includes(EXACT_MARK)) return [];
      const handle = `r_${digest(JSON.stringify([tenant, call.id, text])).slice(0, 16)}`;
      return [{ one, asSent, handle, key: keyOf(tenant, handle) }];
    });
    const isCleared = (one: RequestText): boolean => old.some((known) => known.one === one && handles.has(known.key));
    const more = old.filter(({ key }) => !handles.has(key));
    const isMore = paysToClear();
    if (isMore) {
      for (const { one, key } of more) {
        handles.set(key, true);
        keep(key, one.text, tenant);
      }
    }
    const notes = new Map(
      old.filter(({ key }) => handles.has(key)).map(({ one, handle }) => [one, noteFor(one, handle, recallTool)]),
    );
    return {
      notes,
      broken: isMore && last.cached > 0 ? last.cached + last.removed : null,
      settle: ({ input, cachedInput, cacheWriteInput, cacheWriteLongInput }, sent, removed) => {
        const marked = cachedInput + cacheWriteInput + cacheWriteLongInput;
        const isAutomatic = model?.cacheMode === 'automatic' && input >= (model.cacheMinimum ?? Infinity);
        const minutes = PROVIDER_TABLE[provider].markedCache?.minutes ?? USUAL_MINUTES;
        const cached = isAutomatic ? input : marked;
        conversations.set(conversation, { cached, removed, rate: input / sent }, { ttl: minutes * MINUTE });
      },
    };

    /**
     * What is removed no longer costs its price in each turn to come: half as many as there were so far,
     * since none of them is certain. In exchange, what
     * the provider has in its cache behind it has to be read, or written to the cache, once more. Of a cache that is kept
     * by marks, a beginning is only found near a mark, so all of it counts.
     */
    function paysToClear(): boolean {
      const [first] = more;
      const removed = more.reduce((sum, { asSent }) => sum + asSent.length, 0) * last.rate;
      if (first === undefined || removed < atLeast) return false;
      let before = 0;
      for (const { one, text } of texts) {
        if (one === first.one) break;
        before += isCleared(one) ? NOTE_LENGTH : text.length;
      }
      const place = model?.cacheMode === 'marker' ? 0 : before * last.rate;
      const again = last.cached - place - removed;
      if (again <= 0 || model === null) return true;
      const { input, cacheRead, cacheWrite } = model.price;
      if (input === null || cacheRead === null) return true;
      const once = again * (Math.max(input, cacheWrite ?? 0) - cacheRead);
      return removed * cacheRead * (1 + calls.length / 2) > once;
    }
  };
}

function noteFor({ text }: RequestText, handle: string, recallTool: string | undefined): string {
  const how = recallTool === undefined ? 'Call the tool again' : `Call ${recallTool} with this handle`;
  return `[This result of ${text.length} characters was cleared. Handle: ${handle}. ${how} if you need it.]`;
}

function keyOf(tenant: string | null, handle: string): string {
  return digest(JSON.stringify(['cleared result', tenant, handle]));
}

/** The text of a cleared result; null if the handle is unknown to the tenant, or older than a day. */
export async function clearedResult(cache: CacheStore, tenant: string | null, handle: string): Promise<string | null> {
  const entry = await cache.get(keyOf(tenant, handle));
  return entry === null ? null : new TextDecoder().decode(entry.bytes);
}
