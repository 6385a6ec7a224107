/**
 * Retries items that a store did not accept: after a pause, and whenever the meter is flushed. Writing an item twice
 * must be harmless, because a store that fails may still have accepted it.
 */
import type { Background } from './background.ts';

export interface Backlog<Item> {
  readonly add: (items: readonly Item[]) => void;
}

export interface BacklogOptions<Item> {
  /** Rejects if the store still does not answer. */
  readonly write: (items: readonly Item[]) => Promise<void>;
  /** Beyond this number, the oldest are dropped. */
  readonly max: number;
  /** Called with the number of dropped items: there are too many, or the meter is closed. */
  readonly onLost: (count: number) => void;
  readonly background: Background;
}

/** Milliseconds until the next try, doubled each time. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

export function createBacklog<Item>({ write, max, onLost, background }: BacklogOptions<Item>): Backlog<Item> {
  let waiting: Item[] = [];
  let pause = FIRST_PAUSE;
  let timer: NodeJS.Timeout | null = null;
  let hasEnded = false;

  const put = (items: readonly Item[]): void => {
    waiting = [...waiting, ...items];
    const lost = waiting.length - (hasEnded ? 0 : max);
    if (lost > 0) {
      waiting = waiting.slice(lost);
      onLost(lost);
    }
  };
  const schedule = (): void => {
    if (timer !== null || hasEnded) return;
    // The timer does not keep the process alive: an application flushes before it ends.
    timer = setTimeout(() => background.add(tryAgain()), pause).unref();
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };
  const tryAgain = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const items = waiting;
    if (items.length === 0) return;
    waiting = [];
    try {
      await write(items);
      pause = FIRST_PAUSE;
    } catch {
      waiting = [...items, ...waiting];
      put([]);
      schedule();
    }
  };
  background.onFlush(tryAgain);
  background.onEnd(() => {
    if (timer !== null) clearTimeout(timer);
    hasEnded = true;
    put([]);
  });

  return {
    add: (items) => {
      put(items);
      schedule();
    },
  };
}
