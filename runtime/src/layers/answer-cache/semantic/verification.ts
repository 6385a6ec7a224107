/**
 * Asks the verifier about pairs that the rules leave open, once the call's answer went out. What is learned of a pair holds
 * for either question, so it is the same only if the verifier says so in both directions.
 */
import type { Emit } from '../../../core/events.ts';
import type { Verifier } from '../../../semantic/verifiers/verifier.ts';
import type { Background } from '../../../support/background.ts';
import { createCircuit, OpenCircuitError } from '../../../support/circuit.ts';
import type { Lessons } from './lessons.ts';

export interface UncertainPair {
  readonly pair: string;
  readonly stored: string;
  readonly asked: string;
}

/** @param call whose question it is */
export type Verify = (call: string, uncertain: UncertainPair) => void;

export interface VerificationTools {
  readonly lessons: Lessons;
  readonly emit: Emit;
  readonly background: Background;
}

/** Milliseconds. No caller waits for a verification, but it must end. */
const TIME_LIMIT = 10_000;
/** Pairs that are verified at once; what comes on top is left for the next time. */
const MAX_RUNNING = 4;
const FAILURES = 5;
const PAUSE = 60_000;

export function createVerification(verifier: Verifier, { lessons, emit, background }: VerificationTools): Verify {
  const circuit = createCircuit<boolean>({ failures: FAILURES, pause: PAUSE, findingOf: () => 'answered' });
  const running = new Set<string>();

  const verify = async (call: string, { pair, stored, asked }: UncertainPair): Promise<void> => {
    try {
      const vote = async (one: string, other: string): Promise<unknown> =>
        circuit(async () => limited(verifier, one, other));
      const first = await vote(stored, asked);
      const isSame = first === true ? await vote(asked, stored) : first;
      // Anything but a clear word teaches nothing.
      if (isSame === true) await lessons.learn(pair, 'same');
      else if (isSame === false) await lessons.learn(pair, 'different');
    } catch (error) {
      if (error instanceof OpenCircuitError) return;
      emit({ type: 'layer-failed', call, layer: 'semantic-cache', effect: 'open', error });
    } finally {
      running.delete(pair);
    }
  };

  return (call, uncertain) => {
    if (running.size >= MAX_RUNNING || running.has(uncertain.pair)) return;
    running.add(uncertain.pair);
    background.add(verify(call, uncertain));
  };
}

/** The verifier may ignore the signal. */
async function limited(verifier: Verifier, stored: string, asked: string): Promise<boolean> {
  const signal = AbortSignal.timeout(TIME_LIMIT);
  const late = Promise.withResolvers<never>();
  const onAbort = (): void => late.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([verifier(stored, asked, signal), late.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
