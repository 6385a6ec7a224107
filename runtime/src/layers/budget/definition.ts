import { defineLayer } from '../definition.ts';
import { budget } from './budget.ts';
import { type BudgetOptions, budgetFields } from './options.ts';
import { isHard } from './rules.ts';

export interface BudgetLayerOptions {
  /** Caps on spending. Default: none. */
  readonly budgets?: readonly BudgetOptions[];
  /**
   * What a hard budget does with a request whose cost it cannot read or bound: an endpoint or a body that is not understood,
   * a WebSocket of a wrapped client. `allow` sends it. A request that can be read but not bounded then counts when it
   * ends; others are not counted. An event is emitted in both cases. A model without a price is always refused: declare
   * it under `prices`. Default: `refuse`.
   */
  readonly unread?: 'refuse' | 'allow';
  /** Milliseconds after which a reservation that was never settled counts as spent. Default: 10 minutes. */
  readonly lease?: number;
}

export const budgetDefinition = defineLayer({
  name: 'budget',
  stage: 'send',
  options: budgetFields,
  stores: ['budgets'],
  create: ({ lease, unread }, { budgets, stores, onStoreFailure, prices, emit, background, onBudget }) =>
    budget({
      budgets,
      lease,
      unread,
      store: stores.budgets,
      onStoreFailure: onStoreFailure.budgets ?? null,
      prices,
      emit,
      background,
      onState: onBudget,
    }),
  isIdle: ({ budgets }) => budgets().length === 0,
  onFailure: (_, { budgets, onStoreFailure }) => onStoreFailure.budgets ?? (budgets().some(isHard) ? 'closed' : 'open'),
});
