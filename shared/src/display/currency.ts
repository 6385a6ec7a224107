/**
 * The currency in which a person reads amounts. Money stays in nano-dollars inside, and in dollars in every format for
 * programs; only words and tables for people are converted, at a rate that the user states. Nothing is ever fetched.
 *
 * It is one setting of the whole process, like a locale: one reader reads all that a process prints.
 */
export interface Currency {
  /** As in ISO 4217: `EUR`. */
  readonly code: string;
  /** Units for one dollar. */
  readonly rate: number;
  /** YYYY-MM-DD: when the rate was looked up; null if nobody says it. */
  readonly asOf: string | null;
}

const DOLLARS: Currency = { code: 'USD', rate: 1, asOf: null };

let shown: Currency = DOLLARS;

/** @param currency null for dollars */
export function showAmountsIn(currency: Currency | null): void {
  shown = currency ?? DOLLARS;
}

export function shownCurrency(): Currency {
  return shown;
}

const SIGNS: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', BRL: 'R$' };

/** What stands beside an amount: a sign that belongs to one currency, else its code. */
export function currencySign(): string {
  return SIGNS[shown.code] ?? `${shown.code}\u00A0`;
}

/** `amounts in EUR at 0.92 for a dollar, as stated on 2026-11-01`; null for dollars. */
export function describeCurrency(): string | null {
  const { code, rate, asOf } = shown;
  if (code === 'USD') return null;
  return `amounts in ${code} at ${rate} for a dollar, as stated${asOf === null ? '' : ` on ${asOf}`}`;
}
