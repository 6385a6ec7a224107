/** LiteLLM: functions that take any provider's model by name. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, RolePaths, SdkDescriptor } from '../descriptor.ts';
import { methods, whole } from './shapes.ts';

const COMMON: RolePaths = {
  model: ['model'],
  timeout: ['timeout', 'request_timeout'],
  retries: ['num_retries', 'max_retries'],
  baseUrl: ['api_base', 'base_url'],
  provider: ['custom_llm_provider'],
};
/** An unresolved stand-in for the module, such as one that is loaded lazily, is recognised by its name. */
const NAMED: Pick<CallDescriptor, 'distinctive' | 'receivers'> = { distinctive: 'always', receivers: ['litellm'] };
const COMPLETION: CallDescriptor = {
  ...NAMED,
  api: 'completion',
  family: 'text',
  positional: ['model', 'messages'],
  roles: {
    ...COMMON,
    outputLimit: ['max_completion_tokens', 'max_tokens'],
    messages: ['messages'],
    tools: ['tools', 'functions'],
    stream: ['stream'],
    reasoning: ['reasoning_effort', 'thinking'],
    cache: ['prompt_cache_key', 'cache_control_injection_points'],
    tier: ['service_tier'],
    schema: ['response_format'],
    count: ['n'],
  },
};
const TEXT: CallDescriptor = {
  ...COMPLETION,
  positional: ['prompt', 'model'],
  roles: { ...COMPLETION.roles, prompt: ['prompt'] },
};
const RESPONSES: CallDescriptor = {
  ...NAMED,
  api: 'responses',
  family: 'text',
  positional: ['input', 'model'],
  roles: {
    ...COMMON,
    messages: ['input'],
    system: ['instructions'],
    outputLimit: ['max_output_tokens'],
    tools: ['tools'],
    stream: ['stream'],
    reasoning: ['reasoning'],
  },
};
const EMBEDDING: CallDescriptor = {
  ...NAMED,
  api: 'embeddings',
  family: 'embedding',
  positional: ['model', 'input'],
  roles: { ...COMMON, prompt: ['input'] },
  streaming: false,
};
const IMAGE: CallDescriptor = {
  ...NAMED,
  api: 'images',
  family: 'image',
  positional: ['prompt', 'model'],
  roles: { ...COMMON, prompt: ['prompt'], count: ['n'], size: ['size'], quality: ['quality'] },
  streaming: false,
};
const TRANSCRIPTION: CallDescriptor = {
  ...NAMED,
  api: 'audio.transcriptions',
  family: 'audio',
  positional: ['model', 'file'],
  roles: { ...COMMON },
  streaming: false,
};
const SPEECH: CallDescriptor = {
  ...NAMED,
  api: 'audio.speech',
  family: 'audio',
  positional: ['model', 'input'],
  roles: { ...COMMON, prompt: ['input'] },
};
const RERANK: CallDescriptor = {
  ...NAMED,
  api: 'rerank',
  family: 'rerank',
  positional: ['model', 'query', 'documents'],
  roles: { ...COMMON, prompt: ['query'], body: ['documents'] },
  streaming: false,
};
const MODERATION: CallDescriptor = {
  ...NAMED,
  api: 'moderations',
  family: 'moderation',
  positional: ['input', 'model'],
  roles: { ...COMMON, prompt: ['input'] },
  streaming: false,
};

const FUNCTIONS = {
  ...methods(COMPLETION, ['completion', 'acompletion']),
  ...methods(whole(COMPLETION), ['batch_completion', 'abatch_completion', 'batch_completion_models']),
  ...methods(TEXT, ['text_completion', 'atext_completion']),
  ...methods(RESPONSES, ['responses', 'aresponses']),
  ...methods(EMBEDDING, ['embedding', 'aembedding']),
  ...methods(IMAGE, ['image_generation', 'aimage_generation', 'image_edit', 'aimage_edit']),
  ...methods(TRANSCRIPTION, ['transcription', 'atranscription']),
  ...methods(SPEECH, ['speech', 'aspeech']),
  ...methods(RERANK, ['rerank', 'arerank']),
  ...methods(MODERATION, ['moderation', 'amoderation']),
};

/** How LiteLLM reads a model's name; frameworks that ask through it read names in the same way. */
export const LITELLM_NAMES: Readonly<Record<string, ProviderName>> = {
  'openrouter/': 'openrouter',
  'azure/': 'azure',
  'azure_ai/': 'azure',
  'bedrock/': 'aws-bedrock',
  'vertex_ai/': 'google-vertex',
  'gemini/': 'google',
  'openai/': 'openai',
  'anthropic/': 'anthropic',
  'mistral/': 'mistral',
  'cohere/': 'cohere',
  'cohere_chat/': 'cohere',
  'groq/': 'groq',
  'together_ai/': 'together',
  'ollama/': 'ollama',
  'ollama_chat/': 'ollama',
  'lm_studio/': 'lmstudio',
  'hosted_vllm/': 'vllm',
  'deepseek/': 'deepseek',
  'xai/': 'xai',
  'perplexity/': 'perplexity',
  'fireworks_ai/': 'fireworks',
  'cerebras/': 'cerebras',
  'nvidia_nim/': 'nvidia',
  'huggingface/': 'huggingface',
  'replicate/': 'replicate',
  'moonshot/': 'moonshot',
  'dashscope/': 'alibaba',
  'zai/': 'zhipu',
  'voyage/': 'voyage',
  'elevenlabs/': 'elevenlabs',
  'gpt-': 'openai',
  'chatgpt-': 'openai',
  o1: 'openai',
  o3: 'openai',
  o4: 'openai',
  'text-embedding-': 'openai',
  'text-davinci-': 'openai',
  'dall-e-': 'openai',
  'whisper-': 'openai',
  'tts-': 'openai',
  'claude-': 'anthropic',
  'command-': 'cohere',
  'gemini-': 'google-vertex',
};

export const litellm: SdkDescriptor = {
  name: 'litellm',
  provider: 'any',
  retriesByDefault: { typescript: 2, python: 2 },
  timeoutByDefault: { seconds: 600, at: 'call' },
  modules: ['litellm'],
  exports: {
    ...FUNCTIONS,
    '': { is: 'Module' },
    Router: {
      creates: 'Module',
      positional: ['model_list'],
      roles: { deployments: ['model_list'], timeout: ['timeout'], retries: ['num_retries'] },
    },
  },
  types: {
    Module: {
      methods: {
        ...FUNCTIONS,
        ...methods(COMPLETION, ['chat.completions.create']),
      },
    },
  },
  modelPrefixes: LITELLM_NAMES,
  deployments: { name: 'model_name', model: 'litellm_params.model', address: 'litellm_params.api_base' },
  words: {
    imports: ['litellm'],
    methods: ['litellm'],
  },
  markers: [`\\blitellm\\s*\\.\\s*(?:${Object.keys(FUNCTIONS).join('|')})\\b`],
};
