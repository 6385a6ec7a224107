/**
 * What the configuration holds and what holds without one. Kept apart from the schema in `config.ts`, so that a project
 * without a configuration file never loads the validation library.
 */
import type { Discount, PriceOverride } from './catalogue/catalogue.ts';
import type { ProviderName, Severity } from './vocabulary.ts';

export const CONFIG_FILE_NAME = 'farthing.config.json';

export interface Config {
  /** By rule id; a rule that is not listed has its own default. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Globs of files to leave out, relative to the configuration file. */
  readonly ignore: readonly string[];
  /** Declared volumes; the first that matches a call holds. */
  readonly volumes: readonly Volume[];
  readonly prices: readonly PriceOverride[];
  /** What a contract takes off list prices; the first that matches a model holds. */
  readonly discounts: readonly Discount[];
  /** Models by the names under which they are deployed. */
  readonly deployments: Readonly<Record<string, string>>;
  /** A price table above the one that is built in: a file, relative to the configuration; null for none. */
  readonly priceTable: string | null;
  /** Who is paid at a host (`llm.example.com`) that a `baseURL` names. */
  readonly baseUrls: Readonly<Record<string, ProviderName>>;
  /** Output tokens of a call without an output limit; null estimates them from the task. */
  readonly output: OutputDefault | null;
}

/** Which calls, by any of three marks that must all hold, and how often they run in a month. */
export interface Volume {
  /** A glob over the call's path. */
  readonly path?: string | undefined;
  /** The qualified enclosing function. */
  readonly function?: string | undefined;
  /** The call-site id. */
  readonly call?: string | undefined;
  /** Whole calls. */
  readonly callsPerMonth: number;
}

export interface OutputDefault {
  readonly low: number;
  readonly expected: number;
  readonly high: number;
}

export const DEFAULT_CONFIG: Config = {
  rules: {},
  ignore: [],
  volumes: [],
  prices: [],
  discounts: [],
  deployments: {},
  priceTable: null,
  baseUrls: {},
  output: null,
};

/** What holds for a bound that a stated `output` leaves out. */
export const UNSTATED_OUTPUT: OutputDefault = { low: 50, expected: 500, high: 2000 };
