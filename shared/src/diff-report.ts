/**
 * `farthing diff --format json`, schema 1: what a change does to the cost of a program's calls. Money is in decimal
 * dollars. Every amount is a whole number of nano-dollars: multiplied by a billion and rounded, the causes of a change add
 * up to it exactly.
 */

import type { Range } from './range.ts';
import type { Report, ReportCall, ReportDiagnostic, ReportProblem } from './report.ts';

/** In the order in which a change is taken apart. */
export const DIFF_CAUSES = [
  'requests',
  'prices',
  'model',
  'api',
  'prompt',
  'tools',
  'schema',
  'reasoning',
  'limit',
  'tier',
  'assumptions',
  'loop',
  'volume',
  'cache',
] as const;
export type DiffCause = (typeof DIFF_CAUSES)[number];

export const DIFF_KINDS = ['changed', 'added', 'removed'] as const;
export type DiffKind = (typeof DIFF_KINDS)[number];

/** Dollars, which may be negative. */
export interface DiffAmount {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

/** Null where one of the two revisions has no such figure. */
export interface DiffChange {
  /** One request; of an agent, one of its steps. */
  readonly perCall: DiffAmount | null;
  /** One run of the code around the call, with its loops and retries. */
  readonly perRun: DiffAmount | null;
  readonly perMonth: DiffAmount | null;
}

export interface DiffReportCause extends DiffChange {
  /** Several where the cost between them is not known, so that they cannot be told apart. */
  readonly causes: readonly DiffCause[];
  /** What changed, in words: `gpt-6-luna -> gpt-6-sol`. */
  readonly text: string;
  readonly tokens: { readonly input: number; readonly output: number };
}

/** What keeps a change from being priced, and how to supply it. */
export interface DiffMissing {
  readonly side: 'base' | 'head' | 'both';
  readonly what: string;
  readonly remedy: string;
}

export interface DiffCall {
  readonly kind: DiffKind;
  /** Where the call was before, if it has moved to another file or function: `src/old.ts, in answer`. */
  readonly movedFrom: string | null;
  readonly base: ReportCall | null;
  readonly head: ReportCall | null;
  /** Of a call that was added or removed: its whole cost. */
  readonly change: DiffChange;
  readonly causes: readonly DiffReportCause[];
  /** Empty where the change is priced. */
  readonly missing: readonly DiffMissing[];
}

export const VERDICTS = ['PASS', 'WARN', 'FAIL'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a reason does: `allowed` ones are known, and were accepted by an exception or by a reviewer. */
export const DIFF_EFFECTS = ['blocks', 'warns', 'allowed'] as const;
export type DiffEffect = (typeof DIFF_EFFECTS)[number];

/** What of the policy a change may break; a reason that is a finding has the id of its rule. */
export const POLICY_RULES = [
  'over-budget-call',
  'over-budget-month',
  'cost-increase',
  'cost-decrease',
  'disallowed-model',
  'unknown-cost',
  'policy-change',
] as const;
export type PolicyRule = (typeof POLICY_RULES)[number];

export interface DiffReason {
  readonly effect: DiffEffect;
  readonly rule: string;
  /** What is wrong, with the money and its bounds, and why it does not block if it does not. */
  readonly text: string;
  /** What the policy tells readers besides. */
  readonly message: string | null;
  /** By which a reviewer dismisses it or snoozes it, until the code changes: `3fa2c1d0-91bc07`. Null if nobody can. */
  readonly code: string | null;
  /** The call's id in the new revision; null where it is not about one call. */
  readonly call: string | null;
  readonly path: string;
  /** In a notebook, of the cell. Null for a file as a whole. */
  readonly line: number | null;
}

export interface DiffVerdict {
  readonly result: Verdict;
  /** Those that block first, then those that warn. */
  readonly reasons: readonly DiffReason[];
}

export interface DiffRevision {
  /** As the command line named it: `main`, `the working tree`. */
  readonly name: string;
  /** Null for a folder. */
  readonly commit: string | null;
}

export interface DiffReport {
  readonly verdict: DiffVerdict;
  readonly version: 1;
  /** What paths are relative to. */
  readonly root: string;
  readonly base: DiffRevision;
  readonly head: DiffRevision;
  readonly prices: Report['prices'];
  readonly includesTests: boolean;
  readonly summary: {
    readonly changed: number;
    readonly added: number;
    readonly removed: number;
    readonly unchanged: number;
    /** Of those that differ, the calls whose change in cost is not known. */
    readonly unpriced: number;
    /** Over the calls whose volume is known, with no request counted twice. Null if there are none. */
    readonly perMonth: {
      readonly base: Range | null;
      readonly head: Range | null;
      readonly change: DiffAmount;
    } | null;
  };
  /** The largest changes first. */
  readonly calls: readonly DiffCall[];
  readonly findings: { readonly new: readonly ReportDiagnostic[]; readonly gone: readonly ReportDiagnostic[] };
  readonly problems: readonly ReportProblem[];
}
