import { text } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { createCascade } from './cascade/cascade.ts';
import { createConversations } from './conversations/conversations.ts';
import { createConversationStore } from './conversations/state.ts';
import { type FilledRoute, type RouteOptions, routeSchema } from './options.ts';
import { route } from './route.ts';
import { byTiers, stepsOf } from './tiers.ts';

export interface RouteLayerOptions {
  /** Models by tier, for features that name a tier. Default: none. */
  readonly route?: RouteOptions;
}

export const routeDefinition = defineLayer({
  name: 'route',
  stage: 'choose',
  options: { route: routeSchema },
  featureOptions: { tier: text() },
  stores: ['cache'],
  create: (options, { byFeature, prices, providerAt, emit, stores, background }) => {
    if (options.route === undefined || options.route.mode === 'off') return null;
    const { mode, cascade, conversations, ...tiers } = options.route as FilledRoute;
    const isShadow = mode !== 'on';
    const isWatching = conversations === 'off';
    const tools = { prices, providerAt, isShadow };
    const store = createConversationStore(stores.cache, emit, background);
    return route([
      byTiers({
        ...tiers,
        ...tools,
        tierOf: byFeature(({ tier }) => tier),
        cascade: createCascade(cascade, { ...tools, emit }),
        order: cascade.order ?? Object.keys(tiers.tiers),
        settle: isShadow ? null : createConversations({ ...tools, store, steps: stepsOf(tiers.tiers), isWatching }),
      }),
    ]);
  },
});
