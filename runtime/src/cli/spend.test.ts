import { expect, test } from 'vitest';
import type { LedgerRow } from '../stores/ledger-row.ts';
import { createSpend } from './spend.ts';

function spendOf(maxPoints: number, timeZone: string, moments: readonly string[]) {
  const spend = createSpend(maxPoints, timeZone);
  for (const moment of moments) spend.add({ at: Date.parse(moment), cost: 1 } as LedgerRow);
  const { step, points } = spend.result();
  return { step, points: points.map(({ at, cost }) => [new Date(at).toISOString().slice(0, 16), cost]) };
}

test('days are those of the zone, through a change of its clock', () => {
  const moments = ['2026-10-24T21:59Z', '2026-10-24T22:00Z', '2026-10-25T22:59Z', '2026-10-25T23:00Z'];
  expect(spendOf(3, 'Europe/Berlin', moments)).toEqual({
    step: 'day',
    points: [
      ['2026-10-23T22:00', 1],
      ['2026-10-24T22:00', 2],
      ['2026-10-25T23:00', 1],
    ],
  });
});

test('an hour that comes twice is one step', () => {
  const moments = ['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T02:30Z'];
  expect(spendOf(10, 'Europe/Berlin', moments)).toEqual({
    step: 'hour',
    points: [
      ['2026-10-25T00:00', 2],
      ['2026-10-25T02:00', 1],
    ],
  });
});

test('weeks begin on Monday', () => {
  const moments = ['2026-11-01T23:59Z', '2026-11-02T00:00Z', '2026-11-15T23:59Z'];
  expect(spendOf(3, 'UTC', moments)).toEqual({
    step: 'week',
    points: [
      ['2026-10-26T00:00', 1],
      ['2026-11-02T00:00', 1],
      ['2026-11-09T00:00', 1],
    ],
  });
});
