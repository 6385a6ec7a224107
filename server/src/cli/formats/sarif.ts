/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code-scanning services read it. Paths are relative
 * to the base id `SRCROOT`, and columns are UTF-16 units. SARIF's regions cannot express a notebook's cell: the result
 * points at the start of the file, and the message names the cell and the line in it.
 */
import { printable, printableJson } from '@farthing/shared/printable';
import type { Report, ReportDiagnostic } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from 'node-sarif-builder';
import { describePosition } from '../../report/describe.ts';
import type { Format, FormatContext, RuleInfo } from './format.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

export const formatSarif: Format = (report, context) => {
  const run = new SarifRunBuilder({
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The directory that was scanned.' } } },
    tool: { driver: { name: 'farthing', version: context.version, rules: [] } },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: report.problems.map((problem) => ({
          level: 'warning' as const,
          message: { text: printable(`${problem.path}: ${problem.message}`) },
        })),
      },
    ],
  });
  for (const rule of rulesOf(report, context)) run.addRule(ruleBuilder(rule));
  for (const diagnostic of report.diagnostics) run.addResult(resultBuilder(diagnostic));
  const log = new SarifBuilder({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json' });
  log.addRun(run);
  return `${printableJson(log.buildSarifJsonString({ indent: true }))}\n`;
};

/** All rules of the program, and any other name that a finding has, so that each result has its rule. */
function rulesOf(report: Report, context: FormatContext): readonly RuleInfo[] {
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  for (const { rule: id, severity, url } of report.diagnostics) {
    if (!rules.has(id)) rules.set(id, { id, summary: id, severity, documentation: '', url });
  }
  return [...rules.values()];
}

function ruleBuilder(rule: RuleInfo): SarifRuleBuilder {
  return new SarifRuleBuilder({
    id: rule.id,
    shortDescription: { text: rule.summary },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    ...(rule.url === '' ? {} : { helpUri: rule.url }),
    ...(rule.documentation === '' ? {} : { help: { text: rule.summary, markdown: rule.documentation } }),
  });
}

function resultBuilder(diagnostic: ReportDiagnostic): SarifResultBuilder {
  const isNotebook = diagnostic.cell !== null;
  return new SarifResultBuilder({
    ruleId: diagnostic.rule,
    level: LEVELS[diagnostic.severity],
    message: {
      text: printable(isNotebook ? `${describePosition(diagnostic)}: ${diagnostic.message}` : diagnostic.message),
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodePath(diagnostic.path), uriBaseId: 'SRCROOT' },
          region: isNotebook
            ? { startLine: 1, startColumn: 1 }
            : {
                startLine: diagnostic.line,
                startColumn: diagnostic.column,
                endLine: diagnostic.endLine,
                endColumn: diagnostic.endColumn,
              },
        },
      },
    ],
    ...(diagnostic.call === null
      ? {}
      : { partialFingerprints: { 'farthingCallSite/v1': `${diagnostic.rule}:${diagnostic.call}` } }),
  });
}

/** A relative POSIX path as a URI reference: each segment is percent-encoded, and the slashes stay. */
function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
