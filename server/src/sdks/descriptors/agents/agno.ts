/** Agno, once Phidata: agents and teams over model objects. https://docs.agno.com/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { MODEL_ROLES, modelOf, PREFIXES, runOf } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model', 'llm'],
  // What it is told in whole, else in parts.
  system: ['system_message', 'system_prompt', 'instructions', 'description'],
  tools: ['tools'],
  schema: ['output_schema', 'response_model', 'output_model'],
  context: ['add_history_to_context', 'add_history_to_messages'],
};
function model(provider: ProviderName, name?: string): ExportDescriptor {
  return { ...modelOf(provider, ['id']), ...(name === undefined ? {} : { defaultModel: { name } }) };
}
function embedder(provider: ProviderName, name: string): ExportDescriptor {
  return { creates: 'Embedder', provider, positional: ['id'], roles: { model: ['id'] }, defaultModel: { name } };
}
const RUN: CallDescriptor = {
  ...runOf({ messages: ['input', 'message', 'messages'], stream: ['stream'] }, ['input']),
};
const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages'],
  roles: { messages: ['messages'], tools: ['tools'], schema: ['response_format'] },
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['text'],
  roles: { prompt: ['text', 'texts'] },
  streaming: false,
};
const AGENT: ExportDescriptor = {
  creates: 'Agent',
  roles: SETTINGS,
  defaultModel: { name: 'gpt-5.4', provider: 'openai' },
};
/** Steps of a workflow, each with an agent or further steps. */
const STEPS: ExportDescriptor = {
  creates: 'Workflow',
  absorbs: ['agent', 'team', 'steps', 'choices', 'workflow'],
};

const RUNS = [
  'run',
  'arun',
  'print_response',
  'aprint_response',
  'cli_app',
  'acli_app',
  'continue_run',
  'acontinue_run',
];

export const agno: SdkDescriptor = {
  name: 'agno',
  provider: 'any',
  modules: ['agno', 'phi'],
  moduleProviders: {
    'agno.models.anthropic': 'anthropic',
    'agno.models.aws': 'aws-bedrock',
    'agno.models.azure': 'azure',
    'agno.models.vertexai': 'google-vertex',
  },
  exports: {
    Agent: AGENT,
    Assistant: AGENT,
    Team: { ...AGENT, absorbs: ['members'] },
    Workflow: STEPS,
    Step: STEPS,
    Steps: STEPS,
    Loop: STEPS,
    Condition: STEPS,
    Router: STEPS,
    Parallel: { creates: 'Workflow', positional: ['first', 'second', 'third'], absorbs: ['first', 'second', 'third'] },
    OpenAIChat: model('openai', 'gpt-5.4-mini'),
    OpenAIResponses: model('openai', 'gpt-5.4-mini'),
    OpenAILike: model('openai-compatible'),
    OpenResponses: model('openai-compatible'),
    Gemini: { ...model('google', 'gemini-3.7-flash'), switches: { vertexai: 'google-vertex' } },
    GeminiInteractions: model('google', 'gemini-3.7-flash'),
    Groq: model('groq', 'openai/gpt-oss-120b'),
    'Ollama*': model('ollama', 'llama3.1'),
    MistralChat: model('mistral', 'mistral-large-latest'),
    DeepSeek: model('deepseek', 'deepseek-v4-flash'),
    DeepSeekChat: model('deepseek'),
    OpenRouter: model('openrouter', 'gpt-5.4-mini'),
    OpenRouterResponses: model('openrouter', 'openai/gpt-oss-20b'),
    AzureOpenAI: model('azure'),
    AzureOpenAIChat: model('azure'),
    AzureAIFoundry: model('azure', 'gpt-4o'),
    AwsBedrock: model('aws-bedrock', 'mistral.mistral-small-2402-v1:0'),
    Together: model('together', 'MiniMaxAI/MiniMax-M2.7'),
    xAI: model('xai', 'grok-4-1-fast-non-reasoning-latest'),
    Cohere: model('cohere', 'command-a-03-2025'),
    CohereChat: model('cohere'),
    Fireworks: model('fireworks', 'accounts/fireworks/models/gpt-oss-120b'),
    HuggingFace: model('huggingface', 'meta-llama/Meta-Llama-3-8B-Instruct'),
    HuggingFaceChat: model('huggingface'),
    Nvidia: model('nvidia', 'meta/llama-3.3-70b-instruct'),
    Perplexity: model('perplexity', 'sonar'),
    'Cerebras*': model('cerebras', 'gpt-oss-120b'),
    LMStudio: model('lmstudio'),
    'LiteLLM*': model('any', 'gpt-4o'),
    WatsonX: model('watsonx', 'ibm/granite-20b-code-instruct'),
    DeepInfra: model('deepinfra'),
    DashScope: model('alibaba', 'qwen-plus'),
    MoonShot: model('moonshot', 'kimi-k3'),
    MiniMax: model('minimax', 'MiniMax-M3'),
    Nebius: model('nebius', 'openai/gpt-oss-20b'),
    Sambanova: model('sambanova', 'Meta-Llama-3.1-8B-Instruct'),
    AIMLAPI: model('aimlapi', 'gpt-4o-mini'),
    V0: model('vercel', 'v0-1.0-md'),
    Portkey: model('portkey', 'gpt-4o-mini'),
    Cloudflare: model('cloudflare'),
    VLLM: model('vllm'),
    LlamaCpp: model('localai'),
    // Of providers that are not in the vocabulary.
    ...Object.fromEntries(
      ['Siliconflow', 'CometAPI', 'InternLM', 'LangDB', 'Llama', 'LlamaOpenAI', 'Requesty', 'Nexus', 'N1N', 'MiMo'].map(
        (name) => [name, model('unknown')],
      ),
    ),
    // As annotations have it.
    Model: model('any'),
    OpenAIEmbedder: embedder('openai', 'text-embedding-3-small'),
    AzureOpenAIEmbedder: embedder('azure', 'text-embedding-3-small'),
    GeminiEmbedder: embedder('google', 'gemini-embedding-001'),
    CohereEmbedder: embedder('cohere', 'embed-english-v3.0'),
    MistralEmbedder: embedder('mistral', 'mistral-embed'),
    VoyageAIEmbedder: embedder('voyage', 'voyage-2'),
    AwsBedrockEmbedder: embedder('aws-bedrock', 'cohere.embed-multilingual-v3'),
    TogetherEmbedder: embedder('together', 'togethercomputer/m2-bert-80M-32k-retrieval'),
    FireworksEmbedder: embedder('fireworks', 'nomic-ai/nomic-embed-text-v1.5'),
    OllamaEmbedder: embedder('ollama', 'openhermes'),
    // Anthropic's own, Bedrock's or Vertex AI's, by the module.
    Claude: {
      creates: 'Model',
      positional: ['id'],
      roles: MODEL_ROLES,
      defaultModel: { name: 'claude-sonnet-4-5-20250929' },
    },
  },
  types: {
    Agent: { isModel: true, methods: methods(RUN, RUNS) },
    Workflow: { isComposite: true, methods: methods(RUN, RUNS) },
    Model: {
      isModel: true,
      methods: {
        ...methods(whole(ASK), ['response', 'aresponse', 'invoke', 'ainvoke']),
        ...methods(streamed(ASK), ['response_stream', 'aresponse_stream', 'invoke_stream', 'ainvoke_stream']),
      },
    },
    Embedder: {
      methods: methods(EMBED, [
        'get_embedding',
        'get_embedding_and_usage',
        'async_get_embedding',
        'async_get_embedding_and_usage',
        'async_get_embeddings_batch_and_usage',
      ]),
    },
  },
  modelPrefixes: PREFIXES,
  words: { imports: ['agno', "'phi", '"phi', 'from phi', 'import phi'], methods: [] },
  markers: [],
};
