/** A circuit breaker for each target: after some failures in a row it is left alone, then tried with one request. */
import { LRUCache } from 'lru-cache';
import type { Reply } from '../../core/pipeline.ts';
import { hasFailed } from './retry.ts';

export interface Breakers {
  /** Rejects with an error that `isOpenError` knows, without calling `action`, while the circuit is open. */
  readonly run: (target: string, action: () => Promise<Reply>) => Promise<Reply>;
  readonly isOpenError: (error: unknown) => boolean;
}

export interface BreakerOptions {
  /** In a row, after which the circuit opens. */
  readonly failures: number;
  /** Milliseconds for which it stays open before one request tries the target. */
  readonly pause: number;
}

/** Targets come from configuration, but models may come from users. */
const MAX_TARGETS = 1000;

class OpenCircuitError extends Error {
  override readonly name = 'OpenCircuitError';
}

export function createBreakers(options: BreakerOptions): Breakers {
  const circuits = new LRUCache<string, Circuit>({ max: MAX_TARGETS });
  return {
    run: (target, action) => {
      let circuit = circuits.get(target);
      if (circuit === undefined) {
        circuit = createCircuit(options);
        circuits.set(target, circuit);
      }
      return circuit(action);
    },
    isOpenError: (error) => error instanceof OpenCircuitError,
  };
}

type Circuit = (action: () => Promise<Reply>) => Promise<Reply>;

function createCircuit({ failures, pause }: BreakerOptions): Circuit {
  let failuresInRow = 0;
  /** By a clock that never jumps: setting back the time of day must not keep a target closed off. Null while closed. */
  let openedAt: number | null = null;
  /** The one request that tries the target after the pause; it never rejects. */
  let trial: Promise<unknown> | null = null;

  async function observe(action: () => Promise<Reply>): Promise<Reply> {
    const isTrial = openedAt !== null;
    let isFailed = true;
    try {
      const reply = await action();
      isFailed = hasFailed(reply);
      return reply;
    } finally {
      failuresInRow = isFailed ? failuresInRow + 1 : 0;
      if (isTrial) {
        openedAt = isFailed ? performance.now() : null;
        trial = null;
      } else if (openedAt === null && failuresInRow >= failures) {
        openedAt = performance.now();
      }
    }
  }

  return async function run(action) {
    while (trial !== null) await trial;
    if (openedAt === null) return observe(action);
    if (performance.now() - openedAt < pause) throw new OpenCircuitError();
    const reply = observe(action);
    trial = reply.catch(() => {});
    return reply;
  };
}
