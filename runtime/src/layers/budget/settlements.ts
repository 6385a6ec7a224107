/** Settles reservations in the background, and retries while the store does not answer. */

import type { Emit } from '../../core/events.ts';
import type { BudgetStore, MaybePromise } from '../../stores/store.ts';
import type { Background } from '../../support/background.ts';
import { createBacklog } from '../../support/backlog.ts';

interface Settlement {
  readonly id: string;
  /** Nano-dollars. */
  readonly spent: number;
}

export interface Settlements {
  /**
   * Until the store accepts it, the reservation counts in full: too much is counted, never too little. Resolves when the
   * store has answered or failed; returns nothing if an embedded store has answered at once.
   */
  readonly settle: (settlement: Settlement) => MaybePromise<void>;
  /** The same for a reservation that the store may not have made: it failed, or its answer was not awaited. */
  readonly settleUnsure: (settlement: Settlement, reserving: unknown) => Promise<void>;
  /** Resolves when the settlements that this process is sending have arrived; null if there are none. */
  readonly arrival: () => Promise<unknown> | null;
}

/** The maximum number of settlements that wait for the store; the leases of all others run out. */
const MAX_WAITING = 10_000;

export function createSettlements(store: BudgetStore, emit: Emit, background: Background): Settlements {
  const backlog = createBacklog<Settlement>({
    write: async (settlements) => {
      for (const { id, spent } of settlements) await store.settle(id, spent);
    },
    max: MAX_WAITING,
    onLost: (count) => emit({ type: 'store-lost', layer: 'budget', count }),
    background,
  });
  const onTheirWay = new Set<Promise<void>>();
  const settleNow = async ({ id, spent }: Settlement): Promise<void> => store.settle(id, spent);

  return {
    settle: (settlement) => {
      const failed = (error: unknown): void => {
        backlog.add([settlement]);
        emit({ type: 'store-failed', layer: 'budget', effect: 'closed', error });
      };
      let settling: MaybePromise<void>;
      try {
        settling = store.settle(settlement.id, settlement.spent);
      } catch (error) {
        return failed(error);
      }
      if (settling === undefined) return;
      const work = settling.catch(failed);
      onTheirWay.add(work);
      void work.then(() => onTheirWay.delete(work));
      background.add(work);
      return work;
    },
    settleUnsure: (settlement, reserving) => {
      const settle = (): Promise<void> => settleNow(settlement).catch(() => backlog.add([settlement]));
      const work = Promise.resolve(reserving).then(settle, settle);
      background.add(work);
      return work;
    },
    arrival: () => (onTheirWay.size === 0 ? null : Promise.all(onTheirWay)),
  };
}
