/** Where windows begin and end: the only definition, used by options, layers and all stores. */
import { LRUCache } from 'lru-cache';
import { calendarOf, isTimeZone } from './calendar.ts';

/** A calendar day, week or month, or a length in milliseconds, aligned to the epoch. There are no rolling windows. */
export type Window = 'day' | 'week' | 'month' | number;

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Windows that follow each other without a gap. */
export interface Period {
  /** The period of the cap: a calendar `day`, `week` or `month`, or a length in milliseconds. */
  readonly window: Window;
  /** The time zone of a calendar window, by its IANA name: `Europe/Berlin`. Default: `UTC`. */
  readonly timeZone?: string;
  /**
   * The day on which a `week` begins, such as `sunday`, or a `month`, from 1 to 31. A shorter month begins its window on
   * its last day. Default: Monday, and the 1st.
   */
  readonly startsOn?: Weekday | number;
}

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly Weekday[];

const DAY = 86_400_000;
/** 1970-01-01, day 0, was a Thursday. */
const EPOCH_WEEKDAY = WEEKDAYS.indexOf('thursday');

export interface WindowBounds {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

interface CalendarWindow extends WindowBounds {
  /** The edges of the window before it, its own, and that of the window after it. */
  readonly edges: string;
}

/** Periods come from options, so there are few: this only bounds the memory. */
const MAX_RECENT = 1000;
/** The last window that was found for each period: nearly every request falls into it. */
const recent = new LRUCache<string, CalendarWindow>({ max: MAX_RECENT });

/**
 * The window that a time lies in, in milliseconds since the epoch.
 *
 * @example windowAt({ window: 'month' }, Date.UTC(2026, 1, 14)) // 2026-02-01 to 2026-03-01
 */
export function windowAt(period: Period, time: number): WindowBounds {
  const { window } = period;
  if (typeof window === 'number') {
    const start = Math.floor(time / window) * window;
    return { start, end: start + window };
  }
  return calendarWindowAt(period, time);
}

/**
 * A period for a server, whose own clock picks the window: a length in milliseconds, or the edges of the window at a time
 * and of its neighbours. Servers therefore need no calendar. A server whose clock is outside of these windows says so.
 */
export function windowText(period: Period, time: number): string {
  return typeof period.window === 'number' ? String(period.window) : calendarWindowAt(period, time).edges;
}

function calendarWindowAt(period: Period, time: number): CalendarWindow {
  const name = `${period.window} ${period.startsOn} ${period.timeZone}`;
  const known = recent.get(name);
  if (known !== undefined && known.start <= time && time < known.end) return known;
  const { start, end } = boundsAt(period, time);
  const edges = [boundsAt(period, start - 1).start, start, end, boundsAt(period, end).end];
  const found = { start, end, edges: edges.join(',') };
  recent.set(name, found);
  return found;
}

function boundsAt(period: Period, time: number): WindowBounds {
  const calendar = calendarOf(period.timeZone ?? 'UTC');
  let first = firstDay(period, calendar.dayAt(time));
  for (;;) {
    const next = nextFirstDay(period, first);
    const [start, end] = [calendar.startOf(first), calendar.startOf(next)];
    // If the clock goes back over midnight, the old date repeats after its window has ended.
    if (time < end) return { start, end };
    first = next;
  }
}

/** The first day of the window that contains a day, both in days since 1970-01-01. */
function firstDay({ window, startsOn }: Period, day: number): number {
  if (window === 'day') return day;
  if (window === 'week') return day - modulo(day + EPOCH_WEEKDAY - weekdayIndex(startsOn), 7);
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const first = firstOfMonth(year, month, startsOn);
  return first <= day ? first : firstOfMonth(year, month - 1, startsOn);
}

function nextFirstDay({ window, startsOn }: Period, first: number): number {
  if (window === 'day') return first + 1;
  if (window === 'week') return first + 7;
  const date = new Date(first * DAY);
  return firstOfMonth(date.getUTCFullYear(), date.getUTCMonth() + 1, startsOn);
}

/** In a month that is too short for the day, the window begins on its last day. */
function firstOfMonth(year: number, month: number, startsOn: Period['startsOn']): number {
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(typeof startsOn === 'number' ? startsOn : 1, length)) / DAY;
}

function weekdayIndex(startsOn: Period['startsOn']): number {
  return typeof startsOn === 'string' ? WEEKDAYS.indexOf(startsOn) : 0;
}

function modulo(number: number, divisor: number): number {
  return ((number % divisor) + divisor) % divisor;
}

/** For messages: `day`, `week from sunday`, `month from day 15`, `3600 s`. */
export function describePeriod({ window, startsOn }: Period): string {
  if (typeof window === 'number') return `${window / 1000} s`;
  if (startsOn === undefined) return window;
  return `${window} from ${typeof startsOn === 'string' ? startsOn : `day ${startsOn}`}`;
}

/** What is wrong with a period, as a sentence that starts with the name of a member; null if it is valid. */
export function problemOf({ window, timeZone, startsOn }: Period): string | null {
  const isCalendar = window === 'day' || window === 'week' || window === 'month';
  if (!isCalendar && !(Number.isSafeInteger(window) && window > 0)) {
    return `window must be "day", "week", "month" or an integer number of milliseconds above 0; got ${window}.`;
  }
  if (timeZone !== undefined && !isCalendar) return 'timeZone needs a window that is "day", "week" or "month".';
  if (timeZone !== undefined && !isTimeZone(timeZone)) return `timeZone "${timeZone}" is not a known time zone.`;
  if (startsOn === undefined) return null;
  if (window === 'week') {
    if (WEEKDAYS.some((day) => day === startsOn)) return null;
    return 'startsOn must be a day of the week, such as "sunday", if the window is "week".';
  }
  if (window !== 'month') return 'startsOn needs a window that is "week" or "month".';
  if (Number.isInteger(startsOn) && Number(startsOn) >= 1 && Number(startsOn) <= 31) return null;
  return 'startsOn must be a day of the month, 1 to 31, if the window is "month".';
}
