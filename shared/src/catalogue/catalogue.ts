/** Models and prices, in the form that all other code uses. */

import type { Fee, Fees, Price, RateName } from '../rates.ts';
import type { UnitPrice } from '../units.ts';
import type { ProviderName } from '../vocabulary.ts';

export type { Fee, Fees, Price, RateName } from '../rates.ts';

/** The source of a fact and the date on which it was true. */
export interface Provenance {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
}

/**
 * Prices can step up with the length of the prompt: of the entries whose `aboveInputTokens` is exceeded, the highest
 * applies to the whole request.
 */
export type PriceTier = Price & { readonly aboveInputTokens: number };

export interface Model {
  readonly id: string;
  readonly provider: ProviderName;
  readonly price: Price;
  readonly tiers: readonly PriceTier[];
  readonly priceProvenance: Provenance | null;
  /** YYYY-MM-DD: the last day for which the price is announced; null if no end is announced. */
  readonly priceUntil: string | null;
  /** What uses cost in addition to tokens. A request fee is part of every call. */
  readonly fees: Fees;
  /** What one image, second or character costs, by the settings of the request. Empty if a fee says it, or nothing does. */
  readonly units: readonly UnitPrice[];
  /** Tokens; null is unknown. */
  readonly contextWindow: number | null;
  readonly maxOutput: number | null;
  /** The shortest prefix that the provider caches; null if unknown, or if it caches nothing. */
  readonly cacheMinimum: number | null;
  /** `automatic`: the provider caches by itself; `marker`: only what the request marks; `none`; null is unknown. */
  readonly cacheMode: 'automatic' | 'marker' | 'none' | null;
  /** Factor on the price for batch requests (0.5 is half); null if unknown, or if the provider has no batch API. */
  readonly batchFactor: number | null;
  /**
   * Factors on the price in the cheaper, slower tier and in the faster, more expensive one; null is unknown or not
   * sold.
   */
  readonly flexFactor: number | null;
  readonly priorityFactor: number | null;
  /**
   * Factor on the token rates if the request keeps its data in one region (1.1 is 10% more); null if none is known.
   */
  readonly residencyFactor: number | null;
  /**
   * Orders the models of one provider by age (gpt-4o 4.05, gpt-6 6): newer models have higher numbers. Null is unknown.
   */
  readonly generation: number | null;
  readonly retirement: Retirement | null;
  readonly capabilities: Capabilities | null;
  readonly tokenizer: TokenizerFamily;
  readonly family: 'text' | 'embedding' | 'audio' | 'image' | 'rerank' | 'moderation';
  readonly provenance: Provenance;
}

/**
 * A price that the user states, in dollars per million tokens; 0 is a valid price. It overrides every table. Rates that
 * are not stated keep their list-price proportion to input or output.
 */
export type PriceOverride = {
  /** The model's id. */
  readonly model: string;
  /** The provider whose price this is. Default: every provider that a model of this id is bought from. */
  readonly provider?: ProviderName | undefined;
  /** Dollars per million tokens of input. */
  readonly input: number;
  /** Dollars per use, by kind of use. Default: those of the list. */
  readonly fees?: Readonly<Partial<Record<Fee, number | undefined>>> | undefined;
} & Readonly<Partial<Record<Exclude<RateName, 'input'>, number | undefined>>>;

/**
 * What a contract takes off list prices, by provider, by model, or both. The first one that matches a model applies.
 */
export interface Discount {
  /** The provider that is paid. Default: any. */
  readonly provider?: ProviderName | undefined;
  /** The exact id of the model. Default: all models. */
  readonly model?: string | undefined;
  /** The share of the list price that is taken off: 0.15 is 15% off, -0.1 is 10% more. */
  readonly discount: number;
}

export interface Retirement extends Provenance {
  /** YYYY-MM-DD: from this day on the model no longer answers. */
  readonly date: string;
  /**
   * What happens to later requests that name it: `fails`, or `rerouted`, where the replacement answers and is billed.
   * Null if the provider does not say.
   */
  readonly outcome: 'fails' | 'rerouted' | null;
  /** The replacement that the provider names; null if it names none. */
  readonly replacement: string | null;
  /** `second-hand` for a date that another source reports; null for one from the provider's own page. */
  readonly doubt: 'second-hand' | 'unverified' | null;
}

/** Null is unknown: a rule that needs the capability must not suggest the model. */
export interface Capabilities {
  readonly tools: boolean | null;
  readonly vision: boolean | null;
  readonly structuredOutput: boolean | null;
  readonly reasoning: boolean | null;
}

export type TokenizerFamily =
  | 'o200k'
  | 'cl100k'
  | 'claude'
  | 'claude-2026'
  | 'gemini'
  | 'llama'
  | 'deepseek'
  | 'mistral'
  | 'unknown';

export interface Catalogue {
  /** For reports: the price table and its date, the patch's date. */
  readonly provenance: Provenance;
  /**
   * Finds the model by its exact id, by id plus a date suffix (`gpt-4o-2024-08-06`), or by a provider's own spelling
   * (`anthropic.claude-3-haiku-20240307-v1:0`, `openai/gpt-4o`). A deployment in the configuration is the model behind
   * it. Null if unknown: never a similar name.
   */
  readonly find: (provider: ProviderName, model: string) => Model | null;
  readonly models: (provider?: ProviderName) => readonly Model[];
}
