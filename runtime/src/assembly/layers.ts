/** All layers of the runtime. Their stages say in which order they stand; within one stage, this list does. */
import { accountDefinition } from '../layers/account/definition.ts';
import { answerCacheDefinition } from '../layers/answer-cache/definition.ts';
import { attemptDefinition } from '../layers/attempt/definition.ts';
import { budgetDefinition } from '../layers/budget/definition.ts';
import { deduplicateDefinition } from '../layers/deduplicate/definition.ts';
import { type LayerDefinition, type OptionFields, STAGES, type StoreName } from '../layers/definition.ts';
import { experimentDefinition } from '../layers/experiment/definition.ts';
import { observeDefinition } from '../layers/observe/definition.ts';
import { queueDefinition } from '../layers/queue/definition.ts';
import { rateLimitDefinition } from '../layers/rate-limit/definition.ts';
import { resolveDefinition } from '../layers/resolve/definition.ts';
import { routeDefinition } from '../layers/route/definition.ts';
import { shapeDefinition } from '../layers/shape/definition.ts';
import { validateDefinition } from '../layers/validate/definition.ts';

/** A definition among others: each reads its own of all options. */
export type AnyDefinition = LayerDefinition<never, StoreName>;

const ALL: readonly AnyDefinition[] = [
  observeDefinition,
  resolveDefinition,
  experimentDefinition,
  validateDefinition,
  rateLimitDefinition,
  deduplicateDefinition,
  answerCacheDefinition,
  queueDefinition,
  routeDefinition,
  shapeDefinition,
  attemptDefinition,
  budgetDefinition,
  accountDefinition,
];

/** From the application to the provider. */
export const LAYERS: readonly AnyDefinition[] = ALL.toSorted(
  (a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage),
);

/** The options of all layers, by name. */
export function fieldsOfLayers(): OptionFields {
  return Object.assign({}, ...LAYERS.map(({ options }) => options));
}

/** What the layers take of one feature. */
export function featureFields(): OptionFields {
  return Object.assign({}, ...LAYERS.map(({ featureOptions = {} }) => featureOptions));
}
