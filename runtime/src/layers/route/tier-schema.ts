import { checked, either, object, required, text } from '../../support/schema.ts';
import type { TranslatedTarget } from '../support/redirect.ts';
import { targetFields, targetProblem } from '../support/target-schema.ts';

export interface RouteTarget extends TranslatedTarget {
  /** The model that answers. */
  readonly model: string;
}

const targetSchema = checked(
  object<RouteTarget>('RouteTarget', { ...targetFields, model: required(text()) }),
  targetProblem,
);

/** A model at the provider of the request, or a target at another server. */
export const tierSchema = either<string | RouteTarget>(text(), targetSchema);

export function targetOf(tier: string | RouteTarget): RouteTarget {
  return typeof tier === 'string' ? { model: tier } : tier;
}
