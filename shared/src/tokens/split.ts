/**
 * How each encoding splits text before merging, as JavaScript regular expressions. The patterns are tiktoken's
 * `pat_str`, rewritten where the dialects differ: JavaScript's `\s` is not Unicode's White_Space (U+0085 and U+FEFF),
 * and Node 22 lacks `(?i:...)`, in which the long s U+017F also equals an `s`.
 */
import type { Encoding } from './ranks.ts';

const SPACE = '\\p{White_Space}';
const CONTRACTION = "'(?:[sS\\u017F]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])";
const UPPER = '\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}';
const LOWER = '\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}';
const PREFIX = '[^\\r\\n\\p{L}\\p{N}]?';

const PATTERNS: Readonly<Record<Encoding, string>> = {
  o200k: [
    `${PREFIX}[${UPPER}]*[${LOWER}]+(?:${CONTRACTION})?`,
    `${PREFIX}[${UPPER}]+[${LOWER}]*(?:${CONTRACTION})?`,
    '\\p{N}{1,3}',
    ` ?[^${SPACE}\\p{L}\\p{N}]+[\\r\\n/]*`,
    `${SPACE}*[\\r\\n]+`,
    `${SPACE}+(?!\\P{White_Space})`,
    `${SPACE}+`,
  ].join('|'),
  cl100k: [
    CONTRACTION,
    `${PREFIX}\\p{L}+`,
    '\\p{N}{1,3}',
    ` ?[^${SPACE}\\p{L}\\p{N}]+[\\r\\n]*`,
    `${SPACE}*[\\r\\n]+`,
    `${SPACE}+(?!\\P{White_Space})`,
    `${SPACE}+`,
  ].join('|'),
};

/** A fresh global pattern whose matches are the pieces of a text, in order and without gaps. */
export function pieces(encoding: Encoding): RegExp {
  return new RegExp(PATTERNS[encoding], 'gu');
}
