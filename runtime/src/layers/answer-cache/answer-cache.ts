/**
 * Answers a request from the cached answer to an earlier one, if a lookup finds it. Only complete, good answers that
 * depend on nothing but the request are cached, and only for the same tenant.
 *
 * A request with a temperature above 0, or without one (the default is 1), asks for random sampling. It is only cached if
 * its feature sets `sampled`.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Effect } from '../../core/events.ts';
import type { Exchange, Layer, Reply, Send } from '../../core/pipeline.ts';
import { storeFailed } from '../../core/refuse.ts';
import { joined } from '../../core/savings.ts';
import type { CacheEntry } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import { createBroadcast } from '../support/broadcast.ts';
import { createFlights, type Ended, MAX_KEPT } from '../support/flights.ts';
import { ownAnswer } from '../support/own-answer.ts';
import { deliveryOf, replyOfEntry } from './entry.ts';
import { createKeeper, type KeeperTools } from './keep.ts';
import type { Lookup, Slot } from './lookup.ts';
import { readMeta } from './meta.ts';
import type { Policy } from './options.ts';

export interface AnswerCacheTools extends KeeperTools {
  /** Tried in order. */
  readonly lookups: readonly Lookup[];
  readonly onStoreFailure: Effect;
  /** The policy of a feature; null is for calls without a feature. */
  readonly policyOf: (feature: string | null) => Policy;
  /** True if the caller asks again what the cache has just answered: the provider answers then. */
  readonly isAskedAgain: (exchange: Exchange) => boolean;
  /** Sends the request again, as a separate call. */
  readonly refresh: (exchange: Exchange) => Promise<void>;
}

export function answerCache(options: AnswerCacheTools): Layer {
  const { mode, lookups, policyOf, emit, background, isAskedAgain } = options;
  const renewing = new Set<string>();
  const flights = createFlights();
  const { keepIfGood, noteRequest, notePrivate } = createKeeper(options);

  return (next) => {
    return async function cached(exchange) {
      const policy = policyOf(exchange.context.feature);
      const mayBeKept = policy.sampled || exchange.facts.temperature === 0;
      if (exchange.context.bypass || !mayBeKept) return next(exchange);
      if (exchange.context.noStore) {
        notePrivate(exchange);
        return next(exchange);
      }
      if (mode === 'shadow') return watch(exchange, next, policy);
      const slots = slotsOf(exchange);
      const [first] = slots;
      if (first === undefined) {
        noteRequest(exchange);
        return next(exchange);
      }
      if (!exchange.isRefresh && !isAskedAgain(exchange)) {
        const reply = await look(exchange, slots, policy);
        if (reply !== null) return reply;
      }
      // Requests with the same key share one answer in flight; the first of them pays.
      const { reply, payer } = await flights.fly(`${first.id} ${deliveryOf(exchange)}`, exchange, next, (ended) =>
        keepIfGood(exchange, slots, ended, policy),
      );
      if (payer === null) return reply;
      exchange.log.decide({ layer: first.name, outcome: 'joined' });
      return joined(ownAnswer(reply, payer, exchange), exchange.log, payer.log, first.name);
    };
  };

  function slotsOf(exchange: Exchange): readonly Slot[] {
    return lookups.map(({ slotOf }) => slotOf(exchange)).filter((slot) => slot !== null);
  }

  /** In shadow mode nothing waits for the cache: the lookup runs while the provider works, and is ignored if it is slower. */
  async function watch(exchange: Exchange, next: Send, policy: Policy): Promise<Reply> {
    const looked = lookOnceSent(exchange, policy).catch(() => []);
    const reply = await next(exchange);
    const slots = await Promise.race([looked, []]);
    if (slots.length === 0) return reply;
    const { body } = reply;
    const recorded =
      body instanceof ReadableStream
        ? createBroadcast(body, { limit: MAX_KEPT, readers: () => 1, onLimit: () => {} })
        : null;
    const bytes: Ended['bytes'] = () => recorded?.bytes() ?? (body instanceof Uint8Array ? body : null);
    void reply.settled.then((settlement) => keepIfGood(exchange, slots, { reply, settlement, bytes }, policy));
    return recorded === null ? reply : { ...reply, body: recorded.subscribe(() => recorded.cancel(undefined)) };
  }

  async function lookOnceSent(exchange: Exchange, policy: Policy): Promise<readonly Slot[]> {
    await nextTurn();
    const slots = slotsOf(exchange);
    if (slots.length === 0) noteRequest(exchange);
    await look(exchange, slots, policy);
    return slots;
  }

  async function look(exchange: Exchange, slots: readonly Slot[], policy: Policy): Promise<Reply | null> {
    for (const slot of slots) {
      const found = await lookIn(slot, exchange, policy);
      if (found !== null) return found === 'watched' ? null : found;
    }
    return null;
  }

  /** `watched` means that the slot has an answer, but the cache is in shadow mode. */
  async function lookIn(slot: Slot, exchange: Exchange, { lifetime }: Policy): Promise<Reply | 'watched' | null> {
    let entry: CacheEntry | null;
    try {
      entry = await orAborted(slot.find(), exchange.signal);
    } catch (error) {
      exchange.signal?.throwIfAborted();
      // In shadow mode the cache refuses nothing.
      const effect = mode === 'on' ? options.onStoreFailure : 'open';
      return storeFailed(exchange, { layer: slot.name, effect, error }, emit);
    }
    const meta = entry === null ? null : readMeta(entry);
    if (entry === null || meta === null) return null;
    const isShadow = mode === 'shadow';
    const reply = isShadow ? 'watched' : replyOfEntry(entry, meta, exchange, slot.name);
    if (reply === null) return null;
    const isStale = entry.age > lifetime;
    const { age } = entry;
    const reason = `cached ${Math.round(age / 1000)} s ago`;
    exchange.log.decide({ layer: slot.name, outcome: isStale ? 'stale' : 'hit', age, isShadow, reason });
    if (isShadow) return reply;
    const { lookupCost } = exchange.log;
    if (meta.cost !== null && lookupCost !== null) exchange.log.save(slot.name, meta.cost - lookupCost);
    if (isStale) renew(exchange, slot.id);
    return reply;
  }

  /** One at a time per slot; after a failure the old answer stays until it expires. */
  function renew(exchange: Exchange, id: string): void {
    if (renewing.has(id)) return;
    renewing.add(id);
    const done = (): boolean => renewing.delete(id);
    background.add(options.refresh(exchange).then(done, done));
  }
}
