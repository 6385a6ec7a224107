/** What was reserved is settled in the background, and again and again where the store does not answer. */

import type { Emit } from '../../core/events.ts';
import type { BudgetStore } from '../../stores/store.ts';
import type { Background } from '../../support/background.ts';
import { createBacklog } from '../../support/backlog.ts';

interface Settlement {
  readonly id: string;
  /** Nano-dollars. */
  readonly spent: number;
}

export interface Settlements {
  /**
   * Until the store takes it, the reservation counts in full: too much is counted, never too little. Resolves when the store
   * has answered, whatever it said.
   */
  readonly settle: (settlement: Settlement) => Promise<void>;
  /** The same for a reservation that the store may not have: it failed, or nobody waited for its answer. */
  readonly settleUnsure: (settlement: Settlement, reserving: unknown) => Promise<void>;
  /** Resolves when the settlements of this process that are on their way have arrived; null where none is. */
  readonly arrival: () => Promise<unknown> | null;
}

/** Settlements that wait for a store which does not answer; leases settle the others. */
const MOST_WAITING = 10_000;

export function createSettlements(store: BudgetStore, emit: Emit, background: Background): Settlements {
  const backlog = createBacklog<Settlement>({
    write: async (settlements) => {
      for (const { id, spent } of settlements) await store.settle(id, spent);
    },
    most: MOST_WAITING,
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
      const work = settleNow(settlement).catch(failed);
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
