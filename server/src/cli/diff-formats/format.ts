/** The interface of the formats of `farthing diff`: each is a pure function from what changed to text. */
import type { DiffReport } from '@farthing/shared/diff-report';
import type { FormatContext } from '../formats/format.ts';

export interface DiffFormatContext extends Pick<FormatContext, 'hasColors' | 'linesInFile' | 'rules' | 'version'> {
  /** Calls that are listed in detail. */
  readonly rows: number;
  /** What a comment says where no call changed; otherwise it is empty. */
  readonly saysUnchanged: boolean;
  /** True if the reasons of the verdict can be dismissed: their codes are shown. */
  readonly takesDecisions: boolean;
}

/** Returns the whole text, including its final line break. */
export type DiffFormat = (report: DiffReport, context: DiffFormatContext) => string;

export const DIFF_FORMATS = ['text', 'json', 'markdown', 'github', 'sarif', 'llm'] as const;
export type DiffFormatName = (typeof DIFF_FORMATS)[number];
