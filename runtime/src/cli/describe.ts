/** Figures in the report's wording. */
import { formatCount } from '@farthing/shared/money';
import { calendarOf } from '../windows/calendar.ts';

export function percent(part: number, whole: number): string {
  const share = (part / whole) * 100;
  return `${share > 0 && share < 1 ? share.toFixed(1) : Math.round(share)}%`;
}

export function duration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `2026-11-20 08:00`, in local time. */
export function minute(at: number | null, timeZone: string): string {
  if (at === null) return '';
  return new Date(at + calendarOf(timeZone).offsetAt(at)).toISOString().slice(0, 16).replace('T', ' ');
}

export function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
}
