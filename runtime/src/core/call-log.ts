/** What the layers record about one call while it runs. */
import type { Basis, ProviderName } from '@farthing/shared/vocabulary';
import type { Usage } from '../wire/usage.ts';
import type { Decided, Decision } from './decision.ts';
import type { Exchange } from './pipeline.ts';
import type { SavingLayer, Savings } from './saving-layers.ts';

/** Nano-dollars and their basis; null is unknown. */
export interface Cost {
  readonly amount: number;
  readonly basis: Basis;
  /** If the provider stated the amount: the amount by the price table, or null if that is unknown. */
  readonly computed?: number | null;
}

/** One request to a provider. */
export interface Attempt {
  /** Unique across all calls. */
  readonly id: string;
  readonly model: string | null;
  /** Who is paid for it. */
  readonly provider: ProviderName;
  /** Null until it has settled, like the following fields. */
  readonly status: number | null;
  readonly usage: Usage | null;
  /** Null is unknown. */
  readonly cost: Cost | null;
}

/** A handle for the code that performs an attempt: the budget opens it, and the account layer below settles it. */
export interface OpenAttempt extends Attempt {
  /** Marks the request as sent: from here on the attempt counts. */
  readonly begin: () => void;
  readonly settle: (outcome: Pick<Attempt, 'status' | 'usage' | 'cost'>) => void;
}

export interface CallLog {
  readonly decisions: readonly Decision[];
  /** Attempts that have begun, in order. Several may be in flight at once. */
  readonly attempts: readonly Attempt[];
  /** Nano-dollars saved, by layer. */
  readonly savings: Savings;
  /**
   * True if a failure or a budget, not configuration, chose the model: such an answer is returned but never cached.
   */
  readonly isSubstituted: boolean;
  /**
   * Nano-dollars that layers spent beside the attempts, to look up the answer; null is unknown. Savings are less by
   * this amount.
   */
  readonly lookupCost: number | null;
  readonly decide: (decision: Decided) => void;
  readonly openAttempt: (sent: Pick<Exchange, 'provider' | 'facts'>) => OpenAttempt;
  readonly save: (layer: SavingLayer, amount: number) => void;
  readonly markSubstituted: () => void;
  /** A lookup by this layer was paid for, in nano-dollars: so far it saved nothing. */
  readonly payLookup: (layer: SavingLayer, amount: number | null) => void;
}

/** @param index 0 for the first attempt of a call */
export function attemptId(call: string, index: number): string {
  return `${call}:${index}`;
}

/** @param call the call's id */
export function createCallLog(call: string): CallLog {
  return new OneCallLog(call);
}

/** Every call has one, so its methods are shared by all of them instead of being created for each. */
class OneCallLog implements CallLog {
  readonly decisions: Decision[] = [];
  readonly attempts: Attempt[] = [];
  readonly savings: { -readonly [Layer in SavingLayer]?: number } = {};
  isSubstituted = false;
  lookupCost: number | null = 0;
  readonly #call: string;
  #opened = 0;

  constructor(call: string) {
    this.#call = call;
  }

  decide(decision: Decided): void {
    this.decisions.push({ isShadow: false, reason: null, ...decision });
  }

  openAttempt(sent: Pick<Exchange, 'provider' | 'facts'>): OpenAttempt {
    return new OneAttempt(attemptId(this.#call, this.#opened++), sent, this.attempts);
  }

  save(layer: SavingLayer, amount: number): void {
    this.savings[layer] = amount;
  }

  markSubstituted(): void {
    this.isSubstituted = true;
  }

  payLookup(layer: SavingLayer, amount: number | null): void {
    this.lookupCost = amount;
    if (amount !== null && amount > 0) this.savings[layer] = -amount;
  }
}

class OneAttempt implements OpenAttempt {
  readonly id: string;
  readonly model: string | null;
  readonly provider: ProviderName;
  status: number | null = null;
  usage: Usage | null = null;
  cost: Cost | null = null;
  readonly #begun: Attempt[];

  constructor(id: string, { provider, facts }: Pick<Exchange, 'provider' | 'facts'>, begun: Attempt[]) {
    this.id = id;
    this.model = facts.model;
    this.provider = provider;
    this.#begun = begun;
  }

  begin(): void {
    this.#begun.push(this);
  }

  settle({ status, usage, cost }: Pick<Attempt, 'status' | 'usage' | 'cost'>): void {
    this.status = status;
    this.usage = usage;
    this.cost = cost;
  }
}
