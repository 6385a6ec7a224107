/** Haystack's generators, embedders and rankers, and the pipelines and agents that run them. https://docs.haystack.deepset.ai/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods } from '../shapes.ts';
import { runOf } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model', 'azure_deployment'],
  outputLimit: [
    'generation_kwargs.max_tokens',
    'generation_kwargs.max_completion_tokens',
    'generation_kwargs.max_output_tokens',
  ],
  baseUrl: ['api_base_url'],
  system: ['system_prompt'],
  tools: ['tools'],
};
const GENERATE: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['messages'],
  roles: { ...SETTINGS, messages: ['messages', 'prompt'] },
};
const PIPELINE: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['data'],
  roles: { variables: ['data'] },
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['text'],
  roles: { prompt: ['text', 'documents'] },
  streaming: false,
};
const RERANK: CallDescriptor = {
  api: 'rerank',
  family: 'rerank',
  positional: ['query', 'documents'],
  roles: { model: ['model'], prompt: ['query'], body: ['documents'] },
  streaming: false,
};
const TRANSCRIBE: CallDescriptor = { api: 'audio.transcriptions', family: 'audio', positional: ['sources'] };
const DRAW: CallDescriptor = {
  api: 'images',
  family: 'image',
  positional: ['prompt'],
  roles: { prompt: ['prompt'] },
  streaming: false,
};
const RUNS = ['run', 'run_async'];

/** Who is paid through the components whose names begin so. */
const PROVIDERS: Readonly<Record<string, ProviderName>> = {
  OpenAI: 'openai',
  AzureOpenAI: 'azure',
  Anthropic: 'anthropic',
  AnthropicVertex: 'google-vertex',
  AnthropicFoundry: 'azure',
  GoogleGenAI: 'google',
  GoogleAIGemini: 'google',
  VertexAI: 'google-vertex',
  AmazonBedrock: 'aws-bedrock',
  Cohere: 'cohere',
  Mistral: 'mistral',
  Ollama: 'ollama',
  HuggingFaceAPI: 'huggingface',
  HuggingFaceTEI: 'huggingface',
  OpenRouter: 'openrouter',
  TogetherAI: 'together',
  Nvidia: 'nvidia',
  Perplexity: 'perplexity',
  Watsonx: 'watsonx',
  WatsonX: 'watsonx',
  VLLM: 'vllm',
  AIMLAPI: 'aimlapi',
  LiteLLM: 'any',
};
const LOCAL = ['LlamaCpp', 'HuggingFaceLocal', 'SentenceTransformers', 'Transformers', 'Fastembed', 'Optimum', 'Mock'];
/** Google's components ask Vertex AI if they are told so. */
const BY_API = { switches: { api: { vertex: 'google-vertex', gemini: 'google' } } } as const;

function component(creates: string, provider: ProviderName | null): ExportDescriptor {
  if (provider === null) return { creates: 'Local' };
  return { creates, provider, roles: SETTINGS, ...(provider === 'google' ? BY_API : {}) };
}

/** All components of a maker; with `null`, of one whose models run on the machine itself. */
function components(name: string, provider: ProviderName | null): Record<string, ExportDescriptor> {
  return {
    [`${name}*Generator`]: component('Generator', provider),
    [`${name}*Embedder`]: component('Embedder', provider),
    [`${name}*Ranker`]: component('Ranker', provider),
  };
}

/** It asks the generator that it is given. */
const ASKING: ExportDescriptor = { creates: 'Asking', absorbs: ['chat_generator', 'chat_generators', 'generator'] };

export const haystack: SdkDescriptor = {
  name: 'haystack',
  provider: 'any',
  modules: ['haystack', 'haystack_integrations'],
  exports: {
    '*Generator': component('Generator', 'unknown'),
    '*Embedder': component('Embedder', 'unknown'),
    ...Object.assign({}, ...Object.entries(PROVIDERS).map(([name, provider]) => components(name, provider))),
    ...Object.assign({}, ...LOCAL.map((name) => components(name, null))),
    FallbackChatGenerator: ASKING,
    LLM: ASKING,
    'LLM*': ASKING,
    QueryExpander: ASKING,
    FaithfulnessEvaluator: ASKING,
    ContextRelevanceEvaluator: ASKING,
    OpenAIImageGenerator: { creates: 'ImageGenerator', provider: 'openai', roles: { model: ['model'] } },
    VertexAIImageGenerator: { creates: 'ImageGenerator', provider: 'google-vertex', roles: { model: ['model'] } },
    RemoteWhisperTranscriber: { creates: 'Transcriber', provider: 'openai', roles: { model: ['model'] } },
    Pipeline: { creates: 'Pipeline' },
    AsyncPipeline: { creates: 'Pipeline' },
    Agent: {
      creates: 'Agent',
      absorbs: ['chat_generator'],
      roles: { system: ['system_prompt'], tools: ['tools'], steps: ['max_agent_steps'] },
    },
  },
  types: {
    Pipeline: {
      isComposite: true,
      methods: {
        // An embedder asks for itself, and says nothing of what the generator is asked.
        add_component: {
          returns: 'self',
          positional: ['name', 'instance'],
          absorbs: ['instance'],
          absorbsModelsOnly: true,
        },
        ...methods(PIPELINE, [...RUNS, 'run_async_generator']),
      },
    },
    Generator: { isModel: true, methods: methods(GENERATE, RUNS) },
    Asking: { isComposite: true, methods: methods(GENERATE, RUNS) },
    Agent: {
      isModel: true,
      methods: methods({ ...runOf({ messages: ['messages'] }, ['messages']), steps: { byDefault: 100 } }, RUNS),
    },
    Embedder: { methods: methods(EMBED, RUNS) },
    Ranker: { methods: methods(RERANK, RUNS) },
    Transcriber: { methods: methods(TRANSCRIBE, RUNS) },
    ImageGenerator: { methods: methods(DRAW, RUNS) },
    Local: { isFake: true },
  },
  words: { imports: ['haystack'], methods: [] },
  markers: [],
};
