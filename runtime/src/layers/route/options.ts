import type { JsonObject } from '../../support/json-body.ts';
import { byDefault, fun, object, recordOf, required, text } from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';

export interface RouteOptions {
  /** Default: `shadow`, decisions are recorded but not applied. */
  readonly mode?: Mode;
  /** The model of each tier. The built-in rules know `simple` and `complex`. */
  readonly tiers: Readonly<Record<string, string>>;
  /** Names the tier of a request, or null to leave it to the built-in rules. Default: the built-in rules. */
  readonly classify?: (request: { readonly body: JsonObject; readonly feature: string | null }) => string | null;
}

export const routeSchema = object<RouteOptions, 'mode'>('RouteOptions', {
  mode: byDefault('shadow', modeSchema),
  tiers: required(recordOf(text())),
  classify: fun(),
});
