import { byDefault, count, flag, object } from '../../support/schema.ts';
import { type ContextPolicy, contextSchema } from './context/options.ts';

export interface ShapePolicy {
  /** The largest answer, in tokens: set where a request has no output limit, or a larger one. Default: the request's. */
  readonly outputLimit?: number;
  /** True marks prompts that repeat for the provider's own cache; their text stays the same. Default: false. */
  readonly promptCaching?: boolean;
  /** What is left out of a request before it is sent. Default: nothing. */
  readonly context?: ContextPolicy;
}

export const shapeFields = { outputLimit: count({ min: 1 }), promptCaching: flag(), context: contextSchema };

export const shapeSchema = object<ShapePolicy, 'promptCaching'>('ShapePolicy', {
  ...shapeFields,
  promptCaching: byDefault(false, shapeFields.promptCaching),
});
