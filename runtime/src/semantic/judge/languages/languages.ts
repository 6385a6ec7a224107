import type { Language, LanguageName } from '../language.ts';
import { english } from './english.ts';
import { spanish } from './spanish.ts';

export const LANGUAGES: Readonly<Record<LanguageName, Language>> = { en: english, es: spanish };
