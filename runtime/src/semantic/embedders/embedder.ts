/** What turns texts into vectors. */
import type { LanguageName } from '../judge/language.ts';

export interface Embedder {
  /**
   * The name and version of what embeds. Vectors of different names are never compared: change it with everything that
   * changes vectors.
   */
  readonly name: string;
  /**
   * One vector for each text, all of the same length.
   *
   * @param signal aborts when the time limit is over
   */
  readonly embed: (texts: readonly string[], signal: AbortSignal) => Promise<readonly ArrayLike<number>[]>;
  /** The languages that it understands. Default: all. */
  readonly languages?: readonly LanguageName[];
  /** Called when the meter is closed. Default: nothing is to be closed. */
  readonly close?: () => void | Promise<void>;
}
