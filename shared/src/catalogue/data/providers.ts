/** How each provider names and sells models: the catalogue reads these properties instead of comparing names. */
import type { ProviderName } from '../../vocabulary.ts';

export interface ProviderTraits {
  /**
   * `maker`: sells its own models. `host`: sells the models of others at its own prices. `local`: runs on the user's
   * machines, no list price. `undecided`: who is paid is not known, or the call is passed on at the maker's price.
   */
  readonly kind: 'maker' | 'host' | 'local' | 'undecided';
  /** The provider's id in the price table. */
  readonly table?: string;
  /** Models of the table that this provider does not itself sell. */
  readonly excludes?: RegExp;
  /** Rewrites that give further spellings of an id, tried in order, each on the last result that it changed. */
  readonly spellings?: readonly (readonly [RegExp, string])[];
  /** Whose models an id of this host names: the first pattern that matches gives the maker and its id. */
  readonly makers?: readonly { readonly maker: ProviderName; readonly pattern: RegExp; readonly id: string }[];
}

const VERSION_NUMBER: readonly [RegExp, string] = [/-\d{3}$/, ''];
const RESOURCE_PATH: readonly [RegExp, string] = [/^(?:models\/|publishers\/[^/]+\/models\/|projects\/.*\/models\/)/, ''];

/** Model names that hosts pass on under the maker's own prefix: `anthropic/claude-sonnet-4.5`. */
const PREFIXED: ProviderTraits['makers'] = [
  { maker: 'openai', pattern: /^openai\/([^:]+)(?::.*)?$/, id: '$1' },
  { maker: 'anthropic', pattern: /^anthropic\/([^:]+)(?::.*)?$/, id: '$1' },
  { maker: 'google', pattern: /^google\/([^:]+)(?::.*)?$/, id: '$1' },
  { maker: 'mistral', pattern: /^mistralai\/([^:]+)(?::.*)?$/, id: '$1' },
  { maker: 'deepseek', pattern: /^deepseek\/([^:]+)(?::.*)?$/, id: '$1' },
  { maker: 'cohere', pattern: /^cohere\/([^:]+)(?::.*)?$/, id: '$1' },
  { maker: 'xai', pattern: /^x-ai\/([^:]+)(?::.*)?$/, id: '$1' },
];

export const PROVIDER_TRAITS: Readonly<Record<ProviderName, ProviderTraits>> = {
  // gpt-oss is open: OpenAI publishes its weights and does not serve it.
  openai: {
    kind: 'maker',
    table: 'openai',
    excludes: /^gpt-oss/,
    // A fine-tuned model is billed by its base: ft:gpt-4o-mini-2024-07-18:company::id.
    spellings: [[/^(ft:[^:]+):.*$/, '$1']],
  },
  anthropic: {
    kind: 'maker',
    table: 'anthropic',
    // claude-sonnet-4.5 is how gateways write claude-sonnet-4-5.
    spellings: [[/(\d)\.(\d)/, '$1-$2']],
  },
  google: { kind: 'maker', table: 'google', excludes: /claude|^gemma.*-maas$/, spellings: [RESOURCE_PATH, VERSION_NUMBER] },
  mistral: { kind: 'maker', table: 'mistral' },
  cohere: { kind: 'maker', table: 'cohere' },
  deepseek: { kind: 'maker', table: 'deepseek' },
  xai: { kind: 'maker', table: 'x-ai' },
  perplexity: { kind: 'maker', table: 'perplexity' },
  moonshot: { kind: 'maker', table: 'moonshotai' },
  zhipu: { kind: 'maker', table: 'zhipuai' },
  voyage: { kind: 'maker', table: 'voyageai' },
  alibaba: { kind: 'maker' },
  elevenlabs: { kind: 'maker' },
  azure: {
    kind: 'host',
    table: 'azure',
    // Azure's deployments spell gpt-3.5 without the dot.
    makers: [
      { maker: 'openai', pattern: /^gpt-35-(.+)$/, id: 'gpt-3.5-$1' },
      { maker: 'openai', pattern: /^(.+)$/, id: '$1' },
    ],
  },
  'google-vertex': {
    kind: 'host',
    table: 'google',
    spellings: [RESOURCE_PATH, VERSION_NUMBER],
    makers: [
      { maker: 'anthropic', pattern: /^(claude.+)$/, id: '$1' },
      { maker: 'google', pattern: /^(gem.+)$/, id: '$1' },
      { maker: 'mistral', pattern: /^((?:mistral|codestral|mixtral).+)$/, id: '$1' },
    ],
  },
  'aws-bedrock': {
    kind: 'host',
    table: 'aws',
    spellings: [
      [/^arn:aws[\w-]*:bedrock:[^/]*:(?:foundation-model|inference-profile)\//, ''],
      [/^bedrock\/(?:converse\/)?/, ''],
      // The context and revision of an id: -v1:0, -v1:0:200k, :0.
      [/(?:-v\d+(?::\d+)*(?::\d+k)?|:\d+(?::\d+k)?)$/, ''],
      // Every geographic profile but the global one has the regional price.
      [/^(?:us-gov|us|eu|apac|au|jp|ca|sa)\./, ''],
    ],
    makers: [
      { maker: 'anthropic', pattern: /^.*\banthropic\.(claude.+?)(?:-v\d+(?::.*)?)?$/, id: '$1' },
      { maker: 'cohere', pattern: /^.*\bcohere\.(.+?)(?:-v\d+(?::.*)?)?$/, id: '$1' },
      { maker: 'openai', pattern: /^.*\bopenai\.(gpt-[5-9].+?)(?:-v\d+(?::.*)?)?$/, id: '$1' },
    ],
  },
  groq: { kind: 'host', table: 'groq' },
  together: { kind: 'host', table: 'together' },
  fireworks: { kind: 'host', table: 'fireworks' },
  cerebras: { kind: 'host', table: 'cerebras' },
  openrouter: { kind: 'host', table: 'openrouter', makers: PREFIXED },
  anyscale: { kind: 'host' },
  aimlapi: { kind: 'host', makers: PREFIXED },
  nvidia: { kind: 'host' },
  huggingface: { kind: 'host' },
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
