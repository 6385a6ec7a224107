/** Decimal dollars in words: `$0.0114`, `$0.00042`, `$215`, `$1,240`. */

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** From $100 whole dollars, from $1 cents, below that three significant digits, and from one cent at least two decimals. */
export function formatDollars(dollars: number): string {
  if (dollars >= 100) return `$${whole.format(dollars)}`;
  if (dollars >= 1 || dollars === 0) return `$${cents.format(dollars)}`;
  const digits = Math.min(12, 2 - Math.floor(Math.log10(dollars)));
  const text = dollars.toFixed(digits).replace(/0+$/, '');
  const decimals = text.length - text.indexOf('.') - 1;
  return `$${decimals < 2 ? dollars.toFixed(2) : text}`;
}
