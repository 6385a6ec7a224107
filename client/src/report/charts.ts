/**
 * The report's bars, which show money. Costs per call are never added up, because a sum over calls that run at different
 * rates means nothing: a bar is dollars per month if every call has a declared or measured volume, its own or that of its
 * feature calls, and otherwise the most expensive call of its group. Only where no cost is known at all it is a count.
 */
import { GROUP_KINDS, type GroupKind, groupsOf } from './groups.ts';
import type { CallRow, FindingRow } from './rows.ts';

/** What the length of a bar is. */
export type Measure = 'month' | 'highest' | 'saving' | 'count';

export interface Bar {
  readonly group: string;
  /** 0 where the money is not known. */
  readonly value: number;
  /** Next to the bar: `$215 a month, 12 calls`, `$4.30 per 1,000 calls, 12 calls`. */
  readonly text: string;
}

export interface Chart {
  readonly kind: GroupKind;
  readonly measure: Measure;
  readonly bars: readonly Bar[];
  /** The number of groups that are not shown. */
  readonly more: number;
}

/** The texts of a bar, in the user's language. A figure is null where it is not known. */
export interface BarWords {
  readonly month: (dollars: number) => string;
  readonly calls: (figure: string | null, count: number) => string;
  readonly findings: (saving: string | null, count: number) => string;
}

/** The tables below the charts have everything. */
const MAX_BARS = 6;

export function chartsOf(
  calls: readonly CallRow[],
  findings: readonly FindingRow[],
  words: BarWords,
): readonly Chart[] {
  return GROUP_KINDS.map((kind) => (kind === 'rule' ? chartOfRules(findings, words) : chartOf(kind, calls, words)));
}

/** A group with its money: null where that is not known. */
interface Group {
  readonly name: string;
  readonly count: number;
  readonly dollars: number | null;
  readonly text: string | null;
}

function chartOf(kind: GroupKind, calls: readonly CallRow[], words: BarWords): Chart {
  const isMonthly = calls.length > 0 && calls.every(({ share }) => share !== null);
  const groups = [...grouped(calls, (call) => groupsOf(call, kind))].map(([name, members]): Group => {
    const count = members.length;
    if (isMonthly) {
      const dollars = members.reduce((total, { share }) => total + (share ?? 0), 0);
      return { name, count, dollars, text: words.month(dollars) };
    }
    const highest = most(members, ({ perCall }) => perCall);
    return { name, count, dollars: highest?.perCall ?? null, text: highest?.perCallText ?? null };
  });
  return chart(kind, isMonthly ? 'month' : 'highest', groups, words.calls);
}

function chartOfRules(findings: readonly FindingRow[], words: BarWords): Chart {
  const groups = [...grouped(findings, ({ rule }) => [rule])].map(([name, members]): Group => {
    const highest = most(members, ({ saving }) => saving);
    return { name, count: members.length, dollars: highest?.saving ?? null, text: highest?.savingText ?? null };
  });
  return chart('rule', 'saving', groups, words.findings);
}

function grouped<Row>(rows: readonly Row[], groupsIn: (row: Row) => readonly string[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    for (const group of groupsIn(row)) {
      const members = found.get(group);
      if (members) members.push(row);
      else found.set(group, [row]);
    }
  }
  return found;
}

/** The row with the largest amount; null if none is known. */
function most<Row>(rows: readonly Row[], amountOf: (row: Row) => number | null): Row | null {
  let found: Row | null = null;
  for (const row of rows) {
    const amount = amountOf(row);
    if (amount !== null && (found === null || amount > (amountOf(found) ?? 0))) found = row;
  }
  return found;
}

function chart(
  kind: GroupKind,
  measure: Measure,
  groups: readonly Group[],
  textOf: (figure: string | null, count: number) => string,
): Chart {
  const isPriced = groups.some(({ dollars }) => dollars !== null);
  const bars = groups
    .map(({ name, count, dollars, text }): Bar => {
      return { group: name, value: isPriced ? (dollars ?? 0) : count, text: textOf(text, count) };
    })
    .toSorted((a, b) => b.value - a.value || (a.group < b.group ? -1 : 1));
  return {
    kind,
    measure: isPriced ? measure : 'count',
    bars: bars.slice(0, MAX_BARS),
    more: Math.max(0, bars.length - MAX_BARS),
  };
}
