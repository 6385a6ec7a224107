import type { JsonObject } from '../../support/json-body.ts';
import {
  byDefault,
  checked,
  either,
  fun,
  number,
  object,
  recordOf,
  required,
  such,
  text,
} from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';
import type { TranslatedTarget } from '../support/redirect.ts';
import { targetFields, targetProblem } from '../support/target-schema.ts';
import type { LearnedOptions } from './learned/strategy.ts';
import { isRouterWeights } from './learned/weights.ts';

export interface RouteOptions {
  /** Default: `shadow`, decisions are recorded but not applied. */
  readonly mode?: Mode;
  /** The model of each tier, or the target: a model at another server. The built-in rules know `simple` and `complex`. */
  readonly tiers: Readonly<Record<string, string | RouteTarget>>;
  /** Names the tier of a request, or null to leave it to the built-in rules. Default: the built-in rules. */
  readonly classify?: (request: { readonly body: JsonObject; readonly feature: string | null }) => string | null;
  /**
   * Chooses between the tiers `simple` and `complex` by what was learned from your own questions. Default: none, the
   * built-in rules choose.
   */
  readonly learned?: LearnedOptions;
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
  learned: object<LearnedOptions>('LearnedOptions', {
    weights: required(such('weights that `farthing-runtime train` wrote', isRouterWeights)),
    threshold: number(),
  }),
});
