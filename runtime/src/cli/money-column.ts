/**
 * Amounts of one column, with as many decimals as its largest one, so that they line up and can be read at a glance.
 */
import { NANO_DOLLARS } from '@farthing/shared/money';

/** @param nanos all amounts of the column */
export function moneyFormat(nanos: readonly number[]): (amount: number) => string {
  const largest = Math.max(0, ...nanos.map(Math.abs)) / NANO_DOLLARS;
  // If the largest amount is below a cent, three significant digits are shown.
  const decimals = largest >= 100 ? 0 : largest >= 1 ? 2 : largest >= 0.01 ? 4 : Math.min(9, digitsBehind(largest) + 3);
  const least = 10 ** -decimals;
  const written = (dollars: number): string =>
    `$${dollars.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;
  return (amount) => {
    if (amount === 0) return '$0';
    const dollars = Math.abs(amount) / NANO_DOLLARS;
    const sign = amount < 0 ? '-' : '';
    // An amount above zero never reads as zero.
    if (dollars < least / 2) return `${sign}<${written(least)}`;
    return `${sign}${written(dollars)}`;
  };
}

/** Zeros between the decimal point and the first digit. */
function digitsBehind(dollars: number): number {
  return dollars === 0 ? 0 : Math.max(0, -Math.floor(Math.log10(dollars)) - 1);
}
