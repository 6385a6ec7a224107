/** The interface of report formats: one format per file, each a pure function from the report to text. */
import type { Report } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';

/** The information about a rule that a format can use. */
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
  /** True if every call is wanted, however many there are. */
  readonly isWhole: boolean;
  /** The width at which messages are wrapped; null if nothing is wrapped (a file, a pipe). */
  readonly columns: number | null;
}

/** Returns the whole text, including its final line break. */
export type Format = (report: Report, context: FormatContext) => string;

export const FORMATS = ['text', 'json', 'sarif', 'github', 'markdown'] as const;
export type FormatName = (typeof FORMATS)[number];
