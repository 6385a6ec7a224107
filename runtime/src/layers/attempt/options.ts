import {
  byDefault,
  checked,
  count,
  either,
  listOf,
  milliseconds,
  object,
  oneOf,
  recordOf,
  required,
} from '../../support/schema.ts';
import type { TranslatedTarget } from '../support/redirect.ts';
import { targetFields, targetProblem } from '../support/target-schema.ts';
import { FAILOVER_CAUSES, type FailoverCause } from './causes.ts';

export interface AttemptOptions {
  /** How often a target is tried again after its first failure. Default: 0. */
  readonly retries?: number;
  /** By model: the targets to try next, in order, when it fails. A target may have another wire format (`format`). Default: none. */
  readonly failover?: Readonly<Record<string, readonly TranslatedTarget[]>>;
  /**
   * Further failures for which the next target is tried: statuses of errors, and causes. Failed connections, 408, 409, 429
   * and 5xx always are. Default: none.
   */
  readonly failoverOn?: readonly (number | FailoverCause)[];
  /** Milliseconds until a provider must have begun a stream, or given a whole answer. Default: no limit. */
  readonly timeout?: number | undefined;
  /** Leaves a target alone after several failures in a row. Default: never. */
  readonly breaker?: BreakerOptions | undefined;
}

export interface BreakerOptions {
  /** Failures in a row after which a target is left alone. */
  readonly failures: number;
  /** Milliseconds for which it is left alone; then one request tries it. */
  readonly pause: number;
}

const targetSchema = checked(object<TranslatedTarget>('TranslatedTarget', targetFields), targetProblem);

export const attemptFields = {
  retries: byDefault(0, count()),
  failover: byDefault({}, recordOf(listOf(targetSchema))),
  failoverOn: byDefault(
    [],
    listOf(either<number | FailoverCause>(count({ min: 400, max: 599 }), oneOf(FAILOVER_CAUSES))),
  ),
  timeout: milliseconds({ above: 0, isEndless: true }),
  breaker: object<BreakerOptions>('BreakerOptions', {
    failures: required(count({ min: 1 })),
    pause: required(milliseconds()),
  }),
};
