/** What a report is written as: one format a file, each a pure function from the report to text. */
import type { Report } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';

/** What a format may say about a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** Markdown. */
  readonly documentation: string;
  readonly url: string;
}

export interface FormatContext {
  /** The program's version. */
  readonly version: string;
  readonly rules: readonly RuleInfo[];
  readonly hasColors: boolean;
  /** Columns to wrap messages at; null where nothing wraps (a file, a pipe). */
  readonly columns: number | null;
}

/** Returns the whole text, with its final line break. */
export type Format = (report: Report, context: FormatContext) => string;

export const FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
export type FormatName = (typeof FORMATS)[number];
