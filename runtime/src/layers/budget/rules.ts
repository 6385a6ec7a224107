/** Caps as an application states them, and the scopes of the store under which one call falls. */
import { formatDollars, nanoDollars } from '@farthing/shared/money';
import type { Exchange } from '../../core/pipeline.ts';
import { countedAs, describeWhom, keyOf } from '../../core/scope-key.ts';
import type { BudgetScope, ScopeState } from '../../stores/store.ts';
import { formatMoment } from '../../windows/calendar.ts';
import { describePeriod } from '../../windows/period.ts';
import type { BudgetOptions } from './options.ts';

export interface Budget {
  readonly options: BudgetOptions;
  readonly scope: BudgetScope;
}

export function isHard({ mode }: BudgetOptions): boolean {
  return mode !== 'soft';
}

/** The budgets under which a call falls: a call without a user is under no user's. */
export function budgetsOf(exchange: Exchange, all: readonly BudgetOptions[]): readonly Budget[] {
  return all.flatMap((options): Budget[] => {
    const key = countedAs(exchange, options);
    return key === null ? [] : [{ options, scope: scopeWith(options, key) }];
  });
}

/** The scope of one feature, user, ...: of whoever `name` is. */
export function scopeOf(options: BudgetOptions, name: string): BudgetScope {
  return scopeWith(options, keyOf(options.per, name));
}

function scopeWith({ window, timeZone, startsOn, dollars }: BudgetOptions, key: string): BudgetScope {
  return {
    key,
    window,
    ...(timeZone !== undefined && { timeZone }),
    ...(startsOn !== undefined && { startsOn }),
    cap: nanoDollars(dollars),
  };
}

/** `feature "chat", day: this request could cost up to $0.0310; $0.0142 of $50.00 is left until 2026-11-23T00:00Z.` */
export function describeRefusal({ scope, spent, reserved, resetsAt }: ScopeState, amount: number): string {
  const left = Math.max(scope.cap - spent - reserved, 0);
  const until = formatMoment(resetsAt, scope.timeZone);
  return `${describeWhom(scope.key)}, ${describePeriod(scope)}: this request could cost up to ${formatDollars(amount)}; ${formatDollars(left)} of ${formatDollars(scope.cap)} is left until ${until}.`;
}
