/**
 * What a provider's API declares and rules need, where no model's catalogue entry can say it. A provider that is not
 * listed, and a trait that is missing, mean "not known": a rule then says nothing.
 */
import type { ApiName, ProviderName } from '@farthing/shared/vocabulary';

export interface ProviderTraits {
  /**
   * APIs for which an answer without an output limit ends only at the model's own maximum. Left out are providers that
   * demand a limit (so that every SDK fills one in: Anthropic) and those with a small default of their own.
   */
  readonly unlimitedByDefault?: readonly ApiName[];
  /** Models to which the API or its SDKs give a limit all the same. */
  readonly limitedModels?: RegExp;
  /** The API takes an array of texts to embed: the most in one request, or null where that is not published. */
  readonly embeddingArray?: { readonly most: number | null };
  /** Requests name models by the catalogue's ids: they are no deployments or profiles of the account's own. */
  readonly takesIds?: true;
  /** A limit's old name, which these models refuse. */
  readonly renamedLimit?: {
    readonly apis: readonly ApiName[];
    readonly models: RegExp;
    readonly from: string;
    readonly to: string;
  };
  /** Where a request switches reasoning off, by the value `none`. */
  readonly reasoningSwitch?: Partial<Readonly<Record<ApiName, readonly string[]>>>;
  /** Embedding models that make one vector of the whole array, or take no array. */
  readonly singleEmbeddingModels?: RegExp;
}

const CHAT: readonly ApiName[] = [
  'chat.completions',
  'ChatCompletion',
  'responses',
  'chat',
  'generate_content',
  'completion',
  'generateText',
  'streamText',
  'generateObject',
  'streamObject',
  'invoke',
  'http.post',
];
/** The legacy completion models, whose API stops after 16 tokens unless told otherwise (LangChain: after 256). */
const LEGACY_COMPLETION = /instruct|davinci|curie|babbage|\bada\b/;

const AI_SDK_EFFORT = ['providerOptions', 'openai', 'reasoningEffort'];

const TRAITS: Partial<Readonly<Record<ProviderName, ProviderTraits>>> = {
  openai: {
    unlimitedByDefault: CHAT,
    limitedModels: LEGACY_COMPLETION,
    // The SDK's own types: "any array must be 2048 dimensions or less".
    embeddingArray: { most: 2048 },
    takesIds: true,
    // The SDK's own types: `max_tokens` is "not compatible with o-series models", nor with what came after them.
    renamedLimit: {
      apis: ['chat.completions', 'http.post'],
      models: /^(?:o\d|gpt-(?:[5-9]|\d\d))/,
      from: 'max_tokens',
      to: 'max_completion_tokens',
    },
    reasoningSwitch: {
      'chat.completions': ['reasoning_effort'],
      'http.post': ['reasoning_effort'],
      responses: ['reasoning', 'effort'],
      generateText: AI_SDK_EFFORT,
      streamText: AI_SDK_EFFORT,
      generateObject: AI_SDK_EFFORT,
      streamObject: AI_SDK_EFFORT,
    },
  },
  anthropic: { takesIds: true },
  azure: { unlimitedByDefault: CHAT, limitedModels: LEGACY_COMPLETION, embeddingArray: { most: 2048 } },
  google: {
    unlimitedByDefault: CHAT,
    takesIds: true,
    embeddingArray: { most: null },
    singleEmbeddingModels: /^(models\/)?(gemini-embedding-2|multimodal)/,
  },
  // Claude on Vertex speaks the Messages API, which demands a limit. Vertex's newer embedding models take one text.
  'google-vertex': { unlimitedByDefault: CHAT, limitedModels: /claude/ },
  mistral: { takesIds: true, unlimitedByDefault: CHAT, embeddingArray: { most: null } },
  // https://docs.cohere.com/v2/reference/embed: "Maximum number of texts per call is 96".
  cohere: { takesIds: true, unlimitedByDefault: ['chat', 'invoke', 'completion'], embeddingArray: { most: 96 } },
  groq: { takesIds: true, unlimitedByDefault: CHAT },
  xai: { takesIds: true, unlimitedByDefault: CHAT },
  openrouter: { unlimitedByDefault: CHAT },
  // Converse defaults to the model's maximum; the bodies of InvokeModel have defaults of their own, and the AI SDK's
  // package sends either.
  'aws-bedrock': { unlimitedByDefault: ['converse'] },
  together: { embeddingArray: { most: null } },
  voyage: { embeddingArray: { most: null } },
};

const NONE: ProviderTraits = {};

export function providerTraits(provider: ProviderName): ProviderTraits {
  return TRAITS[provider] ?? NONE;
}
