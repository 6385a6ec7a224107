/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), as code-scanning services read it. Paths are relative
 * to the base id `SRCROOT`, and columns are UTF-16 units. SARIF's regions cannot express a notebook's cell: the result
 * points at the line of the file that holds the code, and the message names the cell.
 *
 * GitHub (https://docs.github.com/en/code-scanning/reference/sarif-files/sarif-support) shows one location of a result and
 * 5,000 results of a run, and takes results with the same `primaryLocationLineHash` for one.
 */

import { formatCount } from '@farthing/shared/money';
import { printable, printableJson } from '@farthing/shared/printable';
import type { Report, ReportDiagnostic } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import { SarifBuilder, SarifResultBuilder, SarifRuleBuilder, SarifRunBuilder } from 'node-sarif-builder';
import { describePosition } from '../../report/describe.ts';
import { fingerprints } from '../../report/fingerprints.ts';
import { worstFirst } from '../../report/order.ts';
import type { FormatContext, LinesInFile, RuleInfo } from './format.ts';

const HOME = 'https://github.com/farthing-llm/farthing';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** GitHub's words for how serious a rule is. */
const PROBLEM_SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'recommendation',
  hint: 'recommendation',
};

const MAX_RESULTS = 5_000;

/** What of a context it uses. */
export type SarifContext = Pick<FormatContext, 'linesInFile' | 'rules' | 'version'>;

export const formatSarif = (report: Report, context: SarifContext): string => {
  const names = fingerprints(report.diagnostics);
  const wanted = new Set(worstFirst(report).slice(0, MAX_RESULTS));
  const run = new SarifRunBuilder({
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The directory that was scanned.' } } },
    tool: {
      driver: {
        name: 'farthing',
        version: context.version,
        semanticVersion: context.version,
        informationUri: HOME,
        rules: [],
      },
    },
    invocations: [
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          ...leftOut(report.diagnostics.length - wanted.size),
          ...report.problems.map((problem) => ({
            level: 'warning' as const,
            message: { text: printable(`${problem.path}: ${problem.message}`) },
          })),
        ],
      },
    ],
  });
  for (const rule of rulesOf(report, context)) run.addRule(ruleBuilder(rule));
  for (const diagnostic of report.diagnostics) {
    if (wanted.has(diagnostic)) run.addResult(resultBuilder(diagnostic, names.get(diagnostic) ?? '', context));
  }
  const log = new SarifBuilder({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json' });
  log.addRun(run);
  return `${printableJson(log.buildSarifJsonString({ indent: true }))}\n`;
};

/** All rules of the program, and any other name that a finding has, so that each result has its rule. */
function rulesOf(report: Report, context: SarifContext): readonly RuleInfo[] {
  const rules = new Map(context.rules.map((rule) => [rule.id, rule]));
  for (const { rule: id, severity, url } of report.diagnostics) {
    if (!rules.has(id)) rules.set(id, { id, summary: id, severity, documentation: '', url });
  }
  return [...rules.values()];
}

/** What a reader of the results has to know about those that are not there. */
function leftOut(count: number): readonly { level: 'warning'; message: { text: string } }[] {
  if (count === 0) return [];
  const text = `${formatCount(count)} less severe results are left out: SARIF services show ${formatCount(MAX_RESULTS)} of a run. --rule and --severity choose others.`;
  return [{ level: 'warning', message: { text } }];
}

function ruleBuilder(rule: RuleInfo): SarifRuleBuilder {
  return new SarifRuleBuilder({
    id: rule.id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.summary },
    properties: { tags: ['cost'], precision: 'high', 'problem.severity': PROBLEM_SEVERITIES[rule.severity] },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    ...(rule.url === '' ? {} : { helpUri: rule.url }),
    help: { text: rule.summary, ...(rule.documentation === '' ? {} : { markdown: rule.documentation }) },
  });
}

function resultBuilder(
  diagnostic: ReportDiagnostic,
  fingerprint: string,
  { linesInFile }: Pick<FormatContext, 'linesInFile'>,
): SarifResultBuilder {
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
            ? regionOf(linesInFile(diagnostic))
            : {
                startLine: diagnostic.line,
                startColumn: diagnostic.column,
                endLine: diagnostic.endLine,
                endColumn: diagnostic.endColumn,
              },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
  });
}

/** Of a notebook whose text is gone: the file as a whole. */
function regionOf(lines: LinesInFile | null): { startLine: number; endLine: number } {
  return { startLine: lines?.line ?? 1, endLine: lines?.endLine ?? 1 };
}

/** A relative POSIX path as a URI reference: each segment is percent-encoded, and the slashes stay. */
function encodePath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
