/**
 * The report's bars. Costs per call are never added up, because a sum over calls that run at different rates means
 * nothing. So a bar shows dollars per month if every call in the chart has a declared or measured volume, its own or that of
 * its feature calls, and a count otherwise.
 */
import type { CallRow, FindingRow } from './rows.ts';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The label next to the bar: `$215 a month`, `12 calls, the most expensive about $0.0043`. */
  readonly text: string;
}

export interface Chart {
  readonly id: 'file' | 'wrapper' | 'model' | 'rule' | 'technique';
  readonly bars: readonly Bar[];
  /** The number of groups that are not shown. */
  readonly more: number;
}

/** The texts of a chart, in the user's language. */
export interface ChartWords {
  readonly perMonth: (dollars: number) => string;
  readonly calls: (count: number, highest: number | null) => string;
  readonly findings: (count: number) => string;
}

/** The table below the charts has everything. */
const MAX_BARS = 6;

export function chartsOf(
  calls: readonly CallRow[],
  findings: readonly FindingRow[],
  words: ChartWords,
): readonly Chart[] {
  const isMonthly = calls.length > 0 && calls.every(({ share }) => share !== null);
  const ofCalls = (id: Chart['id'], key: (call: CallRow) => string, own = calls): Chart =>
    chart(
      id,
      [...groups(own, key)].map(([label, members]): Bar => {
        if (isMonthly) {
          const sum = members.reduce((total, { share }) => total + (share ?? 0), 0);
          return { label, value: sum, text: words.perMonth(sum) };
        }
        const priced = members.flatMap(({ perCall }) => (perCall === null ? [] : [perCall]));
        const highest = priced.length === 0 ? null : Math.max(...priced);
        return { label, value: members.length, text: words.calls(members.length, highest) };
      }),
    );
  const ofFindings = (id: Chart['id'], key: (finding: FindingRow) => string): Chart =>
    chart(
      id,
      [...groups(findings, key)].map(([label, { length }]) => ({ label, value: length, text: words.findings(length) })),
    );
  return [
    ofCalls('file', ({ path }) => path),
    ofCalls(
      'wrapper',
      ({ wrapper }) => wrapper ?? '',
      calls.filter(({ wrapper }) => wrapper !== null),
    ),
    // The source of the name (literal, default) is not part of the model.
    ofCalls('model', ({ model }) => model.replace(/ \([^()]*\)$/, '')),
    ofFindings('rule', ({ rule }) => rule),
    ofFindings('technique', ({ technique }) => technique),
  ];
}

function groups<Row>(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const known = found.get(key(row));
    if (known) known.push(row);
    else found.set(key(row), [row]);
  }
  return found;
}

function chart(id: Chart['id'], bars: readonly Bar[]): Chart {
  const sorted = bars.toSorted((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1));
  return { id, bars: sorted.slice(0, MAX_BARS), more: Math.max(0, sorted.length - MAX_BARS) };
}
