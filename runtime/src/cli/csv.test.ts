import { expect, it } from 'vitest';
import type { Group } from '../ledger/aggregate.ts';
import { toCsv } from './csv.ts';
import type { Report } from './report-model.ts';

const GROUP: Group = {
  key: null,
  calls: 1,
  errors: 0,
  refused: 0,
  hits: 0,
  cost: 1_000_000,
  unpriced: 0,
  saved: -700_000,
  savedBy: {},
  inputTokens: 1,
  cachedInputTokens: 0,
  outputTokens: 1,
  latency: null,
};

/** The second field of the only line: the name of the group. */
function nameOf(key: string): string {
  const report = { groups: [{ by: 'user', rows: [{ ...GROUP, key }] }] } as unknown as Report;
  return (
    toCsv(report)
      .split('\r\n')[1]
      ?.replace(/^user,/, '')
      .replace(/,1,0,0,0,0\.001,0,-0\.0007,.*$/, '') ?? ''
  );
}

it.each([
  ['=HYPERLINK("https://owned.example")', `"'=HYPERLINK(""https://owned.example"")"`],
  ['+1+1', "'+1+1"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', "'\\r=1"],
  ['ada', 'ada'],
  ['a=b', 'a=b'],
  ['-5', '-5'],
  ['\u001b[2J', '\\u{1b}[2J'],
])('a name that a spreadsheet would run is text: %j', (key, expected) => {
  expect(nameOf(key)).toBe(expected);
});
