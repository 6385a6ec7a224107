/** Tokens that a provider's cache could hold, and what they cost with it and without. */
import type { Model, Price } from '@farthing/shared/catalogue/catalogue';
import { priceAt } from '@farthing/shared/cost';
import { NUMBER_STYLES } from '@farthing/shared/display/number-style';
import type { Language } from '@farthing/shared/language';
import { formatCount, formatDollars } from '@farthing/shared/money';
import type { Range } from '@farthing/shared/range';
import type { LlmCall } from '../../calls/call.ts';

/** Nano-dollars per token. */
export type CacheRates = Pick<Price, 'input' | 'cacheRead' | 'cacheWrite'>;

export function ratesOf(call: LlmCall, model: Model): CacheRates {
  const { input, cacheRead, cacheWrite } = priceAt(model, call.tokens.input.expected);
  return { input, cacheRead, cacheWrite };
}

/** Token counts of a prompt are accurate to two digits at best, and so are amounts computed from them. */
const DIGITS = 2;

/** The tokens at both rates, and by how many percent a first use costs more; null if the cache rate is unknown. */
export function costsOf(
  { expected }: Range,
  { input, cacheRead, cacheWrite }: CacheRates,
  language: Language = 'en',
): { readonly full: string; readonly cached: string; readonly premium: number } | null {
  if (input === null || cacheRead === null || cacheRead >= input) return null;
  return {
    full: formatDollars(expected * input, DIGITS, language),
    cached: formatDollars(expected * cacheRead, DIGITS, language),
    premium: cacheWrite === null ? 0 : Math.round((cacheWrite / input - 1) * 100),
  };
}

/** `3,180`, or `about 3,180` if the count is not exact. */
export function countOf({ low, expected, high }: Range, language: Language = 'en'): string {
  const count = formatCount(expected, language);
  return low === high ? count : NUMBER_STYLES[language].about(count);
}
