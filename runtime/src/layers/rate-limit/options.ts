import { problemOfScopeRule, type ScopeRule } from '../../core/scope-key.ts';
import { byDefault, checked, count, number, object } from '../../support/schema.ts';
import { scopeFields } from '../support/scope-fields.ts';

export interface RateOptions extends ScopeRule {
  /** Requests in each period of `seconds`; as many may come at once. Default: no limit. */
  readonly requests?: number;
  /** Tokens in each period of `seconds`; as many may come at once. Default: no limit. */
  readonly tokens?: number;
  /** The period in which a limit refills. Default: 60. */
  readonly seconds?: number;
}

const rateMembers = object<RateOptions, 'seconds'>('RateOptions', {
  ...scopeFields,
  requests: count({ min: 1 }),
  tokens: count({ min: 1 }),
  seconds: byDefault(60, number({ above: 0 })),
});

export const rateSchema = checked(rateMembers, problemOfScopeRule);
