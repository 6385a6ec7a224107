/** One process at a time works on a job. A process that ends without giving it back loses it after a while. */
import { randomUUID } from 'node:crypto';
import { MeterError } from '../core/errors.ts';
import type { RecordStore } from '../stores/store.ts';

export interface Claim {
  /** @throws MeterError if another process has the job by now */
  readonly check: () => void;
  readonly release: () => Promise<void>;
}

/** Milliseconds after which the job of a process that has ended can be taken over. */
const LIFETIME = 30_000;

/** @param wait is awaited between two attempts, while another process has the job */
export async function claimJob(store: RecordStore, name: string, wait: () => Promise<void>): Promise<Claim> {
  const owner = randomUUID();
  while (!(await store.claim(name, owner, LIFETIME))) await wait();
  let isLost = false;
  const renew = async (): Promise<void> => {
    try {
      isLost = !(await store.claim(name, owner, LIFETIME));
    } catch {
      // A store that does not answer now may answer before the claim has run out.
    }
  };
  const timer = setInterval(() => void renew(), LIFETIME / 3);
  timer.unref();
  return {
    check: () => {
      if (isLost) throw new MeterError(`${name}: another process works on this batch now.`);
    },
    release: async () => {
      clearInterval(timer);
      if (!isLost) await store.claim(name, owner, 0);
    },
  };
}
