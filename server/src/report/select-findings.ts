/** A report with some of its findings: those of some rules, of some severities, or the certain ones. Calls and costs are not affected. */
import type { Report, ReportDiagnostic } from '@farthing/shared/report';
import { type Confidence, SEVERITIES, type Severity } from '@farthing/shared/vocabulary';

export interface WantedFindings {
  /** Null for all. */
  readonly rules: ReadonlySet<string> | null;
  /** The least severe that is wanted. */
  readonly severity: Severity;
  /** `certain` leaves out findings that are only likely. */
  readonly confidence: Confidence;
}

export function selectFindings(report: Report, { rules, severity, confidence }: WantedFindings): Report {
  const least = SEVERITIES.indexOf(severity);
  const isWanted = (one: ReportDiagnostic): boolean =>
    (rules === null || rules.has(one.rule)) &&
    SEVERITIES.indexOf(one.severity) <= least &&
    (confidence === 'likely' || one.confidence === 'certain');
  return { ...report, diagnostics: report.diagnostics.filter(isWanted) };
}
