/** Numbers in words and digits, as one text for one value. */
import type { Language } from './language.ts';

/** Null for a word that is not a number. */
export function numberOf(word: string, { numbers }: Language): string | null {
  const value = numbers.get(word);
  return value === undefined ? null : String(value);
}

/**
 * One text for one value: without group separators. A text that is not plainly one number, such as a version or a date,
 * stays as it is.
 */
export function plainDigits(written: string, group: ',' | '.', decimal: '.' | ','): string {
  const grouped = new RegExp(`^-?\\d{1,3}(?:\\${group}\\d{3})+(?:\\${decimal}\\d+)?$`);
  const simple = new RegExp(`^-?\\d+(?:\\${decimal}\\d+)?$`);
  if (grouped.test(written)) return written.replaceAll(group, '').replace(decimal, '.');
  return simple.test(written) ? written.replace(decimal, '.') : written;
}
