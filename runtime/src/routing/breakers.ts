/** A circuit breaker for each target: after some failures in a row it is left alone, then tried with one request. */
import {
  type CircuitBreakerPolicy,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Reply } from '../pipeline.ts';
import { hasFailed } from './retry.ts';

export interface Breakers {
  /** Rejects with an error that `isOpenError` knows, without calling `action`, while the circuit is open. */
  readonly run: (target: string, action: () => Promise<Reply>) => Promise<Reply>;
  readonly isOpenError: (error: unknown) => boolean;
}

/** Targets come from configuration, but models may come from users. */
const MOST_TARGETS = 1000;

export function createBreakers({ failures, pause }: { readonly failures: number; readonly pause: number }): Breakers {
  const byTarget = new Map<string, CircuitBreakerPolicy>();
  const policy = handleAll.orWhenResult((reply) => hasFailed(reply as Reply));
  return {
    run: (target, action) => {
      let breaker = byTarget.get(target);
      if (breaker === undefined) {
        if (byTarget.size >= MOST_TARGETS) byTarget.clear();
        breaker = circuitBreaker(policy, { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(failures) });
        byTarget.set(target, breaker);
      }
      return breaker.execute(action);
    },
    isOpenError: isBrokenCircuitError,
  };
}
