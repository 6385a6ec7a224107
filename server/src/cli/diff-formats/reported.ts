/** What a change brings, as findings: for formats that show findings at lines of code. */
import { type DiffReason, type DiffReport, POLICY_RULES } from '@farthing/shared/diff-report';
import type { Report, ReportDiagnostic } from '@farthing/shared/report';

/** New findings that are certain, and what of the policy the change breaks; without what is allowed. */
export function newDiagnostics({ findings, verdict, calls }: DiffReport): readonly ReportDiagnostic[] {
  const heads = new Map(calls.flatMap(({ head }) => (head === null ? [] : [[head.id, head] as const])));
  const isAllowed = (finding: ReportDiagnostic) =>
    verdict.reasons.some(
      (one) =>
        one.effect === 'allowed' && one.rule === finding.rule && one.path === finding.path && one.line === finding.line,
    );
  const found = findings.new.filter((one) => one.confidence === 'certain' && !isAllowed(one));
  const ofPolicy: ReadonlySet<string> = new Set(POLICY_RULES);
  const broken = verdict.reasons.filter(({ effect, rule }) => effect !== 'allowed' && ofPolicy.has(rule));
  return [...broken.map((reason) => diagnosticOf(reason, heads.get(reason.call ?? '') ?? null)), ...found];
}

type Place = Omit<ReportDiagnostic, 'rule' | 'severity' | 'confidence' | 'message' | 'saving' | 'call' | 'fix' | 'url'>;

/** Of a file as a whole. */
const FIRST_LINE = { cell: null, line: 1, column: 1, endLine: 1, endColumn: 1 };

function diagnosticOf(reason: DiffReason, at: Place | null): ReportDiagnostic {
  const { effect, rule, text, message, path, call } = reason;
  const { cell, line, column, endLine, endColumn } = at ?? FIRST_LINE;
  return {
    path,
    cell,
    line,
    column,
    endLine,
    endColumn,
    rule,
    severity: effect === 'blocks' ? 'error' : 'warning',
    confidence: 'certain',
    message: message === null ? text : `${text} ${message}`,
    saving: null,
    call,
    fix: 'none',
    url: '',
  };
}

/** A report of nothing but these findings. */
export function reportOf(diff: DiffReport): Report {
  const calls = diff.calls.flatMap(({ head }) => head ?? []);
  return {
    version: 2,
    root: diff.root,
    prices: diff.prices,
    includesTests: diff.includesTests,
    calls,
    diagnostics: newDiagnostics(diff),
    stats: { files: 0, parsed: 0, bytes: 0, milliseconds: 0 },
    problems: diff.problems,
    unjoined: null,
  };
}
