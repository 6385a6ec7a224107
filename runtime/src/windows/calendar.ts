/**
 * Local time in any time zone, from the platform's time-zone data (`Intl`). Local times are numbers like moments:
 * milliseconds from 1970-01-01T00:00 as the local clock shows it.
 */

const DAY = 86_400_000;
const SECOND = 1000;

export interface Calendar {
  /** Milliseconds by which local time is ahead of UTC at a moment. */
  readonly offsetAt: (time: number) => number;
  /** The local date of a moment, in days since 1970-01-01. */
  readonly dayAt: (time: number) => number;
  /**
   * The moment at which the local clock shows a time. If it shows it twice, the first; if it skips it, the moment at which
   * the clock goes forward.
   */
  readonly momentOf: (local: number) => number;
  /** The first moment of a local date. */
  readonly startOf: (day: number) => number;
}

const UTC: Calendar = {
  offsetAt: () => 0,
  dayAt: (time) => Math.floor(time / DAY),
  momentOf: (local) => local,
  startOf: (day) => day * DAY,
};

/** Formatters are slow to create, and an application uses few zones. */
const calendars = new Map<string, Calendar>([['UTC', UTC]]);

/** @throws RangeError for a time zone that the platform does not know */
export function calendarOf(timeZone: string): Calendar {
  const known = calendars.get(timeZone);
  if (known !== undefined) return known;
  const calendar = createCalendar(timeZone);
  calendars.set(timeZone, calendar);
  return calendar;
}

export function isTimeZone(name: string): boolean {
  try {
    calendarOf(name);
    return true;
  } catch {
    return false;
  }
}

function createCalendar(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

  const offsetAt = (time: number): number => {
    const whole = Math.floor(time / SECOND) * SECOND;
    const fields = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of format.formatToParts(whole))
      if (type in fields) Object.assign(fields, { [type]: Number(value) });
    const { year, month, day, hour, minute, second } = fields;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };

  const momentOf = (local: number): number => {
    // No zone is a whole day away from UTC, and none changes its offset twice within two days.
    const [before, after] = [offsetAt(local - DAY), offsetAt(local + DAY)];
    const found = [before, after].map((offset) => local - offset).filter((time) => time + offsetAt(time) === local);
    return found.length > 0 ? Math.min(...found) : changeBetween(local - DAY, local + DAY, after);
  };

  return {
    offsetAt,
    dayAt: (time) => Math.floor((time + offsetAt(time)) / DAY),
    momentOf,
    startOf: (day) => momentOf(day * DAY),
  };

  /** The first moment with an offset, between two moments if the offset changes once between them. */
  function changeBetween(from: number, to: number, offset: number): number {
    let [before, since] = [from, to];
    while (since - before > 1) {
      const middle = Math.floor((before + since) / 2);
      if (offsetAt(middle) === offset) since = middle;
      else before = middle;
    }
    return since;
  }
}

/** `2026-11-30T00:00+01:00 Europe/Berlin`, to the minute; `2026-11-30T00:00Z` in UTC. */
export function formatMoment(time: number, timeZone = 'UTC'): string {
  const offset = calendarOf(timeZone).offsetAt(time);
  const local = isoMinute(time + offset);
  if (timeZone === 'UTC') return `${local}Z`;
  const sign = offset < 0 ? '-' : '+';
  return `${local}${sign}${isoMinute(Math.abs(offset)).slice(-5)} ${timeZone}`;
}

function isoMinute(time: number): string {
  return new Date(time).toISOString().slice(0, 16);
}
