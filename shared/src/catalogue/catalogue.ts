/** Models and prices, as the rest of the program sees them. */
import type { ProviderName } from '../vocabulary.ts';

/** Where a datum comes from and when it was true. */
export interface Provenance {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
}

/**
 * Nano-dollars per token, which is dollars per million tokens times 1,000: whole for nearly every listed price, kept to
 * the thousandth for the few that are finer ($0.0375 is 37.5). Null is unknown, never 0.
 */
export interface Price {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  /** The cache write rate that the provider charges by default (Anthropic: 5 minutes). Null where a write costs no more than input. */
  readonly cacheWrite: number | null;
  /** The write rate for the longer lifetime that the provider sells beside it (Anthropic: 1 hour). */
  readonly cacheWriteLong: number | null;
}

/** Prices can step up with the length of the prompt: the first entry whose `aboveInputTokens` is exceeded, from the highest, applies to the whole request. */
export interface PriceTier extends Price {
  readonly aboveInputTokens: number;
}

export interface Model {
  readonly id: string;
  readonly provider: ProviderName;
  readonly price: Price;
  readonly tiers: readonly PriceTier[];
  readonly priceProvenance: Provenance | null;
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
  /** Orders the models of one provider by age (gpt-4o 4.05, gpt-6 6): a newer one has the higher number. Null is unknown. */
  readonly generation: number | null;
  readonly retirement: Retirement | null;
  readonly capabilities: Capabilities | null;
  readonly tokenizer: TokenizerFamily;
  readonly family: 'text' | 'embedding' | 'audio' | 'image' | 'rerank' | 'moderation';
  readonly provenance: Provenance;
}

/** A price that the user states, in dollars per million tokens; 0 is a price. It stands above every table. */
export interface PriceOverride {
  readonly model: string;
  /** Missing means whoever is paid for a model of this id. */
  readonly provider?: ProviderName | undefined;
  readonly input: number;
  readonly output?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
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
   * (`anthropic.claude-3-haiku-20240307-v1:0`, `openai/gpt-4o`). Null where it is unknown: never a similar name.
   */
  readonly find: (provider: ProviderName, model: string) => Model | null;
  readonly models: (provider?: ProviderName) => readonly Model[];
}
