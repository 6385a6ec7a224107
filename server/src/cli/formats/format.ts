/** The interface of report formats: one format per file, each a pure function from the report to text. */
import type { Report, ReportPosition } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import type { Order } from '../../report/order.ts';

/** The information about a rule that a format can use. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  readonly severity: Severity;
  /** Markdown. */
  readonly documentation: string;
  readonly url: string;
}

/** Lines of a file, from 1. */
export interface LinesInFile {
  readonly line: number;
  readonly endLine: number;
}

/** A package that Farthing knows to send requests, and does not read. */
export interface UnreadPackage {
  readonly name: string;
  /** How many of the scanned files import it. */
  readonly files: number;
}

/** For a report whose paths are relative to `root`. */
export type LinesIn = (root: string) => (position: ReportPosition) => LinesInFile | null;

export interface FormatContext {
  /** The program's version. */
  readonly version: string;
  readonly rules: readonly RuleInfo[];
  /** Where the lines of a position are in the file: a notebook's are counted in its cell. Null if it cannot be read. */
  readonly linesInFile: ReturnType<LinesIn>;
  /** What the report was narrowed to, as readers are told: the baseline that was left out, the changes. */
  readonly scope: readonly string[];
  /** Called only by formats that say it, since it reads every file. */
  readonly unread: () => readonly UnreadPackage[];
  /** The configuration that holds, as messages name it; null if there is none. */
  readonly configuration: string | null;
  readonly hasColors: boolean;
  /** Of a text report: a summary where there is much to list, a summary and everything, or only a summary. */
  readonly extent: 'fitting' | 'whole' | 'summary';
  /** Rows of each list in a summary. */
  readonly rows: number;
  /** The order of files in a text report. */
  readonly order: Order;
  /** The width at which messages are wrapped; null if nothing is wrapped (a file, a pipe). */
  readonly columns: number | null;
}

/** Returns the whole text, including its final line break. */
export type Format = (report: Report, context: FormatContext) => string;
/** Of a text. Not any iterable: a string is one, of its characters. */
export type Pieces = Generator<string> | readonly string[];
/** The same in pieces, for a text that may take much memory. */
export type PiecewiseFormat = (report: Report, context: FormatContext) => Pieces;

export const FORMATS = [
  'text',
  'json',
  'sarif',
  'github',
  'markdown',
  'gitlab',
  'junit',
  'html',
  'csv',
  'llm',
] as const;
export type FormatName = (typeof FORMATS)[number];
