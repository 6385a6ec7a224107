/** What the process answers with. Scripts and pull-request checks rely on these numbers. */
export const EXIT = {
  /** Nothing at or above `--fail-on`. */
  clean: 0,
  /** At least one finding at or above `--fail-on`. */
  findings: 1,
  /** A wrong command line, configuration or path. */
  usage: 2,
  /** A fault of the program. */
  fault: 3,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

const brand = Symbol.for('farthing.UsageError');

/** The user asked for something that cannot be done: the message says what and what to do; no stack is shown. */
export class UsageError extends Error {
  readonly [brand] = true;
  override readonly name = 'UsageError';
}

export function isUsageError(error: unknown): error is UsageError {
  return typeof error === 'object' && error !== null && brand in error;
}
