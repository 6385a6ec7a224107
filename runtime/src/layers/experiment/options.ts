import {
  byDefault,
  checked,
  type Filled,
  listOf,
  number,
  object,
  oneOf,
  recordOf,
  required,
  text,
} from '../../support/schema.ts';
import { type Mode, modeSchema } from '../support/mode.ts';

export interface ExperimentOptions {
  /** Default: `shadow`, people are assigned and counted, and both arms get the same: an A/A run. */
  readonly mode?: Mode;
  /** The features whose calls take part. A feature can be in one experiment. */
  readonly features: readonly string[];
  /** What is different for the treatment. */
  readonly treatment: Treatment;
  /** The share of users that get the treatment. Raising it keeps those who have it. Default: 0.1. */
  readonly share?: number;
  /** Who stays in one arm: calls without it take no part. Default: `user`. */
  readonly per?: 'user' | 'tenant';
  /** How much worse than the control the treatment may be before it is stopped. Default: not at all. */
  readonly tolerate?: Tolerated;
}

export interface Treatment {
  /** The model that answers, or an alias of one. Default: that of the request. */
  readonly model?: string;
  /** A tier of `route`, `auto` or `cascade`, in the place of the feature's. Default: that of the feature. */
  readonly tier?: string;
}

/** Shares of the control: 0.2 is 20% more. `Infinity` never stops. */
export interface Tolerated {
  /** Of the cost of a call. Default: 0. */
  readonly cost?: number;
  /** Of the share of calls with bad feedback. Default: 0. */
  readonly bad?: number;
  /** Of the share of calls that fail. Default: 0. */
  readonly failed?: number;
}

export type FilledExperiment = Filled<Omit<ExperimentOptions, 'tolerate'>, 'mode' | 'share' | 'per'> & {
  readonly tolerate: Required<Tolerated>;
};

const tolerance = number({ min: 0, isEndless: true });

const treatmentSchema = checked(object<Treatment>('Treatment', { model: text(), tier: text() }), ({ model, tier }) =>
  (model === undefined) === (tier === undefined) ? 'model or tier must be set, and not both.' : null,
);

const experimentMembers = object<ExperimentOptions, 'mode' | 'share' | 'per' | 'tolerate'>('ExperimentOptions', {
  mode: byDefault('shadow', modeSchema),
  features: required(listOf(text())),
  treatment: required(treatmentSchema),
  share: byDefault(0.1, number({ min: 0.001, max: 0.999 })),
  per: byDefault('user', oneOf(['user', 'tenant'])),
  tolerate: byDefault(
    {},
    object<Tolerated, keyof Tolerated>('Tolerated', {
      cost: byDefault(0, tolerance),
      bad: byDefault(0, tolerance),
      failed: byDefault(0, tolerance),
    }),
  ),
});

const experimentSchema = checked(experimentMembers, ({ features }) =>
  features.length === 0 ? 'features must name at least one.' : null,
);

export type Experiments = Readonly<Record<string, ExperimentOptions>>;

export const experimentsSchema = checked(recordOf(experimentSchema), (experiments) => {
  const seen = new Map<string, string>();
  for (const [name, { features, mode }] of Object.entries(experiments)) {
    if (mode === 'off') continue;
    for (const feature of features) {
      const other = seen.get(feature);
      if (other !== undefined && other !== name) return `${name} names the feature "${feature}", and so does ${other}.`;
      seen.set(feature, name);
    }
  }
  return null;
});
