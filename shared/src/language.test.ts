import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test.each([
  ['es', 'es'],
  ['es-MX', 'es'],
  ['ES_ar', 'es'],
  ['en-GB', 'en'],
  ['de', 'en'],
  ['est', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('the locale %s is answered in %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
