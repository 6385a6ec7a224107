/** What a command may touch of its process: handed in, so that a command can run inside a test. */
export interface Io {
  /** The report. */
  readonly out: (text: string) => void;
  /** Messages and problems, in whole lines. */
  readonly err: (text: string) => void;
  /** A line beside the report that the next one takes the place of; an empty one takes it away. */
  readonly status: (line: string) => void;
  /** All of standard input, as UTF-8. */
  readonly readInput: () => string;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Which streams go to a terminal, and how many columns it has. */
  readonly terminal: { readonly isOutput: boolean; readonly isError: boolean; readonly columns: number };
}

/**
 * Whether to write colours, by the two conventions that terminals' programs share (no-color.org, force-color.org):
 * `NO_COLOR` beats `FORCE_COLOR`, which beats the terminal; both count only when they are not empty.
 */
export function hasColors(io: Io): boolean {
  if ((io.env.NO_COLOR ?? '') !== '') return false;
  const forced = io.env.FORCE_COLOR ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return io.terminal.isOutput && io.env.TERM !== 'dumb';
}
