/**
 * One moment for a test and the processes that it starts: prices and retirements depend on the day, and a server begins
 * afresh with each one, so that a test which runs over midnight would compare two days.
 */
import { vi } from 'vitest';

/** Runs in a process before anything else. */
const STAND_STILL = `
  const now = Number(process.env.STILL_AT);
  globalThis.Date = class extends Date {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [now]));
    }
    static now() {
      return now;
    }
  };
`;

export interface StillClock {
  /** Arguments of Node, and the environment, for a process with the same clock. */
  readonly nodeArguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** From now on, the clock of this process stands still; timers run. */
export function stopClock(): StillClock {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now });
  const code = `data:text/javascript,${encodeURIComponent(STAND_STILL)}`;
  return { nodeArguments: ['--import', code], env: { STILL_AT: String(now) } };
}
