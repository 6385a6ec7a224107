/** Volumes as people write them: `50k/month`, `1.5M`, `2000/day`. */

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000, b: 1_000_000_000 };
/** A month is 30 days, so that a daily volume stays an integer. */
const PERIODS: Readonly<Record<string, number>> = { month: 1, mo: 1, day: 30 };
const MAXIMUM = 1_000_000_000_000;

/**
 * Calls per month, or null if the text is not a volume: no number, a fraction of a call, or above 10^12.
 *
 * @example parseVolume('50k/month') // 50000
 */
export function parseVolume(volume: string | number): number | null {
  const match = /^\s*(\d[\d,_]*(?:\.\d+)?)\s*([kmb]?)\s*(?:(?:\/|per\s+)\s*(month|mo|day))?\s*$/i.exec(String(volume));
  if (match === null) return null;
  const [, digits = '', unit = '', period = 'month'] = match;
  const scale = (UNITS[unit.toLowerCase()] ?? 1) * (PERIODS[period.toLowerCase()] ?? 1);
  const exact = Number(digits.replace(/[,_]/g, '')) * scale;
  const calls = Math.round(exact);
  // 1.1k is 1100.0000000000002 as a double.
  const isWhole = Math.abs(exact - calls) < 1e-6;
  return isWhole && calls <= MAXIMUM ? calls : null;
}
