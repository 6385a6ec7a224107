/** The contents of a report, for all of its formats. */
import type { Group, GroupBy } from '../ledger/aggregate.ts';
import type { RoutedFeature } from '../ledger/routing-summary.ts';
import type { Spend } from './spend.ts';

export interface Watched {
  readonly calls: number;
  readonly cost: number;
}

export interface Report {
  readonly file: string;
  /** Of hours, days and dates; times are moments. */
  readonly timeZone: string;
  /** Milliseconds since the epoch of the first and the last call; null if there is none. */
  readonly first: number | null;
  readonly last: number | null;
  readonly total: Group | null;
  readonly groups: readonly { readonly by: GroupBy; readonly rows: readonly Group[] }[];
  readonly spend: Spend;
  /** By layer in shadow mode: the number of calls on which it would have acted, and their cost (nano-dollars). */
  readonly watched: Readonly<Record<string, Watched>>;
  /** Calls with a choice of models, by feature. */
  readonly routing: readonly RoutedFeature[];
  /** True if the report was limited to a time or a name. */
  readonly isFiltered: boolean;
}
