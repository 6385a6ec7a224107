/** Token counts as ranges, for every tokenizer family, behind one function. */
import type { TokenizerFamily } from '../catalogue/catalogue.ts';
import { exactly, type Range } from '../range.ts';
import { countCl100k, countO200k } from './encode.ts';
import { FAMILY_FACTORS, TEXT_KINDS, type TextKind } from './families.ts';

/**
 * Tokens of a literal text. Exact (basis `literal`) for OpenAI's vocabularies; for any other family the o200k count
 * times the family's ratio for the mix of scripts in the text, as a range with basis `assumed`.
 *
 * @example countTokens('Hello, world', 'o200k') // { low: 3, expected: 3, high: 3, basis: 'literal' }
 */
export function countTokens(text: string, family: TokenizerFamily): Range {
  if (text === '') return exactly(0, 'literal');
  if (family === 'cl100k') return exactly(countCl100k(text), 'literal');
  const base = countO200k(text);
  if (family === 'o200k') return exactly(base, 'literal');
  const { ratio, spread } = FAMILY_FACTORS[family];
  const shares = textKinds(text);
  let expected = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (const kind of TEXT_KINDS) {
    expected += shares[kind] * ratio[kind];
    if (shares[kind] === 0) continue;
    lowest = Math.min(lowest, ratio[kind]);
    highest = Math.max(highest, ratio[kind]);
  }
  return {
    low: Math.max(1, Math.floor(base * lowest * (1 - spread.below))),
    expected: Math.max(1, Math.round(base * expected)),
    high: Math.ceil(base * highest * (1 + spread.above)),
    basis: 'assumed',
  };
}

/** Long texts are judged by their beginning: the mix of a prompt rarely changes on the way. */
const SAMPLE = 20_000;
/** English prose has few accents (0.1% of letters); Spanish has 2 to 4%, French and German more. */
const ACCENTED_SHARE = 0.01;
/** Brackets, quotes, operators and indentation: 5% of prose, 15% and more of code and JSON. */
const SYMBOL_SHARE = 0.1;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const ACCENTED = /[\u00c0-\u024f]/g;
const LETTER = /\p{L}/gu;
const SYMBOL = /[{}[\]()<>=;:"'`_/\\|&$#@*+]/g;

/** Shares of the kinds of text, together 1. The non-CJK rest counts as the one kind that it looks most like. */
function textKinds(text: string): Record<TextKind, number> {
  const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
  const letters = matches(sample, LETTER);
  // A Chinese character is about as many tokens as five letters of English.
  const cjkTokens = matches(sample, CJK);
  const otherTokens = Math.max(0, sample.length - cjkTokens) / 4.5;
  const cjk = cjkTokens === 0 ? 0 : cjkTokens / (cjkTokens + otherTokens);
  const isAccented = matches(sample, ACCENTED) > letters * ACCENTED_SHARE;
  const isCode = matches(sample, SYMBOL) > sample.length * SYMBOL_SHARE;
  const rest: TextKind = isCode ? 'code' : isAccented ? 'otherLatin' : 'english';
  return { english: 0, code: 0, otherLatin: 0, [rest]: 1 - cjk, cjk };
}

function matches(text: string, pattern: RegExp): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.exec(text) !== null) count++;
  return count;
}
