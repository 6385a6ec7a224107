/** What a layer decided about a call. In shadow mode the decision is recorded and not applied. */
import type { ArmName } from './arm.ts';
import type { Agreement } from './events.ts';

export type Decision = Common & Outcome;

/** A decision as a layer states it. By default it was applied and has no reason. */
export type Decided = Pick<Common, 'layer'> & Partial<Common> & Outcome;

interface Common {
  readonly layer: string;
  readonly isShadow: boolean;
  /** The reason, for people. */
  readonly reason: string | null;
}

export interface FixedCost {
  readonly model: string;
  readonly cost: number;
}

type Outcome =
  /** A name was replaced by this model. */
  | { readonly outcome: 'resolved'; readonly model: string }
  | { readonly outcome: 'routed'; readonly tier: string; readonly model: string }
  /** The answer of this tier was not accepted, and the next one is asked; the reason says why. */
  | { readonly outcome: 'escalated'; readonly tier: string; readonly model: string }
  /** What the call cost, beside the cost of the same answer at one fixed model; all in nano-dollars. */
  | { readonly outcome: 'priced'; readonly spent: number; readonly cheapest: FixedCost; readonly dearest: FixedCost }
  /**
   * The arm of an experiment that the call is in. `share` is that of the treatment, `group` one of 64 groups of people, and
   * `version` differs where anything of the experiment does.
   */
  | {
      readonly outcome: 'assigned';
      readonly experiment: string;
      readonly version: string;
      readonly arm: ArmName;
      readonly group: number;
      readonly share: number;
    }
  /** The experiment was stopped, and the call is as it would be without it; the reason says why. */
  | { readonly outcome: 'stopped'; readonly experiment: string; readonly version: string }
  /** The request's own model did not fit a budget. */
  | { readonly outcome: 'downgraded'; readonly model: string }
  /** Answered from a cache; `age` is in milliseconds. A stale answer is refreshed in the background. */
  | { readonly outcome: 'hit' | 'stale'; readonly age: number }
  /** The answer is returned but not cached. */
  | { readonly outcome: 'not-cached' }
  /** Shared the answer to an identical request in flight. */
  | { readonly outcome: 'joined' }
  | { readonly outcome: 'waited'; readonly milliseconds: number }
  /** The output limit set on the request, in tokens. */
  | { readonly outcome: 'limited'; readonly tokens: number }
  /** About this many tokens were left out of the request. */
  | { readonly outcome: 'shortened'; readonly tokens: number }
  /** Marked for the provider's prompt cache. */
  | { readonly outcome: 'marked' }
  /** A request or an answer was translated without this, which the other format has no place for. */
  | { readonly outcome: 'left-out' }
  /** Another target was tried; `target` names it. */
  | { readonly outcome: 'failed-over'; readonly target: string }
  /** By a budget that is used up: `until` is the end of its window, in milliseconds since the epoch. */
  | { readonly outcome: 'refused'; readonly until?: number }
  | { readonly outcome: 'retried' | 'skipped' }
  /** The nearest stored question, whose answer is not served; the reason says why. */
  | { readonly outcome: 'near-miss'; readonly similarity: number }
  /**
   * What the semantic cache would have served, compared with the real answer; `saving` is in nano-dollars, null if
   * unknown.
   */
  | {
      readonly outcome: 'compared';
      readonly similarity: number;
      readonly agreement: Agreement;
      readonly saving: number | null;
    }
  /** The cost of the answer is unknown; the reason says which part. */
  | { readonly outcome: 'unpriced' }
  /** The layer threw, and the call went on without it or was refused. */
  | { readonly outcome: 'failed' }
  /** Written by an earlier version, which kept only text. */
  | { readonly outcome: 'recorded'; readonly text: string };
