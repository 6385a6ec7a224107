/** From the budgets of an application to the scopes of the store that apply to a call. */
import { formatDollars, nanoDollars } from '@farthing/shared/money';
import { NO_CONTEXT } from '../../core/context.ts';
import { type Countable, type Counted, countedBy, describeScope, keyOf } from '../../core/scope-key.ts';
import type { BudgetScope, MaybePromise, ScopeState } from '../../stores/store.ts';
import { formatMoment } from '../../windows/calendar.ts';
import { describePeriod, windowAt } from '../../windows/period.ts';
import { type BudgetOptions, type CappedCall, type FilledBudget, problemOfAmount } from './options.ts';

export interface Budget {
  readonly options: FilledBudget;
  readonly scope: BudgetScope;
  /** Why the cap is unknown: the application's function threw, or returned no amount. Null if it is known. */
  readonly problem: string | null;
}

export function isHard({ mode }: BudgetOptions): boolean {
  return mode !== 'soft';
}

/** True if the budget refuses calls that do not fit. */
export function refuses({ options, scope }: Budget): boolean {
  return isHard(options) && scope.cap !== Number.POSITIVE_INFINITY;
}

/** The budgets that apply to a call, and the names that it counts under. */
export function countedUnder(call: Countable, all: readonly FilledBudget[]): readonly Counted<FilledBudget>[] {
  return countedBy(call, all, (exception, general) => exception.window === general.window);
}

/** The same, with the caps: at once if no function has to be called for them. Never rejects. */
export function budgetsOf(call: Countable, all: readonly FilledBudget[]): MaybePromise<readonly Budget[]> {
  const counted = countedUnder(call, all);
  const fixed: Budget[] = [];
  for (const { rule, key } of counted) {
    if (typeof rule.dollars !== 'number') return Promise.all(counted.map((one) => budgetOf(one, call, all)));
    fixed.push({ options: rule, scope: scopeWith(rule, key, nanoDollars(rule.dollars)), problem: null });
  }
  return fixed;
}

async function budgetOf(
  { rule, name, key }: Counted<FilledBudget>,
  { context, facts }: Countable,
  all: readonly FilledBudget[],
): Promise<Budget> {
  const { feature, user, tenant, team, tags, session } = context;
  try {
    const cap = await capOf(rule, { name, feature, user, tenant, team, tags, session, model: facts.model });
    return { options: rule, scope: scopeWith(rule, key, cap), problem: null };
  } catch (error) {
    const problem = `budgets[${all.indexOf(rule)}].dollars: ${error instanceof Error ? error.message : error}`;
    // Under an unknown cap, nothing fits.
    return { options: rule, scope: scopeWith(rule, key, 0), problem };
  }
}

/**
 * The scope of the feature, user, ... with a name.
 *
 * @throws if the application's function throws or returns no amount
 */
export async function scopeOf(budget: BudgetOptions, name: string): Promise<BudgetScope> {
  const { per } = budget;
  const { feature, user, tenant, team, tags, session } = NO_CONTEXT;
  const named = per === 'tag' ? { tags: [name] } : { [per]: name };
  const call = { name, feature, user, tenant, team, tags, session, model: null, ...named };
  return scopeWith(budget, keyOf(per, name), await capOf(budget, call));
}

/** Nano-dollars; infinite if there is no cap. */
async function capOf({ dollars }: BudgetOptions, call: CappedCall): Promise<number> {
  if (typeof dollars === 'number') return nanoDollars(dollars);
  const amount = await dollars(call);
  const problem = problemOfAmount(amount);
  if (problem !== null) throw new TypeError(problem);
  return amount === null ? Number.POSITIVE_INFINITY : nanoDollars(amount);
}

function scopeWith({ window, timeZone, startsOn }: BudgetOptions, key: string, cap: number): BudgetScope {
  return {
    key,
    window,
    ...(timeZone !== undefined && { timeZone }),
    ...(startsOn !== undefined && { startsOn }),
    cap,
  };
}

/** True for scopes that the store counts together: the same name, over the same time. */
export function isSameCount(one: BudgetScope, other: BudgetScope): boolean {
  const now = Date.now();
  const [window, same] = [windowAt(one, now), windowAt(other, now)];
  return one.key === other.key && window.start === same.start && window.end === same.end;
}

/** `feature "chat", day: this request could cost up to $0.0310; $0.0142 of $50.00 is left until 2026-11-23T00:00Z.` */
export function describeRefusal(state: ScopeState, amount: number): string {
  return `${describeBudget(state)}: this request could cost up to ${formatDollars(amount)}; ${describeRest(state)}.`;
}

/** `feature "chat", day: $50.12 of $50.00 is spent or reserved until 2026-11-23T00:00Z.` */
export function describeExcess(state: ScopeState): string {
  const { scope, spent, reserved, resetsAt } = state;
  const used = formatDollars(spent + reserved);
  const until = formatMoment(resetsAt, scope.timeZone);
  return `${describeBudget(state)}: ${used} of ${formatDollars(scope.cap)} is spent or reserved until ${until}.`;
}

function describeBudget({ scope }: ScopeState): string {
  return `${describeScope(scope.key)}, ${describePeriod(scope)}`;
}

function describeRest({ scope, spent, reserved, resetsAt }: ScopeState): string {
  const left = formatDollars(Math.max(scope.cap - spent - reserved, 0));
  return `${left} of ${formatDollars(scope.cap)} is left until ${formatMoment(resetsAt, scope.timeZone)}`;
}
