import { byDefault, recordOf, text } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { resolve } from './resolve.ts';

export interface ResolveOptions {
  /** Models by alias, so that the application names no model itself. Default: none. */
  readonly aliases?: Readonly<Record<string, string>>;
}

export const resolveDefinition = defineLayer({
  name: 'resolve',
  stage: 'admit',
  options: { aliases: byDefault({}, recordOf(text())) },
  featureOptions: { model: text() },
  create: ({ aliases }, { byFeature, someFeature }) => {
    if (Object.keys(aliases).length === 0 && !someFeature(({ model }) => model !== undefined)) return null;
    return resolve({ aliases, modelOf: byFeature(({ model }) => model) });
  },
});
