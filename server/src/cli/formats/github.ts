/**
 * GitHub Actions workflow commands: each finding becomes an annotation on the changed lines
 * (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions). In a notebook, the annotation is
 * on the line of the file that holds the code, and names the cell.
 */
import type { ReportDiagnostic } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import { describeCalls, describeFindings, describePosition } from '../../report/describe.ts';
import { worstFirst } from '../../report/order.ts';
import type { Format, FormatContext } from './format.ts';

const COMMANDS: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

export const formatGithub: Format = (report, context) => {
  // GitHub shows ten of a kind per step.
  const annotations = worstFirst(report).map((diagnostic) => annotate(diagnostic, context));
  const problems = report.problems.map(
    ({ path, message }) => `::warning file=${escapeProperty(path)},title=farthing::${escapeData(message)}`,
  );
  const summary = [describeCalls(report), describeFindings(report)].map(escapeData);
  return `${[...annotations, ...problems, ...summary].join('\n')}\n`;
};

export function annotate(diagnostic: ReportDiagnostic, { linesInFile }: Pick<FormatContext, 'linesInFile'>): string {
  const { path, rule, severity, cell } = diagnostic;
  const lines = linesInFile(diagnostic);
  const at = lines === null ? '' : `,line=${lines.line},endLine=${lines.endLine}`;
  const place = `file=${escapeProperty(path)}${at}${cell === null ? columns(diagnostic) : ''}`;
  const message = cell === null ? diagnostic.message : `${describePosition(diagnostic)}: ${diagnostic.message}`;
  return `::${COMMANDS[severity]} ${place},title=${escapeProperty(rule)}::${escapeData(message)}`;
}

/** GitHub refuses columns on an annotation that spans several lines. */
function columns({ line, endLine, column, endColumn }: ReportDiagnostic): string {
  return line === endLine ? `,col=${column},endColumn=${endColumn}` : '';
}

/** A line break would end the command, and `%` starts an escape sequence. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** In properties, the separators are escaped too. */
function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
