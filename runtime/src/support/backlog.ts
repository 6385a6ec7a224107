/**
 * What a store did not take, tried again until it does: in time by itself, and when the meter is flushed. What is written
 * here has to bear being written twice, since a store that fails may have taken it all the same.
 */
import type { Background } from './background.ts';

export interface Backlog<Item> {
  readonly add: (items: readonly Item[]) => void;
}

export interface BacklogOptions<Item> {
  /** Rejects where the store still does not answer. */
  readonly write: (items: readonly Item[]) => Promise<void>;
  /** The oldest are given up above this many. */
  readonly most: number;
  /** Told of what is given up: too much waits, or the meter is closed. */
  readonly onLost: (count: number) => void;
  readonly background: Background;
}

/** Milliseconds until the next try: twice as many each time. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

export function createBacklog<Item>({ write, most, onLost, background }: BacklogOptions<Item>): Backlog<Item> {
  let waiting: Item[] = [];
  let pause = FIRST_PAUSE;
  let timer: NodeJS.Timeout | null = null;
  let hasEnded = false;

  const put = (items: readonly Item[]): void => {
    waiting = [...waiting, ...items];
    const lost = waiting.length - (hasEnded ? 0 : most);
    if (lost > 0) {
      waiting = waiting.slice(lost);
      onLost(lost);
    }
  };
  const schedule = (): void => {
    if (timer !== null || hasEnded) return;
    // It keeps no process alive: whoever ends one flushes first.
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
