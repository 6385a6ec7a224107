/** A question as sentences of tokens. Words can have partners with another spelling; all other tokens are literal. */
import type { Language } from './language.ts';
import { numberOf } from './numbers.ts';

export interface Token {
  /** `name`: capitalised, or with characters that ordinary words do not have: versions, paths, acronyms. */
  readonly kind: 'word' | 'name' | 'number' | 'quote' | 'symbol';
  /** What is compared: in lower case for words, by value for numbers, and as written for all others. */
  readonly key: string;
  /** True for a word that is capitalised only because it opens a sentence: it may be a name. */
  readonly mayBeName: boolean;
  /** The article before it, which is not a token of its own where it is compared. */
  readonly article?: string | undefined;
}

/** The parts between commas. */
export type Clause = readonly Token[];

export interface Sentence {
  readonly clauses: readonly Clause[];
  readonly isQuestion: boolean;
}

export function word(key: string, mayBeName = false): Token {
  return { kind: 'word', key, mayBeName };
}

const QUOTED = /“[^”]*”|"[^"]*"|«[^»]*»|`[^`]*`|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/u;
const NUMBER = /-?\d+(?:[.,]\d+)*(?![\p{L}\p{N}_]|[./:-]\d)/u;
/** Letters and digits, with the signs that join them in identifiers, dates, paths, addresses and compounds. */
const WRITTEN = /[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_]|['’./@:\\#&+-](?=[\p{L}\p{N}_])|[#+]+(?![\p{L}\p{N}]))*/u;
const END = /[.?!]+/u;
const TOKEN = new RegExp(
  `(?<quote>${QUOTED.source})|(?<number>${NUMBER.source})|(?<written>${WRITTEN.source})|(?<end>${END.source})|(?<comma>,)|(?<symbol>[^\\s¿¡])`,
  'gu',
);

export function sentencesOf(text: string, language: Language): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let clauses: Token[][] = [[]];
  const close = (isQuestion: boolean): void => {
    const written = clauses.filter((clause) => clause.length > 0);
    if (written.length > 0) sentences.push({ clauses: written, isQuestion });
    clauses = [[]];
  };
  for (const { groups = {} } of text.matchAll(TOKEN)) {
    const clause = clauses.at(-1) ?? [];
    if (groups.end !== undefined) close(groups.end.includes('?'));
    else if (groups.comma !== undefined) clauses.push([]);
    else if (groups.quote !== undefined) clause.push(literal('quote', groups.quote.slice(1, -1)));
    else if (groups.symbol !== undefined) clause.push(literal('symbol', groups.symbol));
    else if (groups.number !== undefined) clause.push(literal('number', language.digits(groups.number)));
    else if (groups.written !== undefined) {
      const isFirst = clauses.length === 1 && clause.length === 0;
      clause.push(...tokensOf(groups.written.replaceAll('’', "'"), isFirst, language));
    }
  }
  close(false);
  return sentences;
}

function literal(kind: Token['kind'], key: string): Token {
  return { kind, key, mayBeName: false };
}

function tokensOf(written: string, isFirst: boolean, language: Language): readonly Token[] {
  // `5pm`, `300km`: a number and its unit.
  const [, digits, unit = ''] = /^(\d+(?:[.,]\d+)?)(\p{L}+)$/u.exec(written) ?? [];
  if (digits !== undefined && language.units.has(unit.toLowerCase())) {
    return [literal('number', language.digits(digits)), ...tokensOf(unit, false, language)];
  }
  const lower = written.toLowerCase();
  const expanded = language.expand(lower);
  const isCapitalised = /^\p{Lu}/u.test(written);
  if (expanded !== null && (isFirst || !isCapitalised || lower.startsWith("i'")))
    return expanded.map((key) => word(key));
  if (language.weekdays.has(lower)) return [word(lower)];
  if (isName(written, isFirst)) return [unitOf(written, language) ?? literal('name', written)];
  // `gluten-free` and `gluten free` are the same words.
  return lower.split('-').flatMap((key, index) => {
    const value = numberOf(key, language);
    return value === null ? [word(key, index === 0 && isCapitalised)] : [literal('number', value)];
  });
}

/** `MB` is a unit and `Mb` another one: capitals count. */
function unitOf(written: string, { unitNames }: Language): Token | null {
  const unit = unitNames.get(written);
  return unit === undefined ? null : word(unit);
}

function isName(written: string, isFirst: boolean): boolean {
  if (written === 'I') return false;
  if (!/^[\p{L}\p{M}'-]+$/u.test(written)) return true;
  return isFirst ? /\p{Lu}/u.test(written.slice(1)) : /\p{Lu}/u.test(written);
}
