/** Phrases of one or more words, found in a list of tokens. The longest phrase wins. */
import type { Token } from './tokens.ts';

export type Phrase = readonly string[];

export interface PhraseTable<Value> {
  /** @param at where the phrase begins */
  readonly match: (tokens: readonly Token[], at?: number) => Match<Value> | null;
}

export interface Match<Value> {
  /** The number of words. */
  readonly length: number;
  readonly value: Value;
}

export function phraseTable<Value>(entries: readonly (readonly [Phrase, Value])[]): PhraseTable<Value> {
  const byFirstWord = new Map<string, (readonly [Phrase, Value])[]>();
  for (const entry of entries.toSorted(([one], [other]) => other.length - one.length)) {
    const first = plain(entry[0][0] ?? '');
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), entry]);
  }
  return {
    match: (tokens, at = 0) => {
      const first = tokens[at];
      if (first?.kind !== 'word') return null;
      const found = byFirstWord.get(plain(first.key))?.find(([phrase]) => isThere(tokens, at, phrase));
      return found === undefined ? null : { length: found[0].length, value: found[1] };
    },
  };
}

/** Phrases in one text, separated by `|`. */
export function phrases(text: string): readonly Phrase[] {
  return text.split('|').map((phrase) => phrase.trim().split(/\s+/));
}

/** Phrases that all mean the same. */
export function phraseList(text: string): PhraseTable<true> {
  return phraseTable(phrases(text).map((phrase) => [phrase, true]));
}

function isThere(tokens: readonly Token[], at: number, phrase: Phrase): boolean {
  return at + phrase.length <= tokens.length && phrase.every((key, index) => isSpelled(tokens[at + index], key));
}

/** Many writers leave accents out: a phrase that is written without them matches either way. */
function isSpelled(token: Token | undefined, key: string): boolean {
  return token?.kind === 'word' && (token.key === key || plain(token.key) === key);
}

function plain(key: string): string {
  return /^[a-z'-]*$/.test(key)
    ? key
    : key
        .normalize('NFD')
        .replace(/\u0301/g, '')
        .normalize('NFC');
}
