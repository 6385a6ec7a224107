/** The languages of findings. Terminals and reports are in English; an editor asks for its own. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A text in every language. */
export type Localised = Readonly<Record<Language, string>>;

/**
 * The language for a locale, or English if it is not supported.
 *
 * @example languageOf('es-MX') // 'es'
 */
export function languageOf(locale: string | undefined): Language {
  const [primary] = (locale ?? '').toLowerCase().split(/[-_]/);
  return LANGUAGES.find((language) => language === primary) ?? 'en';
}
