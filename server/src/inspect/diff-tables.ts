/** What changed between two revisions, for language models: the verdict, totals, a row for each call, and a row for each cause. */
import type { DiffAmount, DiffCall, DiffReason, DiffReport, DiffReportCause } from '@farthing/shared/diff-report';
import {
  CAUSE_NAMES,
  costOf,
  describeCounts,
  describeMeasuredOf,
  describeMonths,
  describeRevisions,
  shownCall,
} from '../diff/describe-change.ts';
import { describeApi, describePrices } from '../report/describe.ts';
import { plural } from '../report/plural.ts';
import { modelName } from './model-name.ts';
import { problemSection, type Section, textOf } from './report-tables.ts';
import { byPath, lineOf } from './tables/calls.ts';
import { PER_THOUSAND, perThousand, signed, spread } from './tables/figures.ts';
import { findingTable } from './tables/findings.ts';
import { type Column, grouped, table } from './tables/table.ts';

export function diffText(report: DiffReport): string {
  const { calls, findings } = report;
  const months = describeMonths(report);
  const { result, reasons } = report.verdict;
  const head = [
    result,
    `${describeRevisions(report)}: ${describeCounts(report)}`,
    ...(months === null ? [] : [months]),
    `${plural(findings.new.length, 'new finding')}, ${findings.gone.length} gone`,
    describePrices(report.prices),
  ];
  const causes = calls.flatMap((call) => call.causes.map((cause) => ({ call, cause })));
  const missing = calls.flatMap((call) => call.missing.map(({ what, remedy }) => ({ call, what, remedy })));
  const sections: readonly Section[] = [
    { title: 'Reasons of the verdict', lines: reasons.length === 0 ? [] : table(REASON, reasons) },
    { title: 'Changed calls', lines: calls.length === 0 ? [] : grouped(CALL, byPath(calls.map(withPath))) },
    { title: 'Causes: they add up to the change', lines: causes.length === 0 ? [] : table(CAUSE, causes) },
    {
      title: 'Not priced',
      lines: missing.map(({ call, what, remedy }) => `${placeOf(call)}: ${what}; ${remedy}`),
    },
    { title: 'New findings', lines: findings.new.length === 0 ? [] : findingTable(findings.new) },
    {
      title: 'Gone findings',
      lines: findings.gone.map((finding) => `${finding.path}:${lineOf(finding)} ${finding.rule}`),
    },
    problemSection(report),
  ];
  return textOf(head, sections);
}

const REASON: readonly Column<DiffReason>[] = [
  { head: 'effect', cell: ({ effect }) => effect },
  { head: 'rule', cell: ({ rule }) => rule },
  { head: 'where', cell: ({ path, line }) => (line === null ? path : `${path}:${line}`) },
  { head: 'code', cell: ({ code }) => code },
  { head: 'text', cell: ({ text, message }) => (message === null ? text : `${text} ${message}`) },
];

type CallRow = DiffCall & { readonly path: string };

function withPath(call: DiffCall): CallRow {
  return { ...call, path: shownCall(call).path };
}

const CALL: readonly Column<CallRow>[] = [
  { head: 'line', cell: (call) => lineOf(shownCall(call)) },
  { head: 'change', cell: ({ kind, movedFrom }) => (movedFrom === null ? kind : `${kind}, moved from ${movedFrom}`) },
  { head: 'function', cell: (call) => shownCall(call).function },
  { head: 'api', cell: (call) => describeApi(shownCall(call)) },
  { head: 'model', cell: (call) => beforeAndNow(call, modelName) },
  { head: PER_THOUSAND, cell: (call) => beforeAndNow(call, costText) },
  { head: 'change $/1k', cell: ({ change }) => (change.perCall === null ? '?' : signed(scaled(change.perCall))) },
  {
    head: 'change $/run',
    cell: ({ change, head, base }) => ((head ?? base)?.multiplier ? amountOf(change.perRun) : null),
  },
  { head: 'change $/month', cell: ({ change }) => amountOf(change.perMonth) },
  { head: 'basis', cell: ({ head, base }) => costOf(head ?? base)?.basis ?? 'unknown' },
  { head: 'measured', cell: (call) => describeMeasuredOf(call) || null },
];

interface CauseRow {
  readonly call: DiffCall;
  readonly cause: DiffReportCause;
}

const CAUSE: readonly Column<CauseRow>[] = [
  { head: 'call', cell: ({ call }) => placeOf(call) },
  { head: 'cause', cell: ({ cause }) => cause.causes.map((name) => CAUSE_NAMES[name]).join(' and ') },
  { head: 'what', cell: ({ cause }) => cause.text },
  { head: 'change $/1k', cell: ({ cause: { perCall } }) => (perCall === null ? '?' : signed(scaled(perCall))) },
  { head: 'change $/month', cell: ({ cause }) => amountOf(cause.perMonth) },
];

function placeOf(call: DiffCall): string {
  const shown = shownCall(call);
  return `${shown.path}:${lineOf(shown)}`;
}

/** `a -> b`; once where both are the same, or where there is only one. */
function beforeAndNow({ base, head }: DiffCall, textOf: (call: NonNullable<DiffCall['head']>) => string): string {
  const texts = [base, head].flatMap((call) => (call === null ? [] : [textOf(call)]));
  return [...new Set(texts)].join(' -> ');
}

function costText(call: NonNullable<DiffCall['head']>): string {
  const cost = costOf(call);
  return cost === null ? '?' : spread(perThousand(cost));
}

function amountOf(amount: DiffAmount | null): string | null {
  return amount === null ? null : signed(amount);
}

function scaled({ low, expected, high }: DiffAmount): DiffAmount {
  return perThousand({ low, expected, high, basis: 'literal' });
}
