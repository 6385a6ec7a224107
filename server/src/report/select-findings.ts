/** A report with some of its findings: those of some rules, or of some severities. Calls and costs are not affected. */
import type { Report } from '@farthing/shared/report';
import { SEVERITIES, type Severity } from '@farthing/shared/vocabulary';

export interface WantedFindings {
  /** Null for all. */
  readonly rules: ReadonlySet<string> | null;
  /** The least severe that is wanted. */
  readonly severity: Severity;
}

export function selectFindings(report: Report, { rules, severity }: WantedFindings): Report {
  const least = SEVERITIES.indexOf(severity);
  const isWanted = (rule: string, found: Severity): boolean =>
    (rules === null || rules.has(rule)) && SEVERITIES.indexOf(found) <= least;
  return { ...report, diagnostics: report.diagnostics.filter((one) => isWanted(one.rule, one.severity)) };
}
