import { text } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { type RouteOptions, routeSchema } from './options.ts';
import { route } from './route.ts';
import { byTiers } from './tiers.ts';

export interface RouteLayerOptions {
  /** Models by tier, for features that name a tier. Default: none. */
  readonly route?: RouteOptions;
}

export const routeDefinition = defineLayer({
  name: 'route',
  stage: 'choose',
  options: { route: routeSchema },
  featureOptions: { tier: text() },
  create: (options, { byFeature, prices, providerAt }) => {
    if (options.route === undefined || options.route.mode === 'off') return null;
    const { mode, ...tiers } = options.route;
    return route({
      mode,
      strategies: [byTiers({ ...tiers, tierOf: byFeature(({ tier }) => tier) })],
      prices,
      providerAt,
    });
  },
});
