/** Checks caps in the background: soft caps for excess, and all of them if there are alerts. */
import type { Emit } from '../../core/events.ts';
import type { Exchange } from '../../core/pipeline.ts';
import type { BudgetStore, MaybePromise, ScopeState } from '../../stores/store.ts';
import type { Background } from '../../support/background.ts';
import { type Budget, describeExcess, isHard } from './rules.ts';

export interface WatchTools {
  readonly store: BudgetStore;
  readonly emit: Emit;
  readonly background: Background;
  /** Called with the state of the caps after each reservation; null if there are no alerts. */
  readonly onState: ((state: ScopeState) => void) | null;
}

/** @param after has to settle before the caps are checked */
export function watchCaps(
  { id, context }: Exchange,
  budgets: readonly Budget[],
  after: MaybePromise<unknown>,
  { store, emit, background, onState }: WatchTools,
): void {
  const watched = budgets.filter(({ options }) => !isHard(options) || onState !== null);
  if (watched.length === 0) return;
  const look = async (): Promise<void> => {
    await after;
    const states = await store.states(watched.map(({ scope }) => scope));
    for (const [index, state] of states.entries()) {
      onState?.(state);
      const isSoft = !isHard((watched[index] as Budget).options);
      if (!isSoft || state.spent + state.reserved <= state.scope.cap) continue;
      emit({ type: 'over-budget', call: id, feature: context.feature, message: describeExcess(state) });
    }
  };
  background.add(
    look().catch((error: unknown) => emit({ type: 'store-failed', layer: 'budget', effect: 'open', error })),
  );
}
