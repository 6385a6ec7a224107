/** Times on the command line: an age, or a date. */
import { calendarOf, isTimeZone } from '../windows/calendar.ts';
import { UsageError } from './io.ts';

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/**
 * Milliseconds since the epoch; a date without an offset is local time.
 *
 * @throws UsageError for anything else
 * @example parseTime('--since', '7d', new Date(), 'UTC')
 */
export function parseTime(option: string, text: string, now: Date, timeZone: string): number {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return now.getTime() - Number(count) * (UNITS[unit] as number);
  const isDate = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.test(text);
  const isLocal = !/(Z|[+-]\d\d:\d\d)$/.test(text);
  const time = isDate ? Date.parse(isLocal && text.includes('T') ? `${text}Z` : text) : Number.NaN;
  if (!Number.isNaN(time)) return isLocal ? calendarOf(timeZone).momentOf(time) : time;
  throw new UsageError(
    `${option}: "${text}" is not a valid time. Use 30m, 12h, 7d or 4w, or a date such as 2026-11-01.`,
  );
}

/** @throws UsageError for a name that is not a time zone */
export function parseTimeZone(name: string): string {
  if (isTimeZone(name)) return name;
  throw new UsageError(`--time-zone: "${name}" is not a known time zone. Use a name such as Europe/Berlin.`);
}
