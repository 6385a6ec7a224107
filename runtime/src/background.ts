/** Work that nobody waits for while calls run, and that must be done before a process ends. */

export interface Background {
  /** Errors are the adder's to handle: one that gets here is dropped. */
  readonly add: (work: PromiseLike<unknown>) => void;
  /** Resolves when all that was added until then, and what it added meanwhile, has ended. */
  readonly flush: () => Promise<void>;
}

export function createBackground(): Background {
  const running = new Set<PromiseLike<unknown>>();
  return {
    add: (work) => {
      running.add(work);
      const done = (): boolean => running.delete(work);
      work.then(done, done);
    },
    flush: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
