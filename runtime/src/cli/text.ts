/** The report for people: a plot of the spending, and one table per grouping, most expensive first. */

import { formatCount, formatDollars } from '@farthing/shared/money';
import asciichart from 'asciichart';
import { SAVING_LAYERS } from '../core/saving-layers.ts';
import type { Group, GroupBy } from '../ledger/aggregate.ts';
import { count, minute, percent } from './describe.ts';
import type { Colors } from './io.ts';
import { moneyFormat } from './money-column.ts';
import type { Report } from './report-model.ts';
import { routingText, signed } from './routing.ts';
import type { Spend } from './spend.ts';
import { tableOf } from './table.ts';

const TITLES: Readonly<Record<GroupBy, string>> = {
  feature: 'feature',
  model: 'model',
  callSite: 'call site',
  user: 'user',
  tenant: 'tenant',
  team: 'team',
  tag: 'tag',
  provider: 'provider',
  endpoint: 'endpoint',
  origin: 'answered by',
  end: 'ended',
};
const PLOT_HEIGHT = 6;
/** Width of the amounts beside the plot. */
const AXIS_WIDTH = 10;
/** The maximum number of steps in a plot: more could not be distinguished. */
const WIDEST_PLOT = 96;

export interface Paper {
  readonly colors: Colors;
  /** Columns of the terminal; infinite for a pipe. */
  readonly width: number;
}

/** The number of steps that fit the plot. */
export function plotWidth(width: number): number {
  return Math.max(10, Math.min(WIDEST_PLOT, width - AXIS_WIDTH - 3));
}

export function toText(report: Report, paper: Paper): string {
  const { file, timeZone, first, last, total, groups, spend, watched, routing, isFiltered } = report;
  if (total === null) return `${file}: no calls${isFiltered ? ' match this time and these names' : ' yet'}.\n`;
  const head = `${file}: ${count(total.calls, 'call')}, ${minute(first, timeZone)} to ${minute(last, timeZone)} ${timeZone}\n${summary(total)}\n`;
  const tables = groups
    // A grouping is omitted if its only group has no name.
    .filter(({ rows }) => rows.some(({ key }) => key !== null))
    .map(({ by, rows }) => tableOf(TITLES[by], rows, total, paper));
  const parts = [
    head,
    ...(spend.points.length > 1 && total.cost > 0 ? [plot(spend, timeZone, paper.colors)] : []),
    ...tables.map(({ text }) => text),
    ...(tables.every(({ isWhole }) => isWhole)
      ? []
      : [paper.colors.dim('This terminal is too narrow for all columns: --json and --csv have them.\n')]),
    ...(routing.length > 0 ? [routingText(routing)] : []),
    ...(Object.keys(watched).length > 0 ? [watching(watched, total)] : []),
  ];
  return parts.join('\n');
}

function summary({ cost, unpriced, saved, savedBy, hits, errors, refused, calls }: Group): string {
  const layers = SAVING_LAYERS.flatMap((layer) => {
    const amount = savedBy[layer];
    return amount === undefined ? [] : [`${layer} ${signed(amount)}`];
  });
  const parts = [
    `${formatDollars(cost)} spent`,
    ...(unpriced > 0 ? [`${count(unpriced, 'call')} with unknown cost not included`] : []),
    `${signed(saved)} saved${layers.length > 0 ? ` (${layers.join(', ')})` : ''}`,
    `${percent(hits, calls)} hits`,
    `${percent(errors, calls)} errors`,
    ...(refused > 0 ? [`${formatCount(refused)} refused`] : []),
  ];
  return parts.join(', ');
}

function plot({ step, points }: Spend, timeZone: string, colors: Colors): string {
  const costs = points.map(({ cost }) => cost);
  const amount = moneyFormat(costs);
  const format = (nanos: number): string => amount(Math.max(0, Math.round(nanos))).padStart(AXIS_WIDTH);
  const lines = asciichart.plot(costs, { height: PLOT_HEIGHT, min: 0, format });
  const day = (at: number | undefined): string => minute(at ?? null, timeZone).slice(0, step === 'hour' ? 16 : 10);
  const axis = `one column per ${step}, ${day(points[0]?.at)} to ${day(points.at(-1)?.at)}`;
  return `${colors.bold('spending')}  ${colors.dim(axis)}\n${lines.replace(/[ \t]+$/gm, '')}\n`;
}

function watching(watched: Report['watched'], total: Group): string {
  return Object.entries(watched)
    .map(
      ([layer, { calls, cost }]) =>
        `in shadow mode, ${layer} would have acted on ${formatCount(calls)} of ${count(total.calls, 'call')}, which cost ${formatDollars(cost)}\n`,
    )
    .join('');
}
