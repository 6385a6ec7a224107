/** A circuit breaker for each target: after some failures in a row it is left alone, then tried with one request. */
import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  isBrokenCircuitError,
} from 'cockatiel';
import type { Reply } from '../../core/pipeline.ts';
import { hasFailed } from './retry.ts';

export interface Breakers {
  /** Rejects with an error that `isOpenError` knows, without calling `action`, while the circuit is open. */
  readonly run: (target: string, action: () => Promise<Reply>) => Promise<Reply>;
  readonly isOpenError: (error: unknown) => boolean;
}

/** Targets come from configuration, but models may come from users. */
const MOST_TARGETS = 1000;

interface Circuit {
  readonly policy: CircuitBreakerPolicy;
  /** By the clock that never jumps, and by the time of day, which is what the policy goes by. */
  openedAt: { readonly steady: number; readonly day: number };
}

export function createBreakers({ failures, pause }: { readonly failures: number; readonly pause: number }): Breakers {
  const byTarget = new Map<string, Circuit>();
  const policy = handleAll.orWhenResult((reply) => hasFailed(reply as Reply));
  const closedCircuit = (): Circuit => {
    const breaker = circuitBreaker(policy, { halfOpenAfter: pause, breaker: new ConsecutiveBreaker(failures) });
    const circuit: Circuit = { policy: breaker, openedAt: { steady: 0, day: 0 } };
    breaker.onBreak(() => {
      circuit.openedAt = { steady: performance.now(), day: Date.now() };
    });
    return circuit;
  };
  /** A clock that was set back by hours would keep a target from being tried for as long. */
  const isStuck = ({ policy: { state }, openedAt: { steady, day } }: Circuit): boolean =>
    state === CircuitState.Open && Date.now() < day && performance.now() - steady > pause;

  return {
    run: (target, action) => {
      let circuit = byTarget.get(target);
      if (circuit === undefined || isStuck(circuit)) {
        if (byTarget.size >= MOST_TARGETS) byTarget.clear();
        circuit = closedCircuit();
        byTarget.set(target, circuit);
      }
      return circuit.policy.execute(action);
    },
    isOpenError: isBrokenCircuitError,
  };
}
