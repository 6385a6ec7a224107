/** A circuit breaker: after some failures in a row a target is left alone, then tried with one request. */

export interface CircuitOptions<Answer> {
  /** In a row, after which the circuit opens. */
  readonly failures: number;
  /** Milliseconds for which it stays open before one request tries the target. */
  readonly pause: number;
  readonly findingOf: (answer: Answer) => Finding;
}

/**
 * What one request says about its target: nothing if its caller stopped it, or if it was refused before it was sent.
 */
export type Finding = 'answered' | 'failed' | 'nothing';

/**
 * Rejects with an `OpenCircuitError`, without calling `action`, while the circuit is open.
 *
 * @param signal the caller's own: what it stops says nothing of the target
 */
export type Circuit<Answer> = (action: () => Promise<Answer>, signal?: AbortSignal | null) => Promise<Answer>;

export class OpenCircuitError extends Error {
  override readonly name = 'OpenCircuitError';
}

export function createCircuit<Answer>({ failures, pause, findingOf }: CircuitOptions<Answer>): Circuit<Answer> {
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

  const observe: Circuit<Answer> = async (action, signal) => {
    const isTrial = openedAt !== null;
    let finding: Finding = 'failed';
    try {
      const answer = await action();
      finding = findingOf(answer);
      return answer;
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
    const answer = observe(action, signal);
    trial = answer.catch(() => {});
    return answer;
  };
}
