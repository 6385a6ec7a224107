/** Amounts in another currency: for people, at a rate that the configuration states. */
import type { Report } from '@farthing/shared/report';
import { describe, expect, test } from 'vitest';
import { farthing, folderWith } from '../run-bundle.ts';
import { repositoryWith } from './repository.ts';
import { NAMED } from './sources.ts';

const EUR = { code: 'EUR', rate: 0.5, asOf: '2026-11-01' };
const files = (currency: unknown) => ({
  'src/a.ts': NAMED,
  'farthing.config.json': JSON.stringify({ currency, volumes: [{ path: 'src/', callsPerMonth: '1M' }] }),
});
const text = (currency: unknown, ...args: readonly string[]) => farthing(args, { cwd: folderWith(files(currency)) });
const ORIGIN = 'amounts in EUR at 0.5 for a dollar, as stated on 2026-11-01';

/** The first amount per month, as it is printed. */
function monthIn(out: string): number {
  const [, amount = ''] = /~?[$€]([\d.,]+) (?:\([^)]*\) )?per month/.exec(out) ?? [];
  return Number(amount.replaceAll(',', ''));
}

test('a scan says it with the sign, at the stated rate, which stands in its last line', () => {
  const dollars = text(undefined, 'scan').out;
  const euros = text(EUR, 'scan').out;
  expect(dollars).not.toContain('€');
  expect(euros).not.toContain('$');
  expect(euros).toContain(ORIGIN);
  expect(monthIn(euros)).toBeGreaterThan(0);
  expect(Math.abs(monthIn(euros) * 2 - monthIn(dollars)) / monthIn(dollars)).toBeLessThan(0.1);
});

test.each(['markdown', 'html'])('so does %s', (format) => {
  const { out } = text(EUR, 'scan', '--format', format);
  expect(out).toContain('€');
  expect(out).toContain(ORIGIN);
});

test('so do a plan and a diff', () => {
  expect(text(EUR, 'plan').out).toContain('€');
  const { cwd, write } = repositoryWith(files(EUR));
  write({ 'src/a.ts': NAMED.replace('gpt-6-luna', 'gpt-6-sol') });
  for (const format of ['text', 'markdown']) {
    const { out } = farthing(['diff', 'HEAD', '--format', format], { cwd });
    expect(out).toContain('+€');
    expect(out).toContain(ORIGIN);
  }
});

test('formats for programs stay in dollars', () => {
  const costs = (currency: unknown) =>
    (JSON.parse(text(currency, 'scan', '--format', 'json').out) as Report).calls[0]?.cost;
  expect(costs(EUR)).toEqual(costs(undefined));
  const csv = (currency: unknown) => text(currency, 'scan', '--format', 'csv').out;
  expect(csv(EUR)).toBe(csv(undefined));
});

test('a currency without a sign of its own is named by its code', () => {
  expect(text({ code: 'CHF', rate: 0.9 }, 'scan').out).toMatch(/CHF\u00A0\d/);
  expect(text({ code: 'CHF', rate: 0.9 }, 'scan').out).toContain('amounts in CHF at 0.9 for a dollar, as stated');
});

describe('what is not a currency or a rate is refused', () => {
  test.each([
    [{ code: 'euro', rate: 1 }, '"euro" is not a currency, such as "EUR".'],
    [{ code: 'EUR', rate: 0 }, 'A rate must be above 0.'],
    [{ code: 'EUR', rate: '0.92' }, '"0.92" is not a rate. 0.92 is 0.92 for a dollar.'],
    [{ code: 'EUR', rate: 1, asOf: 'today' }, '"today" is not a date like 2026-11-29.'],
    [{ code: 'EUR' }, 'rate'],
    [{ code: 'EUR', rate: 1, fetch: true }, 'fetch'],
  ])('%j', (currency, message) => {
    const { status, err, out } = text(currency, 'scan');
    expect(status).toBe(2);
    expect(err).toContain(message);
    // A part that cannot be used is left out, and the rest holds.
    const isUsable = 'asOf' in currency || 'fetch' in currency;
    expect(out).toContain(isUsable ? '€' : '$');
  });
});
