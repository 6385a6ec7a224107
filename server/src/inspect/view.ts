/** Questions about a report, and their answers as text or data: totals, the largest savings, groups, or calls and findings. */
import type { Range } from '@farthing/shared/range';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { countedCalls, isPriced } from '../report/describe.ts';
import { byCost } from '../report/feature-groups.ts';
import { worstFirst } from '../report/order.ts';
import { plural } from '../report/plural.ts';
import { type Condition, filterReport } from './filter.ts';
import { type CallGroup, type Grouping, groupsIn, type OwnersOf } from './groups.ts';
import {
  callSection,
  findingSection,
  problemSection,
  type Section,
  summarySections,
  textOf,
  totals,
} from './report-tables.ts';
import { largestSavings, type Saving, savingsIn } from './savings.ts';
import { savingTable } from './tables/findings.ts';
import { groupTable } from './tables/groups.ts';

export interface View {
  readonly filter: readonly Condition[];
  /** True for totals alone. */
  readonly isSummary: boolean;
  /** How many of the largest savings; null if they were not asked for. */
  readonly topSavings: number | null;
  readonly groupBy: Grouping | null;
  /** Rows of each list. */
  readonly limit: number;
}

/** @param narrow how a reader asks for less, or for more: named where rows are left out */
export function viewText(whole: Report, view: View, ownersOf: OwnersOf, narrow: string): string {
  const report = filterReport(whole, view.filter, ownersOf);
  return textOf(totals(report, filterNotes(whole, report, view)), sectionsOf(report, view, ownersOf, narrow));
}

function filterNotes(whole: Report, { calls, diagnostics }: Report, { filter }: View): readonly string[] {
  if (filter.length === 0) return [];
  const conditions = filter.map(({ name, values }) => `${name}=${values.join(',')}`).join(' ');
  const left = whole.calls.length - calls.length;
  const findings = whole.diagnostics.length - diagnostics.length;
  return [`only ${conditions}: ${plural(left, 'call')} and ${plural(findings, 'finding')} are left out`];
}

function sectionsOf(report: Report, view: View, ownersOf: OwnersOf, narrow: string): readonly Section[] {
  const { limit } = view;
  if (view.topSavings !== null) return [savingsSection(report, view.topSavings)];
  if (view.groupBy !== null) {
    const groups = groupsIn(report, view.groupBy, ownersOf);
    const lines = groups.length === 0 ? ['none'] : groupTable(view.groupBy, groups.slice(0, limit));
    return [cut({ title: `By ${view.groupBy}`, lines }, groups.length, limit, narrow)];
  }
  const problems = problemSection({ problems: report.problems.slice(0, limit) });
  const rest = [cut(problems, report.problems.length, limit, narrow)];
  if (view.isSummary) return [...summarySections(report), ...rest];
  const calls = shownCalls(report, limit);
  const diagnostics = shownFindings(report, limit);
  return [
    cut(callSection(calls), report.calls.length, limit, narrow),
    cut(findingSection({ diagnostics }), report.diagnostics.length, limit, narrow),
    ...rest,
  ];
}

/** In the order of the code, unless there are too many: then the most expensive. */
function shownCalls({ calls }: Report, limit: number): readonly ReportCall[] {
  return calls.length <= limit ? calls : calls.toSorted(byCost).slice(0, limit);
}

function shownFindings(report: Report, limit: number): readonly ReportDiagnostic[] {
  return report.diagnostics.length <= limit ? report.diagnostics : worstFirst(report).slice(0, limit);
}

function cut(section: Section, all: number, limit: number, narrow: string): Section {
  return all <= limit ? section : { ...section, lines: [...section.lines, `and ${all - limit} more: ${narrow}`] };
}

function savingsSection(report: Report, count: number): Section {
  const savings = savingsIn(report);
  const unknown = report.diagnostics.length - savings.length;
  const rest = unknown === 0 ? [] : [`${plural(unknown, 'finding')} without a known saving`];
  const overlap =
    savings.length === largestSavings(savings).size ? [] : ['Savings of one call overlap: do not add them.'];
  const lines = savings.length === 0 ? [] : savingTable(savings.slice(0, count));
  return {
    title: `Largest savings (${Math.min(count, savings.length)} of ${savings.length})`,
    lines: [...lines, ...overlap, ...rest],
  };
}

/** As data: `farthing inspect --format json`, version 1. Money is in dollars. */
export interface ViewData {
  readonly version: 1;
  readonly root: string;
  readonly prices: Report['prices'];
  /** How many files the answer is about, and how many had to be parsed for it: the rest came from the cache. */
  readonly files: { readonly all: number; readonly parsed: number };
  readonly totals: { readonly calls: number; readonly priced: number; readonly findings: number };
  readonly groups?: readonly CallGroup[];
  readonly savings?: readonly SavingData[];
  readonly calls?: readonly ReportCall[];
  readonly findings?: readonly ReportDiagnostic[];
}

interface SavingData {
  readonly finding: ReportDiagnostic;
  readonly perCall: Range;
  readonly perMonth: Range | null;
}

export function viewData(whole: Report, view: View, ownersOf: OwnersOf): ViewData {
  const report = filterReport(whole, view.filter, ownersOf);
  const calls = countedCalls(report);
  const common = {
    version: 1 as const,
    root: report.root,
    prices: report.prices,
    files: { all: report.stats.files, parsed: report.stats.parsed },
    totals: { calls: calls.length, priced: calls.filter(isPriced).length, findings: report.diagnostics.length },
  };
  if (view.topSavings !== null)
    return { ...common, savings: savingsIn(report).slice(0, view.topSavings).map(savingData) };
  if (view.groupBy !== null)
    return { ...common, groups: groupsIn(report, view.groupBy, ownersOf).slice(0, view.limit) };
  if (view.isSummary) return common;
  return { ...common, calls: shownCalls(report, view.limit), findings: shownFindings(report, view.limit) };
}

function savingData({ finding, perCall, perMonth }: Saving): SavingData {
  return { finding, perCall, perMonth };
}
