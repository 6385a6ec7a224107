/**
 * Everything known about a provider, one file each: the analyzer, the runtime and the catalogue read these traits
 * instead of comparing names. A missing trait means "unknown": a rule then says nothing, and the runtime does not
 * change a request.
 */
import type { RateName } from '../rates.ts';
import type { ApiName, ProviderName } from '../vocabulary.ts';

export interface Provider {
  /** As it writes its own name, for messages; null where it is not one provider. */
  readonly name: string | null;
  /** The addresses at which it answers, including gateways that pass requests on to it. */
  readonly hosts?: readonly Host[];
  /** Names that gateways and SDKs use for it: the `openai` of `openai/gpt-4o`, the `gemini` of `gemini:...`. */
  readonly aliases?: readonly string[];
  /** True if it answers only in the formats of its own SDK: another SDK's client is never sent to it. */
  readonly hasOwnFormatsOnly?: true;
  /** The models that it sells, their names and their prices. */
  readonly sales: Sales;
  /** True if requests name models by the catalogue's ids, not by deployments or profiles of an account. */
  readonly takesIds?: true;
  /**
   * APIs in which an answer without an output limit ends only at the model's maximum. Not listed are providers that
   * require a limit (so every SDK sets one: Anthropic) and those with a small default.
   */
  readonly unlimitedByDefault?: readonly ApiName[];
  /** Models that have a limit in the API or its SDKs anyway. */
  readonly limitedModels?: RegExp;
  /** The old name of the limit, which these models refuse. */
  readonly renamedLimit?: {
    readonly apis: readonly ApiName[];
    readonly models: RegExp;
    readonly from: string;
    readonly to: string;
  };
  /** Where it refuses a request whose output limit is above the model's maximum. Elsewhere the limit may be lowered instead. */
  readonly refusedLimit?: RefusedLimit;
  /** True if it makes a conversation even of the bare prompt of a completion. */
  readonly wrapsCompletions?: true;
  /** True if its chat completions accept `max_completion_tokens`; all others use the older `max_tokens`. */
  readonly takesCompletionTokens?: true;
  /** The API accepts an array of texts to embed: at most this many per request, or null if that is not published. */
  readonly embeddingArray?: { readonly max: number | null };
  /** Embedding models that make one vector from the whole array, or accept no array. */
  readonly singleEmbeddingModels?: RegExp;
  /** The path in a request that switches reasoning off with the value `none`. */
  readonly reasoningSwitch?: Partial<Readonly<Record<ApiName, readonly string[]>>>;
  /** How long it keeps a prefix that a request marks for its cache; absent if that is unknown. */
  readonly markedCache?: MarkedCache;
  /** True if it accepts `prompt_cache_key`, which sends requests with the same prefix to the same machine. */
  readonly takesPromptCacheKey?: true;
  /** True if its responses obey `max_tool_calls`, which limits all of the provider's own tools together. */
  readonly takesToolLimit?: true;
  /** Set if a stream of chat completions may be asked for its usage, which other servers may refuse. */
  readonly streamUsage?: StreamUsage;
  /** What it says of its batch API; absent if it has none, or if that is unknown. Which models it takes, their data say. */
  readonly batch?: BatchTerms;
  /** Its name in OpenTelemetry's GenAI conventions, if different. */
  readonly telemetryName?: string;
}

export interface RefusedLimit {
  readonly apis: readonly ApiName[];
  /** A report that quotes its answer. */
  readonly source: string;
  /** YYYY-MM-DD, of the report. */
  readonly asOf: string;
}

export interface MarkedCache {
  /** Minutes from the last use, unless the mark asks for longer. */
  readonly minutes: number;
  /** Minutes from the last use for a mark that asks for longer, as the API names it (`ttl: '1h'`); absent if it has none. */
  readonly longMinutes?: 60;
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
}

export interface BatchTerms {
  /** The time within which a batch is answered or given up. */
  readonly hours: number;
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
}

/** Where `stream_options.include_usage` is accepted, and the source for it. */
export interface StreamUsage {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Members that make a request with it invalid. */
  readonly refusedWith?: readonly string[];
  /** It is accepted at `currentPath`, and at `datedPath` by API versions (`api-version`) from this date on. */
  readonly versions?: { readonly currentPath: RegExp; readonly datedPath: RegExp; readonly since: string };
}

export interface Host {
  /** A host name (`api.openai.com`, `*.openai.azure.com`), with a port or a path if needed to distinguish it. */
  readonly host: string;
  /** True if requests keep their data in one region, for which some models cost more. */
  readonly isResident?: boolean;
}

export interface Sales {
  /**
   * `maker`: sells its own models. `host`: sells the models of others at its own prices. `local`: runs on the user's
   * machines, no list price. `undecided`: decided at run time, or the call is passed on at the maker's price.
   * `unknown`: it is unknown who is paid, so no list applies.
   */
  readonly kind: 'maker' | 'host' | 'local' | 'undecided' | 'unknown';
  /** The provider's id in the price table. */
  readonly table?: string;
  /**
   * Price tables of the providers that this one passes calls on to, by the model suffix that selects them (`:groq`).
   */
  readonly parts?: Readonly<Record<string, string>>;
  /**
   * Kinds of tokens that the provider's list bills as text in the same direction, unless a model has a rate for the
   * kind.
   */
  readonly billedAsText?: readonly RateName[];
  /** Ids that are free, and the source for it. */
  readonly free?: { readonly pattern: RegExp; readonly source: string };
  /** Models in the table that this provider does not sell itself. */
  readonly excludes?: RegExp;
  /** True if an id says in which region its data stays, so that its price includes what that costs. */
  readonly hasRegionalIds?: true;
  /** Rewrites that give further spellings of an id, tried in order, each on the last changed result. */
  readonly spellings?: readonly (readonly [RegExp, string])[];
  /** Whose models an id of this host names: the first pattern that matches gives the maker and its id. */
  readonly makers?: readonly MakerPattern[];
}

export interface MakerPattern {
  readonly maker: ProviderName;
  readonly pattern: RegExp;
  readonly id: string;
  /** The source for the host charging the maker's list price; without it the host has its own, unknown price. */
  readonly samePrice?: string;
  /** True if the host also sells the maker's cheaper and more expensive tiers, at the same factors. */
  readonly hasSameTiers?: boolean;
}
