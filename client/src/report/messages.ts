/** The messages between the panel and its page. Plain data, because the two are bundled separately. */
import type { Chart } from './charts.ts';
import type { CallRow } from './rows.ts';

/** All texts that the page shows, in the user's language. */
export interface PageWords {
  readonly title: string;
  readonly summary: string;
  /** The cost per month of the calls with known volumes. */
  readonly months: readonly string[];
  readonly scan: string;
  readonly filter: string;
  readonly noMatch: string;
  readonly empty: string;
  readonly tableCaption: string;
  readonly sortedBy: string;
  readonly charts: Readonly<Record<Chart['id'], string>>;
  readonly more: string;
  readonly columns: Readonly<Record<ColumnId, string>>;
  readonly note: string;
}

export const COLUMNS = ['place', 'model', 'input', 'output', 'cost', 'findings'] as const;
export type ColumnId = (typeof COLUMNS)[number];

export interface PageData {
  readonly words: PageWords;
  readonly charts: readonly Chart[];
  readonly calls: readonly CallRow[];
  /** False if only open files are known: the page then offers a scan. */
  readonly isWholeWorkspace: boolean;
  readonly locale: string;
}

export type ToPage = { readonly type: 'data'; readonly data: PageData };
export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'scan' }
  | { readonly type: 'open'; readonly call: string };
