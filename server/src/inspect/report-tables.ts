/**
 * A report for language models: what is added up comes first, and each fact is written once. Every table has its columns
 * in its first line, and paths as lines of their own above the rows of their file.
 */
import type { Report, ReportCall } from '@farthing/shared/report';
import {
  countedCalls,
  describeCalls,
  describeFindings,
  describeFixes,
  describeMonth,
  describeNoCalls,
  describePrices,
} from '../report/describe.ts';
import { plural } from '../report/plural.ts';
import { unknownCosts } from '../report/unknown-costs.ts';
import { groupsIn } from './groups.ts';
import { callTable } from './tables/calls.ts';
import { findingTable } from './tables/findings.ts';
import { groupTable } from './tables/groups.ts';

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const KEY = 'Figures: expected (low..high) in US dollars or tokens; ? unknown, never 0; >= at least; <= limit.';
const NO_OWNERS = (): readonly string[] => [];

/** The whole text, with its final line break. */
export function textOf(head: readonly string[], sections: readonly Section[]): string {
  const blocks = sections.flatMap(({ title, lines }) => (lines.length === 0 ? [] : [`## ${title}`, ...lines]));
  return `${[...head, ...blocks].join('\n')}\n`;
}

/** What is added up over the whole report. */
export function totals(report: Report, notes: readonly string[]): readonly string[] {
  if (report.calls.length === 0) return [describeNoCalls(report), ...notes, describePrices(report.prices)];
  const lines = [describeCalls(report), describeMonth(report), describeFindings(report), describeFixes(report)];
  const unknown = unknownCosts(countedCalls(report)).map(
    ({ calls, why, remedy }) => `${plural(calls.length, 'call')} without a full cost: ${why}; ${remedy}`,
  );
  return [...lines.flatMap((line) => line ?? []), ...unknown, ...notes, describePrices(report.prices), KEY];
}

/** By model and by rule. */
export function summarySections(report: Report): readonly Section[] {
  return (['model', 'rule'] as const).map((grouping) => {
    const groups = groupsIn(report, grouping, NO_OWNERS);
    return { title: `By ${grouping}`, lines: groups.length === 0 ? [] : groupTable(grouping, groups) };
  });
}

export function callSection(calls: readonly ReportCall[]): Section {
  return { title: 'Calls', lines: calls.length === 0 ? [] : callTable(calls) };
}

export function findingSection({ diagnostics }: Pick<Report, 'diagnostics'>): Section {
  return { title: 'Findings', lines: diagnostics.length === 0 ? [] : findingTable(diagnostics) };
}

export function problemSection({ problems }: Pick<Report, 'problems'>): Section {
  return { title: 'Problems', lines: problems.map(({ path, message }) => `${path}: ${message}`) };
}
