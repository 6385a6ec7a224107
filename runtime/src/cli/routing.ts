/** The part of the report on routing: what it saved, and what one fixed model would have cost. */
import { formatCount, formatDollars, toDollars } from '@farthing/shared/money';
import type { RoutedFeature } from '../ledger/routing-summary.ts';
import { inColumns } from './columns.ts';
import { percent } from './describe.ts';

const HEAD = ['routed', 'calls', 'escalated', 'cost', 'dearest tier alone', 'saved', 'cheapest tier alone'];

export function routingText(features: readonly RoutedFeature[]): string {
  const rows = features.map(({ feature, calls, escalated, spent, dearest, cheapest }) => [
    feature ?? '(no feature)',
    formatCount(calls),
    escalated === 0 ? '-' : percent(escalated, calls),
    formatDollars(spent),
    formatDollars(dearest),
    signed(dearest - spent),
    formatDollars(cheapest),
  ]);
  return `${inColumns([HEAD, ...rows], (column) => column === 0)}\n`;
}

/** Savings can be negative: a rejected answer, a first write to the provider's cache. */
export function signed(nanos: number): string {
  return nanos < 0 ? `-${formatDollars(-nanos)}` : formatDollars(nanos);
}

export function routingJson(features: readonly RoutedFeature[]) {
  return features.map(({ spent, dearest, cheapest, ...rest }) => ({
    ...rest,
    cost: toDollars(spent),
    dearest: toDollars(dearest),
    saved: toDollars(dearest - spent),
    cheapest: toDollars(cheapest),
  }));
}
