/** How each provider names and sells models: the catalogue reads these properties instead of comparing names. */
import type { ProviderName } from '../../vocabulary.ts';
import type { RateName } from '../rates.ts';

export interface ProviderTraits {
  /**
   * `maker`: sells its own models. `host`: sells the models of others at its own prices. `local`: runs on the user's
   * machines, no list price. `undecided`: who is paid is not known, or the call is passed on at the maker's price.
   */
  readonly kind: 'maker' | 'host' | 'local' | 'undecided';
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
}

/** An image is counted as tokens of the input: said by the price lists of all these makers. */
const IMAGES: readonly RateName[] = ['imageInput', 'imageCacheRead'];
const IMAGES_AND_VIDEO: readonly RateName[] = [...IMAGES, 'videoInput'];
/** Gemini's list sets audio apart only where its rate differs. */
const ALL_INPUT: readonly RateName[] = [...IMAGES_AND_VIDEO, 'audioInput', 'audioCacheRead'];

const VERSION_NUMBER: readonly [RegExp, string] = [/-\d{3}$/, ''];
const RESOURCE_PATH: readonly [RegExp, string] = [/^(?:models\/|publishers\/[^/]+\/models\/|projects\/.*\/models\/)/, ''];

/** Model names that hosts pass on under the maker's own prefix: `anthropic/claude-sonnet-4.5`. */
const PREFIXES: readonly (readonly [prefix: string, maker: ProviderName])[] = [
  ['openai', 'openai'],
  ['anthropic', 'anthropic'],
  ['google', 'google'],
  ['mistral(?:ai)?', 'mistral'],
  ['deepseek', 'deepseek'],
  ['cohere', 'cohere'],
  ['x-?ai', 'xai'],
  ['voyage(?:ai)?', 'voyage'],
  ['perplexity', 'perplexity'],
  ['moonshotai', 'moonshot'],
];
/** Makers whose own API answers, and no other host's: a gateway's price for them is theirs. */
const CLOSED = new Set<ProviderName>(['openai', 'anthropic', 'google', 'cohere', 'xai', 'voyage', 'perplexity']);

/** A suffix (`:online`, `:nitro`) asks for something else, at a price that is not the maker's. */
function prefixed(samePrice?: string): readonly MakerPattern[] {
  return PREFIXES.flatMap(([prefix, maker]) => [
    {
      maker,
      pattern: new RegExp(`^${prefix}/([^:]+)$`),
      id: '$1',
      ...(samePrice !== undefined && CLOSED.has(maker) && { samePrice }),
    },
    { maker, pattern: new RegExp(`^${prefix}/([^:]+):.*$`), id: '$1' },
  ]);
}

const AZURE = 'Azure sells at the list price of the model, by [S] genai-prices';

export const PROVIDER_TRAITS: Readonly<Record<ProviderName, ProviderTraits>> = {
  // gpt-oss is open: OpenAI publishes its weights and does not serve it.
  openai: {
    kind: 'maker',
    table: 'openai',
    billedAsText: IMAGES,
    excludes: /^gpt-oss/,
    spellings: [
      // The table lists the prices of some fine-tuned models: ft:gpt-4o-mini-2024-07-18:company::id.
      [/^(ft:[^:]+):.*$/, '$1'],
      // Others cost what their base does.
      [/^ft:([^:]+)$/, '$1'],
      // The revision of an instruct model: gpt-3.5-turbo-instruct:20230824-v2.
      [/:\d{8}(?:-v\d+)?$/, ''],
    ],
  },
  anthropic: {
    kind: 'maker',
    table: 'anthropic',
    billedAsText: IMAGES,
    spellings: [
      // claude-sonnet-4.5 is how gateways write claude-sonnet-4-5.
      [/(\d)\.(\d)/, '$1-$2'],
      // And claude-4.5-sonnet how OpenRouter answers for it.
      [/^claude-(4-\d)-(opus|sonnet|haiku)/, 'claude-$2-$1'],
    ],
  },
  google: {
    kind: 'maker',
    table: 'google',
    billedAsText: ALL_INPUT,
    excludes: /claude|^gemma.*-maas$/,
    spellings: [RESOURCE_PATH, VERSION_NUMBER],
  },
  mistral: { kind: 'maker', table: 'mistral', billedAsText: IMAGES },
  cohere: { kind: 'maker', table: 'cohere', billedAsText: IMAGES },
  deepseek: { kind: 'maker', table: 'deepseek' },
  xai: {
    kind: 'maker',
    table: 'x-ai',
    billedAsText: IMAGES,
    // The effort that a served name carries (grok-3-mini-high), and the revision (grok-4.20-0309-reasoning).
    spellings: [
      [/-(?:low|high)$/, ''],
      // Gateways write grok-4.1-fast.
      [/^grok-4\.1-fast$/, 'grok-4-1-fast'],
      [/^(grok-4\.20)-\d{4}(?:-(?:non-)?reasoning)?$/, '$1'],
      [/^(grok-4\.20-multi-agent)-\d{4}$/, '$1'],
    ],
  },
  perplexity: { kind: 'maker', table: 'perplexity', billedAsText: IMAGES },
  moonshot: { kind: 'maker', table: 'moonshotai', billedAsText: IMAGES_AND_VIDEO },
  zhipu: { kind: 'maker', table: 'zhipuai', billedAsText: IMAGES_AND_VIDEO },
  // The same maker as Zhipu, with a list of its own in dollars.
  zai: { kind: 'maker', table: 'zai', billedAsText: IMAGES_AND_VIDEO },
  minimax: { kind: 'maker', table: 'minimax' },
  voyage: { kind: 'maker', table: 'voyageai' },
  writer: { kind: 'maker' },
  alibaba: { kind: 'maker', billedAsText: IMAGES_AND_VIDEO },
  elevenlabs: { kind: 'maker' },
  azure: {
    kind: 'host',
    table: 'azure',
    billedAsText: IMAGES,
    // Azure's deployments spell gpt-3.5 without the dot, and gpt-5-chat-latest without its end.
    makers: [
      { maker: 'openai', pattern: /^gpt-35-(.+)$/, id: 'gpt-3.5-$1', samePrice: AZURE },
      { maker: 'openai', pattern: /^(gpt-[\d.]+-chat)$/, id: '$1-latest', samePrice: AZURE },
      { maker: 'openai', pattern: /^(.+)$/, id: '$1', samePrice: AZURE },
      { maker: 'anthropic', pattern: /^(claude.+)$/, id: '$1', samePrice: AZURE },
      { maker: 'xai', pattern: /^(grok.+)$/, id: '$1', samePrice: AZURE },
      { maker: 'moonshot', pattern: /^(kimi.+)$/i, id: '$1', samePrice: AZURE },
      { maker: 'deepseek', pattern: /^(deepseek.+)$/i, id: '$1' },
      { maker: 'mistral', pattern: /^((?:mistral|ministral|codestral).+)$/i, id: '$1' },
      // Cohere's models are named after what they do: Cohere-embed-v3-english is embed-english-v3.0.
      { maker: 'cohere', pattern: /^cohere-embed-v3-(english|multilingual)$/i, id: 'embed-$1-v3.0', samePrice: '[S] Azure AI price list' },
      { maker: 'cohere', pattern: /^cohere-(.+)$/i, id: '$1' },
    ],
  },
  'google-vertex': {
    kind: 'host',
    table: 'google',
    billedAsText: ALL_INPUT,
    // Free at the Gemini API; here they run on endpoints that are paid for by the hour.
    excludes: /^gemma(?!.*-maas$)/,
    spellings: [RESOURCE_PATH, VERSION_NUMBER],
    makers: [
      { maker: 'anthropic', pattern: /^(?:anthropic\/)?(claude.+)$/, id: '$1', samePrice: 'Anthropic pricing page: the global endpoint has the list price' },
      { maker: 'google', pattern: /^(?:google\/)?(gem.+)$/, id: '$1', samePrice: 'Google Cloud lists the prices of the Gemini API' },
      { maker: 'google', pattern: /^((?:text-|imagen|veo).+)$/, id: '$1', samePrice: 'Google Cloud lists the prices of the Gemini API' },
      { maker: 'mistral', pattern: /^((?:mistral|codestral|mixtral).+)$/, id: '$1' },
    ],
  },
  'aws-bedrock': {
    kind: 'host',
    table: 'aws',
    billedAsText: IMAGES_AND_VIDEO,
    spellings: [
      [/^arn:aws[\w-]*:bedrock:[^/]*:(?:foundation-model|inference-profile)\//, ''],
      [/^bedrock\/(?:converse\/|invoke\/)?(?:[a-z]{2}-[a-z]+-\d\/)?/, ''],
      // The context and revision of an id: -v1:0, -v1:0:200k, -v2-0, :0.
      [/(?:-v\d+(?:[:-]\d+)*(?::\d+k)?|:\d+(?::\d+k)?)$/, ''],
      // Every geographic profile but the global one has the regional price.
      [/^(?:us-gov|us|eu|apac|au|jp|ca|sa|in)\./, ''],
      // The OpenAI-compatible endpoint leaves out the revision.
      [/^(openai\.gpt-oss-\d+b)$/, '$1-1'],
    ],
    makers: [
      { maker: 'anthropic', pattern: /^.*\banthropic\.(claude.+?)(?:-v\d+(?:[:-].*)?)?$/, id: '$1' },
      { maker: 'cohere', pattern: /^.*\bcohere\.(.+?)(?:-v\d+(?::.*)?)?$/, id: '$1' },
      { maker: 'openai', pattern: /^.*\bopenai\.(gpt-[5-9].+?)(?:-v\d+(?::.*)?)?$/, id: '$1' },
    ],
  },
  groq: { kind: 'host', table: 'groq', billedAsText: IMAGES },
  together: { kind: 'host', table: 'together', billedAsText: IMAGES },
  fireworks: {
    kind: 'host',
    table: 'fireworks',
    billedAsText: IMAGES,
    spellings: [[/^accounts\/fireworks\/models\//, '']],
  },
  cerebras: { kind: 'host', table: 'cerebras' },
  openrouter: {
    kind: 'host',
    table: 'openrouter',
    billedAsText: IMAGES_AND_VIDEO,
    free: { pattern: /:free$/, source: 'OpenRouter: variants named :free cost nothing' },
    // The revision that a served name carries: z-ai/glm-5-turbo-20260315, moonshotai/kimi-k2.5-0127.
    spellings: [[/-0[1-9]\d{2}$|-1[0-2]\d{2}$/, ''], [/^anthropic\/claude-(\d(?:\.\d)?)-(opus|sonnet|haiku)/, 'anthropic/claude-$2-$1']],
    makers: prefixed('OpenRouter passes on the price of the provider'),
  },
  vercel: {
    kind: 'host',
    billedAsText: IMAGES,
    makers: prefixed('Vercel AI Gateway adds nothing to the price of the provider'),
  },
  databricks: {
    kind: 'host',
    billedAsText: IMAGES,
    makers: [
      // Its units come to the maker's dollars: 42.857 and 214.286 DBU of $0.07 a million tokens are $3 and $15.
      { maker: 'anthropic', pattern: /^databricks-(claude.+)$/, id: '$1', samePrice: '[S] Databricks price list' },
      { maker: 'openai', pattern: /^databricks-gpt-(\d)-(\d)(.*)$/, id: 'gpt-$1.$2$3', samePrice: '[S] Databricks price list' },
      { maker: 'openai', pattern: /^databricks-(gpt-\d(?!-\d|-oss).*)$/, id: '$1', samePrice: '[S] Databricks price list' },
      { maker: 'google', pattern: /^databricks-gemini-(\d)-(\d)(.*)$/, id: 'gemini-$1.$2$3', samePrice: '[S] Databricks price list' },
    ],
  },
  cloudflare: { kind: 'host', table: 'cloudflare' },
  novita: { kind: 'host', table: 'novita' },
  ovhcloud: { kind: 'host', table: 'ovhcloud' },
  avian: { kind: 'host', table: 'avian' },
  snowflake: { kind: 'host', makers: [{ maker: 'anthropic', pattern: /^(claude.+)$/, id: '$1' }] },
  heroku: { kind: 'host', makers: [{ maker: 'anthropic', pattern: /^(claude.+)$/, id: '$1' }] },
  watsonx: { kind: 'host' },
  deepinfra: { kind: 'host' },
  sambanova: { kind: 'host' },
  nebius: { kind: 'host' },
  hyperbolic: { kind: 'host' },
  github: { kind: 'host', makers: prefixed() },
  anyscale: { kind: 'host' },
  aimlapi: { kind: 'host', makers: prefixed() },
  nvidia: { kind: 'host' },
  // Without a suffix the router chooses who answers, so that the price is only known afterwards.
  huggingface: {
    kind: 'host',
    parts: {
      cerebras: 'huggingface_cerebras',
      'fireworks-ai': 'huggingface_fireworks-ai',
      groq: 'huggingface_groq',
      hyperbolic: 'huggingface_hyperbolic',
      nebius: 'huggingface_nebius',
      novita: 'huggingface_novita',
      nscale: 'huggingface_nscale',
      ovhcloud: 'huggingface_ovhcloud',
      publicai: 'huggingface_publicai',
      sambanova: 'huggingface_sambanova',
      together: 'huggingface_together',
    },
    makers: (['groq', 'together', 'cerebras', 'novita', 'ovhcloud'] as const).map((maker) => ({
      maker,
      pattern: new RegExp(`^(.+):${maker}$`),
      id: '$1',
      samePrice: 'Hugging Face passes on the price of the provider',
    })),
  },
  replicate: { kind: 'host' },
  ollama: { kind: 'local' },
  lmstudio: { kind: 'local' },
  localai: { kind: 'local' },
  vllm: { kind: 'local' },
  'openai-compatible': { kind: 'local' },
  portkey: { kind: 'undecided' },
  any: { kind: 'undecided' },
  unknown: { kind: 'undecided' },
};

/** `openai/gpt-4o`, `anthropic:claude-...`: the prefixes of gateways and SDKs, and whom they name. */
export const PROVIDER_PREFIXES: Readonly<Record<string, ProviderName>> = {
  openai: 'openai',
  azure: 'azure',
  azure_openai: 'azure',
  azure_ai: 'azure',
  anthropic: 'anthropic',
  google: 'google',
  gemini: 'google',
  google_genai: 'google',
  'google-generative-ai': 'google',
  google_vertexai: 'google-vertex',
  vertex: 'google-vertex',
  vertex_ai: 'google-vertex',
  bedrock: 'aws-bedrock',
  bedrock_converse: 'aws-bedrock',
  'amazon-bedrock': 'aws-bedrock',
  mistral: 'mistral',
  mistralai: 'mistral',
  cohere: 'cohere',
  cohere_chat: 'cohere',
  groq: 'groq',
  together: 'together',
  together_ai: 'together',
  togetherai: 'together',
  deepseek: 'deepseek',
  openrouter: 'openrouter',
  xai: 'xai',
  'x-ai': 'xai',
  perplexity: 'perplexity',
  fireworks: 'fireworks',
  fireworks_ai: 'fireworks',
  cerebras: 'cerebras',
  moonshot: 'moonshot',
  moonshotai: 'moonshot',
  voyage: 'voyage',
  zhipu: 'zhipu',
  vercel: 'vercel',
  vercel_ai_gateway: 'vercel',
  databricks: 'databricks',
  cloudflare: 'cloudflare',
  novita: 'novita',
  minimax: 'minimax',
  ovhcloud: 'ovhcloud',
  writer: 'writer',
  snowflake: 'snowflake',
  watsonx: 'watsonx',
  deepinfra: 'deepinfra',
  sambanova: 'sambanova',
  nebius: 'nebius',
  hyperbolic: 'hyperbolic',
  github: 'github',
  dashscope: 'alibaba',
  voyageai: 'voyage',
  zai: 'zai',
  'z-ai': 'zai',
  nvidia: 'nvidia',
  nvidia_nim: 'nvidia',
  huggingface: 'huggingface',
  replicate: 'replicate',
  ollama: 'ollama',
  ollama_chat: 'ollama',
  lm_studio: 'lmstudio',
  vllm: 'vllm',
  hosted_vllm: 'vllm',
};
