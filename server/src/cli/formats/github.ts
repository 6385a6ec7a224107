/**
 * GitHub Actions workflow commands: each finding becomes an annotation on the changed lines
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions). A line in a notebook's cell is
 * not a line of its file, so a notebook's annotation is on the file and names the cell.
 */
import type { ReportDiagnostic } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import { describeCalls, describeFindings, describePosition } from '../../report/describe.ts';
import { worstFirst } from '../../report/order.ts';
import type { Format } from './format.ts';

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

export const formatGithub: Format = (report) => {
  // GitHub shows ten of a kind per step.
  const annotations = worstFirst(report).map(annotate);
  const problems = report.problems.map(
    ({ path, message }) => `::warning file=${escapeProperty(path)},title=farthing::${escapeData(message)}`,
  );
  const summary = [describeCalls(report), describeFindings(report)].map(escapeData);
  return `${[...annotations, ...problems, ...summary].join('\n')}\n`;
};

function annotate(diagnostic: ReportDiagnostic): string {
  const { path, rule, severity, cell } = diagnostic;
  const place =
    cell === null
      ? `file=${escapeProperty(path)},line=${diagnostic.line},endLine=${diagnostic.endLine}${columns(diagnostic)}`
      : `file=${escapeProperty(path)}`;
  const message = cell === null ? diagnostic.message : `${describePosition(diagnostic)}: ${diagnostic.message}`;
  return `::${COMMANDS[severity]} ${place},title=${escapeProperty(rule)}::${escapeData(message)}`;
}

/** GitHub refuses columns on an annotation that spans several lines. */
function columns({ line, endLine, column, endColumn }: ReportDiagnostic): string {
  return line === endLine ? `,col=${column},endColumn=${endColumn}` : '';
}

/** A line break would end the command, and `%` starts an escape sequence. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In properties, the separators are escaped too. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
