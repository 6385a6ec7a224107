/** Background work that calls do not wait for, and that must be finished before a process ends. */
import { setImmediate } from 'node:timers/promises';

export interface Background {
  /** The caller handles errors: an error that arrives here is dropped. */
  readonly add: (work: PromiseLike<unknown>) => void;
  /** Runs at each flush, after all added work has ended. It must not reject. */
  readonly onFlush: (action: () => Promise<void>) => void;
  /** Runs once, after the last flush. */
  readonly onEnd: (action: () => void) => void;
  /** Resolves when all work that was added so far, and any work it added, has ended. */
  readonly flush: () => Promise<void>;
  /** The last flush: work that waits for another flush is dropped. */
  readonly end: () => Promise<void>;
}

export function createBackground(): Background {
  const running = new Set<PromiseLike<unknown>>();
  const atFlush: (() => Promise<void>)[] = [];
  const atEnd: (() => void)[] = [];
  const background: Background = {
    add: (work) => {
      running.add(work);
      const done = (): boolean => running.delete(work);
      work.then(done, done);
    },
    onFlush: (action) => void atFlush.push(action),
    onEnd: (action) => void atEnd.push(action),
    flush: async () => {
      // Work that follows from an answer that has just ended is added within this turn of the event loop.
      await setImmediate();
      while (running.size > 0) await Promise.allSettled(running);
      for (const action of atFlush) await action();
    },
    end: async () => {
      await background.flush();
      for (const action of atEnd.splice(0)) action();
    },
  };
  return background;
}
