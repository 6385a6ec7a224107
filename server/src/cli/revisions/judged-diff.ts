/** What changed between two revisions, with the verdict on it. */
import type { DiffReport } from '@farthing/shared/diff-report';
import type { ReportProblem } from '@farthing/shared/report';
import { buildDiff } from '../../diff/build-diff.ts';
import { type JudgedDiff, judgeDiff } from '../../policy/judge-diff.ts';
import type { Io } from '../io.ts';
import type { Drive } from '../progress.ts';
import type { Compared } from './compared.ts';
import { type RevisionOptions, scanRevisions } from './scan-revisions.ts';

export interface JudgedRevisions {
  /** Paths are relative to the current folder. */
  readonly report: DiffReport;
  /** Where the new revision is. */
  readonly headRoot: string;
  readonly configProblems: readonly ReportProblem[];
}

export async function judgedDiff(
  compared: Compared,
  options: RevisionOptions & Pick<JudgedDiff, 'failOn'>,
  decisions: JudgedDiff['decisions'],
  io: Io,
  drive?: Drive,
): Promise<JudgedRevisions> {
  const scanned = await scanRevisions(compared, options, io, drive);
  const { configProblems, head } = scanned;
  const unjudged = buildDiff({ ...scanned, revisions: compared.revisions });
  const verdict = judgeDiff({ ...scanned, failOn: options.failOn, report: unjudged, decisions, now: new Date() });
  const problems = [...configProblems, ...unjudged.problems];
  return { report: { verdict, ...unjudged, root: io.cwd, problems }, headRoot: head.report.root, configProblems };
}
