/** A text in the form in which it is compared. */
import type { Frame, LanguageName } from './language.ts';
import { LANGUAGES } from './languages/languages.ts';
import { frameOf } from './sentence.ts';
import { sentencesOf } from './tokens.ts';

/** One frame for each sentence that says something. */
export function framesOf(text: string, language: LanguageName): readonly Frame[] {
  const rules = LANGUAGES[language];
  return sentencesOf(text.normalize('NFC'), rules)
    .map((sentence) => frameOf(sentence, rules))
    .filter((frame) => frame !== null);
}
