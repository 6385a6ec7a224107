/** Runs the rules: on the calls of a file, on the calls of the workspace, and on the comments of a file. */
import type { Range } from '@farthing/shared/range';
import { type Confidence, SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import { isProductCode, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import type { CallContext, CallRule, Finding, ProjectRule, Rule } from '../rules/rule.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';
import { type CodeComments, type Diagnostic, locate } from './diagnostic.ts';
import type { Policy, PolicyAt } from './policy.ts';
import { createRuleFailures, type RuleFailure } from './rule-failures.ts';
import { type CommentFinding, commentFindings, createSuppressions, type UsedSuppression } from './suppressions.ts';

export interface LintContext {
  readonly rules: readonly Rule[];
  readonly policyAt: PolicyAt;
  /** Whether rules look at calls in tests, evaluations and examples, too. */
  readonly includesTests: boolean;
  /** Nano-dollars per month: a finding that saves less is a hint, where the call's volume is known. */
  readonly minSaving: number;
  readonly now: Date;
  /** Absolute POSIX path of the folder that the report is relative to. */
  readonly root: string;
  readonly code: CodeComments;
  /** All calls of the workspace that are known. */
  readonly index: CallIndex;
}

export interface LintResult {
  /** In the order of the calls and, for one call, of the rules. */
  readonly diagnostics: readonly Diagnostic[];
  /** The comments that suppressed a finding, in any file. */
  readonly used: readonly UsedSuppression[];
  readonly failures: readonly RuleFailure[];
}

const NOTHING_FOUND: LintResult = { diagnostics: [], used: [], failures: [] };

/** The findings of the rules that look at one call at a time, for the calls of a file. */
export function lintCalls(calls: readonly LlmCall[], context: LintContext): LintResult {
  const [first] = calls;
  if (first === undefined) return NOTHING_FOUND;
  const policy = context.policyAt(first.origin.path);
  const rules = activeRules(context.rules, policy).filter((rule) => rule.scope === 'call');
  const failures = createRuleFailures();
  const findings = createCollector(context);
  for (const call of rules.length > 0 ? calls.filter((call) => isLookedAt(call, context)) : []) {
    const callContext = contextOf(call, policy, context);
    for (const rule of rules) {
      try {
        for (const finding of findingsAt(call, rule, callContext)) findings.add(rule, finding, call);
      } catch (error) {
        failures.note(rule.id, call.origin.path, error);
      }
    }
  }
  return { ...findings.collected(), failures: failures.all() };
}

/** The findings of the project rules, each in the file of its call. None while calls may be missing. */
export function lintProject(context: LintContext): LintResult {
  const rules = context.index.isComplete ? context.rules.filter((rule) => rule.scope === 'project') : [];
  if (rules.length === 0) return NOTHING_FOUND;
  const policies = [...new Set([context.root, ...pathsOf(context.index.calls())].map(context.policyAt))];
  const failures = createRuleFailures();
  const findings = createCollector(context);
  for (const rule of rules.filter(({ id }) => policies.some(({ severities }) => severities[id] !== 'off'))) {
    try {
      for (const finding of findingsIn(rule, context)) {
        const { call } = finding;
        const isOff = context.policyAt(call.origin.path).severities[rule.id] === 'off';
        if (!isOff && isLookedAt(call, context)) findings.add(rule, finding, call);
      }
    } catch (error) {
      failures.note(rule.id, context.root, error);
    }
  }
  return { ...findings.collected(), failures: failures.all() };
}

/** What is known when the comments of a file are checked. */
export interface CommentContext extends Omit<LintContext, 'index'> {
  /** The calls of the file. */
  readonly calls: readonly LlmCall[];
  /** The comments of the file that suppressed a finding, even one about a call in another file. */
  readonly used: () => readonly UsedSuppression[];
  /** Rules that failed on a call somewhere, so nothing is known about their comments. */
  readonly failed: ReadonlySet<string>;
  /**
   * False while there may be calls on which no rule has run yet and whose findings the comments may suppress. Only
   * called if it matters.
   */
  readonly isComplete: () => boolean;
}

/** Findings about the comments of the file at `path`. */
export function lintComments(path: string, context: CommentContext): readonly Diagnostic[] {
  const { failed, isComplete } = context;
  const policy = context.policyAt(path);
  const areCallsSkipped = context.calls.some((call) => !isLookedAt(call, context));
  const known = new Set([...context.rules, ...BUILT_IN_RULES].map((rule) => rule.id));
  const active = new Map(activeRules(context.rules, policy).map(({ id, scope }) => [id, scope]));
  return commentFindings(path, {
    ...context,
    isKnownRule: (rule) => known.has(rule),
    hasRun: (rule) => {
      const scope = active.get(rule);
      if (areCallsSkipped) return false;
      return scope !== undefined && !failed.has(rule) && (scope === 'call' || isComplete());
    },
  }).flatMap((finding) => aboutComment(finding, policy));
}

function isLookedAt(call: LlmCall, { includesTests }: Pick<LintContext, 'includesTests'>): boolean {
  return includesTests || isProductCode(call);
}

/** Collects findings as they are reported, without those that a comment suppresses. */
function createCollector({ policyAt, code, minSaving, now }: LintContext) {
  const suppressions = createSuppressions(code, now);
  const diagnostics: Diagnostic[] = [];
  return {
    add: (rule: Rule, finding: Finding<unknown>, call: LlmCall): void => {
      const place = locate(finding, call);
      if (suppressions.covers(rule.id, place.origin, call)) return;
      const found = diagnosticOf(rule, finding, call);
      const isSmall = isBelow(minSaving, found.saving, call);
      const { severities, leastSeverity } = policyAt(call.origin.path);
      const usual = isSmall ? 'hint' : (finding.severity ?? rule.severity);
      const severity = configured(severities[rule.id]) ?? moreSevere(usual, leastSeverity);
      diagnostics.push({ ...found, severity, ...place });
    },
    collected: () => ({ diagnostics, used: suppressions.used() }),
  };
}

/** True if even the high end of a month's saving is less than `least`; false where the volume or the saving is not known. */
function isBelow(least: number, saving: Range | null, { callsPerMonth }: LlmCall): boolean {
  return saving !== null && callsPerMonth !== null && saving.high * callsPerMonth < least;
}

function moreSevere(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) < SEVERITIES.indexOf(other) ? one : other;
}

/** `likely` where the call, or the model that the finding rests on, is not certain. */
function confidenceOf({ restsOnModel }: Rule, { confidence }: Finding<unknown>, call: LlmCall): Confidence {
  if (confidence !== undefined) return confidence;
  const isModelOpen = restsOnModel === true && call.model.value === null;
  return isModelOpen || call.receiver === 'assumed' ? 'likely' : 'certain';
}

function pathsOf(calls: readonly LlmCall[]): readonly string[] {
  return [...new Set(calls.map(({ origin }) => origin.path))];
}

function activeRules(rules: readonly Rule[], { severities }: Policy): readonly Rule[] {
  return rules.filter((rule) => severities[rule.id] !== 'off');
}

/** All of a rule's findings for a call are used, or none, because a rule may fail between two of them. */
function findingsAt(call: LlmCall, rule: CallRule<unknown>, context: CallContext): readonly Finding<unknown>[] {
  let found: Finding<unknown>[] | null = null;
  for (const finding of rule.check(call, context)) {
    found ??= [];
    found.push(finding);
  }
  return found ?? NO_FINDINGS;
}

function findingsIn(rule: ProjectRule<unknown>, { index, policyAt, root, now }: LintContext) {
  return [...rule.check(index, { catalogue: policyAt(root).catalogue, now })];
}

function contextOf(call: LlmCall, { catalogue }: Policy, { now, index }: LintContext): CallContext {
  const name = call.model.value ?? call.model.hint;
  return {
    catalogue,
    model: name === null ? null : catalogue.find(call.provider, name),
    now,
    index,
  };
}

function diagnosticOf(
  rule: Rule,
  finding: Finding<unknown>,
  call: LlmCall,
): Omit<Diagnostic, 'origin' | 'related' | 'severity'> {
  const { id, message, saving } = rule;
  const { data, fixes = NO_FIXES } = finding;
  return {
    rule: id,
    confidence: confidenceOf(rule, finding, call),
    data,
    message: (language) => message[language](data),
    saving: saving?.(data) ?? null,
    call: call.id,
    fixes,
    statedFixes: fixes,
  };
}

const NO_FINDINGS: readonly Finding<unknown>[] = [];
const NO_FIXES: Diagnostic['fixes'] = () => [];

function aboutComment({ rule, text, origin }: CommentFinding, { severities }: Policy): readonly Diagnostic[] {
  const builtIn = BUILT_IN_RULES.find(({ id }) => id === rule);
  const severity = severities[rule] ?? builtIn?.severity ?? 'information';
  if (severity === 'off') return [];
  const message: Diagnostic['message'] = (language) => text[language];
  const rest = {
    confidence: 'certain',
    data: null,
    saving: null,
    call: null,
    related: [],
    fixes: NO_FIXES,
    statedFixes: NO_FIXES,
  } as const;
  return [{ rule, severity, message, origin, ...rest }];
}

function configured(severity: Severity | 'off' | undefined): Severity | null {
  return severity === undefined || severity === 'off' ? null : severity;
}
