/**
 * The first page of a large report: how many calls there are, the most expensive, the functions through which they
 * go, what is not known and why, and the most severe findings. It fits on a screen, whatever the size of the repository.
 */
import type { Report, ReportCall, ReportDiagnostic, ReportPosition } from '@farthing/shared/report';
import { SEVERITIES } from '@farthing/shared/vocabulary';
import type picocolors from 'picocolors';
import {
  countedCalls,
  describeApi,
  describeBriefCost,
  describeInput,
  describeOutput,
  describePosition,
  isPriced,
} from '../../report/describe.ts';
import { describeSpan } from '../../report/describe-figure.ts';
import { describeModel, isModelUnknown } from '../../report/describe-model.ts';
import { byCost, type FeatureGroup, featureGroups } from '../../report/feature-groups.ts';
import { worstFirst } from '../../report/order.ts';
import { plural } from '../../report/plural.ts';
import { unknownCosts } from '../../report/unknown-costs.ts';
import type { FormatContext } from './format.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

/** A wider cell is cut. */
const MAX_CELL = 60;

/** Blocks of lines. */
export function summaryBlocks(
  report: Report,
  { columns, rows }: Pick<FormatContext, 'columns' | 'rows'>,
  colors: Colors,
): readonly string[] {
  const calls = countedCalls(report);
  const blocks = [mostExpensive(calls, rows), groups(calls, rows), unknown(calls), findings(report, rows)];
  return [
    headline(report, calls),
    ...blocks.flatMap(({ title, lines }) =>
      lines.length === 0 ? [] : [colors.underline(title), ...lines.map((line) => cut(line, columns))].join('\n'),
    ),
  ];
}

/** What does not fit a terminal is in the list of all calls. */
function cut(line: string, columns: number | null): string {
  return columns === null || line.length <= columns ? line : `${line.slice(0, columns - 3)}...`;
}

interface Block {
  readonly title: string;
  readonly lines: readonly string[];
}

/** `48 calls in 44 files: 44 feature calls through 4 functions of the project, 4 requests; 3 calls in tests`. */
function headline(report: Report, calls: readonly ReportCall[]): string {
  const features = calls.filter(({ via }) => via.length > 0).length;
  const requests = calls.length - features;
  const through = `${plural(features, 'feature call')} through ${plural(featureGroups(calls).length, 'function')} of the project`;
  const parts = features === 0 ? plural(requests, 'request') : `${through}, ${plural(requests, 'request')}`;
  const inTests = report.calls.length - calls.length;
  const rest = inTests === 0 ? '' : `; ${plural(inTests, 'call')} in tests (--include-tests counts them)`;
  return `${plural(calls.length, 'LLM call')} in ${plural(new Set(calls.map(({ path }) => path)).size, 'file')}: ${parts}${rest}`;
}

/** A request behind feature calls is in theirs. */
function mostExpensive(calls: readonly ReportCall[], max: number): Block {
  const all = calls.filter(({ calledFrom }) => calledFrom === null).toSorted(byCost);
  const priced = all.filter(isPriced);
  const hasPriced = priced.length > 0;
  const rows = (hasPriced ? priced : all)
    .slice(0, max)
    .map((call) => [
      ...(hasPriced ? [describeBriefCost(call)] : []),
      describeInput(call),
      describeOutput(call),
      place(call),
      describeApi(call),
      isModelUnknown(call) ? '' : describeModel(call),
    ]);
  const rest = all.length - rows.length;
  const others =
    hasPriced && priced.length <= max ? `${plural(rest, 'other')} without a full cost` : plural(rest, 'other');
  return {
    title: hasPriced
      ? 'The most expensive calls (by month where the volume is known)'
      : 'The largest prompts (no cost is known)',
    lines: [...align(rows, hasPriced ? [0, 1, 2] : [0, 1]), ...(rest > 0 ? [`  and ${others}`] : [])],
  };
}

function groups(calls: readonly ReportCall[], max: number): Block {
  const all = featureGroups(calls);
  const rows = all
    .slice(0, max)
    .map((group) => [
      plural(group.calls.length, 'call'),
      group.perCall === null ? '' : describeSpan(group.perCall),
      group.name,
      `${group.at.path}:${group.at.line}`,
      modelOf(group),
    ]);
  return { title: 'By function of the project', lines: withRest(align(rows, [0, 1]), all.length, max) };
}

/** The model of all calls; empty if they differ, or if it is not known. */
function modelOf({ calls }: FeatureGroup): string {
  const models = new Set(calls.map((call) => (isModelUnknown(call) ? '' : describeModel(call))));
  return models.size === 1 ? ([...models][0] ?? '') : `${models.size} models`;
}

function unknown(calls: readonly ReportCall[]): Block {
  const lines = unknownCosts(calls).map(
    ({ calls: own, why, remedy }) => `  ${plural(own.length, 'call')}: ${why}; ${remedy}`,
  );
  return { title: 'Without a full cost', lines };
}

/** The most severe first; those that say the same of several places share a line. */
function findings(report: Report, max: number): Block {
  const same = Map.groupBy(
    worstFirst(report),
    ({ severity, rule, message }) => `${severity} ${rule} ${firstSentence(message)}`,
  );
  const gravity = ({ severity }: ReportDiagnostic) => SEVERITIES.indexOf(severity);
  const sorted = [...same.values()]
    .flatMap((group) => (group[0] === undefined ? [] : [{ first: group[0], others: group.length - 1 }]))
    .sort((a, b) => gravity(a.first) - gravity(b.first) || b.others - a.others);
  const rows = sorted
    .slice(0, max)
    .map(({ first, others }) => [
      first.severity,
      first.rule,
      place(first) + (others > 0 ? ` and ${plural(others, 'other')}` : ''),
      firstSentence(first.message),
    ]);
  return { title: 'The most severe findings', lines: withRest(align(rows), sorted.length, max) };
}

/** A sentence ends with a full stop and a space, which numbers and names do not have. */
function firstSentence(message: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(message)?.[0] ?? message;
}

function place(position: Pick<ReportPosition, 'path' | 'cell' | 'line' | 'column'>): string {
  return position.cell === null
    ? `${position.path}:${position.line}`
    : `${position.path}, ${describePosition(position)}`;
}

function withRest(lines: readonly string[], all: number, shown: number): readonly string[] {
  return all > shown ? [...lines, `  and ${plural(all - shown, 'other')}`] : lines;
}

/** Columns of equal width; those listed in `right` hold numbers. */
function align(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const width = (column: number) => Math.min(MAX_CELL, Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const widths = Array.from({ length: count }, (_, column) => width(column));
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    return `  ${cells
      .filter((_, column) => widths[column] !== 0)
      .join('  ')
      .trimEnd()}`;
  });
}
