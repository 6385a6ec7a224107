/** The report as JSON, schema 1: money in decimal dollars, times in ISO 8601, null for unknown values. */
import { toDollars } from '@farthing/shared/money';
import type { Group } from '../ledger/aggregate.ts';
import type { Report } from './report-model.ts';
import { routingJson } from './routing.ts';

export function toJson({ file, timeZone, first, last, total, groups, spend, watched, routing }: Report): string {
  const report = {
    schema: 1,
    file,
    timeZone,
    first: timeOf(first),
    last: timeOf(last),
    total: total === null ? null : figuresOf(total),
    groups: Object.fromEntries(
      groups.map(({ by, rows }) => [by, rows.map((row) => ({ key: row.key, ...figuresOf(row) }))]),
    ),
    spend: {
      step: spend.step,
      points: spend.points.map(({ at, cost }) => ({ at: timeOf(at), cost: toDollars(cost) })),
    },
    watched: Object.fromEntries(
      Object.entries(watched).map(([layer, { calls, cost }]) => [layer, { calls, cost: toDollars(cost) }]),
    ),
    routing: routingJson(routing),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function figuresOf({ key: _, calls, cost, saved, savedBy, ...figures }: Group) {
  return {
    calls,
    cost: toDollars(cost),
    saved: toDollars(saved),
    savedBy: Object.fromEntries(Object.entries(savedBy).map(([layer, amount]) => [layer, toDollars(amount)])),
    ...figures,
  };
}

function timeOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
