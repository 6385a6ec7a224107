/** The report for people: a plot of the spending, and one table for each grouping, the dearest first. */
import { formatCount, formatDollars } from '@farthing/shared/money';
import asciichart from 'asciichart';
import Table from 'cli-table3';
import pico from 'picocolors';
import type { Group, GroupBy } from '../ledger/aggregate.ts';
import type { Report } from './report.ts';
import type { Spend } from './spend.ts';

type Colors = ReturnType<typeof pico.createColors>;

const TITLES: Readonly<Record<GroupBy, string>> = {
  feature: 'feature',
  model: 'model',
  callSite: 'call site',
  user: 'user',
  tenant: 'tenant',
  provider: 'provider',
  endpoint: 'endpoint',
  origin: 'answered by',
};
/** Rows of one table; the others are summed up in a line. */
const MOST_ROWS = 20;
const LONGEST_NAME = 44;
const BAR = 10;
const PLOT_HEIGHT = 6;

export function toText({ file, first, last, total, groups, spend, watched }: Report, hasColors: boolean): string {
  const colors = pico.createColors(hasColors);
  if (total === null) return `${file}: no calls (in the time and of the names that were asked for).\n`;
  const head = `${file}: ${count(total.calls, 'call')}, ${minute(first)} to ${minute(last)} UTC\n${summary(total)}\n`;
  const parts = [
    head,
    ...(spend.points.length > 1 && total.cost > 0 ? [plot(spend, colors)] : []),
    ...groups
      // Nothing is known where the only group is the one without a name.
      .filter(({ rows }) => rows.some(({ key }) => key !== null))
      .map(({ by, rows }) => table(TITLES[by], rows, total, colors)),
    ...(Object.keys(watched).length > 0 ? [watching(watched, total)] : []),
  ];
  return parts.join('\n');
}

function summary({ cost, unpriced, saved, hits, errors, refused, calls }: Group): string {
  const parts = [
    `${formatDollars(cost)} spent`,
    ...(unpriced > 0 ? [`${count(unpriced, 'call')} of unknown cost not in it`] : []),
    `${formatDollars(saved)} saved`,
    `${percent(hits, calls)} hits`,
    `${percent(errors, calls)} errors`,
    ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
  ];
  return parts.join(', ');
}

function plot({ step, points }: Spend, colors: Colors): string {
  const format = (nanos: number): string => formatDollars(Math.max(0, Math.round(nanos)), 2).padStart(10);
  const lines = asciichart.plot(
    points.map(({ cost }) => cost),
    { height: PLOT_HEIGHT, min: 0, format },
  );
  const day = (at: number | undefined): string => minute(at ?? null).slice(0, step === 'hour' ? 16 : 10);
  const axis = `one column ${step === 'hour' ? 'an' : 'a'} ${step}, ${day(points[0]?.at)} to ${day(points.at(-1)?.at)}`;
  return `${colors.bold('spending')}  ${colors.dim(axis)}\n${lines.replace(/[ \t]+$/gm, '')}\n`;
}

function table(title: string, groups: readonly Group[], total: Group, colors: Colors): string {
  const hasUnpriced = total.unpriced > 0;
  const dim = (text: string): string => colors.dim(text);
  const head = ['calls', 'cost', '', ...(hasUnpriced ? ['unpriced'] : []), 'saved', 'hits', 'errors', 'in', 'out'];
  const lines = new Table({
    head: [colors.bold(title), ...[...head, 'p50', 'p95', 'p99'].map(dim)],
    colAligns: [
      'left',
      'right',
      'right',
      'left',
      ...head.slice(3).map(() => 'right' as const),
      'right',
      'right',
      'right',
    ],
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  for (const group of groups.slice(0, MOST_ROWS)) {
    const { key, calls, cost, unpriced, saved, hits, errors, inputTokens, outputTokens, latency } = group;
    const isUnknown = unpriced === calls;
    lines.push([
      key === null ? dim('(none)') : clip(key),
      formatCount(calls),
      isUnknown ? dim('unknown') : formatDollars(cost),
      colors.cyan(bar(cost, total.cost)),
      ...(hasUnpriced ? [unpriced === 0 ? dim('-') : colors.yellow(formatCount(unpriced))] : []),
      saved === 0 ? dim('-') : colors.green(formatDollars(saved)),
      hits === 0 ? dim('-') : percent(hits, calls),
      errors === 0 ? dim('-') : colors.red(percent(errors, calls)),
      formatCount(inputTokens),
      formatCount(outputTokens),
      ...[latency?.p50, latency?.p95, latency?.p99].map(duration),
    ]);
  }
  const text = lines.toString().replace(/[ \t]+$/gm, '');
  const left = groups.slice(MOST_ROWS);
  if (left.length === 0) return `${text}\n`;
  const cost = left.reduce((sum, group) => sum + group.cost, 0);
  return `${text}\n${dim(`and ${formatCount(left.length)} more, ${formatDollars(cost)} together: --json and --csv list all`)}\n`;
}

const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
);

function watching(watched: Readonly<Record<string, number>>, { calls }: Group): string {
  return Object.entries(watched)
    .map(
      ([layer, times]) =>
        `${layer} only watches: on, it would have acted on ${formatCount(times)} of ${count(calls, 'call')}\n`,
    )
    .join('');
}

/** In eighths of a character; the smallest share above 0 is one of them. */
function bar(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return '';
  const eighths = Math.max(1, Math.round((part / whole) * BAR * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8];
}

/** Names come from the application's users: what would steer a terminal is shown, not sent. The end tells most of a path. */
function clip(name: string): string {
  const text = name.replace(/\p{Cc}/gu, '�');
  return text.length <= LONGEST_NAME ? text : `…${text.slice(1 - LONGEST_NAME)}`;
}

function percent(part: number, whole: number): string {
  const share = (part / whole) * 100;
  return `${share > 0 && share < 1 ? share.toFixed(1) : Math.round(share)}%`;
}

function duration(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function minute(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
}
