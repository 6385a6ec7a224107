import { defineLayer } from '../definition.ts';
import { type ValidateOptions, validateSchema } from './options.ts';
import { validate } from './validate.ts';

export interface ValidateLayerOptions {
  /** Refuses requests before they cost anything. Default: none. */
  readonly validate?: ValidateOptions;
}

export const validateDefinition = defineLayer({
  name: 'validate',
  stage: 'admit',
  options: { validate: validateSchema },
  create: (options, { prices, emit }) =>
    options.validate === undefined ? null : validate({ ...options.validate, prices, emit }),
});
