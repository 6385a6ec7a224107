/** What a report says, for all of its formats. */
import type { Group, GroupBy } from '../ledger/aggregate.ts';
import type { Spend } from './spend.ts';

export interface Watched {
  readonly calls: number;
  readonly cost: number;
}

export interface Report {
  readonly file: string;
  /** Milliseconds since the epoch, of the first and the last call; null without one. */
  readonly first: number | null;
  readonly last: number | null;
  readonly total: Group | null;
  readonly groups: readonly { readonly by: GroupBy; readonly rows: readonly Group[] }[];
  readonly spend: Spend;
  /** By layer: calls for which a layer that only watches would have done something, and what they cost (nano-dollars). */
  readonly watched: Readonly<Record<string, Watched>>;
  /** True where a time or a name was asked for. */
  readonly isFiltered: boolean;
}
