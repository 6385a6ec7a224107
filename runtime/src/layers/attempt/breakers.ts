/** A circuit breaker for each target: after some failures in a row it is left alone, then tried with one request. */
import { LRUCache } from 'lru-cache';
import type { Reply } from '../../core/pipeline.ts';
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
    run: (target, action, signal = null) => {
      let circuit = circuits.get(target);
      if (circuit === undefined) {
        circuit = createCircuit(options);
        circuits.set(target, circuit);
      }
      return circuit(action, signal);
    },
    isOpenError: (error) => error instanceof OpenCircuitError,
  };
}

type Circuit = (action: () => Promise<Reply>, signal: AbortSignal | null) => Promise<Reply>;

/**
 * What one request says about its target: nothing if its caller stopped it, or if it was refused before it was sent.
 */
type Finding = 'answered' | 'failed' | 'nothing';

function createCircuit({ failures, pause }: BreakerOptions): Circuit {
  let failuresInRow = 0;
  /** By a clock that never jumps: setting back the time of day must not keep a target closed off. Null while closed. */
  let openedAt: number | null = null;
  /** The one request that tries the target after the pause; it never rejects. */
  let trial: Promise<unknown> | null = null;

  function note(finding: Finding, isTrial: boolean): void {
    // After a trial that found nothing the next request is one: the pause is over.
    if (isTrial) trial = null;
    if (finding === 'nothing') return;
    failuresInRow = finding === 'failed' ? failuresInRow + 1 : 0;
    if (isTrial) openedAt = finding === 'failed' ? performance.now() : null;
    else if (openedAt === null && failuresInRow >= failures) openedAt = performance.now();
  }

  const observe: Circuit = async (action, signal) => {
    const isTrial = openedAt !== null;
    let finding: Finding = 'failed';
    try {
      const reply = await action();
      finding = reply.origin === 'refusal' ? 'nothing' : hasFailed(reply) ? 'failed' : 'answered';
      return reply;
    } catch (error) {
      if (signal?.aborted) finding = 'nothing';
      throw error;
    } finally {
      note(finding, isTrial);
    }
  };

  return async function run(action, signal) {
    while (trial !== null) await trial;
    if (openedAt === null) return observe(action, signal);
    if (performance.now() - openedAt < pause) throw new OpenCircuitError();
    const reply = observe(action, signal);
    trial = reply.catch(() => {});
    return reply;
  };
}
