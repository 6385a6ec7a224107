/** What is wrong with a configuration. */
export interface ConfigProblem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** What is wrong, what to write, and what applies now; without the path and the line. */
  readonly message: string;
}
