/** Formats dollars of a report: the rest of the program counts in nano-dollars. */
import type { Language } from '@farthing/shared/language';
import { formatDollars, formatMoney, NANO_DOLLARS } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';

export function formatDollarRange({ low, expected, high, basis }: Range, language: Language = 'en'): string {
  const nanos = { low: low * NANO_DOLLARS, expected: expected * NANO_DOLLARS, high: high * NANO_DOLLARS, basis };
  return formatMoney(nanos, language);
}

/** What is certain of a cost whose rest is unknown. */
export function formatLeast({ low }: Range, language: Language): string {
  return formatDollars(low * NANO_DOLLARS, 2, language);
}
