/** What the panel and its page say to each other. Plain data: both sides are bundled apart. */
import type { Chart } from './charts.ts';
import type { CallRow } from './rows.ts';

/** Every word that the page shows, in the user's language. */
export interface PageWords {
  readonly title: string;
  readonly summary: string;
  /** What the calls with known volumes cost in a month. */
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
  /** False where only open files are known: the page then offers a scan. */
  readonly isWholeWorkspace: boolean;
  readonly locale: string;
}

export type ToPage = { readonly type: 'data'; readonly data: PageData };
export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'scan' }
  | { readonly type: 'open'; readonly call: string };
