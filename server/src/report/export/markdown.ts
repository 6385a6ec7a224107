/** A pull-request comment: the counts, the findings, the functions through which calls go, and the calls, collapsed. */
import { formatCount } from '@farthing/shared/money';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import {
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
} from '../describe.ts';
import { describeSpan } from '../describe-figure.ts';
import { describeMeasured, describePredicted, describeUnjoined } from '../describe-measured.ts';
import { describeModel } from '../describe-model.ts';
import { byCost, type FeatureGroup, featureGroups } from '../feature-groups.ts';
import { markdownCode, markdownText } from '../markdown-text.ts';
import { worstFirst } from '../order.ts';

/** Rows beyond this limit are counted, not shown. */
const MAX_ROWS = 100;
/**
 * GitHub refuses comments above 65,536 characters. Each table has its share of them, so that what comes first never hides
 * what comes after it; what stands around the tables needs less than the rest.
 */
const MAX_FINDINGS = 26_000;
const MAX_GROUPS = 8_000;
const MAX_CALLS = 18_000;
const MAX_PROBLEMS = 6_000;
/** A longer name or message is cut, so that one row cannot hide the others. Escapes can make it five times as long. */
const MAX_NAME = 200;
const MAX_MESSAGE = 600;

/** @param scope what the report was narrowed to, as readers are told */
export function reportAsMarkdown(report: Report, scope: readonly string[] = []): string {
  const parts = [`### Farthing: LLM call costs`];
  if (report.calls.length === 0) parts.push(text(describeNoCalls(report)));
  else parts.push(describeCalls(report), describeMonth(report) ?? '', text(describeUnjoined(report) ?? ''));
  parts.push(describeFindings(report), ...scope.map(text));
  if (report.diagnostics.length > 0) parts.push(findingsTable(report));
  const groups = featureGroups(countedCalls(report));
  if (groups.length > 0) parts.push(groupsTable(groups));
  if (report.calls.length > 0) parts.push(callsTable(report));
  if (report.problems.length > 0) {
    const lines = report.problems.map(({ path, message }) => `- ${code(path)}: ${text(message)}`);
    parts.push(fitted(lines, MAX_PROBLEMS));
  }
  parts.push(`<sub>${text(describeOrigin(report))}</sub>`);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The most severe first: a comment has no room for all of a large report. */
function findingsTable(report: Report): string {
  return table(
    ['location', 'severity', 'rule', 'finding'],
    ['---', '---', '---', '---'],
    worstFirst(report),
    MAX_FINDINGS,
    (row) => [
      place(row),
      row.severity,
      row.url === '' ? code(row.rule) : `[${code(row.rule)}](${row.url})`,
      text(row.message),
    ],
  );
}

/** Feature calls by function, with the most expensive of each. */
function groupsTable(groups: readonly FeatureGroup[]): string {
  return table(
    ['function', 'calls', 'cost', 'most expensive'],
    ['---', '---:', '---:', '---'],
    groups,
    MAX_GROUPS,
    (group) => [
      code(group.name),
      formatCount(group.calls.length),
      group.perCall === null ? 'unknown' : text(describeSpan(group.perCall)),
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
    MAX_CALLS,
    (call) => [
      place(call),
      text(describeApi(call)),
      text(describeModel(call)),
      describeInput(call),
      describeOutput(call),
      text(costOf(call)),
    ],
  );
  return `<details><summary>All calls</summary>\n\n${body}\n\n</details>`;
}

/** What a call was measured to cost, and what its code says. */
function costOf(call: ReportCall): string {
  if (call.measured === null) return describeCost(call);
  const [predicted = ''] = describePredicted(call);
  return [describeMeasured(call).replaceAll(' | ', ', '), predicted].join('; ');
}

function table<T>(
  head: readonly string[],
  align: readonly string[],
  rows: readonly T[],
  max: number,
  cells: (row: T) => readonly string[],
): string {
  const line = (columns: readonly string[]) => `| ${columns.join(' | ')} |`;
  const body = fitted(
    rows.slice(0, MAX_ROWS).map((row) => line(cells(row))),
    max,
    rows.length,
  );
  return [line(head), line(align), body].join('\n');
}

/** As many whole lines as have room in `max` characters, and the number of the others. */
function fitted(lines: readonly string[], max: number, count = lines.length): string {
  const shown: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > max) break;
    shown.push(line);
  }
  const rest = count - shown.length;
  return rest === 0
    ? shown.join('\n')
    : [...shown, '', `... and ${formatCount(rest)} more (\`farthing scan --all\` lists them all)`].join('\n');
}

function code(name: string): string {
  return markdownCode(cut(name, MAX_NAME));
}

function text(message: string): string {
  return markdownText(cut(message, MAX_MESSAGE));
}

/** Never between the two units of a character. */
function cut(value: string, max: number): string {
  return value.length <= max
    ? value
    : `${value
        .slice(0, max)
        .toWellFormed()
        .replace(/\ufffd$/, '')}...`;
}

function place(position: ReportCall | ReportDiagnostic): string {
  const where =
    position.cell === null ? `${position.path}:${position.line}` : `${position.path}, ${describePosition(position)}`;
  return code(where);
}
