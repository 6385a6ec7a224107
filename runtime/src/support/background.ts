/** Work that nobody waits for while calls run, and that must be done before a process ends. */
import { setImmediate } from 'node:timers/promises';

export interface Background {
  /** Errors are the adder's to handle: one that gets here is dropped. */
  readonly add: (work: PromiseLike<unknown>) => void;
  /** What is done at each flush, when all that was added has ended. It never rejects. */
  readonly onFlush: (action: () => Promise<void>) => void;
  /** What is done once, behind the last flush. */
  readonly onEnd: (action: () => void) => void;
  /** Resolves when all that was added until then, and what it added meanwhile, has ended. */
  readonly flush: () => Promise<void>;
  /** The last flush: what waits for another one is given up. */
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
      // What follows from an answer that has ended just now is added within this turn of the event loop.
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
