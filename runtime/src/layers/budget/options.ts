import { PER, type Whom } from '../../core/scope-key.ts';
import {
  byDefault,
  checked,
  count,
  either,
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

export interface BudgetOptions extends Whom, Period {
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

const budgetMembers = object<BudgetOptions, 'mode'>('BudgetOptions', {
  per: required(oneOf(PER)),
  only: text(),
  window: required(either<Window>(oneOf(['day', 'week', 'month']), count({ min: 1 }))),
  timeZone: such(
    'a time zone by its IANA name, as "Europe/Berlin"',
    (zone) => typeof zone === 'string' && isTimeZone(zone),
  ),
  startsOn: either<Weekday | number>(oneOf(WEEKDAYS), count({ min: 1, max: 31 })),
  dollars: required(number({ min: 0 })),
  mode: byDefault('hard', oneOf(['hard', 'soft'])),
  otherwise: byDefault('refuse', otherwiseSchema),
});

export const budgetSchema = checked(budgetMembers, problemOf);

/** `unread` is for what cannot be read or bounded; an unknown price is refused whatever it says. */
export const budgetFields = {
  unread: byDefault('refuse', oneOf(['refuse', 'allow'])),
  budgets: byDefault([], listOf(budgetSchema)),
  lease: byDefault(10 * 60 * 1000, milliseconds()),
};
