/**
 * The cache of answers: a request that was answered before is answered from what was kept, as its lookups find it. Kept is
 * only what is whole and good (no error, nothing truncated, refused or of unknown end), and only for the tenant that asked.
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
import type { CacheEntry } from '../../stores/store.ts';
import { orAborted } from '../../support/abort.ts';
import type { Background } from '../../support/background.ts';
import type { JsonObject } from '../../support/json-body.ts';
import { createBroadcast } from '../support/broadcast.ts';
import { createFlights, MOST_KEPT } from '../support/flights.ts';
import type { Mode } from '../support/mode.ts';
import { answerOfBytes, deliveryOf, replyOfEntry } from './entry.ts';
import type { Lookup, Slot } from './lookup.ts';
import { type EntryMeta, readMeta } from './meta.ts';
import type { Policy } from './options.ts';

export interface AnswerCacheTools {
  readonly mode: Exclude<Mode, 'off'>;
  /** Tried in this order. */
  readonly lookups: readonly Lookup[];
  readonly onStoreFailure: Effect;
  /** What holds for a feature; null is for calls without one. */
  readonly policyOf: (feature: string | null) => Policy;
  readonly emit: Emit;
  readonly background: Background;
  /** Makes the request once more, as a call of its own. */
  readonly refresh: (exchange: Exchange) => Promise<void>;
}

export function answerCache(options: AnswerCacheTools): Layer {
  const { mode, lookups, policyOf, emit, background } = options;
  const renewing = new Set<string>();
  const flights = createFlights();

  return (next) => {
    return async function cached(exchange) {
      const policy = policyOf(exchange.context.feature);
      const mayBeKept = policy.sampled || exchange.facts.temperature === 0;
      if (exchange.context.bypass || !mayBeKept) return next(exchange);
      if (mode === 'shadow') return watch(exchange, next, policy);
      const slots = slotsOf(exchange);
      const [first] = slots;
      if (first === undefined) return next(exchange);
      if (!exchange.isRefresh) {
        const reply = await look(exchange, slots, policy);
        if (reply !== null) return reply;
      }
      // What is shared here is one answer to requests that are equal in everything: the first of them pays.
      const { reply, payer } = await flights.fly(
        `${first.id} ${deliveryOf(exchange)}`,
        exchange,
        next,
        (answer, settlement, bytes) => keepIfGood(exchange, slots, answer, settlement, bytes, policy),
      );
      if (payer === null) return reply;
      exchange.log.decide({ layer: first.name, outcome: 'joined' });
      return joined(reply, exchange.log, payer.log, first.name);
    };
  };

  function slotsOf(exchange: Exchange): readonly Slot[] {
    return lookups.map(({ slotOf }) => slotOf(exchange)).filter((slot) => slot !== null);
  }

  /** Only watching, nothing waits for the cache: it looks while the provider works, and is left where it takes longer. */
  async function watch(exchange: Exchange, next: Send, policy: Policy): Promise<Reply> {
    const looked = lookOnceSent(exchange, policy).catch(() => []);
    const reply = await next(exchange);
    const slots = await Promise.race([looked, []]);
    if (slots.length === 0) return reply;
    const { body } = reply;
    const recorded =
      body instanceof ReadableStream
        ? createBroadcast(body, { limit: MOST_KEPT, readers: () => 1, onLimit: () => {} })
        : null;
    const bytes = (): Uint8Array | null => recorded?.bytes() ?? (body instanceof Uint8Array ? body : null);
    void reply.settled.then((settlement) => keepIfGood(exchange, slots, reply, settlement, bytes, policy));
    return recorded === null ? reply : { ...reply, body: recorded.subscribe(() => recorded.cancel(undefined)) };
  }

  async function lookOnceSent(exchange: Exchange, policy: Policy): Promise<readonly Slot[]> {
    await nextTurn();
    const slots = slotsOf(exchange);
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

  /** `watched`: the slot has an answer, and the cache only watches. */
  async function lookIn(slot: Slot, exchange: Exchange, { lifetime }: Policy): Promise<Reply | 'watched' | null> {
    let entry: CacheEntry | null;
    try {
      entry = await orAborted(slot.find(), exchange.signal);
    } catch (error) {
      exchange.signal?.throwIfAborted();
      // Only watching, the cache refuses nothing.
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
    const reason = `kept ${Math.round(age / 1000)} s ago`;
    exchange.log.decide({ layer: slot.name, outcome: isStale ? 'stale' : 'hit', age, isShadow, reason });
    if (isShadow) return reply;
    if (meta.cost !== null) exchange.log.save(slot.name, meta.cost);
    if (isStale) renew(exchange, slot.id);
    return reply;
  }

  /** One at a time for each slot; a failure leaves the old answer until its end. */
  function renew(exchange: Exchange, id: string): void {
    if (renewing.has(id)) return;
    renewing.add(id);
    const done = (): boolean => renewing.delete(id);
    background.add(options.refresh(exchange).then(done, done));
  }

  function keepIfGood(
    exchange: Exchange,
    slots: readonly Slot[],
    reply: Reply,
    settlement: Settlement,
    bytes: () => Uint8Array | null,
    policy: Policy,
  ): void {
    try {
      const entry = entryOf(exchange, reply, settlement, bytes, policy);
      if (entry !== null) for (const slot of slots) background.add(keep(exchange, slot, entry, policy));
    } catch (error) {
      emit({ type: 'layer-failed', call: exchange.id, layer: 'exact-cache', effect: 'open', error });
    }
  }

  async function keep(
    { context }: Exchange,
    slot: Slot,
    { bytes, meta }: { bytes: Uint8Array; meta: EntryMeta },
    { lifetime, staleFor }: Policy,
  ): Promise<void> {
    try {
      await slot.keep({
        partition: context.tenant ?? '',
        // Only watching, the cache remembers that there was an answer, and not what it was.
        bytes: mode === 'shadow' ? new Uint8Array() : bytes,
        meta: JSON.stringify(meta),
        lifetime: lifetime + staleFor,
      });
    } catch (error) {
      emit({ type: 'store-failed', layer: slot.name, effect: 'open', error });
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
