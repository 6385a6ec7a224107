/** OpenAI's SDKs (TypeScript and Python, from the module-level API of 2020 on), Azure's client and drop-in wrappers. */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import {
  BATCHES,
  CHAT_COMPLETIONS,
  CLIENT_PREFIXES,
  CLIENT_ROLES,
  COMPLETIONS,
  EMBEDDINGS,
  IMAGES,
  MODERATIONS,
  methods,
  RESPONSES,
  resolvedOnly,
  SPEECH,
  streamed,
  TRANSCRIPTIONS,
  TRANSLATIONS,
  whole,
} from './shapes.ts';

const CLIENT: ExportDescriptor = {
  creates: 'Client',
  absorbs: ['provider'],
  roles: { ...CLIENT_ROLES, baseUrl: ['baseURL', 'base_url'] },
};
const AZURE: ExportDescriptor = {
  creates: 'Client',
  provider: 'azure',
  roles: { ...CLIENT_ROLES, model: ['deployment', 'azure_deployment'] },
};
const PASS: ExportDescriptor = { passes: 0 };

/** It takes no limit: what it makes is as long as it has to be. */
const COMPACT: CallDescriptor = { ...whole(RESPONSES), roles: { ...RESPONSES.roles, outputLimit: [] } };

const VIDEOS: CallDescriptor = {
  api: 'videos',
  family: 'image',
  positional: ['...', 'options'],
  roles: { ...CLIENT_ROLES, model: ['model'], prompt: ['prompt'], size: ['size'], seconds: ['seconds'] },
  streaming: false,
};
const RUNS: CallDescriptor = {
  api: 'runs',
  family: 'text',
  positional: ['thread_id', '...', 'options'],
  roles: {
    ...CLIENT_ROLES,
    model: ['model'],
    outputLimit: ['max_completion_tokens'],
    system: ['instructions', 'additional_instructions'],
    messages: ['additional_messages', 'thread.messages'],
    tools: ['tools'],
    stream: ['stream'],
    schema: ['response_format'],
  },
};
const RUNS_OF_NEW_THREAD: CallDescriptor = { ...RUNS, positional: ['...', 'options'] };

/** A connection that stays open: what is said in it is not in the code. */
const REALTIME: CallDescriptor = {
  api: 'realtime',
  family: 'audio',
  positional: ['...', 'client'],
  roles: { model: ['model'] },
  streaming: true,
};
/** The same by a static method, which takes the client first. */
const CONNECTED: CallDescriptor = { ...REALTIME, positional: ['client', '...'] };

const OLD_CHAT: CallDescriptor = {
  ...resolvedOnly(CHAT_COMPLETIONS),
  api: 'ChatCompletion',
  roles: {
    ...CHAT_COMPLETIONS.roles,
    model: ['model', 'engine', 'deployment_id'],
    timeout: ['request_timeout', 'timeout'],
  },
};
const OLD_COMPLETION: CallDescriptor = {
  ...resolvedOnly(COMPLETIONS),
  api: 'Completion',
  roles: { ...COMPLETIONS.roles, model: ['model', 'engine', 'deployment_id'], timeout: ['request_timeout', 'timeout'] },
};
const OLD_EMBEDDING: CallDescriptor = {
  ...resolvedOnly(EMBEDDINGS),
  roles: { ...EMBEDDINGS.roles, model: ['model', 'engine', 'deployment_id'] },
};
const OLD_AUDIO: CallDescriptor = { ...resolvedOnly(TRANSCRIPTIONS), positional: ['model', 'file', 'prompt'] };

/** `@azure/openai` before its second version: the deployment comes first, then the messages, then options. */
const AZURE_CHAT: CallDescriptor = {
  ...resolvedOnly(CHAT_COMPLETIONS),
  positional: ['deployment', 'messages', '...'],
  roles: {
    model: ['deployment'],
    messages: ['messages'],
    outputLimit: ['maxTokens'],
    tools: ['tools', 'functions'],
    schema: ['responseFormat'],
    count: ['n'],
  },
};

export const openai: SdkDescriptor = {
  name: 'openai',
  provider: 'openai',
  retriesByDefault: { typescript: 2, python: 2 },
  timeoutByDefault: { seconds: 600, at: 'client' },
  modules: [
    'openai',
    '@openai/api',
    '@openai/openai',
    '@azure/openai',
    'langfuse.openai',
    'langfuse',
    '@langfuse/openai',
    'langsmith/wrappers',
    'langsmith.wrappers',
    'langsmith',
    'posthog.ai.openai',
    '@posthog/ai',
    'braintrust',
    'helicone.openai_async',
    'weave',
    'parea',
    'humanloop',
    'opik/integrations/openai',
    'opik.integrations.openai',
    'opik-openai',
    '@farthing/runtime',
    '@mlc-ai/web-llm',
  ],
  settings: {
    roles: { baseUrl: ['base_url', 'api_base', 'baseURL', 'basePath'] },
    switches: { api_type: { azure: 'azure', azure_ad: 'azure', azuread: 'azure' } },
  },
  exports: {
    '': { ...CLIENT, is: 'Client' },
    default: CLIENT,
    OpenAI: CLIENT,
    AsyncOpenAI: CLIENT,
    Client: CLIENT,
    AsyncClient: CLIENT,
    AzureOpenAI: AZURE,
    AsyncAzureOpenAI: AZURE,
    BedrockOpenAI: { ...CLIENT, provider: 'aws-bedrock' },
    AsyncBedrockOpenAI: { ...CLIENT, provider: 'aws-bedrock' },
    bedrock: { creates: 'Authentication', provider: 'aws-bedrock' },
    OpenAIClient: { creates: 'AzureClient', provider: 'azure' },
    Configuration: { creates: 'Configuration', roles: { baseUrl: ['basePath'] } },
    // Models that run in the browser, with OpenAI's methods.
    CreateMLCEngine: { creates: 'Local' },
    CreateWebWorkerMLCEngine: { creates: 'Local' },
    CreateServiceWorkerMLCEngine: { creates: 'Local' },
    '*MLCEngine': { creates: 'Local' },
    OpenAIApi: {
      creates: 'Api',
      positional: ['configuration', 'basePath'],
      absorbs: ['configuration'],
      roles: { baseUrl: ['basePath'] },
    },
    'ChatCompletion.create': { call: OLD_CHAT },
    'ChatCompletion.acreate': { call: OLD_CHAT },
    'Completion.create': { call: OLD_COMPLETION },
    'Completion.acreate': { call: OLD_COMPLETION },
    'Embedding.create': { call: OLD_EMBEDDING },
    'Embedding.acreate': { call: OLD_EMBEDDING },
    'Image.create': { call: resolvedOnly(IMAGES) },
    'Image.acreate': { call: resolvedOnly(IMAGES) },
    'Image.create_edit': { call: resolvedOnly(IMAGES) },
    'Image.create_variation': { call: resolvedOnly(IMAGES) },
    'Audio.transcribe': { call: OLD_AUDIO },
    'Audio.atranscribe': { call: OLD_AUDIO },
    'Audio.translate': { call: { ...OLD_AUDIO, api: 'audio.translations' } },
    'Audio.atranslate': { call: { ...OLD_AUDIO, api: 'audio.translations' } },
    'Moderation.create': { call: resolvedOnly(MODERATIONS) },
    'Moderation.acreate': { call: resolvedOnly(MODERATIONS) },
    wrapOpenAI: PASS,
    wrap_openai: PASS,
    wrapOpenAIv4: PASS,
    wrapAnthropic: PASS,
    wrap_anthropic: PASS,
    wrapSDK: PASS,
    observeOpenAI: PASS,
    trackOpenAI: PASS,
    track_openai: PASS,
    wrapTraced: PASS,
    ...Object.fromEntries(
      ['OpenAIRealtimeWS', 'OpenAIRealtimeWebSocket'].flatMap((name): [string, ExportDescriptor][] => [
        [name, { call: REALTIME }],
        [`${name}.create`, { call: CONNECTED }],
        [`${name}.azure`, { call: CONNECTED, provider: 'azure' }],
      ]),
    ),
    createMeter: { creates: 'Meter' },
  },
  types: {
    Meter: { methods: { wrap: PASS } },
    /** Of `openai.providers`: who is paid, and how to sign for it. */
    Authentication: {},
    Client: {
      transparent: CLIENT_PREFIXES,
      members: { openai: 'Client' },
      methods: {
        withOptions: { returns: 'self', roles: { ...CLIENT_ROLES, baseUrl: ['baseURL'] } },
        with_options: { returns: 'self', roles: { ...CLIENT_ROLES, baseUrl: ['base_url'] } },
        copy: { returns: 'self', roles: { ...CLIENT_ROLES, baseUrl: ['base_url'] } },
        ...methods(CHAT_COMPLETIONS, [
          'chat.completions.create',
          'chat.completions.runTools',
          'chat.completions.runFunctions',
        ]),
        ...methods(whole(CHAT_COMPLETIONS), ['chat.completions.parse']),
        ...methods(streamed(CHAT_COMPLETIONS), ['chat.completions.stream']),
        ...methods(RESPONSES, ['responses.create']),
        ...methods(whole(RESPONSES), ['responses.parse']),
        ...methods(COMPACT, ['responses.compact']),
        ...methods(streamed(RESPONSES), ['responses.stream']),
        'completions.create': { call: COMPLETIONS },
        'embeddings.create': { call: EMBEDDINGS },
        ...methods(IMAGES, ['images.generate', 'images.edit', 'images.createVariation', 'images.create_variation']),
        ...methods(VIDEOS, [
          'videos.create',
          'videos.createAndPoll',
          'videos.create_and_poll',
          'videos.remix',
          'videos.edit',
          'videos.extend',
        ]),
        'audio.speech.create': { call: SPEECH },
        'audio.transcriptions.create': { call: TRANSCRIPTIONS },
        'audio.translations.create': { call: TRANSLATIONS },
        'moderations.create': { call: MODERATIONS },
        'batches.create': { call: BATCHES },
        ...methods(RUNS, [
          'threads.runs.create',
          'threads.runs.createAndPoll',
          'threads.runs.create_and_poll',
          'threads.runs.submitToolOutputs',
          'threads.runs.submit_tool_outputs',
          'threads.runs.submitToolOutputsAndPoll',
          'threads.runs.submit_tool_outputs_and_poll',
        ]),
        ...methods(streamed(RUNS), [
          'threads.runs.stream',
          'threads.runs.createAndStream',
          'threads.runs.create_and_stream',
          'threads.runs.submitToolOutputsStream',
          'threads.runs.submit_tool_outputs_stream',
        ]),
        ...methods(RUNS_OF_NEW_THREAD, [
          'threads.createAndRun',
          'threads.create_and_run',
          'threads.createAndRunPoll',
          'threads.create_and_run_poll',
        ]),
        ...methods(streamed(RUNS_OF_NEW_THREAD), ['threads.createAndRunStream', 'threads.create_and_run_stream']),
      },
    },
    Local: { isFake: true },
    /** Version 3 of the TypeScript SDK. */
    Configuration: {},
    Api: {
      methods: {
        createChatCompletion: { call: { ...OLD_CHAT, distinctive: 'always', evidence: ['model', 'messages'] } },
        createCompletion: { call: { ...OLD_COMPLETION, distinctive: 'imported', evidence: ['model', 'prompt'] } },
        createEmbedding: { call: { ...OLD_EMBEDDING, distinctive: 'imported', evidence: ['model', 'prompt'] } },
        createImage: { call: resolvedOnly(IMAGES) },
        createImageEdit: { call: resolvedOnly(IMAGES) },
        createImageVariation: { call: resolvedOnly(IMAGES) },
        createTranscription: { call: { ...OLD_AUDIO, positional: ['file', 'model', 'prompt'] } },
        createTranslation: {
          call: { ...OLD_AUDIO, api: 'audio.translations', positional: ['file', 'model', 'prompt'] },
        },
        createModeration: { call: resolvedOnly(MODERATIONS) },
      },
    },
    AzureClient: {
      methods: {
        getChatCompletions: { call: AZURE_CHAT },
        streamChatCompletions: { call: streamed(AZURE_CHAT) },
        getCompletions: {
          call: {
            ...AZURE_CHAT,
            api: 'completions',
            positional: ['deployment', 'prompt', '...'],
            roles: { ...AZURE_CHAT.roles, prompt: ['prompt'] },
          },
        },
        getEmbeddings: {
          call: {
            api: 'embeddings',
            family: 'embedding',
            positional: ['deployment', 'input', '...'],
            roles: { model: ['deployment'], prompt: ['input'] },
          },
        },
        getImages: {
          call: {
            ...resolvedOnly(IMAGES),
            positional: ['deployment', 'prompt', '...'],
            roles: { model: ['deployment'], prompt: ['prompt'], count: ['n'] },
          },
        },
        ...methods(
          { ...resolvedOnly(TRANSCRIPTIONS), positional: ['deployment', 'file'], roles: { model: ['deployment'] } },
          ['getAudioTranscription', 'getAudioTranslation'],
        ),
      },
    },
  },
  schemas: { wrappers: ['zodResponseFormat', 'zodTextFormat'] },
  words: {
    imports: [
      'openai',
      'langsmith',
      'farthing/runtime',
      'langfuse',
      'posthog',
      'braintrust',
      'helicone',
      'web-llm',
      'weave',
      'parea',
      'humanloop',
      'opik',
    ],
    methods: [
      'completions',
      'ChatCompletion',
      'createCompletion',
      'createEmbedding',
      'moderations.',
      'videos.',
      'batches.',
      'threads.',
      'responses.',
      'images.',
      'audio.',
      'chat.',
      'embeddings.',
    ],
  },
  markers: [
    '\\bchat\\s*\\.\\s*completions\\b',
    '\\b(?:completions|moderations|videos|batches)\\s*\\.\\s*create\\b',
    '\\bresponses\\s*\\.\\s*(?:create|parse|stream|compact)\\b',
    '\\bembeddings\\s*\\.\\s*create\\b',
    '\\bimages\\s*\\.\\s*(?:generate|edit|create_?[vV]ariation)\\b',
    '\\baudio\\s*\\.\\s*(?:speech|transcriptions|translations)\\b',
    '\\bthreads\\s*\\.\\s*(?:runs\\b|create_?[aA]nd_?[rR]un)',
    '\\.create(?:ChatCompletion|Completion|Embedding)\\b',
  ],
};
