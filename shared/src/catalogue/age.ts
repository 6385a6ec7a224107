/** The age of prices. */

/** Days after which prices may be out of date: providers change some every month. */
export const STALE_AFTER = 60;

/** Whole days from a date (YYYY-MM-DD) to a moment; 0 for future dates. */
export function daysSince(date: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(`${date}T00:00:00Z`)) / 86_400_000));
}
