/** SARIF with new findings alone: a code-scanning service shows what the change brings. */
import { formatSarif as formatReport } from '../formats/sarif.ts';
import type { DiffFormat } from './format.ts';
import { reportOf } from './reported.ts';

export const formatSarif: DiffFormat = (report, context) => formatReport(reportOf(report), context);
