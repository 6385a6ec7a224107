/** The exit statuses of the process. Scripts and pull-request checks rely on these numbers. */
export const EXIT = {
  /** Nothing at or above `--fail-on`. */
  clean: 0,
  /** At least one finding at or above `--fail-on`. */
  findings: 1,
  /** An invalid command line, configuration or path. */
  usage: 2,
  /** An internal error in Farthing. */
  fault: 3,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const brand = Symbol.for('farthing.UsageError');

/**
 * The user asked for something that cannot be done. The message says what is wrong and what to do; no stack is shown.
 */
export class UsageError extends Error {
  readonly [brand] = true;
  override readonly name = 'UsageError';
}

export function isUsageError(error: unknown): error is UsageError {
  return typeof error === 'object' && error !== null && brand in error;
}
