/**
 * The terminal report: files, their calls with aligned numbers, each call's findings under it, and the totals. A large
 * report begins with a summary, and lists its calls only if it is asked for all.
 */
import { printable } from '@farthing/shared/printable';
import type { Report, ReportCall, ReportDiagnostic } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import picocolors from 'picocolors';
import {
  byPosition,
  describeApi,
  describeCalls,
  describeCost,
  describeFindings,
  describeFixes,
  describeInput,
  describeMonth,
  describeNoCalls,
  describeOrigin,
  describeOutput,
  describePosition,
  describeUnknownModels,
} from '../../report/describe.ts';
import { describeMeasured, describePredicted, describeUnjoined } from '../../report/describe-measured.ts';
import { describeModel, isModelUnknown } from '../../report/describe-model.ts';
import { describeRun } from '../../report/describe-multiplier.ts';
import { byOrder } from '../../report/order.ts';
import { plural } from '../../report/plural.ts';
import type { Format, FormatContext } from './format.ts';
import { summaryBlocks } from './text-summary.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

/** A wider cell does not widen the column in the other lines. */
const MAX_CELL = 44;
const GAP = '  ';
/** Calls and findings that are listed without a summary. */
const MAX_LISTED = 50;

export const formatText: Format = (report, context) => {
  const colors = picocolors.createColors(context.hasColors);
  const isLarge = context.extent === 'summary' || report.calls.length + report.diagnostics.length > MAX_LISTED;
  const isFolded = isLarge && context.extent !== 'whole';
  const summary = isLarge && report.calls.length > 0 ? summaryBlocks(report, context, colors) : [];
  const files = isFolded ? [] : listFiles(report, context, colors);
  const unread = unreadLines(context);
  const notRead = unread.length === 0 ? [] : [[colors.underline('Not read'), ...unread].join('\n')];
  return `${[...summary, ...files, ...notRead, formatTotals(report, context, colors, isFolded)].join('\n\n')}\n`;
};

/** `105 files import agno, which Farthing does not read`. */
function unreadLines({ unread, rows }: FormatContext): readonly string[] {
  const all = unread();
  const lines = all.slice(0, rows).map(({ name, files }) => {
    const count = plural(files, 'file imports', 'files import');
    return `  ${count} ${name}, which Farthing does not read`;
  });
  return all.length > rows ? [...lines, `  and ${plural(all.length - rows, 'other package')}`] : lines;
}

function listFiles(report: Report, context: FormatContext, colors: Colors): readonly string[] {
  const page: Page = {
    context,
    colors,
    widths: layOut(report.calls),
    findings: Map.groupBy(report.diagnostics, ({ call }) => call),
  };
  const ids = new Set(report.calls.map(({ id }) => id));
  const loose = report.diagnostics.filter(({ call }) => call === null || !ids.has(call));
  const files = groupByPath(report.calls, loose).map((file) => {
    const ofCalls = file.calls.flatMap(({ id }) => page.findings.get(id) ?? []);
    return { file, listed: { path: file.path, calls: file.calls, findings: [...ofCalls, ...file.loose] } };
  });
  const compare = byOrder(context.order);
  return files.sort((a, b) => compare(a.listed, b.listed)).map(({ file }) => formatFile(file, page));
}

/** What is needed to draw the lines of a report. */
interface Page {
  readonly context: FormatContext;
  readonly colors: Colors;
  readonly widths: readonly number[];
  /**
   * By call: a finding is listed under its call even if it points at another file (the constant that names a model).
   */
  readonly findings: ReadonlyMap<string | null, readonly ReportDiagnostic[]>;
}

interface File {
  readonly path: string;
  readonly calls: readonly ReportCall[];
  /** Findings that belong to none of the report's calls. */
  readonly loose: readonly ReportDiagnostic[];
}

function groupByPath(calls: readonly ReportCall[], loose: readonly ReportDiagnostic[]): readonly File[] {
  const paths = [...new Set([...calls, ...loose].map(({ path }) => path))].sort();
  const callsOf = Map.groupBy(calls, ({ path }) => path);
  const looseOf = Map.groupBy(loose, ({ path }) => path);
  return paths.map((path) => ({ path, calls: callsOf.get(path) ?? [], loose: looseOf.get(path) ?? [] }));
}

/** A column: its text for a call, its alignment and its colour. */
interface Column {
  readonly text: (call: ReportCall) => string;
  readonly side: 'left' | 'right';
  readonly paint: (colors: Colors, text: string) => string;
}
const COLUMNS: readonly Column[] = [
  { text: describePosition, side: 'left', paint: (colors, text) => colors.dim(text) },
  { text: describeApi, side: 'left', paint: (_, text) => text },
  { text: describeModel, side: 'left', paint: (colors, text) => colors.cyan(text) },
  { text: describeInput, side: 'right', paint: (_, text) => text },
  { text: describeOutput, side: 'right', paint: (_, text) => text },
  // What to do about a model that nothing names is said once, at the end.
  {
    text: (call) => (isModelUnknown(call) ? '' : describeCost(call)),
    side: 'left',
    paint: (colors, text) => colors.bold(text),
  },
];

/** The width of each column over the whole report, so that files can be compared at a glance. */
function layOut(calls: readonly ReportCall[]): readonly number[] {
  return COLUMNS.map(({ text }) => Math.min(MAX_CELL, Math.max(0, ...calls.map((call) => text(call).length))));
}

function formatFile({ path, calls, loose }: File, page: Page): string {
  const rows = [
    ...calls.map((call) => ({
      at: call,
      lines: [formatCall(call, page), ...formatNotes(call, page), ...formatFindings(call, page)],
    })),
    ...loose.map((finding) => ({
      at: finding,
      lines: [formatFinding(finding, `${describePosition(finding)}${GAP}`, '', page)],
    })),
  ].sort((a, b) => byPosition(a.at, b.at));
  return [page.colors.underline(path), ...rows.flatMap(({ lines }) => lines)].join('\n');
}

/** What multiplies the call and what was measured of it, under it. */
function formatNotes(call: ReportCall, { colors }: Page): readonly string[] {
  const [predicted] = describePredicted(call);
  const measured = [describeMeasured(call), predicted ?? ''].filter(Boolean).join(' | ');
  return [describeRun(call), measured].filter(Boolean).map((note) => `${' '.repeat(9)}${colors.dim(printable(note))}`);
}

function formatFindings(call: ReportCall, page: Page): readonly string[] {
  return (page.findings.get(call.id) ?? []).toSorted(byPosition).map((finding) => {
    const isElsewhere = finding.path !== call.path;
    return formatFinding(finding, '', isElsewhere ? ` (${finding.path}:${describePosition(finding)})` : '', page);
  });
}

function formatCall(call: ReportCall, { widths, colors }: Page): string {
  const cells = COLUMNS.map(({ text, side, paint }, index) => {
    const plain = text(call);
    const padding = ' '.repeat(Math.max(0, (widths[index] ?? 0) - plain.length));
    const isLast = index === COLUMNS.length - 1;
    if (side === 'right') return padding + paint(colors, plain);
    return paint(colors, plain) + (isLast ? '' : padding);
  });
  const mark = call.isTest ? `${GAP}${colors.dim('in a test')}` : '';
  return `  ${cells.join(GAP).trimEnd()}${mark}`;
}

const SEVERITIES: Readonly<Record<Severity, { word: string; paint: (colors: Colors, text: string) => string }>> = {
  error: { word: 'error', paint: (colors, text) => colors.red(text) },
  warning: { word: 'warning', paint: (colors, text) => colors.yellow(text) },
  information: { word: 'info', paint: (colors, text) => colors.blue(text) },
  hint: { word: 'hint', paint: (colors, text) => colors.dim(text) },
};

function formatFinding(finding: ReportDiagnostic, prefix: string, place: string, { context, colors }: Page): string {
  const { word, paint } = SEVERITIES[finding.severity];
  const indent = prefix === '' ? ' '.repeat(9) : '  ';
  const rule = finding.confidence === 'likely' ? `${finding.rule} (likely)` : finding.rule;
  const head = `${indent}${prefix}${word.padEnd(7)}${GAP}${rule}`;
  const painted = `${indent}${prefix && colors.dim(prefix)}${paint(colors, word.padEnd(7))}${GAP}${rule}`;
  const message = finding.message.replace(/\s+/g, ' ') + place;
  if (context.columns === null || head.length + GAP.length + message.length <= context.columns) {
    return `${painted}${GAP}${message}`;
  }
  const hanging = ' '.repeat(11);
  const lines = wrap(message, Math.max(40, context.columns - hanging.length));
  return [painted, ...lines.map((line) => hanging + line)].join('\n');
}

/** Breaks at spaces; a word that is longer than a line gets its own line. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

function findingsLine(report: Report): string {
  const fixes = describeFixes(report);
  return describeFindings(report) + (fixes === null ? '' : `. ${fixes}`);
}

/** The calls of a folded report are counted at its beginning. */
function formatTotals(
  report: Report,
  { configuration, scope }: Pick<FormatContext, 'configuration' | 'scope'>,
  colors: Colors,
  isFolded: boolean,
): string {
  const counts = isFolded ? [] : [describeCalls(report), describeUnknownModels(report)];
  const rest = isFolded ? ['farthing scan --all lists every call and finding'] : [];
  const lines =
    report.calls.length === 0
      ? [describeNoCalls(report)]
      : [...counts, describeMonth(report), describeUnjoined(report), findingsLine(report), ...rest];
  if (report.calls.length === 0 && report.diagnostics.length > 0) lines.push(findingsLine(report));
  lines.push(...scope.map((note) => `${printable(note)}`));
  const held = configuration === null ? '' : `configuration: ${printable(configuration)}; `;
  return [...lines.filter((line) => line !== null), colors.dim(held + describeOrigin(report))].join('\n');
}
