/** Selects the listed price that applies at a moment. */
import type { ListedHours, ListedPrice } from './price-table.ts';

export interface Moment {
  /** YYYY-MM-DD, in UTC. */
  readonly day: string;
  /** Minutes since midnight in UTC; null if it is unknown when the call will run. */
  readonly minute: number | null;
}

/** @param isTimed false for code that may run at any time of day */
export function momentOf(now: Date, isTimed: boolean): Moment {
  const minute = isTimed ? now.getUTCHours() * 60 + now.getUTCMinutes() : null;
  return { day: now.toISOString().slice(0, 10), minute };
}

/**
 * Null if none applies: not yet, or no longer. Without a time of day, the rates that apply for most of it are used.
 */
export function currentPrice(prices: readonly ListedPrice[], moment: Moment): ListedPrice | null {
  let current: ListedPrice | null = null;
  for (const price of prices) if (price.from === undefined || price.from <= moment.day) current = price;
  if (current === null || (current.until !== undefined && current.until < moment.day)) return null;
  const hours = current.hours?.find((part) => holds(part, moment));
  if (hours === undefined) return current;
  const { from: _from, to: _to, weekdays: _weekdays, ...rates } = hours;
  return { ...current, ...rates };
}

/** The last day of the current price: announced, or the day before the next price begins. Null if no end is known. */
export function lastDay(prices: readonly ListedPrice[], moment: Moment): string | null {
  const current = currentPrice(prices, moment);
  if (current === null || current.until !== undefined) return current?.until ?? null;
  const next = prices.find(({ from }) => from !== undefined && from > moment.day)?.from;
  if (next === undefined) return null;
  return new Date(Date.parse(`${next}T00:00:00Z`) - DAY * 60_000).toISOString().slice(0, 10);
}

const DAY = 24 * 60;

function holds({ from, to, weekdays = false }: ListedHours, { day, minute }: Moment): boolean {
  const start = minutes(from);
  const length = (minutes(to) - start + DAY) % DAY;
  if (minute === null) return length > DAY / 2;
  const isWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  return !(weekdays && isWeekend) && (minute - start + DAY) % DAY < length;
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
