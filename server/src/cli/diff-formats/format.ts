/** The interface of the formats of `farthing diff`: each is a pure function from what changed to text. */
import type { DiffReport } from '@farthing/shared/diff-report';

export interface DiffFormatContext {
  readonly hasColors: boolean;
  /** Calls that are listed in detail. */
  readonly rows: number;
}

/** Returns the whole text, including its final line break. */
export type DiffFormat = (report: DiffReport, context: DiffFormatContext) => string;

export const DIFF_FORMATS = ['text', 'json', 'markdown'] as const;
export type DiffFormatName = (typeof DIFF_FORMATS)[number];
