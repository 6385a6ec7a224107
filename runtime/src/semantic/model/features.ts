/** What the model sees of two questions that the rules leave open. */
import type { OpenPair } from '../judge/judge.ts';
import { isAboutWords, type LanguageName } from '../judge/language.ts';
import { LANGUAGES } from '../judge/languages/languages.ts';
import type { Token } from '../judge/tokens.ts';
import { type Change, changeOf } from './changes.ts';
import { alignmentOf } from './edits.ts';
import { classOf } from './word-classes.ts';

export interface Features {
  readonly values: ReadonlyMap<string, number>;
  /** Those without which nothing is known of the pair: of each word that only one question has. */
  readonly required: readonly string[];
}

/** More changes than these make another question. */
const MAX_CHANGES = 3;

/** Null if the questions must not be taken for the same, whatever the weights are. */
export function featuresOf(open: readonly OpenPair[], language: LanguageName, similarity: number): Features | null {
  const values = new Map<string, number>();
  const required: string[] = [];
  const add = (name: string, value = 1): void => void values.set(name, (values.get(name) ?? 0) + value);
  let [partners, words, changed] = [0, 0, 0];
  for (const pair of open) {
    if (isAboutWords({ kind: pair.kind, tokens: [...pair.one, ...pair.other] }, LANGUAGES[language])) return null;
    const alignment = alignmentOf(pair);
    if (alignment === null || alignment.partners === 0) return null;
    partners += 2 * alignment.partners;
    words += pair.one.length + pair.other.length;
    const changes = alignment.edits.map((edit) => changeOf(edit, pair, language));
    if (hasMoved(changes)) return null;
    for (const change of changes) {
      if (change === null) return null;
      changed++;
      addWords(change, language, add, required);
    }
  }
  if (words === 0 || changed > MAX_CHANGES) return null;
  add('similarity', similarity);
  add('partners', partners / words);
  add('few partners', 1 / partners);
  add('changes', changed);
  return { values, required };
}

/** True if a word that is missing in one place is extra in another. */
function hasMoved(changes: readonly (Change | null)[]): boolean {
  const keys = changes.flatMap((change) =>
    change === null ? [] : [...new Set([...change.fewer, ...change.more].map(({ key }) => key))],
  );
  return new Set(keys).size < keys.length;
}

function addWords(
  { forms, fewer, more, place }: Change,
  language: LanguageName,
  add: (name: string) => void,
  required: string[],
): void {
  const learned = (name: string): void => {
    add(name);
    required.push(name);
  };
  for (const form of forms) {
    add('form');
    learned(`${language} form ${form}`);
  }
  if (more.length === 0) return;
  const classes = (tokens: readonly Token[]): string => tokens.map(({ key }) => classOf(key, language)).join(' ');
  const texts = (tokens: readonly Token[]): string => tokens.map(({ key }) => key).join(' ');
  if (fewer.length === 0) {
    add(`${place} extra ${classes(more)}`);
    add(`${language} ${place} extra ${texts(more)}`);
    for (const { key } of more) learned(`${language} ${place} ${key}`);
  } else {
    add(`swap ${[classes(fewer), classes(more)].sort().join(' / ')}`);
    learned(`${language} swap ${[texts(fewer), texts(more)].sort().join(' / ')}`);
  }
}
