import { MAXIMUM_DOLLARS } from '@farthing/shared/money';
import type { CallContext } from '../../core/context.ts';
import { problemOfWhom, type Whom } from '../../core/scope-key.ts';
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
import { whomFields } from '../support/whom-fields.ts';

export interface BudgetOptions extends Whom, Period {
  /** The cap, or a function that returns it for a call: it may be asynchronous, and null is no cap. */
  readonly dollars: number | DollarsFor;
  /** `hard`: spending never passes the cap. `soft`: it may, and an event says so. Default: `hard`. */
  readonly mode?: 'hard' | 'soft';
  /** What a hard cap does with a request that does not fit: refuse it, ask a cheaper model, or wait. Default: `refuse`. */
  readonly otherwise?: 'refuse' | DowngradeOptions | WaitOptions;
}

/** The cap of the call's user, tenant, ...; null counts what is spent, and caps it not. Called for each attempt. */
export type DollarsFor = (call: CappedCall) => number | null | Promise<number | null>;

/** A call, for a function that says its cap. */
export interface CappedCall extends Pick<CallContext, 'feature' | 'user' | 'tenant' | 'team' | 'tags' | 'session'> {
  /** The one whose cap it is: the user where the budget is per user, one of the tags where it is per tag; '' for `total`. */
  readonly name: string;
  /** Null where the request names none. */
  readonly model: string | null;
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

const amount = number({ min: 0, max: MAXIMUM_DOLLARS });

const budgetMembers = object<BudgetOptions, 'mode' | 'otherwise'>('BudgetOptions', {
  ...whomFields,
  window: required(either<Window>(oneOf(['day', 'week', 'month']), count({ min: 1 }))),
  timeZone: such('an IANA time zone such as "Europe/Berlin"', (zone) => typeof zone === 'string' && isTimeZone(zone)),
  startsOn: either<Weekday | number>(oneOf(WEEKDAYS), count({ min: 1, max: 31 })),
  dollars: required(either<BudgetOptions['dollars']>(amount, fun<DollarsFor>())),
  mode: byDefault('hard', oneOf(['hard', 'soft'])),
  otherwise: byDefault('refuse', otherwiseSchema),
});

/** A budget as the layer gets it. */
export type FilledBudget = Filled<BudgetOptions, 'mode' | 'otherwise'>;

export const budgetSchema = checked(budgetMembers, (budget) => problemOfWhom(budget) ?? problemOf(budget));
export const budgetsSchema = listOf(budgetSchema);

/** What is wrong with the answer of a function for a cap; null where it is one. */
export function problemOfAmount(given: unknown): string | null {
  if (given === null) return null;
  let problem: string | null = null;
  amount.read(given, 'its return value', (message) => {
    problem = message;
  });
  return problem;
}

/** `unread` is for what cannot be read or bounded; an unknown price is refused whatever it says. */
export const budgetFields = {
  unread: byDefault('refuse', oneOf(['refuse', 'allow'])),
  budgets: byDefault([], budgetsSchema),
  lease: byDefault(10 * 60 * 1000, milliseconds()),
};
