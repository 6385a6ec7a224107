/** GitHub Actions workflow commands: an annotation at each line that the change makes worse, and the verdict. */
import { describeCounts, describeMonths } from '../../diff/describe-change.ts';
import { worstFirst } from '../../report/order.ts';
import { annotate, escapeData } from '../formats/github.ts';
import type { DiffFormat } from './format.ts';
import { reportOf } from './reported.ts';

export const formatGithub: DiffFormat = (report, context) => {
  // GitHub shows ten of a kind per step.
  const annotations = worstFirst(reportOf(report)).map((diagnostic) => annotate(diagnostic, context));
  const months = describeMonths(report);
  const summary = [`${report.verdict.result}: ${describeCounts(report)}`, ...(months === null ? [] : [months])];
  return `${[...annotations, ...summary.map(escapeData)].join('\n')}\n`;
};
