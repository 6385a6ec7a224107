import type { FilledBudget } from '../layers/budget/options.ts';
import type { FeatureOptions } from '../layers/feature-options.ts';
import { type Fields, object, type Schema } from '../support/schema.ts';
import { featureFields, fieldsOfLayers } from './layers.ts';
import { generalFields, type PipelineOptions } from './options.ts';

/** Options with their defaults. */
type Defaulted =
  | 'features'
  | 'prices'
  | 'discounts'
  | 'deployments'
  | 'hosts'
  | 'onStoreFailure'
  | 'streamIdleTimeout'
  | 'streamTimeout'
  | 'streamUsage'
  | 'layers'
  | 'budgets'
  | 'unread'
  | 'cache'
  | 'experiments';

/** Alerts with their thresholds. */
type FilledAlerts = Required<NonNullable<PipelineOptions['alerts']>>;

/** The options as the layers get them: validated, and with their defaults. */
export type FilledOptions = Omit<PipelineOptions, 'alerts' | 'budgets'> &
  Required<Pick<PipelineOptions, Exclude<Defaulted, 'budgets'>>> & {
    readonly alerts?: FilledAlerts;
    readonly budgets: readonly FilledBudget[];
  };

const featureSchema = object('FeatureOptions', featureFields() as Fields<FeatureOptions>);

/** The schema of each option of the pipeline. */
export const pipelineFields = {
  ...generalFields(featureSchema),
  ...fieldsOfLayers(),
} as unknown as { readonly [Name in keyof PipelineOptions]-?: Schema<Exclude<PipelineOptions[Name], undefined>> };
