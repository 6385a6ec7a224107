/** Errors that the runtime throws itself: always for a wrong use of it, never from a call. */

const BRAND = Symbol.for('farthing.MeterError');

/** A wrong option or an object that cannot be wrapped; the message says what to do. */
export class MeterError extends Error {
  override readonly name = 'MeterError';
  readonly [BRAND] = true;
}

export function isMeterError(error: unknown): error is MeterError {
  return typeof error === 'object' && error !== null && BRAND in error;
}
