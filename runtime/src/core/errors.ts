/**
 * Errors that the runtime throws itself: for a wrong use of it, for a WebSocket under a hard budget, and at the end of a run
 * that reached a limit; never from a call.
 */

const BRAND = Symbol.for('farthing.MeterError');

/** A wrong option, an object that cannot be wrapped or a socket that is refused; the message says what to do. */
export class MeterError extends Error {
  override readonly name = 'MeterError';
  readonly [BRAND] = true;
}

export function isMeterError(error: unknown): error is MeterError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

const RUN_LIMIT = Symbol.for('farthing.RunLimitError');

export interface RunLimit {
  readonly limit: 'calls' | 'tools' | 'dollars';
  /** As the run states it. */
  readonly max: number;
  /** What the run had used when a call was refused; nano-dollars for `dollars`. */
  readonly used: number;
}

/** A run that reached one of its limits; the message has the numbers. Its cause is the error of the call that was refused. */
export class RunLimitError extends Error implements RunLimit {
  override readonly name = 'RunLimitError';
  readonly [RUN_LIMIT] = true;
  readonly limit: RunLimit['limit'];
  readonly max: number;
  readonly used: number;

  constructor(message: string, { limit, max, used }: RunLimit) {
    super(message);
    this.limit = limit;
    this.max = max;
    this.used = used;
  }
}

export function isRunLimitError(error: unknown): error is RunLimitError {
  return typeof error === 'object' && error !== null && RUN_LIMIT in error;
}
