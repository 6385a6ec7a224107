/** Writes answers to the cache, and records in each call why its answer is not cached. */
import type { Emit } from '../../core/events.ts';
import type { Exchange } from '../../core/pipeline.ts';
import { costAsItCame } from '../../core/savings.ts';
import type { Background } from '../../support/background.ts';
import type { Ended } from '../support/flights.ts';
import type { Mode } from '../support/mode.ts';
import { deliveryOf, withoutEcho } from './entry.ts';
import type { Slot } from './lookup.ts';
import type { EntryMeta } from './meta.ts';
import type { Policy } from './options.ts';
import { type Answered, reasonNotToCache } from './reason-not-to-cache.ts';

export interface KeeperTools {
  readonly mode: Exclude<Mode, 'off'>;
  readonly emit: Emit;
  readonly background: Background;
  /** Why no answer to the request can be cached; null if it depends on the answer. */
  readonly reasonAgainst: (exchange: Exchange) => string | null;
}

export interface Keeper {
  /** Records why the answer to a request without a slot is not cached. */
  readonly noteRequest: (exchange: Exchange) => void;
  /** Records that the call is private. */
  readonly notePrivate: (exchange: Exchange) => void;
  /** Writes an answer that has ended to each slot, if it is good. It never throws. */
  readonly keepIfGood: (exchange: Exchange, slots: readonly Slot[], ended: Ended, policy: Policy) => void;
}

interface Entry {
  readonly bytes: Uint8Array;
  readonly meta: EntryMeta;
}

export function createKeeper({ mode, emit, background, reasonAgainst }: KeeperTools): Keeper {
  const note = ({ log }: Exchange, reason: string): void =>
    log.decide({ layer: 'exact-cache', outcome: 'not-cached', isShadow: mode === 'shadow', reason });

  const keep = async ({ context }: Exchange, slot: Slot, entry: Entry, policy: Policy): Promise<void> => {
    try {
      await slot.keep({
        partition: context.tenant ?? '',
        // In shadow mode, only the existence of an answer is recorded.
        bytes: mode === 'shadow' ? new Uint8Array() : entry.bytes,
        meta: JSON.stringify(entry.meta),
        lifetime: policy.lifetime + policy.staleFor,
      });
    } catch (error) {
      emit({ type: 'store-failed', layer: slot.name, effect: 'open', error });
    }
  };

  return {
    noteRequest: (exchange) => {
      const reason = reasonAgainst(exchange);
      if (reason !== null) note(exchange, reason);
    },
    notePrivate: (exchange) => note(exchange, 'the call is private (noStore)'),
    keepIfGood: (exchange, slots, { reply, settlement, bytes }, policy) => {
      // Errors and incomplete streams need no reason.
      if (reply.status !== 200 || reply.origin !== 'provider' || settlement.end !== 'complete') return;
      try {
        const contentType = reply.headers.get('content-type') ?? 'application/json';
        const answered = { exchange, reply, settlement, bytes: bytes(), contentType };
        const reason = reasonNotToCache(answered, policy);
        if (reason !== null) return note(exchange, reason);
        const entry = entryOf(answered, answered.bytes ?? new Uint8Array());
        for (const slot of slots) background.add(keep(exchange, slot, entry, policy));
      } catch (error) {
        emit({ type: 'layer-failed', call: exchange.id, layer: 'exact-cache', effect: 'open', error });
      }
    },
  };
}

function entryOf({ exchange, settlement, contentType }: Answered, bytes: Uint8Array<ArrayBuffer>): Entry {
  const { usage, answer } = settlement;
  const kept = withoutEcho(bytes, exchange);
  const cost = costAsItCame(exchange.log);
  const meta = { delivery: deliveryOf(exchange), contentType, usage, answer, echo: kept.echo, cost };
  return { bytes: kept.bytes, meta };
}
