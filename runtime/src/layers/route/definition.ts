import { text } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { type RouteOptions, routeSchema } from './options.ts';
import { route } from './route.ts';

export interface RouteLayerOptions {
  /** Models by tier, for features that name a tier. Default: none. */
  readonly route?: RouteOptions;
}

export const routeDefinition = defineLayer({
  name: 'route',
  stage: 'choose',
  options: { route: routeSchema },
  featureOptions: { tier: text() },
  create: (options, { byFeature, prices }) =>
    options.route === undefined || options.route.mode === 'off'
      ? null
      : route({ ...options.route, tierOf: byFeature(({ tier }) => tier), prices }),
});
