/** What the rules say of each file, kept until the file or something that it depends on changes. */
import type { LlmCall } from '../calls/call.ts';
import type { CallIndex } from '../calls/call-index.ts';
import type { Fix } from '../edits/fix.ts';
import type { Problem } from '../files/problem.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { describeRuleFailures } from '../lint/rule-failures.ts';
import { type LintContext, type LintResult, lintCalls, lintComments, lintProject } from '../lint/run.ts';
import type { UsedSuppression } from '../lint/suppressions.ts';
import type { FileState, FileStates, LintedFile } from './file-state.ts';

export interface FindingsOptions extends Omit<LintContext, 'now' | 'index'> {
  readonly now: () => Date;
  /** For fixes: brought up to date before it is asked. */
  readonly index: CallIndex;
  /** The same calls as they are known, and a number that is another one whenever these change. */
  readonly known: CallIndex;
  readonly version: () => number;
  /** True where every call is known; what is out of date is brought up to date first. */
  readonly isComplete: () => boolean;
  /** True for a fix that can be written into the code as it is. */
  readonly isApplicable: (fix: Fix) => boolean;
  /** Called when a rule fails on calls of a file. */
  readonly onFailure?: (failure: Problem) => void;
}

export interface Findings {
  /**
   * Of a file that is analysed: findings about its calls, those of rules over the project, then those about its comments.
   * The same list while nothing changes.
   */
  readonly of: (state: FileState) => readonly Diagnostic[];
  /** What was last said of it, without asking the rules; without findings about comments where nobody asked for them. */
  readonly last: (state: FileState) => readonly Diagnostic[];
  /** The file's calls are another result now, or none. */
  readonly forget: (state: FileState) => void;
  /** Rules that failed on calls of these files, each said once. */
  readonly failures: (paths: Iterable<string>) => readonly Problem[];
}

function callsOf({ analysis }: FileState): readonly LlmCall[] {
  return analysis?.calls ?? [];
}

/**
 * The calls that findings about these ones may speak of, or rest on: those that lead to them, those behind them, and those
 * that take their model's name from the same place.
 */
function callsAround(calls: readonly LlmCall[], index: CallIndex): readonly LlmCall[] {
  // Each request and each place once: thousands of calls may share one, and each of them leads to all the others.
  const requests = new Set(calls.flatMap(index.requestsOf));
  const places = new Map(
    calls.flatMap(({ model: { origin } }) => (origin ? [[`${origin.start} ${origin.path}`, origin]] : [])),
  );
  const sharing = [...places.values()].flatMap(index.byModelOrigin).filter(index.isShown);
  return [...new Set([...requests, ...[...new Set([...calls, ...requests])].flatMap(index.featuresOf), ...sharing])];
}

const NO_FINDINGS: readonly Diagnostic[] = [];

export function createFindings(states: FileStates, options: FindingsOptions): Findings {
  /** Comments that suppressed findings about calls of other files: by the comment's file, then by the calls'. */
  const usedFromElsewhere = new Map<string, Map<string, readonly UsedSuppression[]>>();
  /** Files on whose calls a rule failed. */
  const failing = new Set<string>();
  const shown = new WeakMap<FileState, readonly Diagnostic[]>();
  let overProject: { readonly version: string; readonly result: LintResult } | null = null;

  const forget = (state: FileState): void => {
    for (const { path } of state.linted?.used ?? []) usedFromElsewhere.get(path)?.delete(state.path);
    failing.delete(state.path);
    state.linted = null;
    shown.delete(state);
  };

  const noteUses = (path: string, used: readonly UsedSuppression[]): void => {
    for (const [commented, uses] of Map.groupBy(used, (use) => use.path)) {
      if (commented === path) continue;
      const known = usedFromElsewhere.get(commented) ?? new Map();
      usedFromElsewhere.set(commented, known.set(path, uses));
    }
  };

  const tell = ({ failures }: LintResult): void => {
    for (const problem of describeRuleFailures(failures)) options.onFailure?.(problem);
  };

  const withWritableFixes = (diagnostic: Diagnostic): Diagnostic => {
    const { statedFixes } = diagnostic;
    // The diagnostic itself is not held: a large file has tens of thousands.
    return { ...diagnostic, fixes: () => statedFixes().filter(options.isApplicable) };
  };

  const lint = (state: FileState): LintedFile => {
    const calls = callsOf(state);
    const around = callsAround(calls, options.known);
    if (state.linted !== null) {
      if (isSameList(state.linted.around, around)) return state.linted;
      forget(state);
    }
    const result = lintCalls(calls, { ...options, now: options.now() });
    noteUses(state.path, result.used);
    if (result.failures.length > 0) failing.add(state.path);
    tell(result);
    state.linted = { ...result, around, diagnostics: result.diagnostics.map(withWritableFixes) };
    return state.linted;
  };

  const lintAll = (): LintResult => {
    const version = `${options.version()} ${options.known.isComplete}`;
    if (overProject?.version === version) return overProject.result;
    const result = lintProject({ ...options, index: options.known, now: options.now() });
    tell(result);
    overProject = {
      version,
      result: { ...result, diagnostics: result.diagnostics.map(withWritableFixes) },
    };
    return overProject.result;
  };

  /** Which comments suppress nothing is known when the rules have run on every call. */
  const isLinted = (): boolean => {
    if (!options.isComplete()) return false;
    for (const state of states.all()) if (callsOf(state).length > 0) lint(state);
    return true;
  };

  const aboutComments = (state: FileState, used: readonly UsedSuppression[]) => {
    const { path } = state;
    const failures = [...failing].flatMap((file) => states.known(file)?.linted?.failures ?? []);
    return lintComments(path, {
      ...options,
      now: options.now(),
      calls: callsOf(state),
      used: () => [...used, ...[...(usedFromElsewhere.get(path)?.values() ?? [])].flat()],
      failed: new Set([...failures, ...lintAll().failures].map(({ rule }) => rule)),
      isComplete: isLinted,
    });
  };

  return {
    of: (state) => {
      if (!state.analysis?.isRelevant) return NO_FINDINGS;
      const { diagnostics, used } = lint(state);
      const project = lintAll();
      const projectFindings = project.diagnostics.filter(({ origin }) => origin.path === state.path);
      // Almost no file speaks to Farthing.
      const hasComments = options.code.directives(state.path).length > 0;
      if (!hasComments && projectFindings.length === 0) return diagnostics;
      const comments = hasComments ? aboutComments(state, [...used, ...project.used]) : [];
      const all = [...diagnostics, ...projectFindings, ...comments];
      const before = shown.get(state);
      if (before !== undefined && isSame(before, all)) return before;
      shown.set(state, all);
      return all;
    },
    last: (state) => shown.get(state) ?? state.linted?.diagnostics ?? NO_FINDINGS,
    forget,
    failures: (paths) =>
      describeRuleFailures([
        ...[...paths].flatMap((path) => states.known(path)?.linted?.failures ?? []),
        ...lintAll().failures,
      ]),
  };
}

function isSameList(before: readonly LlmCall[], now: readonly LlmCall[]): boolean {
  return before.length === now.length && now.every((call, index) => call === before[index]);
}

/** Findings about calls are the same objects; those about comments are created again each time. */
function isSame(before: readonly Diagnostic[], now: readonly Diagnostic[]): boolean {
  return before.length === now.length && now.every((finding, index) => isSameFinding(finding, before[index]));
}

function isSameFinding(finding: Diagnostic, other: Diagnostic | undefined): boolean {
  if (other === finding) return true;
  if (other === undefined || finding.call !== null || other.rule !== finding.rule) return false;
  const isThere = other.origin.start === finding.origin.start && other.origin.end === finding.origin.end;
  return isThere && other.message('en') === finding.message('en');
}
