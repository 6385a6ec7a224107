import type { JsonObject } from '../../support/json-body.ts';
import { byDefault, count, flag, fun, object } from '../../support/schema.ts';

export interface ValidateOptions {
  /** True refuses requests whose messages are all empty. Default: false. */
  readonly empty?: boolean;
  /** The largest input, in tokens of OpenAI's newest vocabulary whatever the model. Default: no limit. */
  readonly maximumTokens?: number;
  /** True refuses models that neither the catalogue nor `prices` knows. Default: false. */
  readonly unknownModels?: boolean;
  /**
   * Called for each request: a string refuses it with that reason. If it throws, the request is refused with the error's
   * message. Default: none.
   */
  readonly check?: (request: {
    readonly body: JsonObject;
    readonly model: string | null;
  }) => string | null | Promise<string | null>;
}

export const validateSchema = object<ValidateOptions, 'empty' | 'unknownModels'>('ValidateOptions', {
  empty: byDefault(false, flag()),
  maximumTokens: count({ min: 1 }),
  unknownModels: byDefault(false, flag()),
  check: fun(),
});
