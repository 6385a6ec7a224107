import type { JsonObject } from '../../support/json-body.ts';
import { byDefault, checked, either, fun, object, recordOf, required, text } from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';
import type { TranslatedTarget } from '../support/redirect.ts';
import { targetFields, targetProblem } from '../support/target-schema.ts';

export interface RouteOptions {
  /** Default: `shadow`, decisions are recorded but not applied. */
  readonly mode?: Mode;
  /** The model of each tier, or the target: a model at another server. The built-in rules know `simple` and `complex`. */
  readonly tiers: Readonly<Record<string, string | RouteTarget>>;
  /** Names the tier of a request, or null to leave it to the built-in rules. Default: the built-in rules. */
  readonly classify?: (request: { readonly body: JsonObject; readonly feature: string | null }) => string | null;
}

export interface RouteTarget extends TranslatedTarget {
  /** The model that answers. */
  readonly model: string;
}

const targetSchema = checked(
  object<RouteTarget>('RouteTarget', { ...targetFields, model: required(text()) }),
  targetProblem,
);

export const routeSchema = object<RouteOptions, 'mode'>('RouteOptions', {
  mode: byDefault('shadow', modeSchema),
  tiers: required(recordOf(either<string | RouteTarget>(text(), targetSchema))),
  classify: fun(),
});
