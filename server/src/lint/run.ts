/** Runs the rules over calls: severities from the configuration, suppressions from comments. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import type { Problem } from '../files/problem.ts';
import type { CallContext, CallRule, Finding, ProjectRule, Rule } from '../rules/rule.ts';
import type { Project } from '../workspace/project.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';
import { type Diagnostic, locate } from './diagnostic.ts';
import { createRuleFailures } from './rule-failures.ts';
import { type CommentFinding, createSuppressions } from './suppressions.ts';

export interface LintContext {
  readonly rules: readonly Rule[];
  /** Severities by rule id where the configuration sets them; every other rule has its own. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly catalogue: Catalogue;
  readonly now: Date;
  /** Absolute POSIX path of the folder that the report is relative to. */
  readonly root: string;
  readonly project: Pick<Project, 'directives' | 'positions'>;
  /** The files that were analysed, with calls or without. */
  readonly paths: readonly string[];
  /** All calls of the workspace. Rules over the project run only where it is complete. */
  readonly index: CallIndex;
}

export interface LintResult {
  readonly diagnostics: readonly Diagnostic[];
  /** A rule that failed: reported once, whatever the number of calls. */
  readonly problems: readonly Problem[];
}

/** In the order of the calls and, for one call, of the rules; those of rules over the project, and about comments, follow. */
export function lint(calls: readonly LlmCall[], context: LintContext): LintResult {
  const { severities, project, index } = context;
  const active = context.rules.filter(
    (rule) => severities[rule.id] !== 'off' && (rule.scope === 'call' || index.isComplete),
  );
  const failures = createRuleFailures();
  const known = new Set([...context.rules, ...BUILT_IN_RULES].map((rule) => rule.id));
  const ran = new Set(active.map((rule) => rule.id));
  const suppressions = createSuppressions({
    project,
    paths: context.paths,
    calls,
    isKnownRule: (rule) => known.has(rule),
    hasRun: (rule) => ran.has(rule) && !failures.has(rule),
  });
  const diagnostics: Diagnostic[] = [];
  const add = (rule: Rule, finding: Finding<unknown>, call: LlmCall): void => {
    const place = locate(finding, call);
    if (suppressions.covers(rule.id, place.origin, call)) return;
    const severity = configured(severities[rule.id]) ?? finding.severity ?? rule.severity;
    diagnostics.push({ ...diagnosticOf(rule, finding, severity, call), ...place });
  };

  const overCalls = active.filter((rule) => rule.scope === 'call');
  for (const call of overCalls.length > 0 ? calls : []) {
    const callContext = contextOf(call, context);
    for (const rule of overCalls) {
      try {
        for (const finding of findingsAt(call, rule, callContext)) add(rule, finding, call);
      } catch (error) {
        failures.note(rule.id, call.origin.path, error);
      }
    }
  }
  const wanted = new Set(calls.map(({ id }) => id));
  for (const rule of active.filter((one) => one.scope === 'project')) {
    try {
      for (const finding of findingsIn(rule, context))
        if (wanted.has(finding.call.id)) add(rule, finding, finding.call);
    } catch (error) {
      failures.note(rule.id, context.root, error);
    }
  }
  for (const finding of suppressions.findings()) diagnostics.push(...aboutComment(finding, severities));
  return { diagnostics, problems: failures.problems() };
}

/** All of a rule's findings for a call are taken, or none: a rule may fail between two of them. */
function findingsAt(call: LlmCall, rule: CallRule<unknown>, context: CallContext): readonly Finding<unknown>[] {
  return [...rule.check(call, context)];
}

function findingsIn(rule: ProjectRule<unknown>, { index, catalogue, now }: LintContext) {
  return [...rule.check(index, { catalogue, now })];
}

function contextOf(call: LlmCall, { catalogue, now, index }: LintContext): CallContext {
  const name = call.model.value ?? call.model.hint;
  return {
    catalogue,
    model: name === null ? null : catalogue.find(call.provider, name),
    now,
    index,
  };
}

function diagnosticOf(
  { id, message, saving }: Rule,
  { data, fixes = NO_FIXES }: Finding<unknown>,
  severity: Severity,
  call: LlmCall,
): Omit<Diagnostic, 'origin' | 'related'> {
  return {
    rule: id,
    severity,
    data,
    message: (language) => message[language](data),
    saving: saving?.(data) ?? null,
    call: call.id,
    fix: fixes()[0]?.safety ?? 'none',
    fixes,
  };
}

const NO_FIXES: Diagnostic['fixes'] = () => [];

function aboutComment(
  { rule, text, origin }: CommentFinding,
  severities: LintContext['severities'],
): readonly Diagnostic[] {
  const builtIn = BUILT_IN_RULES.find(({ id }) => id === rule);
  const severity = severities[rule] ?? builtIn?.severity ?? 'information';
  if (severity === 'off') return [];
  const message: Diagnostic['message'] = (language) => text[language];
  const rest = { data: null, saving: null, call: null, fix: 'none', related: [], fixes: NO_FIXES } as const;
  return [{ rule, severity, message, origin, ...rest }];
}

function configured(severity: Severity | 'off' | undefined): Severity | null {
  return severity === undefined || severity === 'off' ? null : severity;
}
