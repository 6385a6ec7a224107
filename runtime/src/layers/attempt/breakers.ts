/** A circuit breaker for each target. */
import { LRUCache } from 'lru-cache';
import type { Reply } from '../../core/pipeline.ts';
import { type Circuit, createCircuit, OpenCircuitError } from '../../support/circuit.ts';
import type { BreakerOptions } from './options.ts';
import { hasFailed } from './retry.ts';

export interface Breakers {
  /**
   * Rejects with an error that `isOpenError` knows, without calling `action`, while the circuit is open.
   *
   * @param signal the caller's own: what it stops says nothing of the target
   */
  readonly run: (target: string, action: () => Promise<Reply>, signal?: AbortSignal | null) => Promise<Reply>;
  readonly isOpenError: (error: unknown) => boolean;
}

/** Targets come from configuration, but models may come from users. */
const MAX_TARGETS = 1000;

export function createBreakers(options: BreakerOptions): Breakers {
  const circuits = new LRUCache<string, Circuit<Reply>>({ max: MAX_TARGETS });
  return {
    run: (target, action, signal = null) => {
      let circuit = circuits.get(target);
      if (circuit === undefined) {
        circuit = createCircuit<Reply>({ ...options, findingOf });
        circuits.set(target, circuit);
      }
      return circuit(action, signal);
    },
    isOpenError: (error) => error instanceof OpenCircuitError,
  };
}

function findingOf(reply: Reply): 'answered' | 'failed' | 'nothing' {
  if (reply.origin === 'refusal') return 'nothing';
  return hasFailed(reply) ? 'failed' : 'answered';
}
