/** Models and prices, as the rest of the program sees them. */

import type { Fee, Fees, Price, RateName } from '../rates.ts';
import type { ProviderName } from '../vocabulary.ts';

export type { Fee, Fees, Price, RateName } from '../rates.ts';

/** Where a datum comes from and when it was true. */
export interface Provenance {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
}

/** Prices can step up with the length of the prompt: the first entry whose `aboveInputTokens` is exceeded, from the highest, applies to the whole request. */
export type PriceTier = Price & { readonly aboveInputTokens: number };

export interface Model {
  readonly id: string;
  readonly provider: ProviderName;
  readonly price: Price;
  readonly tiers: readonly PriceTier[];
  readonly priceProvenance: Provenance | null;
  /** YYYY-MM-DD: the last day on which the price is announced to hold; null where no end is announced. */
  readonly priceUntil: string | null;
  /** What uses beside the tokens cost. A request fee is part of every call. */
  readonly fees: Fees;
  /** Tokens; null is unknown. */
  readonly contextWindow: number | null;
  readonly maxOutput: number | null;
  /** The shortest prefix that the provider caches; null where unknown or where it caches nothing. */
  readonly cacheMinimum: number | null;
  /** `automatic`: the provider caches by itself; `marker`: only what the request marks; `none`; null is unknown. */
  readonly cacheMode: 'automatic' | 'marker' | 'none' | null;
  /** Factor on the price for batch requests (0.5 is half); null where the provider has no batch API or it is unknown. */
  readonly batchFactor: number | null;
  /** Factors on the price in the cheaper, slower tier and in the faster, dearer one; null is unknown or not sold. */
  readonly flexFactor: number | null;
  readonly priorityFactor: number | null;
  /** Factor on the token rates where the request keeps its data in one region (1.1 is 10% more); null where none is known. */
  readonly residencyFactor: number | null;
  /** Orders the models of one provider by age (gpt-4o 4.05, gpt-6 6): a newer one has the higher number. Null is unknown. */
  readonly generation: number | null;
  readonly retirement: Retirement | null;
  readonly capabilities: Capabilities | null;
  readonly tokenizer: TokenizerFamily;
  readonly family: 'text' | 'embedding' | 'audio' | 'image' | 'rerank' | 'moderation';
  readonly provenance: Provenance;
}

/**
 * A price that the user states, in dollars per million tokens; 0 is a price. It stands above every table. Rates that are not
 * stated keep the proportion to input or output that the list has.
 */
export type PriceOverride = {
  /** The model's id. */
  readonly model: string;
  /** The provider whose price this is. Default: every provider that a model of this id is bought from. */
  readonly provider?: ProviderName | undefined;
  /** Dollars per million tokens of input. */
  readonly input: number;
  /** Dollars for one use, by kind of use. Default: those of the list. */
  readonly fees?: Readonly<Partial<Record<Fee, number | undefined>>> | undefined;
} & Readonly<Partial<Record<Exclude<RateName, 'input'>, number | undefined>>>;

/** What a contract takes off list prices, by provider, by model, or both. The first that matches a model holds. */
export interface Discount {
  /** The provider that is paid. Default: any. */
  readonly provider?: ProviderName | undefined;
  /** The exact id of the model. Default: all models. */
  readonly model?: string | undefined;
  /** The share of the list price that is taken off: 0.15 is 15% off, -0.1 is 10% more. */
  readonly discount: number;
}

export interface Retirement extends Provenance {
  /** YYYY-MM-DD: from this day on the model answers no more. */
  readonly date: string;
  /**
   * What then becomes of a request that names it: it `fails`, or is `rerouted`, which is answered by the replacement and
   * billed as that. Null where the provider does not say.
   */
  readonly outcome: 'fails' | 'rerouted' | null;
  /** The replacement that the provider itself names; null where it names none. */
  readonly replacement: string | null;
  /** `second-hand` for a date that another source reports; null for one from the provider's own page. */
  readonly doubt: 'second-hand' | 'unverified' | null;
}

/** Null is unknown: a rule that needs the capability must then not suggest the model. */
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
   * The model by exact id, or by id plus a date suffix (`gpt-4o-2024-08-06`), or a provider's own spelling of it
   * (`anthropic.claude-3-haiku-20240307-v1:0`, `openai/gpt-4o`). A deployment that the configuration names is the model
   * behind it. Null where it is unknown: never a similar name.
   */
  readonly find: (provider: ProviderName, model: string) => Model | null;
  readonly models: (provider?: ProviderName) => readonly Model[];
}
