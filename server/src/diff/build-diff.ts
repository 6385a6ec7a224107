/** From the reports of two revisions to what changed between them. */
import type { DiffCall, DiffReport, DiffRevision } from '@farthing/shared/diff-report';
import { NANO_DOLLARS } from '@farthing/shared/money';
import { type Range, sumRanges } from '@farthing/shared/range';
import type { Report, ReportCall } from '@farthing/shared/report';
import { byText } from '../files/paths.ts';
import { byPosition, countedCalls } from '../report/describe.ts';
import { monthlyShares } from '../report/months.ts';
import { compareCall, type Sides, wholeCall } from './compare-calls.ts';
import { difference, inDollars, NO_DIFFERENCE } from './figures.ts';
import { type MatchedSide, matchCalls } from './match-calls.ts';
import { changedFindings } from './match-findings.ts';
import type { Side } from './side.ts';

export interface DiffInput extends Sides {
  readonly revisions: { readonly base: DiffRevision; readonly head: DiffRevision };
}

/** What changed, before it is judged. */
export type UnjudgedDiff = Omit<DiffReport, 'verdict'>;

export function buildDiff(input: DiffInput): UnjudgedDiff {
  const { base, head, renamed, revisions } = input;
  const matches = matchCalls(matched(base), matched(head), renamed);
  const changed = matches.pairs.flatMap((pair) => compareCall(pair, input) ?? []);
  const added = matches.added.map((call) => wholeCall(call, 'added', head));
  const removed = matches.removed.map((call) => wholeCall(call, 'removed', base));
  const calls = [...changed, ...added, ...removed].sort(byAmount);
  return {
    version: 1,
    root: head.report.root,
    ...revisions,
    prices: head.report.prices,
    includesTests: head.report.includesTests,
    summary: {
      changed: changed.length,
      added: added.length,
      removed: removed.length,
      unchanged: matches.pairs.length - changed.length,
      unpriced: calls.filter(({ missing }) => missing.length > 0).length,
      perMonth: monthsOf(base.report, head.report),
    },
    calls,
    findings: changedFindings(base, head, matches, renamed),
    problems: head.report.problems,
  };
}

function matched({ report, estimations }: Side): MatchedSide {
  const textsOf = ({ id }: ReportCall) =>
    (estimations.get(id) ?? []).flatMap(({ asked: { prompt } }) =>
      prompt.parts.flatMap(({ segments }) => segments.map((one) => (one.kind === 'literal' ? one.text : ''))),
    );
  return { calls: report.calls, textsOf };
}

/** What a month costs in both revisions, where any call has a known volume. */
function monthsOf(base: Report, head: Report): DiffReport['summary']['perMonth'] {
  const [before, now] = [monthIn(base), monthIn(head)];
  if (before === null && now === null) return null;
  const change = difference(whole(before), whole(now));
  return { base: before, head: now, change: inDollars(change) };
}

/** In dollars. */
function monthIn(report: Report): Range | null {
  const calls = countedCalls(report);
  const shares = monthlyShares(calls);
  const months = calls.flatMap(({ id, cost }) => (cost.perMonth === null ? [] : (shares.get(id) ?? [])));
  return months.length === 0 ? null : sumRanges(months);
}

/** In whole nano-dollars: shares of a month are fractions. */
function whole(dollars: Range | null): Range {
  if (dollars === null) return { ...NO_DIFFERENCE, basis: 'literal' };
  const nanos = (amount: number) => Math.round(amount * NANO_DOLLARS);
  return {
    low: nanos(dollars.low),
    expected: nanos(dollars.expected),
    high: nanos(dollars.high),
    basis: dollars.basis,
  };
}

/** The largest change of a month first, then of a call; what has no amount comes last, in the order of the code. */
function byAmount(one: DiffCall, other: DiffCall): number {
  const size = ({ change: { perMonth, perCall } }: DiffCall): readonly [number, number] => [
    Math.abs(perMonth?.expected ?? 0),
    Math.abs(perCall?.expected ?? 0),
  ];
  const [month, call] = size(one);
  const [otherMonth, otherCall] = size(other);
  return otherMonth - month || otherCall - call || inOrder(one, other);
}

function inOrder(one: DiffCall, other: DiffCall): number {
  const [a, b] = [one.head ?? one.base, other.head ?? other.base];
  return a === null || b === null ? 0 : byPosition(a, b) || byText(a.id, b.id);
}
