/** Runs the rules over the calls: severities from the configuration, suppressions from comments. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import { relativeTo } from '../files/paths.ts';
import { describeFailure, type Problem } from '../files/problem.ts';
import type { Origin } from '../ir/origin.ts';
import type { Finding, Rule } from '../rules/rule.ts';
import type { Project } from '../workspace/project.ts';
import { BUILT_IN_RULES } from './built-in-rules.ts';
import { createSuppressions } from './suppressions.ts';
import { isUnattended } from './unattended.ts';

export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** In the file of its call, whatever it is about: what stands elsewhere is related information. */
  readonly origin: Origin;
  /** The call's id; null for a finding about a comment. */
  readonly call: string | null;
  readonly fix: Rule['fix'];
  readonly related: NonNullable<Finding['related']>;
  /** Edits that mend it, best first; computed when asked for. */
  readonly fixes: NonNullable<Finding['fixes']>;
}

const NO_FIXES: Diagnostic['fixes'] = () => [];

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
}

export interface LintResult {
  readonly diagnostics: readonly Diagnostic[];
  /** A rule that failed: reported once, whatever the number of calls. */
  readonly problems: readonly Problem[];
}

/** In the order of the calls and, for one call, of the rules; findings about comments follow. */
export function lint(calls: readonly LlmCall[], context: LintContext): LintResult {
  const { catalogue, now, severities, project } = context;
  const active = context.rules.filter((rule) => severities[rule.id] !== 'off');
  const known = new Set([...context.rules, ...BUILT_IN_RULES].map((rule) => rule.id));
  const ran = new Set(active.map((rule) => rule.id));
  const failures = new Map<string, { readonly first: Problem; count: number }>();
  const suppressions = createSuppressions({
    project,
    paths: context.paths,
    calls,
    isKnownRule: (rule) => known.has(rule),
    hasRun: (rule) => ran.has(rule),
  });
  const diagnostics: Diagnostic[] = [];

  for (const call of calls) {
    const name = call.model.value ?? call.model.hint;
    const model = name === null ? null : catalogue.find(call.provider, name);
    const ruleContext = {
      catalogue,
      model,
      now,
      isUnattended: isUnattended(call, relativeTo(call.origin.path, context.root)),
      sharing: () => sharingModel(call, calls),
    };
    for (const rule of active) {
      try {
        // All of a rule's findings for a call are taken, or none: a rule may fail between two of them.
        for (const finding of [...rule.check(call, ruleContext)]) {
          const { origin, related } = placeOf(finding, call);
          if (suppressions.covers(rule.id, origin, call)) continue;
          diagnostics.push({
            rule: rule.id,
            severity: configured(severities[rule.id]) ?? finding.severity ?? rule.severity,
            message: finding.message,
            origin,
            call: call.id,
            fix: finding.fixes?.()[0]?.safety ?? 'none',
            related,
            fixes: finding.fixes ?? NO_FIXES,
          });
        }
      } catch (error) {
        ran.delete(rule.id);
        const failure = failures.get(rule.id);
        if (failure) failure.count++;
        else failures.set(rule.id, { first: { path: call.origin.path, message: describeFailure(error) }, count: 1 });
      }
    }
  }

  for (const { rule, message, origin } of suppressions.findings()) {
    const builtIn = BUILT_IN_RULES.find(({ id }) => id === rule);
    const severity = severities[rule] ?? builtIn?.severity ?? 'information';
    if (severity === 'off') continue;
    diagnostics.push({ rule, severity, message, origin, call: null, fix: 'none', related: [], fixes: NO_FIXES });
  }
  const problems = [...failures].map(([rule, { first, count }]): Problem => {
    const calls = count === 1 ? 'this call' : `${count} calls, first on one in this file`;
    return {
      path: first.path,
      message: `the rule ${rule} failed on ${calls}: ${first.message}. Every other rule has run.`,
    };
  });
  return { diagnostics, problems };
}

function sharingModel({ id, model }: LlmCall, calls: readonly LlmCall[]): readonly LlmCall[] {
  const { origin } = model;
  if (origin === null) return [];
  return calls.filter(
    (other) => other.id !== id && other.model.origin?.path === origin.path && other.model.origin.start === origin.start,
  );
}

/**
 * A finding is about a call, and is shown where that call is. One about the call as a whole points at its beginning and
 * method rather than at all its lines.
 */
function placeOf(finding: Finding, call: LlmCall): Pick<Diagnostic, 'origin' | 'related'> {
  const { origin, related = [] } = finding;
  const callee: Origin = { ...call.origin, end: call.methodOrigin.end };
  if (origin.path !== call.origin.path) {
    return { origin: callee, related: [{ origin, message: `${subjectOf(origin, call)} written here.` }, ...related] };
  }
  if (origin.start >= call.origin.start && origin.end <= call.origin.end) {
    const isWhole = origin.start === call.origin.start && origin.end === call.origin.end;
    return { origin: isWhole ? callee : origin, related };
  }
  return { origin, related: [{ origin: callee, message: 'The call that it is about.' }, ...related] };
}

function subjectOf({ path, start }: Origin, { model, outputLimit }: LlmCall): string {
  const isAt = (place: Origin | null): boolean => place?.path === path && place.start === start;
  if (isAt(model.origin)) return "The model's name is";
  return isAt(outputLimit.origin) ? 'The output limit is' : 'What it is about is';
}

function configured(severity: Severity | 'off' | undefined): Severity | null {
  return severity === undefined || severity === 'off' ? null : severity;
}
