/** A warning about prices that have not been checked for a long time: budgets may count too little. */
import { daysSince, STALE_AFTER } from '@farthing/shared/catalogue/age';

/** By which `node --disable-warning=` switches it off. */
const CODE = 'FARTHING_STALE_PRICES';

let hasWarned = false;

/**
 * Warns once in a process.
 *
 * @param date YYYY-MM-DD: when the prices in use were last checked
 */
export function warnOfAge(date: string, now: Date): void {
  const days = daysSince(date, now);
  if (hasWarned || days <= STALE_AFTER) return;
  hasWarned = true;
  process.emitWarning(
    `The prices that calls are counted by were last checked ${days} days ago (${date}). Update @farthing/runtime, or name a newer table: createMeter({ priceTable: { from: 'prices.json' } }), a file or an https address.`,
    { type: 'FarthingWarning', code: CODE },
  );
}
