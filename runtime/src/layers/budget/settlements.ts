/** What was reserved is settled behind the call's back, and again and again where the store does not answer. */

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
  /** Until the store takes it, the reservation counts in full: too much is counted, never too little. */
  readonly settle: (settlement: Settlement) => void;
  /** The same for a reservation that the store may not have: it failed, or nobody waited for its answer. */
  readonly settleUnsure: (settlement: Settlement, reserving: unknown) => void;
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
  const settleNow = async ({ id, spent }: Settlement): Promise<void> => store.settle(id, spent);

  return {
    settle: (settlement) => {
      const failed = (error: unknown): void => {
        backlog.add([settlement]);
        emit({ type: 'store-failed', layer: 'budget', effect: 'closed', error });
      };
      background.add(settleNow(settlement).catch(failed));
    },
    settleUnsure: (settlement, reserving) => {
      const settle = (): Promise<void> => settleNow(settlement).catch(() => backlog.add([settlement]));
      background.add(Promise.resolve(reserving).then(settle, settle));
    },
  };
}
