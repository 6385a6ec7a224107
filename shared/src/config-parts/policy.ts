/** What a team allows its LLM calls to cost, and which models they may use: `policy` in the configuration. */
import type { CallSelector } from '../config-defaults.ts';

/** `block`: what certainly breaks the policy fails the run. `advise`: it is only a warning. */
export const POLICY_MODES = ['block', 'advise'] as const;
export type PolicyMode = (typeof POLICY_MODES)[number];

/** The parts of a policy, which exceptions name. */
export const POLICY_LIMITS = ['perCall', 'perMonth', 'increase', 'decrease', 'models'] as const;
export type PolicyLimit = (typeof POLICY_LIMITS)[number];

/** Whole nano-dollars, or a percentage of what it was before. */
export type ChangeLimit = { readonly nanos: number } | { readonly percent: number };

export interface ChangeCap {
  /** Of each call. */
  readonly perCall: ChangeLimit | null;
  /** Of the calls together. */
  readonly perMonth: ChangeLimit | null;
}

export interface Enforcement {
  readonly mode: PolicyMode;
  /** What readers are told besides. */
  readonly message: string | null;
}

export interface CostCap extends CallSelector, Enforcement {
  /** Nano-dollars of each call. */
  readonly perCall: number | null;
  /** Nano-dollars of the calls together. */
  readonly perMonth: number | null;
  readonly increase: ChangeCap | null;
  readonly decrease: ChangeCap | null;
}

/** In a name, `*` stands for any text. */
export interface ModelLimit extends CallSelector, Enforcement {
  /** Null allows every model that is not denied. */
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[];
}

/** Calls to which limits do not apply, up to the end of a day. */
export interface PolicyException extends CallSelector {
  readonly for: readonly PolicyLimit[];
  readonly owner: string;
  readonly reason: string;
  /** `2027-03-31`, UTC. */
  readonly until: string;
}

export interface Policy {
  readonly caps: readonly CostCap[];
  readonly models: readonly ModelLimit[];
  readonly exceptions: readonly PolicyException[];
}
