/** The parts of the process that a command may use. They are passed in, so that a command can run inside a test. */
export interface Io {
  /** The report. */
  readonly out: (text: string) => void;
  /** Messages and problems, in whole lines. */
  readonly err: (text: string) => void;
  /** A status line that the next one replaces; an empty one removes it. */
  readonly status: (line: string) => void;
  /** All of standard input, as UTF-8. */
  readonly readInput: () => string;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Which streams are terminals, and the width of the terminal. */
  readonly terminal: { readonly isOutput: boolean; readonly isError: boolean; readonly columns: number };
}

/**
 * Whether to write colours, by the two conventions that terminal programs share (no-color.org, force-color.org):
 * `NO_COLOR` overrides `FORCE_COLOR`, which overrides the terminal; both only count if they are not empty.
 */
export function hasColors(io: Io): boolean {
  if ((io.env.NO_COLOR ?? '') !== '') return false;
  const forced = io.env.FORCE_COLOR ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return io.terminal.isOutput && io.env.TERM !== 'dumb';
}
