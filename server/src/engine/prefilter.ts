/** The first look at a file's bytes: whether it is worth decoding and parsing. */

/** Comments to Farthing are read in any file, so that a suppression that has lost its call is found. */
const COMMENT = /farthing-ignore|farthing\s*:/;

/** `mayHoldCalls` says it of text read as latin1. */
export function createPrefilter(mayHoldCalls: (latin1: string) => boolean): (latin1: string) => boolean {
  return (text) => mayHoldCalls(text) || (text.includes('farthing') && COMMENT.test(text));
}
