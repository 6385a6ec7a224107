/** Runs the rules: on the calls of a file, on the calls of the workspace, and on the comments of a file. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Range } from '@farthing/shared/range';
import { type Confidence, SEVERITIES, type Severity } from '@farthing/shared/vocabulary';
import { isProductCode, type LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import type { CallContext, CallRule, Finding, ProjectRule, Rule } from '../rules/rule.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';
import { type CodeComments, type Diagnostic, locate } from './diagnostic.ts';
import { createRuleFailures, type RuleFailure } from './rule-failures.ts';
import { type CommentFinding, commentFindings, createSuppressions, type UsedSuppression } from './suppressions.ts';

export interface LintContext {
  readonly rules: readonly Rule[];
  /** Configured severities by rule id; every other rule uses its default. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** No finding is less severe than this, unless its rule's severity is configured. */
  readonly leastSeverity: Severity;
  /** Whether rules look at calls in tests, evaluations and examples, too. */
  readonly includesTests: boolean;
  /** Nano-dollars per month: a finding that saves less is a hint, where the call's volume is known. */
  readonly minSaving: number;
  readonly catalogue: Catalogue;
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
  if (calls.length === 0) return NOTHING_FOUND;
  const rules = activeRules(context).filter((rule) => rule.scope === 'call');
  const failures = createRuleFailures();
  const findings = createCollector(context);
  for (const call of rules.length > 0 ? calls.filter((call) => isLookedAt(call, context)) : []) {
    const callContext = contextOf(call, context);
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
  const rules = activeRules(context).filter((rule) => rule.scope === 'project');
  const failures = createRuleFailures();
  const findings = createCollector(context);
  for (const rule of rules.length > 0 && context.index.isComplete ? rules : []) {
    try {
      for (const finding of findingsIn(rule, context)) {
        if (isLookedAt(finding.call, context)) findings.add(rule, finding, finding.call);
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
  const { severities, failed, isComplete } = context;
  const areCallsSkipped = context.calls.some((call) => !isLookedAt(call, context));
  const known = new Set([...context.rules, ...BUILT_IN_RULES].map((rule) => rule.id));
  const active = new Map(activeRules(context).map(({ id, scope }) => [id, scope]));
  return commentFindings(path, {
    ...context,
    isKnownRule: (rule) => known.has(rule),
    hasRun: (rule) => {
      const scope = active.get(rule);
      if (areCallsSkipped) return false;
      return scope !== undefined && !failed.has(rule) && (scope === 'call' || isComplete());
    },
  }).flatMap((finding) => aboutComment(finding, severities));
}

function isLookedAt(call: LlmCall, { includesTests }: Pick<LintContext, 'includesTests'>): boolean {
  return includesTests || isProductCode(call);
}

/** Collects findings as they are reported, without those that a comment suppresses. */
function createCollector({ severities, leastSeverity, code, minSaving }: LintContext) {
  const suppressions = createSuppressions(code);
  const diagnostics: Diagnostic[] = [];
  return {
    add: (rule: Rule, finding: Finding<unknown>, call: LlmCall): void => {
      const place = locate(finding, call);
      if (suppressions.covers(rule.id, place.origin, call)) return;
      const found = diagnosticOf(rule, finding, call);
      const isSmall = isBelow(minSaving, found.saving, call);
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

function activeRules({ rules, severities }: Pick<LintContext, 'rules' | 'severities'>): readonly Rule[] {
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

function aboutComment(
  { rule, text, origin }: CommentFinding,
  severities: LintContext['severities'],
): readonly Diagnostic[] {
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
