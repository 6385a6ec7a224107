/** The AI SDK: its functions take a model object, which a provider package or a `provider/model` string names. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import { type Literal, SAME } from '../../edits/fix.ts';
import type {
  CacheMarker,
  CallDescriptor,
  ExportDescriptor,
  MethodDescriptor,
  RolePaths,
  SdkDescriptor,
} from '../descriptor.ts';
import { streamed, whole } from './shapes.ts';

const ROLES: RolePaths = {
  model: ['model'],
  outputLimit: ['maxOutputTokens', 'maxTokens'],
  system: ['system', 'instructions'],
  messages: ['messages'],
  prompt: ['prompt'],
  tools: ['tools'],
  cache: [
    'providerOptions.anthropic.cacheControl',
    'providerOptions.openai.promptCacheKey',
    'providerOptions.openai.promptCacheRetention',
    'providerOptions.bedrock.cachePoint',
    'experimental_providerMetadata.anthropic.cacheControl',
  ],
  reasoning: [
    'reasoning',
    'providerOptions.openai.reasoningEffort',
    'providerOptions.anthropic.thinking',
    'providerOptions.google.thinkingConfig',
  ],
  tier: ['providerOptions.openai.serviceTier'],
  timeout: ['timeout', 'abortSignal'],
  retries: ['maxRetries'],
  schema: ['schema', 'output', 'experimental_output'],
  steps: ['stopWhen', 'maxSteps'],
};
/** A marker is an option of a message for one provider; a system prompt that is text becomes a message for it. */
function marker(
  providers: CacheMarker['providers'],
  key: string,
  name: string,
  value: Literal,
  inRequest: CacheMarker['providers'] = [],
): CacheMarker {
  const path = ['providerOptions', key, name];
  return {
    providers,
    text: { role: 'system', content: SAME, providerOptions: { [key]: { [name]: value } } },
    isList: false,
    entry: null,
    item: null,
    message: { path, value },
    request: { providers: inRequest, path, value },
  };
}
const MARKERS: readonly CacheMarker[] = [
  // @ai-sdk/anthropic's own code: a request's option is sent on as `cache_control`.
  marker(['anthropic', 'google-vertex'], 'anthropic', 'cacheControl', { type: 'ephemeral' }, ['anthropic']),
  marker(['aws-bedrock'], 'bedrock', 'cachePoint', { type: 'default' }),
];
const ASKED = { roles: ROLES, markers: MARKERS, isPromptExclusive: true } as const;
const TEXT: CallDescriptor = { api: 'generateText', family: 'text', ...ASKED };
const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  roles: { model: ['model'], prompt: ['value', 'values'], retries: ['maxRetries'] },
  streaming: false,
};
const MEDIA: CallDescriptor = {
  api: 'images',
  family: 'image',
  roles: {
    model: ['model'],
    prompt: ['prompt', 'text'],
    count: ['n'],
    size: ['size', 'resolution'],
    quality: ['providerOptions.openai.quality'],
    seconds: ['duration'],
    retries: ['maxRetries'],
  },
  streaming: false,
};
const AGENT: CallDescriptor = { api: 'agent', family: 'agent', ...ASKED, steps: { byDefault: 20 } };
/** A `ToolLoopAgent` carries the request's settings from its construction. */
const AGENT_CLASS: ExportDescriptor = { creates: 'Agent', roles: ROLES };

/** Functions that run an agent and send its answer on: the agent carries the settings. */
const AGENT_ANSWER: ExportDescriptor = {
  call: { ...streamed(AGENT), roles: { ...ROLES, model: ['agent'], messages: ['uiMessages'] } },
};

const NAMED: Pick<MethodDescriptor, 'positional' | 'roles'> = {
  positional: ['model', '...'],
  roles: { model: ['model'], reasoning: ['reasoningEffort'], cache: ['cacheControl'] },
};
const MODEL: MethodDescriptor = { ...NAMED, returns: 'Model' };

/** A provider: calling it, or any of its methods, with a model's name gives a model. */
function provider(name: ProviderName): ExportDescriptor {
  return { is: 'Provider', provider: name };
}
/** A function that makes a provider with its own settings. */
function maker(name: ProviderName, readsAddress = true): ExportDescriptor {
  return { creates: 'Provider', provider: name, ...(readsAddress ? { roles: { baseUrl: ['baseURL'] } } : {}) };
}
const CUSTOM: ExportDescriptor = { creates: 'CustomProvider' };
function picked(...fields: readonly string[]): MethodDescriptor {
  return { picks: fields, picksOtherwise: 'fallbackProvider' };
}
const REGISTRY: ExportDescriptor = { creates: 'Registry', positional: ['providers', '...'] };
/** `openai:gpt-4o`: what stands before the sign is the name of a provider in the registry. */
const routed = (method: string): MethodDescriptor => ({ ...MODEL, routes: { field: 'providers', method } });
const MODEL_KINDS = [
  'languageModel',
  'embeddingModel',
  'textEmbeddingModel',
  'imageModel',
  'transcriptionModel',
  'speechModel',
  'rerankingModel',
  'videoModel',
];
const WRAP: ExportDescriptor = { creates: 'Model', absorbs: ['model'] };

const AROUND_AI = [`'`, '"'].flatMap((start) => [`'`, '"', '\\', '/'].map((end) => `${start}ai${end}`));

export const aiSdk: SdkDescriptor = {
  name: 'ai-sdk',
  provider: 'any',
  retriesByDefault: { typescript: 2, python: 2 },
  language: 'typescript',
  modules: [
    'ai',
    '@ai-sdk',
    '@openrouter/ai-sdk-provider',
    'ollama-ai-provider',
    'ollama-ai-provider-v2',
    'workers-ai-provider',
    '@portkey-ai/vercel-provider',
    'anthropic-vertex-ai',
    'cohere-ai-provider',
  ],
  exports: {
    generateText: { call: whole(TEXT) },
    streamText: { call: streamed({ ...TEXT, api: 'streamText' }) },
    generateObject: { call: whole({ ...TEXT, api: 'generateObject', isStructured: true }) },
    streamObject: { call: streamed({ ...TEXT, api: 'streamObject', isStructured: true }) },
    experimental_generateText: { call: whole(TEXT) },
    experimental_streamText: { call: streamed({ ...TEXT, api: 'streamText' }) },
    experimental_generateObject: { call: whole({ ...TEXT, api: 'generateObject', isStructured: true }) },
    experimental_streamObject: { call: streamed({ ...TEXT, api: 'streamObject', isStructured: true }) },
    streamUI: { call: streamed({ ...TEXT, api: 'streamText' }) },
    embed: { call: EMBED },
    embedMany: { call: { ...EMBED, api: 'embedMany' } },
    rerank: {
      call: {
        api: 'rerank',
        family: 'rerank',
        roles: { model: ['model'], prompt: ['query'], body: ['documents'] },
        streaming: false,
      },
    },
    generateImage: { call: MEDIA },
    experimental_generateImage: { call: MEDIA },
    generateVideo: { call: { ...MEDIA, api: 'videos' } },
    experimental_generateVideo: { call: { ...MEDIA, api: 'videos' } },
    generateSpeech: { call: { ...MEDIA, api: 'audio.speech', family: 'audio' } },
    experimental_generateSpeech: { call: { ...MEDIA, api: 'audio.speech', family: 'audio' } },
    transcribe: { call: { ...MEDIA, api: 'audio.transcriptions', family: 'audio' } },
    experimental_transcribe: { call: { ...MEDIA, api: 'audio.transcriptions', family: 'audio' } },
    experimental_startVideo: { call: { ...MEDIA, api: 'videos' } },
    experimental_streamSpeech: { call: streamed({ ...MEDIA, api: 'audio.speech', family: 'audio' }) },
    experimental_streamTranscribe: { call: streamed({ ...MEDIA, api: 'audio.transcriptions', family: 'audio' }) },
    experimental_streamTranslate: { call: streamed({ ...MEDIA, api: 'audio.translations', family: 'audio' }) },
    createAgentUIStream: AGENT_ANSWER,
    createAgentUIStreamResponse: AGENT_ANSWER,
    pipeAgentUIStreamToResponse: AGENT_ANSWER,
    ToolLoopAgent: AGENT_CLASS,
    Experimental_Agent: AGENT_CLASS,
    Agent: AGENT_CLASS,
    wrapLanguageModel: WRAP,
    experimental_wrapLanguageModel: WRAP,
    wrapEmbeddingModel: WRAP,
    wrapImageModel: WRAP,
    wrapProvider: { creates: 'Provider', absorbs: ['provider'] },
    customProvider: CUSTOM,
    experimental_customProvider: CUSTOM,
    createProviderRegistry: REGISTRY,
    experimental_createProviderRegistry: REGISTRY,
    gateway: provider('any'),
    createGateway: maker('any', false),
    createGatewayProvider: maker('any', false),
    openai: provider('openai'),
    createOpenAI: maker('openai'),
    anthropic: provider('anthropic'),
    createAnthropic: maker('anthropic'),
    google: provider('google'),
    createGoogle: maker('google'),
    createGoogleGenerativeAI: maker('google'),
    vertex: provider('google-vertex'),
    createVertex: maker('google-vertex', false),
    vertexAnthropic: provider('google-vertex'),
    googleVertex: provider('google-vertex'),
    createGoogleVertex: maker('google-vertex', false),
    anthropicAws: provider('aws-bedrock'),
    createAnthropicAws: maker('aws-bedrock', false),
    createVertexAnthropic: maker('google-vertex', false),
    anthropicVertex: provider('google-vertex'),
    amazonBedrock: provider('aws-bedrock'),
    bedrock: provider('aws-bedrock'),
    createAmazonBedrock: maker('aws-bedrock', false),
    bedrockAnthropic: provider('aws-bedrock'),
    createBedrockAnthropic: maker('aws-bedrock', false),
    bedrockMantle: provider('aws-bedrock'),
    createBedrockMantle: maker('aws-bedrock', false),
    azure: provider('azure'),
    createAzure: maker('azure', false),
    mistral: provider('mistral'),
    createMistral: maker('mistral'),
    cohere: provider('cohere'),
    createCohere: maker('cohere'),
    groq: provider('groq'),
    createGroq: maker('groq'),
    xai: provider('xai'),
    createXai: maker('xai'),
    deepSeek: provider('deepseek'),
    deepseek: provider('deepseek'),
    createDeepSeek: maker('deepseek'),
    togetherai: provider('together'),
    createTogetherAI: maker('together'),
    fireworks: provider('fireworks'),
    createFireworks: maker('fireworks'),
    perplexity: provider('perplexity'),
    createPerplexity: maker('perplexity'),
    cerebras: provider('cerebras'),
    createCerebras: maker('cerebras'),
    replicate: provider('replicate'),
    createReplicate: maker('replicate'),
    huggingFace: provider('huggingface'),
    huggingface: provider('huggingface'),
    createHuggingFace: maker('huggingface'),
    alibaba: provider('alibaba'),
    createAlibaba: maker('alibaba'),
    moonshotai: provider('moonshot'),
    createMoonshotAI: maker('moonshot'),
    voyage: provider('voyage'),
    elevenLabs: provider('elevenlabs'),
    elevenlabs: provider('elevenlabs'),
    createElevenLabs: maker('elevenlabs'),
    openrouter: provider('openrouter'),
    createOpenRouter: maker('openrouter', false),
    ollama: provider('ollama'),
    createOllama: maker('ollama', false),
    createOpenAICompatible: maker('openai-compatible'),
    createOpenResponses: maker('openai-compatible'),
    deepInfra: provider('deepinfra'),
    deepinfra: provider('deepinfra'),
    createDeepInfra: maker('deepinfra'),
    baseten: provider('openai-compatible'),
    createBaseten: maker('openai-compatible'),
    createPortkey: maker('portkey', false),
    createWorkersAI: maker('cloudflare', false),
    vercel: provider('vercel'),
    createVercel: maker('vercel'),
    deepgram: provider('deepgram'),
    createDeepgram: maker('deepgram', false),
    ...Object.fromEntries(
      ['fal', 'luma', 'hume', 'lmnt', 'gladia', 'revai', 'assemblyai', 'blackForestLabs', 'prodia', 'klingai'].map(
        (name) => [name, provider('unknown')],
      ),
    ),
    /** Providers that are not listed yet. */
    'create*': maker('any', false),
  },
  types: {
    Provider: {
      methods: {
        '': MODEL,
        chat: MODEL,
        responses: MODEL,
        completion: MODEL,
        languageModel: MODEL,
        chatModel: MODEL,
        completionModel: MODEL,
        generativeAI: MODEL,
        embedding: MODEL,
        embeddingModel: MODEL,
        textEmbedding: MODEL,
        textEmbeddingModel: MODEL,
        image: MODEL,
        imageModel: MODEL,
        video: MODEL,
        videoModel: MODEL,
        speech: MODEL,
        speechModel: MODEL,
        transcription: MODEL,
        transcriptionModel: MODEL,
        reranking: MODEL,
        rerankingModel: MODEL,
      },
    },
    Model: { isModel: true },
    Picked: { isModel: true },
    CustomProvider: {
      methods: {
        languageModel: picked('languageModels'),
        textEmbeddingModel: picked('textEmbeddingModels', 'embeddingModels'),
        embeddingModel: picked('embeddingModels', 'textEmbeddingModels'),
        imageModel: picked('imageModels'),
        transcriptionModel: picked('transcriptionModels'),
        speechModel: picked('speechModels'),
        rerankingModel: picked('rerankingModels'),
        videoModel: picked('videoModels'),
      },
    },
    Registry: {
      methods: Object.fromEntries(MODEL_KINDS.map((kind) => [kind, routed(kind)])),
    },
    Agent: {
      methods: {
        generate: { call: whole(AGENT) },
        stream: { call: streamed(AGENT) },
        respond: { call: streamed(AGENT) },
      },
    },
  },
  modelPrefixes: {
    'openai/': 'openai',
    'openai:': 'openai',
    'azure/': 'azure',
    'anthropic/': 'anthropic',
    'anthropic:': 'anthropic',
    'google/': 'google',
    'google:': 'google',
    'vertex/': 'google-vertex',
    'vertex:': 'google-vertex',
    'bedrock/': 'aws-bedrock',
    'amazon/': 'aws-bedrock',
    'mistral/': 'mistral',
    'cohere/': 'cohere',
    'groq/': 'groq',
    'groq:': 'groq',
    'xai/': 'xai',
    'deepseek/': 'deepseek',
    'perplexity/': 'perplexity',
    'moonshotai/': 'moonshot',
    'alibaba/': 'alibaba',
    'zai/': 'zhipu',
    'voyage/': 'voyage',
  },
  schemas: { choices: ['choice'] },
  words: {
    // `ai` by itself is too short: it is only matched between characters that may surround a module's name.
    imports: [...AROUND_AI, 'ai-sdk', 'ai-provider', 'vercel-provider', 'anthropic'],
    methods: [],
  },
  markers: [],
  idleModules: [
    '@ai-sdk/provider',
    '@ai-sdk/provider-utils',
    '@ai-sdk/react',
    '@ai-sdk/vue',
    '@ai-sdk/svelte',
    '@ai-sdk/angular',
    '@ai-sdk/solid',
    '@ai-sdk/ui-utils',
    '@ai-sdk/test-server',
    '@ai-sdk/codemod',
    '@ai-sdk/otel',
    '@ai-sdk/mcp',
    '@ai-sdk/harness',
    '@ai-sdk/sandbox-vercel',
  ],
};
