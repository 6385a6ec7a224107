/** True if the answer decides whether the loop around the call goes on: the next request may not be needed. */
import type { CallRecord } from '../../evaluate/scopes/scope.ts';
import type { Loop } from '../../ir/nodes.ts';
import { isSteered } from '../loop-dependence.ts';
import { nearestRepetition } from '../repetition.ts';
import { codeFact } from './fact.ts';

/** In its own function, or, where a caller repeats that, in the caller's. */
export const steersLoop = codeFact('steersLoop', ({ record, inLoop }): boolean =>
  [record, inLoop].some((one) => one !== null && isSteeringAt(one)),
);

function isSteeringAt({ node, surrounding }: CallRecord): boolean {
  const repeating = nearestRepetition(surrounding);
  return repeating?.kind === 'loop' && isSteered(node, repeating.node as Loop);
}
