const BRAND = Symbol.for('farthing.EmbedderError');

/** A text could not be embedded. The message says why, and what to do about it. */
export class EmbedderError extends Error {
  override readonly name = 'EmbedderError';
  readonly [BRAND] = true;
}

export function isEmbedderError(error: unknown): error is EmbedderError {
  return typeof error === 'object' && error !== null && BRAND in error;
}
