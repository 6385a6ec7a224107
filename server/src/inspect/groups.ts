/** Calls and findings added up by what a reader wants to compare: models, functions, folders, rules, owners. */
import { type Range, sumRanges } from '@farthing/shared/range';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { byText, folderOf } from '../files/paths.ts';
import { countedCalls, isPriced } from '../report/describe.ts';
import { monthlyShares } from '../report/months.ts';
import { modelName } from './model-name.ts';
import { largestSavings, savingsIn } from './savings.ts';

export const GROUPINGS = ['model', 'function', 'folder', 'rule', 'owner'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A path's owners, as `CODEOWNERS` names them. */
export type OwnersOf = (path: string) => readonly string[];

export interface CallGroup {
  readonly name: string;
  readonly calls: number;
  readonly priced: number;
  /** Dollars, over the calls whose volume is known, with no request counted twice. Null if there are none. */
  readonly perMonth: Range | null;
  readonly findings: number;
  /** Dollars a month: the largest saving of each call whose volume is known. Null if there is none. */
  readonly saving: Range | null;
}

/** The most expensive first, then those with the most calls. */
export function groupsIn(report: Report, grouping: Grouping, ownersOf: OwnersOf): readonly CallGroup[] {
  const calls = countedCalls(report);
  const shares = monthlyShares(calls);
  const savings = savingsIn(report);
  const findings = Map.groupBy(report.diagnostics, ({ call }) => call);
  const groups = new Map<string, { readonly calls: Set<ReportCall>; readonly findings: Set<ReportDiagnostic> }>();
  const groupOf = (name: string) => {
    const group = groups.get(name) ?? { calls: new Set(), findings: new Set() };
    groups.set(name, group);
    return group;
  };
  for (const call of calls) {
    const own = findings.get(call.id) ?? [];
    if (grouping === 'rule') {
      for (const finding of own) groupOf(finding.rule).calls.add(call);
    } else {
      const group = groupOf(nameOf(call, grouping, ownersOf));
      group.calls.add(call);
      for (const finding of own) group.findings.add(finding);
    }
  }
  // A finding about a file or a comment has a rule, but no call.
  if (grouping === 'rule') for (const finding of report.diagnostics) groupOf(finding.rule).findings.add(finding);
  return [...groups]
    .map(([name, group]): CallGroup => {
      const members = [...group.calls];
      const largest = largestSavings(savings.filter(({ finding }) => group.findings.has(finding)));
      return {
        name,
        calls: members.length,
        priced: members.filter(isPriced).length,
        perMonth: sumOrNull(members.flatMap(({ id, cost }) => (cost.perMonth === null ? [] : (shares.get(id) ?? [])))),
        findings: group.findings.size,
        saving: sumOrNull([...largest.values()].flatMap(({ perMonth }) => perMonth ?? [])),
      };
    })
    .sort(
      (a, b) =>
        (b.perMonth?.expected ?? -1) - (a.perMonth?.expected ?? -1) ||
        b.calls - a.calls ||
        b.findings - a.findings ||
        byText(a.name, b.name),
    );
}

const NAMELESS: Readonly<Record<'function' | 'owner', string>> = { function: '(module)', owner: '(no owner)' };

function nameOf(call: ReportCall, grouping: Exclude<Grouping, 'rule'>, ownersOf: OwnersOf): string {
  switch (grouping) {
    case 'model':
      return modelName(call);
    case 'function':
      return `${call.path} ${call.function ?? NAMELESS.function}`;
    case 'folder':
      return call.path.includes('/') ? folderOf(call.path) : '.';
    case 'owner':
      return ownersOf(call.path).join(' ') || NAMELESS.owner;
  }
}

function sumOrNull(ranges: readonly Range[]): Range | null {
  return ranges.length === 0 ? null : sumRanges(ranges);
}
