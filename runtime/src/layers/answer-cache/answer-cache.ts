/**
 * The exact cache: a request that was answered before, to the letter, is answered from what was kept. Kept is only what
 * is whole and good (no error, nothing truncated, refused or of unknown end), and only for the tenant that asked.
 *
 * A request that leaves its temperature to the API (1) or sets one above 0 asks for chance: it is cached only where its
 * feature says so.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Effect, Emit } from '../../core/events.ts';
import type { Exchange, Layer, Reply, Send, Settlement } from '../../core/pipeline.ts';
import { storeFailed } from '../../core/refuse.ts';
import { costAsItCame, joined } from '../../core/savings.ts';
import { secretsOf } from '../../core/secrets.ts';
import type { CacheEntry, CacheStore } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import type { Background } from '../../support/background.ts';
import type { JsonObject } from '../../support/json-body.ts';
import { createBroadcast } from '../support/broadcast.ts';
import { createFlights, MOST_KEPT } from '../support/flights.ts';
import type { Mode } from '../support/mode.ts';
import { answerOfBytes, deliveryOf, replyOfEntry } from './entry.ts';
import { type EntryMeta, readMeta } from './meta.ts';
import type { Policy } from './options.ts';

export interface AnswerCacheTools {
  readonly mode: Exclude<Mode, 'off'>;
  readonly store: CacheStore;
  readonly onStoreFailure: Effect;
  readonly keyOf: (exchange: Exchange) => string | null;
  /** What holds for a feature; null is for calls without one. */
  readonly policyOf: (feature: string | null) => Policy;
  readonly emit: Emit;
  readonly background: Background;
  /** Makes the request once more, as a call of its own. */
  readonly refresh: (exchange: Exchange) => Promise<void>;
}

export function answerCache(options: AnswerCacheTools): Layer {
  const { mode, store, keyOf, policyOf, emit, background } = options;
  const renewing = new Set<string>();
  const flights = createFlights();

  return (next) => {
    return async function cached(exchange) {
      const policy = policyOf(exchange.context.feature);
      const mayBeKept = policy.sampled || exchange.facts.temperature === 0;
      if (exchange.context.bypass || !mayBeKept) return next(exchange);
      if (mode === 'shadow') return watch(exchange, next, policy);
      const key = keyOf(exchange);
      if (key === null) return next(exchange);
      if (!exchange.isRefresh) {
        const reply = await look(exchange, key, policy);
        if (reply !== null) return reply;
      }
      // What is shared here is one answer to requests that are equal in everything: the first of them pays.
      const { reply, payer } = await flights.fly(
        `${key} ${deliveryOf(exchange)}`,
        exchange,
        next,
        (answer, settlement, bytes) => keepIfGood(exchange, key, answer, settlement, bytes, policy),
      );
      if (payer === null) return reply;
      exchange.log.decide({ layer: 'exact-cache', outcome: 'joined' });
      return joined(reply, exchange.log, payer.log, 'exact-cache');
    };
  };

  /** Only watching, nothing waits for the cache: it looks while the provider works, and is left where it takes longer. */
  async function watch(exchange: Exchange, next: Send, policy: Policy): Promise<Reply> {
    const looked = lookOnceSent(exchange, policy).catch(() => null);
    const reply = await next(exchange);
    const key = await Promise.race([looked, null]);
    if (key === null) return reply;
    const { body } = reply;
    const recorded =
      body instanceof ReadableStream
        ? createBroadcast(body, { limit: MOST_KEPT, readers: () => 1, onLimit: () => {} })
        : null;
    const bytes = (): Uint8Array | null => recorded?.bytes() ?? (body instanceof Uint8Array ? body : null);
    void reply.settled.then((settlement) => keepIfGood(exchange, key, reply, settlement, bytes, policy));
    return recorded === null ? reply : { ...reply, body: recorded.subscribe(() => recorded.cancel(undefined)) };
  }

  async function lookOnceSent(exchange: Exchange, policy: Policy): Promise<string | null> {
    await nextTurn();
    const key = keyOf(exchange);
    if (key !== null) await look(exchange, key, policy);
    return key;
  }

  async function look(exchange: Exchange, key: string, { lifetime }: Policy): Promise<Reply | null> {
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
    const { age } = entry;
    const reason = `kept ${Math.round(age / 1000)} s ago`;
    exchange.log.decide({ layer: 'exact-cache', outcome: isStale ? 'stale' : 'hit', age, isShadow, reason });
    if (isShadow) return null;
    if (meta.cost !== null) exchange.log.save('exact-cache', meta.cost);
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

  function keepIfGood(
    exchange: Exchange,
    key: string,
    reply: Reply,
    settlement: Settlement,
    bytes: () => Uint8Array | null,
    policy: Policy,
  ): void {
    try {
      const entry = entryOf(exchange, reply, settlement, bytes, policy);
      if (entry !== null) background.add(keep(exchange, key, entry, policy));
    } catch (error) {
      emit({ type: 'layer-failed', call: exchange.id, layer: 'exact-cache', effect: 'open', error });
    }
  }

  async function keep(
    { context }: Exchange,
    key: string,
    { bytes, meta }: { bytes: Uint8Array; meta: EntryMeta },
    { lifetime, staleFor }: Policy,
  ): Promise<void> {
    try {
      await store.set({
        key,
        partition: context.tenant ?? '',
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

function entryOf(
  exchange: Exchange,
  reply: Reply,
  { end, usage, answer }: Settlement,
  bytes: () => Uint8Array | null,
  { toolCalls, accepts }: Policy,
): { bytes: Uint8Array; meta: EntryMeta } | null {
  const isGood = answer.finish === 'complete' || (toolCalls && answer.finish === 'tool-calls');
  if (reply.status !== 200 || reply.origin !== 'provider' || end !== 'complete' || !isGood) return null;
  if (exchange.log.isSubstituted) return null;
  const whole = bytes();
  if (whole === null || whole.length === 0 || whole.length > MOST_KEPT) return null;
  const delivery = deliveryOf(exchange);
  // A provider may answer in another way than it was asked to: such an answer is given once and not again.
  if ((delivery === 'json') === reply.body instanceof ReadableStream) return null;
  if (accepts !== undefined && !isAccepted(accepts, () => answerOfBytes(whole, delivery, usage, exchange))) return null;
  const cost = costAsItCame(exchange.log);
  const contentType = reply.headers.get('content-type') ?? 'application/json';
  if (quotesSecret(exchange, whole, contentType)) return null;
  return { bytes: whole, meta: { delivery, contentType, usage, answer, cost } };
}

/** An answer that says the key back to whoever sent it is given, and never kept. */
function quotesSecret(exchange: Exchange, whole: Uint8Array, contentType: string): boolean {
  const text = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
  return secretsOf(exchange).some((secret) => text.includes(secret) || contentType.includes(secret));
}

function isAccepted(accepts: (answer: JsonObject) => boolean, read: () => JsonObject | null): boolean {
  try {
    const answer = read();
    return answer !== null && accepts(answer) === true;
  } catch {
    return false;
  }
}
