import { framesOf } from './frames.ts';
import type { LanguageName } from './language.ts';

/** The form in which the judge compares a question: wordings with the same signature are the same question. */
export function signatureOf(text: string, language: LanguageName): string {
  const frames = framesOf(text, language);
  return JSON.stringify(frames.map(({ kind, tokens }) => [kind, ...tokens.map(({ key }) => key.toLowerCase())]));
}
