/** What the layers write down about one call while it runs. */
import type { Basis } from '@farthing/shared/vocabulary';
import type { Usage } from '../wire/usage.ts';
import type { Decided, Decision } from './decision.ts';
import type { SavingLayer, Savings } from './saving-layers.ts';

/** Nano-dollars with what they rest on; null is unknown. */
export interface Cost {
  readonly amount: number;
  readonly basis: Basis;
  /** Where the provider states the amount: what it is by the price table, or null where that is unknown. */
  readonly computed?: number | null;
}

/** One request to a provider. */
export interface Attempt {
  /** Unique over all calls. */
  readonly id: string;
  readonly model: string | null;
  /** Null until it has settled, like what follows. */
  readonly status: number | null;
  readonly usage: Usage | null;
  /** Null is unknown. */
  readonly cost: Cost | null;
}

/** An attempt for whoever carries it out: the budget opens it, and the account beneath settles it. */
export interface OpenAttempt extends Attempt {
  /** The request is on its way: from here on the attempt counts. */
  readonly begin: () => void;
  readonly settle: (outcome: Pick<Attempt, 'status' | 'usage' | 'cost'>) => void;
}

export interface CallLog {
  readonly decisions: readonly Decision[];
  /** Those that were begun, in order. Several may be in flight at once. */
  readonly attempts: readonly Attempt[];
  /** Nano-dollars that were not spent thanks to a layer, each layer's own. */
  readonly savings: Savings;
  /** True where need, and not configuration, chose who answers: such an answer is given and never kept. */
  readonly isSubstituted: boolean;
  readonly decide: (decision: Decided) => void;
  readonly openAttempt: (model: string | null) => OpenAttempt;
  readonly save: (layer: SavingLayer, amount: number) => void;
  readonly markSubstituted: () => void;
}

/** @param call the call's id */
export function createCallLog(call: string): CallLog {
  const decisions: Decision[] = [];
  const attempts: Attempt[] = [];
  const savings: { -readonly [Layer in SavingLayer]?: number } = {};
  let isSubstituted = false;
  let opened = 0;
  return {
    decisions,
    attempts,
    savings,
    get isSubstituted() {
      return isSubstituted;
    },
    decide: (decision) => void decisions.push({ isShadow: false, reason: null, ...decision }),
    openAttempt: (model) => {
      const attempt: { -readonly [Name in keyof OpenAttempt]: OpenAttempt[Name] } = {
        id: `${call}:${opened++}`,
        model,
        status: null,
        usage: null,
        cost: null,
        begin: () => void attempts.push(attempt),
        settle: (outcome) => void Object.assign(attempt, outcome),
      };
      return attempt;
    },
    save: (layer, amount) => {
      savings[layer] = amount;
    },
    markSubstituted: () => {
      isSubstituted = true;
    },
  };
}
