/** The messages between the panel and its page. Plain data, because the two are bundled separately. */
import type { Chart, Measure } from './charts.ts';
import type { GroupKind } from './groups.ts';
import type { CallRow, FindingRow } from './rows.ts';

/** All texts that the page shows, in the user's language. */
export interface PageWords {
  readonly title: string;
  readonly summary: string;
  /** The cost per month of the calls with known volumes. */
  readonly months: readonly string[];
  readonly scan: string;
  readonly export: string;
  readonly filter: string;
  readonly noMatch: string;
  readonly noFindings: string;
  readonly empty: string;
  readonly sortedBy: string;
  readonly shown: string;
  readonly charts: Readonly<Record<GroupKind, string>>;
  readonly measures: Readonly<Record<Measure, string>>;
  readonly more: string;
  /** Of a group that the tables are limited to: `Show all again`. */
  readonly deselect: string;
  readonly calls: string;
  readonly callsHint: string;
  readonly columns: Readonly<Record<ColumnId, string>>;
  readonly findings: string;
  readonly finding: string;
  readonly saves: string;
  readonly fixAll: string;
  readonly explain: string;
  readonly note: string;
}

export const COLUMNS = ['place', 'model', 'input', 'output', 'cost', 'findings'] as const;
export type ColumnId = (typeof COLUMNS)[number];

export interface PageData {
  readonly words: PageWords;
  readonly charts: readonly Chart[];
  readonly calls: readonly CallRow[];
  readonly findings: readonly FindingRow[];
  /** False if only open files are known: the page then offers a scan. */
  readonly isWholeWorkspace: boolean;
}

export type ToPage = { readonly type: 'data'; readonly data: PageData };
export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'scan' }
  | { readonly type: 'export' }
  | { readonly type: 'openCall'; readonly call: string }
  /** By its index in the page's data. */
  | { readonly type: 'openFinding'; readonly finding: number }
  | { readonly type: 'fixAll'; readonly rule: string }
  | { readonly type: 'explain'; readonly rule: string };
