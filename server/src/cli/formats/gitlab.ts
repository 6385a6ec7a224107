/**
 * GitLab's Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format): the merge
 * request shows the findings that its base branch does not have, by their fingerprints.
 */
import { printable, printableJson } from '@farthing/shared/printable';
import type { Severity } from '@farthing/shared/vocabulary';
import { describePosition } from '../../report/describe.ts';
import { fingerprints } from '../../report/fingerprints.ts';
import type { Format } from './format.ts';

const SEVERITIES: Readonly<Record<Severity, 'critical' | 'major' | 'minor' | 'info'>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

export const formatGitlab: Format = ({ diagnostics }, { linesInFile }) => {
  const names = fingerprints(diagnostics);
  const issues = diagnostics.map((diagnostic) => {
    const { cell, message, rule, severity, path } = diagnostic;
    return {
      description: printable(cell === null ? message : `${describePosition(diagnostic)}: ${message}`),
      check_name: rule,
      fingerprint: names.get(diagnostic),
      severity: SEVERITIES[severity],
      location: { path, lines: { begin: linesInFile(diagnostic)?.line ?? 1 } },
    };
  });
  return `${printableJson(JSON.stringify(issues, null, 2))}\n`;
};
