/**
 * A fix as a rule states it, in terms of the call and no language's syntax; and the edits of a text that it becomes. The
 * frontends turn one into the other: only they know how an argument is written.
 */
import type { Origin } from '../evaluate/values.ts';

export interface Fix {
  /** What it does, for a menu: `Limit the answer to 1,024 tokens (max_completion_tokens)`. */
  readonly title: string;
  /** `safe` only where behaviour cannot change; only those are part of fix-all. */
  readonly safety: 'safe' | 'suggested';
  readonly operations: readonly Operation[];
}

/** A value to be written in the language and style of the place. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/** The places of a call that operations speak of, as paths of parameter names: `config.maxOutputTokens`. */
export type Operation =
  /** Adds the parameter to the call (or constructor) expression at `call`, or sets it where it stands. */
  | { readonly kind: 'set-argument'; readonly call: Origin; readonly parameter: string; readonly value: Literal }
  /** Writes another value in the place of the expression at `origin`. */
  | { readonly kind: 'replace'; readonly origin: Origin; readonly value: Literal };

/** Offsets in the module's text; of a notebook, in its joined cells. */
export interface FileEdit {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
