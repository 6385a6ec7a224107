import { PER, type Whom } from '../../core/scope-key.ts';
import { byDefault, count, number, object, oneOf, required, text } from '../../support/schema.ts';

export interface RateOptions extends Whom {
  /** Requests in each period of `seconds`; as many may come at once. Default: no limit. */
  readonly requests?: number;
  /** Tokens in each period of `seconds`; as many may come at once. Default: no limit. */
  readonly tokens?: number;
  /** The period in which a limit refills. Default: 60. */
  readonly seconds?: number;
}

export const rateSchema = object<RateOptions, 'seconds'>('RateOptions', {
  per: required(oneOf(PER)),
  only: text(),
  requests: count({ min: 1 }),
  tokens: count({ min: 1 }),
  seconds: byDefault(60, number({ above: 0 })),
});
