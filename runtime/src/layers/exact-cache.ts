/**
 * The exact cache: a request that was answered before, to the letter, is answered from what was kept. Kept is only what
 * is whole and good (no error, nothing truncated, refused or of unknown end), and only for the tenant that asked.
 *
 * A request that leaves its temperature to the API (1) or sets one above 0 asks for chance: it is cached only where its
 * feature says so.
 */
import { orAborted } from '../abort.ts';
import type { Background } from '../background.ts';
import { answerOfBytes, deliveryOf, type EntryMeta, readMeta, replyOfEntry } from '../cache/entry.ts';
import { createFlights } from '../cache/flights.ts';
import type { Effect, Emit } from '../events.ts';
import type { JsonObject } from '../payload.ts';
import type { Exchange, Layer, Reply, Settlement } from '../pipeline.ts';
import { storeFailed } from '../refuse.ts';
import type { CacheEntry, CacheStore } from '../stores/store.ts';
import type { Mode } from './deduplicate.ts';

export interface CachePolicy {
  /** Milliseconds that an answer is given again; 5 minutes unless told. */
  readonly lifetime?: number;
  /** Milliseconds after that in which it is still given, while a new one is fetched; 0 unless told. */
  readonly staleFor?: number;
  /** True keeps answers of requests that ask for chance. */
  readonly sampled?: boolean;
  /** True keeps answers that call tools. */
  readonly toolCalls?: boolean;
  /** False for an answer that must not be kept. Throwing means the same. */
  readonly accepts?: (answer: JsonObject) => boolean;
}

export interface ExactCacheOptions {
  readonly mode: Mode;
  readonly store: CacheStore;
  readonly onStoreFailure: Effect;
  readonly keyOf: (exchange: Exchange) => string;
  /** What holds for a feature; null is for calls without one. */
  readonly policyOf: (feature: string | null) => CachePolicy;
  readonly emit: Emit;
  readonly background: Background;
  /** Makes the request once more, as a call of its own. */
  readonly refresh: (exchange: Exchange) => Promise<void>;
}

const LIFETIME = 5 * 60 * 1000;
/** A larger answer is given and not kept: one of them would push out a thousand others. */
const LARGEST = 4 * 1024 * 1024;

export function exactCache(options: ExactCacheOptions): Layer {
  const { mode, store, keyOf, policyOf, emit, background } = options;
  const renewing = new Set<string>();
  const flights = createFlights((exchange, reply, settlement, bytes) => {
    try {
      const entry = entryOf(exchange, reply, settlement, bytes, policyOf(exchange.context.feature));
      if (entry !== null) background.add(keep(exchange, entry));
    } catch (error) {
      emit({ type: 'layer-failed', call: exchange.id, layer: 'exact-cache', effect: 'open', error });
    }
  });

  return (next) => {
    if (mode === 'off') return next;
    return async function cached(exchange) {
      const policy = policyOf(exchange.context.feature);
      if (exchange.context.bypass || !isCacheable(exchange, policy)) return next(exchange);
      const key = keyOf(exchange);
      if (!exchange.isRefresh) {
        const reply = await look(exchange, key, policy);
        if (reply !== null) return reply;
      }
      // What is shared here is one answer to requests that are equal in everything: the first of them pays.
      const flight = mode === 'on' ? `${key} ${deliveryOf(exchange)}` : exchange.id;
      const isJoining = flights.has(flight);
      const reply = await flights.fly(flight, exchange, next);
      return isJoining ? { ...reply, origin: 'joined' } : reply;
    };
  };

  async function look(exchange: Exchange, key: string, { lifetime = LIFETIME }: CachePolicy): Promise<Reply | null> {
    let entry: CacheEntry | null;
    try {
      entry = await orAborted(store.get(key), exchange.signal);
    } catch (error) {
      exchange.signal?.throwIfAborted();
      // Only watching, the cache refuses nothing.
      const effect = mode === 'on' ? options.onStoreFailure : 'open';
      return storeFailed(exchange, { layer: 'exact-cache', effect, error }, emit);
    }
    const meta = entry === null ? null : readMeta(entry);
    if (entry === null || meta === null) return null;
    const isShadow = mode === 'shadow';
    const reply = isShadow ? null : replyOfEntry(entry, meta, exchange);
    if (reply === null && !isShadow) return null;
    const isStale = entry.age > lifetime;
    const reason = `kept ${Math.round(entry.age / 1000)} s ago`;
    exchange.record.decisions.push({ layer: 'exact-cache', outcome: isStale ? 'stale' : 'hit', isShadow, reason });
    if (isShadow) return null;
    exchange.record.saved = meta.cost;
    if (isStale) renew(exchange, key);
    return reply;
  }

  /** One at a time for each key; a failure leaves the old answer until its end. */
  function renew(exchange: Exchange, key: string): void {
    if (renewing.has(key)) return;
    renewing.add(key);
    const done = (): boolean => renewing.delete(key);
    background.add(options.refresh(exchange).then(done, done));
  }

  async function keep(exchange: Exchange, { bytes, meta }: { bytes: Uint8Array; meta: EntryMeta }): Promise<void> {
    const { lifetime = LIFETIME, staleFor = 0 } = policyOf(exchange.context.feature);
    try {
      await store.set({
        key: keyOf(exchange),
        partition: exchange.context.tenant ?? '',
        // Only watching, the cache remembers that there was an answer, and not what it was.
        bytes: mode === 'shadow' ? new Uint8Array() : bytes,
        meta: JSON.stringify(meta),
        lifetime: lifetime + staleFor,
      });
    } catch (error) {
      emit({ type: 'store-failed', layer: 'exact-cache', effect: 'open', error });
    }
  }
}

function isCacheable({ facts, payload }: Exchange, { sampled = false }: CachePolicy): boolean {
  // What rests on the provider's side (stored prompts, searches, files) may be another thing the next time.
  if (facts.unbounded.length > 0 || payload.json.store === true || payload.json.background === true) return false;
  return sampled || facts.temperature === 0;
}

function entryOf(
  exchange: Exchange,
  reply: Reply,
  { end, usage, answer }: Settlement,
  bytes: () => Uint8Array,
  { toolCalls = false, accepts }: CachePolicy,
): { bytes: Uint8Array; meta: EntryMeta } | null {
  const isGood = answer.finish === 'complete' || (toolCalls && answer.finish === 'tool-calls');
  if (reply.status !== 200 || reply.origin !== 'provider' || end !== 'complete' || !isGood) return null;
  if (exchange.record.isSubstituted) return null;
  const whole = bytes();
  if (whole.length === 0 || whole.length > LARGEST) return null;
  const delivery = deliveryOf(exchange);
  // A provider may answer in another way than it was asked to: such an answer is given once and not again.
  if ((delivery === 'json') === reply.body instanceof ReadableStream) return null;
  if (accepts !== undefined && !isAccepted(accepts, answerOfBytes(whole, delivery, usage, exchange))) return null;
  const costs = exchange.record.attempts.map(({ cost }) => cost?.amount ?? null);
  const cost = costs.reduce((sum, amount) => (sum === null || amount === null ? null : sum + amount), 0);
  const contentType = reply.headers.get('content-type') ?? 'application/json';
  return { bytes: whole, meta: { delivery, contentType, usage, answer, cost } };
}

function isAccepted(accepts: (answer: JsonObject) => boolean, answer: JsonObject | null): boolean {
  try {
    return answer !== null && accepts(answer) === true;
  } catch {
    return false;
  }
}
