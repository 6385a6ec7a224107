/** One table of the report: a row per group, most expensive first, in as many columns as fit the terminal. */
import { formatCount, formatDollars } from '@farthing/shared/money';
import type { Group } from '../ledger/aggregate.ts';
import { inColumns, textWidth } from './columns.ts';
import { duration, percent } from './describe.ts';
import type { Colors } from './io.ts';
import { moneyFormat } from './money-column.ts';

/** Rows of one table; the others are summed up in one line. */
const MAX_ROWS = 20;
const LONGEST_NAME = 44;
const SHORTEST_NAME = 20;
const BAR = 10;

interface Column {
  readonly name: string;
  readonly head: string;
  readonly cell: (group: Group) => string;
  readonly isLeft?: boolean;
}

/** The columns to omit in a narrow terminal, in this order; the others always stay. */
const DROPPED = ['p99', 'p95', 'bar', 'in', 'out', 'p50', 'unpriced', 'errors', 'refused', 'hits', 'saved'];

export interface TableText {
  readonly text: string;
  readonly isWhole: boolean;
}

/** @param width of the terminal in columns; infinite for a pipe */
export function tableOf(
  title: string,
  groups: readonly Group[],
  total: Group,
  { colors, width }: { readonly colors: Colors; readonly width: number },
): TableText {
  const shown = groups.slice(0, MAX_ROWS);
  const all = columnsOf(shown, total, colors);
  const widest = { columns: all, longestName: LONGEST_NAME };
  let layout = widest;
  let text = render(title, shown, layout, colors);
  const left = [...DROPPED];
  while (widthOf(text) > width) {
    if (layout.longestName > SHORTEST_NAME) {
      // Names are shortened first, as far as needed.
      const over = widthOf(text) - width;
      layout = { ...layout, longestName: Math.max(SHORTEST_NAME, nameWidth(shown, layout.longestName) - over) };
    } else {
      const dropped = left.shift();
      if (dropped === undefined) break;
      const columns = layout.columns.filter(({ name }) => name !== dropped);
      if (columns.length === layout.columns.length) continue;
      layout = { columns, longestName: LONGEST_NAME };
    }
    text = render(title, shown, layout, colors);
  }
  return { text: `${text}\n${restOf(groups, colors)}`, isWhole: layout.columns.length === all.length };
}

function columnsOf(shown: readonly Group[], total: Group, colors: Colors): readonly Column[] {
  const dash = colors.dim('-');
  const cost = moneyFormat(shown.map((group) => group.cost));
  const saved = moneyFormat(shown.map((group) => group.saved));
  const unpriced: Column = {
    name: 'unpriced',
    head: 'unpriced',
    cell: (group) => (group.unpriced === 0 ? dash : colors.yellow(formatCount(group.unpriced))),
  };
  const refused: Column = {
    name: 'refused',
    head: 'refused',
    cell: (group) => (group.refused === 0 ? dash : colors.yellow(percent(group.refused, group.calls))),
  };
  const time = (name: 'p50' | 'p95' | 'p99'): Column => ({
    name,
    head: name,
    cell: ({ latency }) => duration(latency?.[name]),
  });
  return [
    { name: 'calls', head: 'calls', cell: ({ calls }) => formatCount(calls) },
    { name: 'cost', head: 'cost', cell: (group) => (isUnpriced(group) ? colors.yellow('unknown') : cost(group.cost)) },
    { name: 'bar', head: '', cell: (group) => colors.cyan(bar(group.cost, total.cost)), isLeft: true },
    ...(total.unpriced > 0 ? [unpriced] : []),
    {
      name: 'saved',
      head: 'saved',
      cell: (group) => (group.saved === 0 ? dash : colors.green(saved(group.saved))),
    },
    { name: 'hits', head: 'hits', cell: ({ hits, calls }) => (hits === 0 ? dash : percent(hits, calls)) },
    {
      name: 'errors',
      head: 'errors',
      cell: ({ errors, calls }) => (errors === 0 ? dash : colors.red(percent(errors, calls))),
    },
    ...(total.refused > 0 ? [refused] : []),
    { name: 'in', head: 'in', cell: ({ inputTokens }) => formatCount(inputTokens) },
    { name: 'out', head: 'out', cell: ({ outputTokens }) => formatCount(outputTokens) },
    time('p50'),
    time('p95'),
    time('p99'),
  ];
}

/** No call of the group has a price: its cost is unknown, not 0. */
function isUnpriced({ unpriced, calls }: Group): boolean {
  return unpriced === calls;
}

function render(
  title: string,
  groups: readonly Group[],
  { columns, longestName }: { readonly columns: readonly Column[]; readonly longestName: number },
  colors: Colors,
): string {
  const head = [colors.bold(title), ...columns.map((column) => colors.dim(column.head))];
  const rows = groups.map((group) => {
    const name = group.key === null ? colors.dim('(none)') : clip(group.key, longestName);
    return [name, ...columns.map(({ cell }) => cell(group))];
  });
  return inColumns([head, ...rows], (column) => column === 0 || columns[column - 1]?.isLeft === true);
}

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map(textWidth));
}

function nameWidth(groups: readonly Group[], longest: number): number {
  return Math.min(longest, Math.max(...groups.map(({ key }) => textWidth(key ?? ''))));
}

function restOf(groups: readonly Group[], { dim }: Colors): string {
  const left = groups.slice(MAX_ROWS);
  if (left.length === 0) return '';
  const cost = formatDollars(left.reduce((sum, group) => sum + group.cost, 0));
  return `${dim(`and ${formatCount(left.length)} more, ${cost} together: --json and --csv list all`)}\n`;
}

/** In eighths of a character; the smallest share above 0 is shown as one eighth. */
function bar(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return '';
  const eighths = Math.max(1, Math.round((part / whole) * BAR * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8];
}

/** The end of a path is the most informative part. */
function clip(name: string, longest: number): string {
  if (textWidth(name) <= longest) return name;
  const characters = [...name];
  while (characters.length > 0 && textWidth(characters.join('')) >= longest) characters.shift();
  return `…${characters.join('')}`;
}
