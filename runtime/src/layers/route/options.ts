import type { JsonObject } from '../../support/json-body.ts';
import {
  byDefault,
  checked,
  type Filled,
  fun,
  number,
  object,
  oneOf,
  recordOf,
  required,
  such,
} from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';
import { type CascadeOptions, cascadeSchema, type FilledCascade } from './cascade/options.ts';
import type { LearnedOptions } from './learned/strategy.ts';
import { isRouterWeights } from './learned/weights.ts';
import { type RouteTarget, tierSchema } from './tier-schema.ts';

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
  /** How answers are checked for features whose tier is `cascade`. Default: by their form alone. */
  readonly cascade?: CascadeOptions;
  /**
   * `on` keeps a conversation of a feature set to `auto` or `cascade` at its model while the provider's cache has it, unless a
   * cheaper one saves more than the switch costs. `off` chooses for each request as if there were no conversation. Default: `on`.
   */
  readonly conversations?: 'on' | 'off';
}

/** Options with their defaults. */
export interface FilledRoute extends Filled<RouteOptions, 'mode'> {
  readonly cascade: FilledCascade;
  readonly conversations: 'on' | 'off';
}

const routeMembers = object<RouteOptions, 'mode' | 'cascade' | 'conversations'>('RouteOptions', {
  mode: byDefault('shadow', modeSchema),
  tiers: required(recordOf(tierSchema)),
  classify: fun(),
  learned: object<LearnedOptions>('LearnedOptions', {
    weights: required(such('weights that `farthing-runtime train` wrote', isRouterWeights)),
    threshold: number(),
  }),
  cascade: byDefault({}, cascadeSchema),
  conversations: byDefault('on', oneOf(['on', 'off'])),
});

export const routeSchema = checked(routeMembers, ({ tiers, cascade: { order } }) => {
  const unknown = order?.find((tier) => !Object.hasOwn(tiers, tier));
  return unknown === undefined ? null : `cascade.order names "${unknown}", which is not one of the tiers.`;
});
