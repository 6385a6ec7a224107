import { MAXIMUM_DOLLARS } from '@farthing/shared/money';
import type { CallContext } from '../../core/context.ts';
import { problemOfScopeRule, type ScopeRule } from '../../core/scope-key.ts';
import {
  byDefault,
  checked,
  count,
  either,
  type Filled,
  fun,
  listOf,
  milliseconds,
  number,
  object,
  oneOf,
  required,
  such,
  text,
} from '../../support/schema.ts';
import { isTimeZone } from '../../windows/calendar.ts';
import { type Period, problemOf, WEEKDAYS, type Weekday, type Window } from '../../windows/period.ts';
import { scopeFields } from '../support/scope-fields.ts';

export interface BudgetOptions extends ScopeRule, Period {
  /** The cap, or a function that returns the cap for a call. The function may be asynchronous; null means no cap. */
  readonly dollars: number | DollarsFor;
  /** `hard`: spending never exceeds the cap. `soft`: it may, and an event reports it. Default: `hard`. */
  readonly mode?: 'hard' | 'soft';
  /** What a hard cap does with a request that does not fit: refuse it, use a cheaper model, or wait. Default: `refuse`. */
  readonly otherwise?: 'refuse' | DowngradeOptions | WaitOptions;
}

/** Returns the cap for a call, in dollars. With null, spending is counted but not capped. Called for each attempt. */
export type DollarsFor = (call: CappedCall) => number | null | Promise<number | null>;

/** The information about a call that a function for caps receives. */
export interface CappedCall extends Pick<CallContext, 'feature' | 'user' | 'tenant' | 'team' | 'tags' | 'session'> {
  /** The name whose cap it is: the user for a budget per user, one of the tags for a budget per tag, '' for `total`. */
  readonly name: string;
  /** Null if the request names none. */
  readonly model: string | null;
}

export interface DowngradeOptions {
  /** The model that is used instead. */
  readonly downgradeTo: string;
}

export interface WaitOptions {
  /** Milliseconds after which the request is refused. */
  readonly waitAtMost: number;
}

const otherwiseSchema = either<NonNullable<BudgetOptions['otherwise']>>(
  oneOf(['refuse']),
  object<DowngradeOptions>('DowngradeOptions', { downgradeTo: required(text()) }),
  object<WaitOptions>('WaitOptions', { waitAtMost: required(milliseconds()) }),
);

const amount = number({ min: 0, max: MAXIMUM_DOLLARS });

const budgetMembers = object<BudgetOptions, 'mode' | 'otherwise'>('BudgetOptions', {
  ...scopeFields,
  window: required(either<Window>(oneOf(['day', 'week', 'month']), count({ min: 1 }))),
  timeZone: such('an IANA time zone such as "Europe/Berlin"', (zone) => typeof zone === 'string' && isTimeZone(zone)),
  startsOn: either<Weekday | number>(oneOf(WEEKDAYS), count({ min: 1, max: 31 })),
  dollars: required(either<BudgetOptions['dollars']>(amount, fun<DollarsFor>())),
  mode: byDefault('hard', oneOf(['hard', 'soft'])),
  otherwise: byDefault('refuse', otherwiseSchema),
});

/** A budget as the layer gets it. */
export type FilledBudget = Filled<BudgetOptions, 'mode' | 'otherwise'>;

export const budgetSchema = checked(budgetMembers, (budget) => problemOfScopeRule(budget) ?? problemOf(budget));
export const budgetsSchema = listOf(budgetSchema);

/** What is wrong with the return value of a function for caps; null if it is valid. */
export function problemOfAmount(input: unknown): string | null {
  if (input === null) return null;
  let problem: string | null = null;
  amount.read(input, 'its return value', (message) => {
    problem = message;
  });
  return problem;
}

/** `unread` is about requests that cannot be read or bounded; an unknown price is always refused. */
export const budgetFields = {
  unread: byDefault('refuse', oneOf(['refuse', 'allow'])),
  budgets: byDefault([], budgetsSchema),
  lease: byDefault(10 * 60 * 1000, milliseconds()),
};
