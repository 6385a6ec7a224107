import { PER, type Whom } from '../../core/scope-key.ts';
import type { Window } from '../../stores/store.ts';
import {
  byDefault,
  count,
  either,
  listOf,
  milliseconds,
  number,
  object,
  oneOf,
  required,
  text,
} from '../../support/schema.ts';

export interface BudgetOptions extends Whom {
  /** The period of the cap: a calendar day or month in UTC, or a length in milliseconds. */
  readonly window: Window;
  /** The cap. */
  readonly dollars: number;
  /** `hard`: spending never passes the cap. `soft`: it may, and an event says so. Default: `hard`. */
  readonly mode?: 'hard' | 'soft';
  /** What a hard cap does with a request that does not fit: refuse it, ask a cheaper model, or wait. Default: `refuse`. */
  readonly otherwise?: 'refuse' | DowngradeOptions | WaitOptions;
}

export interface DowngradeOptions {
  /** The model that is asked instead. */
  readonly downgradeTo: string;
}

export interface WaitOptions {
  /** Milliseconds after which the request is refused all the same. */
  readonly waitAtMost: number;
}

const otherwiseSchema = either<NonNullable<BudgetOptions['otherwise']>>(
  oneOf(['refuse']),
  object<DowngradeOptions>('DowngradeOptions', { downgradeTo: required(text()) }),
  object<WaitOptions>('WaitOptions', { waitAtMost: required(milliseconds()) }),
);

export const budgetSchema = object<BudgetOptions, 'mode'>('BudgetOptions', {
  per: required(oneOf(PER)),
  only: text(),
  window: required(either<Window>(oneOf(['day', 'month']), count({ min: 1 }))),
  dollars: required(number({ min: 0 })),
  mode: byDefault('hard', oneOf(['hard', 'soft'])),
  otherwise: byDefault('refuse', otherwiseSchema),
});

/** `unread` is for what cannot be read or bounded. */
export const budgetFields = {
  unread: byDefault('refuse', oneOf(['refuse', 'allow'])),
  budgets: byDefault([], listOf(budgetSchema)),
  lease: byDefault(10 * 60 * 1000, milliseconds()),
};
