/** A pull-request comment: the counts, the findings, the functions through which calls go, and the calls, collapsed. */
import { formatCount } from '@farthing/shared/money';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import { SEVERITIES } from '@farthing/shared/vocabulary';
import {
  byPosition,
  countedCalls,
  describeApi,
  describeCalls,
  describeCost,
  describeFindings,
  describeInput,
  describeMonth,
  describeNoCalls,
  describeOrigin,
  describeOutput,
  describePosition,
  formatDollarRange,
} from '../../report/describe.ts';
import { describeModel } from '../../report/describe-model.ts';
import { byCost, type FeatureGroup, featureGroups } from '../../report/feature-groups.ts';
import { markdownCode, markdownText } from '../../report/markdown-text.ts';
import type { Format } from './format.ts';

/** GitHub refuses comments above 65,536 characters: rows beyond this limit are counted, not shown. */
const MAX_ROWS = 100;

export const formatMarkdown: Format = (report) => {
  const parts = [`### Farthing: LLM call costs`];
  if (report.calls.length === 0) parts.push(markdownText(describeNoCalls(report)));
  else parts.push(describeCalls(report), describeMonth(report) ?? '');
  parts.push(describeFindings(report));
  if (report.diagnostics.length > 0) parts.push(findingsTable(report));
  const groups = featureGroups(countedCalls(report));
  if (groups.length > 0) parts.push(groupsTable(groups));
  if (report.calls.length > 0) parts.push(callsTable(report));
  if (report.problems.length > 0) {
    parts.push(
      report.problems.map(({ path, message }) => `- ${markdownCode(path)}: ${markdownText(message)}`).join('\n'),
    );
  }
  parts.push(`<sub>${markdownText(describeOrigin(report))}</sub>`);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

/** The most severe first: a comment has no room for all of a large report. */
function findingsTable(report: Report): string {
  const gravity = ({ severity }: ReportDiagnostic) => SEVERITIES.indexOf(severity);
  const rows = [...report.diagnostics].sort((a, b) => gravity(a) - gravity(b) || byPosition(a, b));
  return table(['location', 'severity', 'rule', 'finding'], ['---', '---', '---', '---'], rows, (row) => [
    place(row),
    row.severity,
    row.url === '' ? markdownCode(row.rule) : `[${markdownCode(row.rule)}](${row.url})`,
    markdownText(row.message),
  ]);
}

/** Feature calls by function, with the most expensive of each. */
function groupsTable(groups: readonly FeatureGroup[]): string {
  return table(
    ['function', 'calls', 'cost per call', 'most expensive'],
    ['---', '---:', '---:', '---'],
    groups,
    (group) => [
      markdownCode(group.name),
      formatCount(group.calls.length),
      group.perCall === null ? 'unknown' : markdownText(formatDollarRange(group.perCall)),
      group.calls[0] === undefined ? '' : place(group.calls[0]),
    ],
  );
}

/** The most expensive first. */
function callsTable(report: Report): string {
  const rows = [...report.calls].sort(byCost);
  const body = table(
    ['location', 'call', 'model', 'in', 'out', 'cost'],
    ['---', '---', '---', '---:', '---:', '---:'],
    rows,
    (call) => [
      place(call),
      markdownText(describeApi(call)),
      markdownText(describeModel(call)),
      describeInput(call),
      describeOutput(call),
      markdownText(describeCost(call)),
    ],
  );
  return `<details><summary>All calls</summary>\n\n${body}\n\n</details>`;
}

function table<T>(
  head: readonly string[],
  align: readonly string[],
  rows: readonly T[],
  cells: (row: T) => readonly string[],
): string {
  const line = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;
  const lines = [line(head), line(align), ...rows.slice(0, MAX_ROWS).map((row) => line(cells(row)))];
  if (rows.length > MAX_ROWS)
    lines.push('', `... and ${rows.length - MAX_ROWS} more (\`farthing scan\` lists them all)`);
  return lines.join('\n');
}

function place(position: ReportCall | ReportDiagnostic): string {
  const where =
    position.cell === null ? `${position.path}:${position.line}` : `${position.path}, ${describePosition(position)}`;
  return markdownCode(where);
}
