/** The parts of the process that the command may use. */
import pico from 'picocolors';

export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly now: Date;
  readonly isTerminal: boolean;
  /** Columns of the terminal; infinite if the report goes elsewhere. */
  readonly width: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type Colors = ReturnType<typeof pico.createColors>;

/**
 * By the two conventions that terminal programs share (no-color.org, force-color.org); empty variables are ignored.
 */
export function colorsOf(io: Io): Colors {
  return pico.createColors(hasColors(io));
}

function hasColors({ env, isTerminal }: Io): boolean {
  if ((env.NO_COLOR ?? '') !== '') return false;
  const forced = env.FORCE_COLOR ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

const BRAND = Symbol.for('farthing.UsageError');

/** The user asked for something that cannot be done. The message says what is wrong and what to do. */
export class UsageError extends Error {
  readonly [BRAND] = true;
  override readonly name = 'UsageError';
}

export function isUsageError(error: unknown): error is UsageError {
  return typeof error === 'object' && error !== null && BRAND in error;
}
