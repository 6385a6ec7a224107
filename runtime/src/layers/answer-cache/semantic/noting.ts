import type { Emit } from '../../../core/events.ts';
import type { CacheStore } from '../../../stores/store.ts';
import type { Background } from '../../../support/background.ts';
import type { Lookup, Slot } from '../lookup.ts';
import { noteServed } from './served-answers.ts';

export interface NotingTools {
  readonly cache: CacheStore;
  readonly emit: Emit;
  readonly background: Background;
}

/** Also notes which answer the lookup served. */
export function noting(lookup: Lookup, { cache, emit, background }: NotingTools): Lookup {
  return {
    slotOf: (exchange) => {
      const slot = lookup.slotOf(exchange);
      if (slot === null) return null;
      const { name, id } = slot;
      const find: Slot['find'] = async () => {
        const entry = await slot.find();
        if (entry !== null) {
          const noted = noteServed(cache, exchange.id, { entry: id, match: null });
          background.add(noted.catch((error) => emit({ type: 'store-failed', layer: name, effect: 'open', error })));
        }
        return entry;
      };
      return { ...slot, find };
    },
  };
}
