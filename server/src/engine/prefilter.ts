/** The first look at a file's bytes: whether it is worth decoding and parsing. */

export interface PrefilterOptions {
  /** Matches every file that may hold a call, as latin1 text. */
  readonly markers: RegExp;
  /** Matches every file that `markers` matches, and is faster: the rest is not looked at twice. */
  readonly words?: RegExp;
  /** A closer look at a text that `markers` matches: whether it also names something that could be a call. */
  readonly isLikely?: (latin1: string) => boolean;
}

/** Comments to Farthing are read in any file, so that a suppression that has lost its call is found. */
const COMMENT = /farthing-ignore|farthing\s*:/;

export function createPrefilter({ markers, words, isLikely }: PrefilterOptions): (latin1: string) => boolean {
  const calls = withoutState(markers);
  const hints = words && withoutState(words);
  return (text) =>
    ((hints === undefined || hints.test(text)) && calls.test(text) && (isLikely === undefined || isLikely(text))) ||
    (text.includes('farthing') && COMMENT.test(text));
}

/** A global expression would go on from where it last matched, in another text. */
function withoutState(expression: RegExp): RegExp {
  return new RegExp(expression.source, expression.flags.replace(/[gy]/g, ''));
}
