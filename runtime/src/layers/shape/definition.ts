import { byDefault, type Filled } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { leavesOut } from './context/options.ts';
import { type ShapePolicy, shapeFields, shapeSchema } from './options.ts';
import { shape } from './shape.ts';

export interface ShapeOptions {
  /** What is changed in requests before they are sent, for all features; what a feature says overrides it. */
  readonly shape?: ShapePolicy;
}

export const shapeDefinition = defineLayer({
  name: 'shape',
  stage: 'choose',
  options: { shape: byDefault({}, shapeSchema) },
  featureOptions: shapeFields,
  stores: ['cache'],
  create: (options, { byFeature, someFeature, prices, stores, background, emit }) => {
    if (!changesRequests(options.shape) && !someFeature(changesRequests)) return null;
    return shape({
      policyOf: byFeature((own) => merged(options.shape, own)),
      prices,
      cache: stores.cache,
      background,
      emit,
    });
  },
});

/** Options of `context` are overridden one by one. */
function merged(general: Filled<ShapePolicy, 'promptCaching'>, own: ShapePolicy): Filled<ShapePolicy, 'promptCaching'> {
  const context = { ...general.context, ...own.context };
  return { ...general, ...own, ...(leavesOut(context) && { context }) };
}

function changesRequests({ outputLimit, promptCaching, context }: ShapePolicy): boolean {
  return outputLimit !== undefined || promptCaching === true || leavesOut(context);
}
