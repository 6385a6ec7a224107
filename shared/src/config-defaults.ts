/**
 * The configuration's type and its defaults. Separate from the schema in `config.ts`, so that a project without a
 * configuration file never loads the validation library.
 */

import type { Discount, PriceOverride } from './catalogue/catalogue.ts';
import type { Policy } from './config-parts/policy.ts';
import type { Currency } from './display/currency.ts';
import type { ProviderName, Severity } from './vocabulary.ts';

export const CONFIG_FILE_NAME = 'farthing.config.json';

/**
 * `recommended`: every rule that is not in preview. `strict`: the same rules, and no finding is less than a warning. `all`:
 * every rule, those in preview as well.
 */
export const PRESETS = ['recommended', 'strict', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

export interface Config {
  readonly extends: Preset;
  /** By rule id; a rule that is not listed keeps its default. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Globs of files to skip, relative to the configuration file. */
  readonly ignore: readonly string[];
  /** Declared volumes; the first one that matches a call applies. */
  readonly volumes: readonly Volume[];
  /** The models of calls whose model the code leaves open; the first one that matches a call applies. */
  readonly models: readonly DeclaredModels[];
  readonly prices: readonly PriceOverride[];
  /** Contract discounts on list prices; the first one that matches a model applies. */
  readonly discounts: readonly Discount[];
  /** Models by deployment name. */
  readonly deployments: Readonly<Record<string, string>>;
  /** A price table that overrides the built-in one: a file, relative to the configuration; null for none. */
  readonly priceTable: string | null;
  /** The provider that is paid at a host (`llm.example.com`) in a `baseURL`. */
  readonly baseUrls: Readonly<Record<string, ProviderName>>;
  /** Output tokens of a call without an output limit; null estimates them from the task. */
  readonly output: OutputDefault | null;
  /** What a change may cost and which models calls may use; null if nothing is said. */
  readonly policy: Policy | null;
  /** The currency in which amounts are shown; null shows dollars. */
  readonly currency: Currency | null;
}

/** Selects the calls that an entry applies to: all its criteria must match. */
export interface CallSelector {
  /** A glob over the call's path. */
  readonly path?: string | undefined;
  /** The qualified enclosing function. */
  readonly function?: string | undefined;
  /** The call-site id. */
  readonly call?: string | undefined;
}

export interface Volume extends CallSelector {
  /** Whole calls. */
  readonly callsPerMonth: number;
}

export interface DeclaredModels extends CallSelector {
  /** The provider that is paid. */
  readonly provider?: ProviderName | undefined;
  /** One at least. */
  readonly models: readonly DeclaredModel[];
}

export interface DeclaredModel {
  readonly name: string;
  /** The share of the calls that use it; null in a list, which says no shares. */
  readonly share: number | null;
}

export interface OutputDefault {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export const DEFAULT_CONFIG: Config = {
  extends: 'recommended',
  rules: {},
  ignore: [],
  volumes: [],
  models: [],
  prices: [],
  discounts: [],
  deployments: {},
  priceTable: null,
  baseUrls: {},
  output: null,
  policy: null,
  currency: null,
};

/** Defaults for bounds that `output` leaves out. */
export const UNSTATED_OUTPUT: OutputDefault = { low: 50, expected: 500, high: 2000 };
