/** The texts about calls and their costs in every language. Reports are in English; an editor gets its own language. */
import type { Language } from '@farthing/shared/language';
import { en } from './en.ts';
import { es } from './es.ts';
import type { Messages } from './messages.ts';

const MESSAGES: Readonly<Record<Language, Messages>> = { en, es };

export function messagesIn(language: Language): Messages {
  return MESSAGES[language];
}
