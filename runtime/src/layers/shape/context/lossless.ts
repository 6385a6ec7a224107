/** Says the same in fewer tokens: what a text says stays, and so does every value of its JSON, character by character. */
import { afterString, isSpace, QUOTE } from '../../../support/json-members.ts';
import { type Segment, segmentsOf } from './segments.ts';

export interface LosslessOptions {
  readonly minifyJson: boolean;
  readonly trimSpace: boolean;
  readonly dropRepeats: boolean;
}

/** Passages of a request that were read so far, in its order. */
export type Passages = Map<string, true>;

/** A shorter passage would hardly be longer than the note in its place. */
const SHORTEST_REPEAT = 200;
const QUOTED = 40;

/**
 * What becomes of a text depends only on the texts before it, so a conversation that grows keeps its beginning, and the
 * provider's cache of it.
 *
 * @param seen the passages of the texts before it; those of this one are added
 */
export function lossless(text: string, options: LosslessOptions, seen: Passages): string {
  if (options.dropRepeats && text.length >= SHORTEST_REPEAT && seen.has(text)) return noteFor(text);
  const shorter = segmentsOf(text)
    .map((segment) => shortened(segment, options, seen))
    .join('');
  if (text.length >= SHORTEST_REPEAT) seen.set(text, true);
  return shorter;
}

function shortened({ kind, text }: Segment, options: LosslessOptions, seen: Passages): string {
  if (kind === 'exact') return text;
  if (kind === 'json') return options.minifyJson ? minifiedJson(text) : text;
  const unrepeated = options.dropRepeats ? withoutRepeats(text, seen) : text;
  return options.trimSpace ? trimmed(unrepeated) : unrepeated;
}

/** Removes the white space between the tokens of a JSON text. */
export function minifiedJson(text: string): string {
  let result = '';
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) {
      const end = afterString(text, at);
      at = end < 0 ? text.length : end;
    } else if (isSpace(sign)) {
      result += text.slice(from, at);
      while (isSpace(text.charCodeAt(at))) at++;
      from = at;
    } else {
      at++;
    }
  }
  return result + text.slice(from);
}

/** Removes spaces at the ends of lines, and all but one of several blank lines. */
function trimmed(text: string): string {
  return text.replace(/[ \t\r]+\n/g, '\n').replace(/\n{3,}/g, '\n\n');
}

function withoutRepeats(text: string, seen: Passages): string {
  return text.replace(/\S[\s\S]*?(?=\n[ \t\r]*\n|\s*$)/g, (passage) => {
    if (passage.length < SHORTEST_REPEAT) return passage;
    if (seen.has(passage)) return noteFor(passage);
    seen.set(passage, true);
    return passage;
  });
}

function noteFor(passage: string): string {
  const beginning = passage.slice(0, QUOTED).replace(/\s+/g, ' ');
  return `[The same as the text above that begins with: ${beginning}]`;
}
