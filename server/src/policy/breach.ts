/** What of a policy a change breaks. */

import type { Enforcement, PolicyException, PolicyLimit } from '@farthing/shared/config-parts/policy';
import type { PolicyRule } from '@farthing/shared/diff-report';
import type { ReportCall } from '@farthing/shared/report';
import type { Excess } from './bounds.ts';

export interface Breach {
  readonly rule: PolicyRule;
  readonly limit: PolicyLimit;
  readonly enforcement: Enforcement;
  /** What is only possible never blocks. */
  readonly excess: Exclude<Excess, 'none'>;
  readonly text: string;
  /** The calls that the change touches: one, or those of a sum. */
  readonly calls: readonly ReportCall[];
  /** Tells sums apart; null where it is about one call. */
  readonly sum: string | null;
  /** By which it is allowed. */
  readonly exception: PolicyException | null;
}

/** A new breach is the change's; one that was there before is, if the change makes it worse. */
export function isWorse(now: Excess, before: Excess, isRaised: boolean): now is Exclude<Excess, 'none'> {
  return now !== 'none' && (isRaised || ORDER.indexOf(now) > ORDER.indexOf(before));
}

const ORDER: readonly Excess[] = ['none', 'possible', 'certain'];
