const BRAND = Symbol.for('farthing.VerifierError');

/** Two questions could not be compared by a model. The message says why, and what to do about it. */
export class VerifierError extends Error {
  override readonly name = 'VerifierError';
  readonly [BRAND] = true;
}

export function isVerifierError(error: unknown): error is VerifierError {
  return typeof error === 'object' && error !== null && BRAND in error;
}
