/**
 * Inside the program, money is an integer in nano-dollars (billionths of a dollar); decimal dollars exist only at the
 * edges. Rates are nano-dollars per token, which is dollars per million tokens times 1,000.
 */
import { shownCurrency } from './display/currency.ts';
import { NUMBER_STYLES } from './display/number-style.ts';
import type { Language } from './language.ts';
import type { Range } from './range.ts';

export const NANO_DOLLARS = 1_000_000_000;
/** The largest exact integer in a double is 9,007,199 dollars; larger amounts are refused. */
export const MAXIMUM_DOLLARS = 9_000_000;

const BRAND = Symbol.for('farthing.MoneyError');

/** An amount that cannot be represented exactly: not a finite number, negative, or above 9 million dollars. */
export class MoneyError extends Error {
  override readonly name = 'MoneyError';
  readonly [BRAND] = true;
}

export function isMoneyError(error: unknown): error is MoneyError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/**
 * Dollars per million tokens as nano-dollars per token. List prices have at most three decimals ($0.0375 is 37.5);
 * anything finer is rounded up to the thousandth, never down.
 *
 * @example nanoDollarsPerToken(2.5) // 2500
 */
export function nanoDollarsPerToken(dollarsPerMillion: number): number {
  refuse(dollarsPerMillion);
  const thousandths = dollarsPerMillion * 1_000_000;
  const nearest = Math.round(thousandths);
  // A double holds 0.0375 only approximately: the nearest thousandth is the listed price if it is that close.
  const exact = Math.abs(thousandths - nearest) < 1e-6 * Math.max(1, nearest) ? nearest : Math.ceil(thousandths);
  return exact / 1000;
}

/** Dollars per use as nano-dollars, to the thousandth like a token's rate. */
export function nanoDollarsPerUse(dollars: number): number {
  return nanoDollarsPerToken(dollars * 1_000_000);
}

/** Decimal dollars as integer nano-dollars, rounded to the nearest. */
export function nanoDollars(dollars: number): number {
  refuse(dollars);
  return Math.round(dollars * NANO_DOLLARS);
}

/** Decimal dollars, for JSON. */
export function toDollars(nanos: number): number {
  return nanos / NANO_DOLLARS;
}

/** True if an amount of nano-dollars is an integer and at most 9 million dollars. */
export function isExactAmount(nanos: number): boolean {
  return Number.isInteger(nanos) && nanos >= 0 && nanos <= MAXIMUM_DOLLARS * NANO_DOLLARS;
}

function refuse(dollars: number): void {
  if (dollars >= 0 && dollars <= MAXIMUM_DOLLARS) return;
  throw new MoneyError(
    `${dollars} is not an amount between $0 and $${MAXIMUM_DOLLARS.toLocaleString('en-US')}: larger sums are not exact.`,
  );
}

/** A range is shown as one figure if its bounds are within this fraction of the expectation. */
const NARROW = 0.1;

/** A range in words: `$0.0043`, `$0.002 to $0.009`, or `price unknown`; the basis is shown separately. */
export function formatMoney(range: Range | null, language: Language = 'en'): string {
  const { priceUnknown, between } = NUMBER_STYLES[language];
  if (range === null || range.basis === 'unknown') return priceUnknown;
  const isExact = range.low === range.high;
  if (isNarrow(range)) return formatDollars(range.expected, isExact ? 4 : 3, language);
  const low = formatDollars(range.low, 2, language);
  const high = formatDollars(range.high, 2, language);
  return low === high ? high : between(low, high);
}

/**
 * What a range is expected to be, which is what a reader wants to know first: `~$0.0043`, and without the mark if its bounds
 * are close.
 */
export function formatExpected(range: Range, language: Language = 'en'): string {
  if (isNarrow(range)) return formatMoney(range, language);
  return NUMBER_STYLES[language].roughly(roughDollars(range.expected, language));
}

/** The bounds of a range, as rough as what lies between them: `$0.0011 to $0.0096`; one figure if they are close. */
export function formatBounds(range: Range, language: Language = 'en'): string {
  if (isNarrow(range)) return formatMoney(range, language);
  return NUMBER_STYLES[language].between(roughDollars(range.low, language), roughDollars(range.high, language));
}

export function isNarrow(range: Range, share = NARROW): boolean {
  return range.high - range.low <= range.expected * share * 2;
}

const ROUGH_DIGITS = 2;

/** An amount of which no more than two digits are known: it may be twice as high. */
export function roughDollars(nanos: number, language: Language = 'en'): string {
  // The figure that is read is the one that is rounded.
  const { rate } = shownCurrency();
  return formatDollars(Number((nanos * rate).toPrecision(ROUGH_DIGITS)) / rate, ROUGH_DIGITS, language);
}

/**
 * An amount of nano-dollars in the currency that is shown, with its sign: two decimals from 1 up, at most four from 0.01 up,
 * and at most `digits` significant digits below. An amount above 0 never reads as zero.
 *
 * @example formatDollars(420_000) // '$0.00042'
 * @example formatDollars(420_000, 4, 'es') // '0,00042 $', with a no-break space
 */
export function formatDollars(nanos: number, digits = 4, language: Language = 'en'): string {
  const { rate } = shownCurrency();
  return NUMBER_STYLES[language].money(amountOf((nanos / NANO_DOLLARS) * rate, digits, language));
}

function amountOf(amount: number, digits: number, language: Language): string {
  if (amount === 0) return '0';
  if (amount >= 100) return formatCount(amount, language);
  if (amount >= 1) return decimal(amount.toFixed(2), 2, language);
  if (amount >= 0.01) return decimal(amount.toFixed(4), 2, language);
  return decimal(amount.toFixed(Math.min(digits - 1 - Math.floor(Math.log10(amount)), 12)), 0, language);
}

/** `1,240`, `about 1,240`, `900 to 1,400` or `size unknown`, without a unit. An inexact count says `about`. */
export function formatTokens(range: Range | null, language: Language = 'en'): string {
  const { sizeUnknown, about, between } = NUMBER_STYLES[language];
  if (range === null || range.basis === 'unknown') return sizeUnknown;
  if (range.low === range.high && range.basis !== 'assumed') return formatCount(range.expected, language);
  if (isNarrow(range, 0.25)) return about(formatCount(range.expected, language));
  return between(formatCount(range.low, language), formatCount(range.high, language));
}

/** A whole number with separators: `128,000`. */
export function formatCount(count: number, language: Language = 'en'): string {
  const { groupSign, minDigitsToGroup } = NUMBER_STYLES[language];
  const digits = String(Math.round(count));
  return digits.length < minDigitsToGroup ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, groupSign);
}

/** Calls per month, abbreviated: `50k`, `1.2M`, `800`. */
export function formatVolume(calls: number, language: Language = 'en'): string {
  for (const [size, suffix] of NUMBER_STYLES[language].units) {
    if (calls >= size) return decimal((calls / size).toFixed(2), 0, language) + suffix;
  }
  return String(calls);
}

/** Without trailing zeros, but with at least `keep` decimals, and with the language's sign. */
function decimal(number: string, keep: number, language: Language): string {
  const [whole = '', fraction = ''] = number.split('.');
  const trimmed = fraction.replace(/0+$/, '').padEnd(keep, '0');
  return trimmed === '' ? whole : `${whole}${NUMBER_STYLES[language].decimalSign}${trimmed}`;
}
