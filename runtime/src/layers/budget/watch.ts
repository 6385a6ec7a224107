/** Looks at caps in the background: soft ones that were passed, and all of them where alerts are wanted. */
import type { Emit } from '../../core/events.ts';
import type { Exchange } from '../../core/pipeline.ts';
import type { BudgetStore, ScopeState } from '../../stores/store.ts';
import type { Background } from '../../support/background.ts';
import { type Budget, describeExcess, isHard } from './rules.ts';

export interface WatchTools {
  readonly store: BudgetStore;
  readonly emit: Emit;
  readonly background: Background;
  /** Told how full the caps are after each reservation, where somebody wants to know. */
  readonly onState: ((state: ScopeState) => void) | null;
}

/** @param after what has to have ended before the caps are looked at */
export function watchCaps(
  { id, context }: Exchange,
  budgets: readonly Budget[],
  after: Promise<unknown> | null,
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
