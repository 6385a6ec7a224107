import { byDefault } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { type Mode, modeSchema } from '../support/mode.ts';
import { deduplicate } from './deduplicate.ts';

export interface DeduplicateOptions {
  /**
   * Identical requests of one tenant that are in flight at once share one answer. Default: `shadow`, decisions are recorded
   * but not applied.
   */
  readonly deduplicate?: Mode;
}

export const deduplicateDefinition = defineLayer({
  name: 'deduplicate',
  stage: 'answer',
  options: { deduplicate: byDefault('shadow', modeSchema) },
  create: (options, { keys }) =>
    options.deduplicate === 'off' ? null : deduplicate({ mode: options.deduplicate, keys }),
});
