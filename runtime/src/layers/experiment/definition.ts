import { byDefault } from '../../support/schema.ts';
import { defineLayer } from '../definition.ts';
import { resolveDefinition } from '../resolve/definition.ts';
import { experiment } from './experiment.ts';
import { type Experiments, experimentsSchema, type FilledExperiment } from './options.ts';

export interface ExperimentLayerOptions {
  /** Experiments by name: some users get another model or tier, and what it costs and how it is received is compared. Default: none. */
  readonly experiments?: Experiments;
}

export const experimentDefinition = defineLayer({
  name: 'experiment',
  stage: 'admit',
  options: { experiments: byDefault({}, experimentsSchema), aliases: resolveDefinition.options.aliases },
  stores: ['records'],
  create: ({ experiments, aliases }, { stores, emit, background, onFeedback }) => {
    const filled = experiments as Readonly<Record<string, FilledExperiment>>;
    if (Object.values(filled).every(({ mode }) => mode === 'off')) return null;
    return experiment({ experiments: filled, aliases, records: stores.records, emit, background, onFeedback });
  },
});
