import { byDefault } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { type ShapePolicy, shapeFields, shapeSchema } from './options.ts';
import { shape } from './shape.ts';

export interface ShapeOptions {
  /** Output limits and prompt-cache marks for all features; those of a feature override them. */
  readonly shape?: ShapePolicy;
}

export const shapeDefinition = defineLayer({
  name: 'shape',
  stage: 'choose',
  options: { shape: byDefault({}, shapeSchema) },
  featureOptions: shapeFields,
  create: (options, { byFeature, someFeature, prices }) => {
    if (!changesRequests(options.shape) && !someFeature(changesRequests)) return null;
    return shape({ policyOf: byFeature((own) => ({ ...options.shape, ...own })), prices });
  },
});

function changesRequests({ outputLimit, promptCaching }: ShapePolicy): boolean {
  return outputLimit !== undefined || promptCaching === true;
}
