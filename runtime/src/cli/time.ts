/** Times on the command line: an age, or a date. */
import { UsageError } from './io.ts';

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/**
 * Milliseconds since the epoch; a date without a zone is in UTC.
 *
 * @throws UsageError for anything else
 * @example parseTime('--since', '7d', new Date())
 */
export function parseTime(option: string, text: string, now: Date): number {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return now.getTime() - Number(count) * (UNITS[unit] as number);
  const isDate = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const isLocal = /T[\d:.]+$/.test(text);
  const time = isDate ? Date.parse(isLocal ? `${text}Z` : text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(
    `${option}: "${text}" is not a valid time. Use 30m, 12h, 7d or 4w, or a date such as 2026-11-01.`,
  );
}
