/**
 * What a frontend provides about its syntax, so that one piece of code can edit every language: bracketed lists, their
 * items, and how values are written. `N` is a node of the frontend's own tree.
 */
import type { Span } from '../ir/nodes.ts';
import type { TextEdit } from './fix.ts';
import type { Notation } from './write.ts';

/** Arguments, the entries of an object or dict, the items of a list: what is between two brackets. */
export interface Bracketed<N> {
  readonly kind: 'arguments' | 'entries' | 'items';
  /** Offset after the opening bracket. */
  readonly open: number;
  /** Offset of the closing bracket. */
  readonly close: number;
  readonly items: readonly Item<N>[];
}

export interface Item<N> extends Span {
  /** `shorthand` is JavaScript's `{ model }`: its value is written as its name. */
  readonly kind: 'plain' | 'named' | 'shorthand' | 'spread';
  readonly name: string | null;
  /** Offset after the name as written, including quotes; -1 without one. */
  readonly nameEnd: number;
  readonly value: N;
  /** The value as it stands there, with its brackets and casts. */
  readonly valueSpan: Span;
  /** Offset of the comma after the item; null if there is none. */
  readonly comma: number | null;
}

/** What stands between the quotes, and where its holes are, braces included. */
export interface HoledText {
  readonly content: Span;
  readonly holes: readonly Span[];
}

export interface Syntax<N> {
  readonly text: string;
  readonly notation: Notation;
  /** True if parameters are the properties of a positional argument, false if they are named themselves. */
  readonly hasOptionsObjects: boolean;
  /** The call, object, list, name or string at exactly this span; null if there is none. */
  readonly find: (span: Span) => N | null;
  readonly isCall: (node: N) => boolean;
  /**
   * The list of a call, an object or a list literal. A variable leads to its literal if only this use and accesses to
   * its members mention it; null for everything else.
   */
  readonly list: (node: N) => Bracketed<N> | null;
  /** The text with holes (template literal, f-string) in one of whose holes the expression at this span stands. */
  readonly textAround: (span: Span) => HoledText | null;
  /**
   * Turns the loop around `call` into one call for all its texts; null unless that is provably the same: the loop does
   * nothing else, and iterates over a list of texts. `input` is the item of the call that contains the text.
   */
  readonly embedTogether: (call: Span, input: Item<N>, answers: string) => readonly TextEdit[] | null;
  /** The span of the characters of a plain string literal, without quotes; null if the node is not one. */
  readonly characters: (node: N) => Span | null;
}
