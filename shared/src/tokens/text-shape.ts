/** The properties of a text on which tokenizers differ: its scripts, long words, digits, symbols and lines. */

export const SCRIPTS = ['latin', 'accented', 'cjk', 'other'] as const;
/** `accented`: Latin letters with accents. `other`: alphabets for which vocabularies differ most (Cyrillic, Arabic, Indic, Thai, ...). */
export type Script = (typeof SCRIPTS)[number];

export interface TextShape {
  /** Shares by script; they add up to 1. */
  readonly scripts: Readonly<Record<Script, number>>;
  /** Words of eight letters or more: one token in a large vocabulary, two in a small one. */
  readonly longWords: number;
  /** Additional tokens if each digit is a separate token, instead of three together. */
  readonly splitDigits: number;
  readonly symbols: number;
  /** Line breaks; a run of them counts once. */
  readonly lineBreaks: number;
}

/** Long texts are judged by their beginning, because the mix of a prompt rarely changes. */
const SAMPLE = 20_000;
/** English prose has few accents (0.1% of letters); Spanish has 2 to 4%, French and German more. */
const ACCENTED_SHARE = 0.01;
/** UTF-16 units per token of English, and of another alphabet. */
const LATIN_UNITS = 4.5;
const SCRIPT_UNITS = 3;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const OTHER_LETTER =
  /(?![\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])\p{L}/gu;
const BEYOND_LATIN = /[\u0370-\uffff]/;
const ACCENTED = /[\u00c0-\u024f]/g;
const LETTER = /\p{L}/gu;
const LONG_WORD = /\p{L}{8,}/gu;
const DIGITS = /\d+/g;
const SYMBOL = /[^\p{L}\p{N}\s]/gu;
const LINE_BREAKS = /\n+/g;

export function textShape(text: string): TextShape {
  const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
  const scale = text.length / Math.max(1, sample.length);
  return {
    scripts: scriptsOf(sample),
    longWords: scale * matches(sample, LONG_WORD),
    splitDigits: scale * splitDigits(sample),
    symbols: scale * matches(sample, SYMBOL),
    lineBreaks: scale * matches(sample, LINE_BREAKS),
  };
}

function scriptsOf(sample: string): Record<Script, number> {
  const shares = { latin: 0, accented: 0, cjk: 0, other: 0 };
  let rest = 1;
  if (BEYOND_LATIN.test(sample)) {
    // A Chinese character has about as many tokens as five letters of English.
    const cjk = matches(sample, CJK);
    const letters = matches(sample, OTHER_LETTER);
    const other = letters / SCRIPT_UNITS;
    const total = cjk + other + Math.max(0, sample.length - cjk - letters) / LATIN_UNITS;
    shares.cjk = cjk / total;
    shares.other = other / total;
    rest = 1 - shares.cjk - shares.other;
  }
  const isAccented = matches(sample, ACCENTED) > matches(sample, LETTER) * ACCENTED_SHARE;
  shares[isAccented ? 'accented' : 'latin'] = rest;
  return shares;
}

function splitDigits(sample: string): number {
  let more = 0;
  for (const [run] of sample.matchAll(DIGITS)) more += run.length - Math.ceil(run.length / 3);
  return more;
}

function matches(text: string, pattern: RegExp): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.exec(text) !== null) count++;
  return count;
}
