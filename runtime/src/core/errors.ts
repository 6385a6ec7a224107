/** Errors that the runtime throws itself: for a wrong use of it, and for a WebSocket under a hard budget; never from a call. */

const BRAND = Symbol.for('farthing.MeterError');

/** A wrong option, an object that cannot be wrapped or a socket that is refused; the message says what to do. */
export class MeterError extends Error {
  override readonly name = 'MeterError';
  readonly [BRAND] = true;
}

export function isMeterError(error: unknown): error is MeterError {
  return typeof error === 'object' && error !== null && BRAND in error;
}
