/** A text in the form in which it is compared. */
import { LRUCache } from 'lru-cache';
import type { Frame, LanguageName } from './language.ts';
import { LANGUAGES } from './languages/languages.ts';
import { frameOf } from './sentence.ts';
import { sentencesOf } from './tokens.ts';

/** One question is compared with several stored ones, and these come again with other questions. */
const MAX_REMEMBERED = 1000;
/** Characters of a text; longer ones are seldom compared. */
const MAX_LENGTH = 500;
const remembered = new LRUCache<string, readonly Frame[]>({ max: MAX_REMEMBERED });

/** One frame for each sentence that says something. */
export function framesOf(text: string, language: LanguageName): readonly Frame[] {
  const key = `${language} ${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const rules = LANGUAGES[language];
  const frames = sentencesOf(text.normalize('NFC'), rules)
    .map((sentence) => frameOf(sentence, rules))
    .filter((frame) => frame !== null);
  if (text.length <= MAX_LENGTH) remembered.set(key, frames);
  return frames;
}
