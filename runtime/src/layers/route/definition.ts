import { text } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { createCascade } from './cascade/cascade.ts';
import { type FilledRoute, type RouteOptions, routeSchema } from './options.ts';
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
  create: (options, { byFeature, prices, providerAt, emit }) => {
    if (options.route === undefined || options.route.mode === 'off') return null;
    const { mode, cascade, ...tiers } = options.route as FilledRoute;
    const tools = { prices, providerAt, isShadow: mode !== 'on' };
    return route([
      byTiers({
        ...tiers,
        ...tools,
        tierOf: byFeature(({ tier }) => tier),
        cascade: createCascade(cascade, { ...tools, emit }),
        order: cascade.order ?? Object.keys(tiers.tiers),
      }),
    ]);
  },
});
