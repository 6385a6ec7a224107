/** What turns texts into vectors. */
import type { LanguageName } from '../judge/language.ts';

export interface Embedder {
  /**
   * The name and version of what embeds. Vectors of different names are never compared: change it with everything that
   * changes vectors.
   */
  readonly name: string;
  /**
   * One vector for each text, all of the same length; with what the request used, if it is paid for.
   *
   * @param signal aborts when the time limit is over
   */
  readonly embed: (texts: readonly string[], signal: AbortSignal) => Promise<Vectors | Embedded>;
  /** The languages that it understands. Default: all. */
  readonly languages?: readonly LanguageName[];
  /** Called when the meter is closed. Default: nothing is to be closed. */
  readonly close?: () => void | Promise<void>;
}

export type Vectors = readonly ArrayLike<number>[];

export interface Embedded {
  readonly vectors: Vectors;
  /** Default: the request costs nothing. */
  readonly usage?: EmbeddingUsage;
}

/** What one request used. The meter's price table says what that costs. */
export interface EmbeddingUsage {
  /** Says who is paid. */
  readonly url: string;
  readonly model: string;
  /** Null if the endpoint does not say. */
  readonly tokens: number | null;
}
