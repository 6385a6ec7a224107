/**
 * A fix as a rule states it, in terms of the call and no language's syntax; and the edits of a text that it becomes. The
 * frontends turn one into the other: only they know how an argument is written.
 */
import type { Localised } from '@farthing/shared/language';
import type { Origin } from '../ir/origin.ts';

export interface Fix {
  /** What it does, for a menu: `Limit the answer to 1,024 tokens (max_completion_tokens)`. */
  readonly title: Localised;
  /** `safe` only where behaviour cannot change; only those are part of fix-all. */
  readonly safety: 'safe' | 'suggested';
  readonly operations: readonly Operation[];
}

/** A value to be written in the language and style of the place. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/** Stands in a literal for the code that is there already: `[{ type: 'text', text: SAME }]` puts it into a list. */
export const SAME = '\u{f0000}same\u{f0000}';

/**
 * A parameter, wherever its call has it: `at` is the call, the constructor or the object literal, and `path` leads to
 * it by parameter names (`['config', 'maxOutputTokens']`) and, in lists, by indices (-1 is the last). A path that
 * begins with an index counts the arguments of a call, or the items of a list.
 */
export interface Target {
  readonly at: Origin;
  /**
   * Index of the positional argument whose properties are the parameters, in languages that pass them so. Null if `at`
   * is not a call, or if parameters can only be named.
   */
  readonly position: number | null;
  readonly path: readonly (string | number)[];
}

export type Operation =
  /** Adds the parameter, after the one named `after` if that is allowed, or sets this value if it exists. */
  | { readonly kind: 'set'; readonly target: Target; readonly value: Literal; readonly after?: string }
  /** Puts the parameter's value into a larger one, in which `SAME` marks its place. */
  | { readonly kind: 'wrap'; readonly target: Target; readonly value: Literal }
  /** Adds an item at the end of the list that is the parameter's value. */
  | { readonly kind: 'append'; readonly target: Target; readonly value: Literal }
  /** Gives the parameter another name, and leaves its value as it is. */
  | { readonly kind: 'rename'; readonly target: Target; readonly name: string }
  /**
   * Turns a loop that embeds one text after the other by `call` into one call for all of them: `input` is the call's text,
   * `answers` the list in the answer with one item for each text.
   */
  | { readonly kind: 'embed-together'; readonly call: Origin; readonly input: Target; readonly answers: string }
  /** Moves the line that contains the expression at `origin` to the end of the multi-line text that it is in. */
  | { readonly kind: 'move-line'; readonly origin: Origin }
  /** Writes another text in the place of the string literal at `origin`. */
  | { readonly kind: 'replace-text'; readonly origin: Origin; readonly value: string };

/** Replaces `start` to `end` of a text by `text`; an insertion where both are the same. Offsets are UTF-16 units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Offsets in the module's text; of a notebook, in its joined cells. */
export interface FileEdit extends TextEdit {
  readonly path: string;
}

/** Where an operation works: the file that its edits are in. */
export function originOf(operation: Operation): Origin {
  if (operation.kind === 'embed-together') return operation.call;
  return 'target' in operation ? operation.target.at : operation.origin;
}
