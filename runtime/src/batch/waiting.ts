/** Waits between two looks at a batch. */

export interface PollOptions {
  /** Milliseconds before the first look. Default: 10,000. */
  readonly first?: number;
  /** Milliseconds that the waits grow to. Default: 300,000. */
  readonly max?: number;
}

export interface Waiting {
  /** Resolves after a time that grows, or when `wake` is called. */
  readonly wait: (atMost: number) => Promise<void>;
  /** Ends a wait. */
  readonly wake: () => void;
  /** The next wait is short again. */
  readonly reset: () => void;
}

const GROWTH = 1.5;

export function createWaiting({ first, max }: Required<PollOptions>): Waiting {
  let next = first;
  let isAwake = false;
  let end: (() => void) | null = null;
  return {
    wait: (atMost) =>
      new Promise((resolve) => {
        // Between a half and the whole, so that jobs that began together do not ask together.
        const time = Math.min(next * (0.5 + Math.random() / 2), atMost);
        next = Math.min(next * GROWTH, max);
        const timer = setTimeout(() => end?.(), isAwake ? 0 : Math.max(0, time));
        isAwake = false;
        end = () => {
          clearTimeout(timer);
          end = null;
          resolve();
        };
      }),
    wake: () => {
      if (end === null) isAwake = true;
      else end();
    },
    reset: () => {
      next = first;
    },
  };
}
