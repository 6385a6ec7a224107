/**
 * All that is known of one provider, in one file each: what analyzer, runtime and catalogue ask instead of comparing
 * names. A trait that is missing means "not known": a rule then says nothing, and the runtime leaves a request as it is.
 */
import type { RateName } from '../rates.ts';
import type { ApiName, ProviderName } from '../vocabulary.ts';

export interface Provider {
  /** The addresses at which it answers, those of gateways that pass on to it included. */
  readonly hosts?: readonly Host[];
  /** Names by which gateways and SDKs mean it: the `openai` of `openai/gpt-4o`, the `gemini` of `gemini:...`. */
  readonly aliases?: readonly string[];
  /** The models that it sells, their names and their prices. */
  readonly sales: Sales;
  /** True where requests name models by the catalogue's ids: they are no deployments or profiles of an account. */
  readonly takesIds?: true;
  /**
   * APIs for which an answer without an output limit ends only at the model's own maximum. Left out are providers that
   * demand a limit (so that every SDK fills one in: Anthropic) and those with a small default of their own.
   */
  readonly unlimitedByDefault?: readonly ApiName[];
  /** Models to which the API or its SDKs give a limit all the same. */
  readonly limitedModels?: RegExp;
  /** A limit's old name, which these models refuse. */
  readonly renamedLimit?: {
    readonly apis: readonly ApiName[];
    readonly models: RegExp;
    readonly from: string;
    readonly to: string;
  };
  /** True where its chat completions take `max_completion_tokens`; all others know the older `max_tokens`. */
  readonly takesCompletionTokens?: true;
  /** The API takes an array of texts to embed: at most so many in one request, or null where that is not published. */
  readonly embeddingArray?: { readonly max: number | null };
  /** Embedding models that make one vector of the whole array, or take no array. */
  readonly singleEmbeddingModels?: RegExp;
  /** The path in a request that switches reasoning off, by the value `none`. */
  readonly reasoningSwitch?: Partial<Readonly<Record<ApiName, readonly string[]>>>;
  /** True where it takes `prompt_cache_key`, by which requests with the same prefix come to the same machine. */
  readonly takesPromptCacheKey?: true;
  /** Set where a stream of chat completions may be asked for its usage: an option that other servers may refuse. */
  readonly streamUsage?: StreamUsage;
  /** The name that OpenTelemetry's GenAI conventions have for it, where that is another one. */
  readonly telemetryName?: string;
}

/** Where `stream_options.include_usage` is taken, and who says so. */
export interface StreamUsage {
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Members of a request with which it is refused. */
  readonly refusedWith?: readonly string[];
  /** It is taken at `currentPath`, and at `datedPath` by versions of the API from this date (`api-version`) on. */
  readonly versions?: { readonly currentPath: RegExp; readonly datedPath: RegExp; readonly since: string };
}

export interface Host {
  /** A host name (`api.openai.com`, `*.openai.azure.com`), with a port where that tells, with a path where only that does. */
  readonly host: string;
  /** True where requests keep their data in one region, for which some models cost more. */
  readonly isResident?: boolean;
}

export interface Sales {
  /**
   * `maker`: sells its own models. `host`: sells the models of others at its own prices. `local`: runs on the user's
   * machines, no list price. `undecided`: decided at run time, or the call is passed on at the maker's price. `unknown`:
   * nothing says who is paid, so that no list holds.
   */
  readonly kind: 'maker' | 'host' | 'local' | 'undecided' | 'unknown';
  /** The provider's id in the price table. */
  readonly table?: string;
  /** Tables of those that this provider passes calls on to, by the suffix of the model that names them (`:groq`). */
  readonly parts?: Readonly<Record<string, string>>;
  /** Kinds of tokens that the provider's list bills as text of the same direction, unless a model has a rate for the kind. */
  readonly billedAsText?: readonly RateName[];
  /** Ids that cost nothing, and the source that says so. */
  readonly free?: { readonly pattern: RegExp; readonly source: string };
  /** Models of the table that this provider does not itself sell. */
  readonly excludes?: RegExp;
  /** Rewrites that give further spellings of an id, tried in order, each on the last result that it changed. */
  readonly spellings?: readonly (readonly [RegExp, string])[];
  /** Whose models an id of this host names: the first pattern that matches gives the maker and its id. */
  readonly makers?: readonly MakerPattern[];
}

export interface MakerPattern {
  readonly maker: ProviderName;
  readonly pattern: RegExp;
  readonly id: string;
  /** The source that says that the host charges the maker's list price; without it the price is the host's own, and unknown. */
  readonly samePrice?: string;
  /** True where the host sells the maker's cheaper and dearer tiers too, at the same factors. */
  readonly hasSameTiers?: boolean;
}
