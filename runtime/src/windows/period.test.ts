/** Windows in the world's calendars: each expectation is written with its own offset from UTC. */
import { expect, test } from 'vitest';
import { formatMoment } from './calendar.ts';
import { describePeriod, type Period, problemOf, windowAt, windowText } from './period.ts';

const HOUR = 3_600_000;

function windowOf(period: Period, moment: string): string {
  const { start, end } = windowAt(period, Date.parse(moment));
  return `${formatMoment(start, period.timeZone)} to ${formatMoment(end, period.timeZone)}`;
}

const hours = (period: Period, moment: string): number => {
  const { start, end } = windowAt(period, Date.parse(moment));
  return (end - start) / HOUR;
};

test('a day in Berlin begins at its own midnight, and has 23 or 25 hours where the clock is changed', () => {
  const day = { window: 'day', timeZone: 'Europe/Berlin' } as const;
  expect(windowOf(day, '2026-03-28T23:30Z')).toBe(
    '2026-03-29T00:00+01:00 Europe/Berlin to 2026-03-30T00:00+02:00 Europe/Berlin',
  );
  expect(hours(day, '2026-03-29T12:00Z')).toBe(23);
  expect(hours(day, '2026-10-25T00:30Z')).toBe(25);
  // The hour from 2 to 3 comes twice, and both are the same day's.
  expect(windowOf(day, '2026-10-25T01:30Z')).toBe(windowOf(day, '2026-10-25T00:30Z'));
  expect(hours(day, '2026-06-01T12:00Z')).toBe(24);
});

test('where midnight is left out, the day begins when the clock is put forward', () => {
  const day = { window: 'day', timeZone: 'America/Sao_Paulo' } as const;
  expect(windowOf(day, '2018-11-04T12:00Z')).toBe(
    '2018-11-04T01:00-02:00 America/Sao_Paulo to 2018-11-05T00:00-02:00 America/Sao_Paulo',
  );
  expect(hours(day, '2018-11-04T12:00Z')).toBe(23);
  // At midnight the clock was put back to 23:00: that hour is still the Saturday's.
  expect(hours(day, '2018-02-18T02:30Z')).toBe(25);
  // Summer time was given up in 2019.
  expect(windowOf(day, '2026-11-29T02:59Z')).toBe(
    '2026-11-28T00:00-03:00 America/Sao_Paulo to 2026-11-29T00:00-03:00 America/Sao_Paulo',
  );
});

test('where midnight comes twice, the day begins with the first', () => {
  const day = { window: 'day', timeZone: 'America/Havana' } as const;
  expect(windowOf(day, '2026-11-01T12:00Z')).toBe(
    '2026-11-01T00:00-04:00 America/Havana to 2026-11-02T00:00-05:00 America/Havana',
  );
  // In Newfoundland the clock went back from 0:01 to 23:01 until 2011: what comes again belongs to the new day.
  const old = { window: 'day', timeZone: 'America/St_Johns' } as const;
  const again = Date.parse('2010-11-07T02:45Z');
  expect(windowAt(old, again)).toEqual(windowAt(old, Date.parse('2010-11-07T12:00Z')));
});

test('half hours, offsets above 12 hours, and a date that an island left out', () => {
  expect(windowOf({ window: 'day', timeZone: 'Asia/Kolkata' }, '2026-05-17T18:29Z')).toBe(
    '2026-05-17T00:00+05:30 Asia/Kolkata to 2026-05-18T00:00+05:30 Asia/Kolkata',
  );
  expect(windowOf({ window: 'day', timeZone: 'Asia/Kolkata' }, '2026-05-17T18:30Z')).toContain(
    '2026-05-18T00:00+05:30',
  );
  expect(windowOf({ window: 'day', timeZone: 'Pacific/Kiritimati' }, '2026-05-17T11:00Z')).toContain(
    '2026-05-18T00:00+14:00',
  );
  // Samoa went from the 29th of December 2011 to the 31st.
  const day = { window: 'day', timeZone: 'Pacific/Apia' } as const;
  expect(windowOf(day, '2011-12-30T09:59Z')).toBe(
    '2011-12-29T00:00-10:00 Pacific/Apia to 2011-12-31T00:00+14:00 Pacific/Apia',
  );
  expect(hours(day, '2011-12-30T09:59Z')).toBe(24);
  expect(windowOf(day, '2011-12-30T10:00Z')).toContain('2011-12-31T00:00+14:00');
});

test('a week begins on Monday, or on the day that is named', () => {
  expect(windowOf({ window: 'week' }, '2026-11-29T23:59Z')).toBe('2026-11-23T00:00Z to 2026-11-30T00:00Z');
  expect(windowOf({ window: 'week' }, '2026-11-30T00:00Z')).toContain('2026-11-30T00:00Z to');
  expect(windowOf({ window: 'week', startsOn: 'sunday' }, '2026-11-29T00:00Z')).toContain('2026-11-29T00:00Z to');
  expect(windowOf({ window: 'week', startsOn: 'saturday' }, '1969-12-31T00:00Z')).toContain('1969-12-27T00:00Z to');
  const berlin = { window: 'week', timeZone: 'Europe/Berlin' } as const;
  expect(hours(berlin, '2026-03-25T00:00Z')).toBe(7 * 24 - 1);
  expect(hours(berlin, '2026-10-20T00:00Z')).toBe(7 * 24 + 1);
});

test('a month that begins on a day which a shorter one lacks begins there on the last', () => {
  const from = (startsOn: number) => (moment: string) => windowOf({ window: 'month', startsOn }, moment);
  expect(from(31)('2026-02-27T23:59Z')).toBe('2026-01-31T00:00Z to 2026-02-28T00:00Z');
  expect(from(31)('2026-02-28T00:00Z')).toBe('2026-02-28T00:00Z to 2026-03-31T00:00Z');
  expect(from(31)('2026-04-30T00:00Z')).toBe('2026-04-30T00:00Z to 2026-05-31T00:00Z');
  expect(from(29)('2028-02-29T00:00Z')).toBe('2028-02-29T00:00Z to 2028-03-29T00:00Z');
  expect(from(15)('2027-01-01T00:00Z')).toBe('2026-12-15T00:00Z to 2027-01-15T00:00Z');
  expect(windowOf({ window: 'month' }, '2026-12-31T23:59Z')).toBe('2026-12-01T00:00Z to 2027-01-01T00:00Z');
  const berlin = { window: 'month', timeZone: 'Europe/Berlin', startsOn: 31 } as const;
  expect(windowOf(berlin, '2026-03-30T21:59Z')).toBe(
    '2026-02-28T00:00+01:00 Europe/Berlin to 2026-03-31T00:00+02:00 Europe/Berlin',
  );
});

test('the windows of a period follow each other without a gap, through a year of each zone', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Pacific/Apia',
    'Africa/Casablanca',
    'America/St_Johns',
  ];
  const periods: Period[] = zones.flatMap((timeZone): Period[] => [
    { window: 'day', timeZone },
    { window: 'week', timeZone, startsOn: 'sunday' },
    { window: 'month', timeZone, startsOn: 31 },
  ]);
  for (const period of periods) {
    for (const year of [2010, 2026]) {
      let { start, end } = windowAt(period, Date.UTC(year));
      while (start < Date.UTC(year + 1)) {
        expect(windowText(period, start).split(',').slice(1, 3)).toEqual([String(start), String(end)]);
        expect(windowText(period, end - 1)).toBe(windowText(period, start));
        const next = windowAt(period, end);
        expect(next.start).toBe(end);
        ({ start, end } = next);
      }
    }
  }
});

test('a period says what is wrong with it', () => {
  const problems: [Period, string | null][] = [
    [{ window: 'day', timeZone: 'Europe/Berlin' }, null],
    [{ window: 'week', startsOn: 'friday' }, null],
    [{ window: 'month', startsOn: 31, timeZone: 'europe/berlin' }, null],
    [{ window: 'day', timeZone: 'Mars/Olympus' }, 'timeZone "Mars/Olympus" is not a known time zone.'],
    [{ window: 5000, timeZone: 'UTC' }, 'timeZone needs a window that is "day", "week" or "month".'],
    [{ window: 'day', startsOn: 1 }, 'startsOn needs a window that is "week" or "month".'],
    [{ window: 'week', startsOn: 1 }, 'startsOn must be a day of the week, such as "sunday", if the window is "week".'],
    [
      { window: 'month', startsOn: 'monday' },
      'startsOn must be a day of the month, 1 to 31, if the window is "month".',
    ],
    [{ window: 'month', startsOn: 32 }, 'startsOn must be a day of the month, 1 to 31, if the window is "month".'],
    [{ window: 1.5 }, 'window must be "day", "week", "month" or an integer number of milliseconds above 0; got 1.5.'],
  ];
  for (const [period, problem] of problems) expect(problemOf(period)).toBe(problem);
});

test('a period has a name for people', () => {
  expect(describePeriod({ window: 3_600_000 })).toBe('3600 s');
  expect(describePeriod({ window: 'day', timeZone: 'Europe/Berlin' })).toBe('day');
  expect(describePeriod({ window: 'week', startsOn: 'sunday' })).toBe('week from sunday');
  expect(describePeriod({ window: 'month', startsOn: 31 })).toBe('month from day 31');
});
