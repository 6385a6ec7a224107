/** Google's unified Gen AI SDK. A client belongs to Vertex AI if it says so (`vertexai: true`). */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const ATTEMPTS = ['httpOptions.retryOptions.attempts', 'http_options.retry_options.attempts'];
const CLIENT: ExportDescriptor = {
  creates: 'Client',
  switches: { vertexai: 'google-vertex', enterprise: 'google-vertex' },
  impliedBy: { project: 'google-vertex', location: 'google-vertex' },
  roles: {
    timeout: ['httpOptions.timeout', 'http_options.timeout'],
    retries: ATTEMPTS,
    baseUrl: ['httpOptions.baseUrl', 'http_options.base_url'],
  },
};

const CONFIG: RolePaths = {
  outputLimit: ['config.maxOutputTokens', 'config.max_output_tokens'],
  system: ['config.systemInstruction', 'config.system_instruction'],
  tools: ['config.tools'],
  toolChoice: ['config.toolConfig.functionCallingConfig.mode', 'config.tool_config.function_calling_config.mode'],
  context: ['config.cachedContent', 'config.cached_content'],
  cache: ['config.cachedContent', 'config.cached_content'],
  reasoning: ['config.thinkingConfig', 'config.thinking_config'],
  tier: ['config.serviceTier', 'config.service_tier'],
  timeout: ['config.httpOptions.timeout', 'config.http_options.timeout'],
  schema: [
    'config.responseSchema',
    'config.responseJsonSchema',
    'config.response_schema',
    'config.response_json_schema',
    'config.responseMimeType',
    'config.response_mime_type',
  ],
  count: ['config.candidateCount', 'config.candidate_count'],
};

const GENERATE: CallDescriptor = {
  api: 'generate_content',
  family: 'text',
  isSystemSeparate: true,
  roles: { ...CONFIG, model: ['model'], messages: ['contents'] },
  distinctive: 'always',
  evidence: ['model', 'messages'],
};
const SEND: CallDescriptor = {
  api: 'generate_content',
  family: 'text',
  isSystemSeparate: true,
  keepsContext: true,
  positional: ['message|...', 'config'],
  roles: { ...CONFIG, messages: ['message'] },
};
const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  roles: { model: ['model'], prompt: ['contents', 'content'] },
  answers: 'embeddings',
  streaming: false,
  distinctive: 'always',
  evidence: ['model', 'prompt'],
};
const IMAGES: CallDescriptor = {
  api: 'images',
  family: 'image',
  roles: {
    model: ['model'],
    prompt: ['prompt'],
    count: ['config.numberOfImages', 'config.number_of_images'],
    size: ['config.imageSize', 'config.image_size'],
  },
  streaming: false,
  distinctive: 'always',
  evidence: ['model', 'prompt'],
};
const VIDEOS: CallDescriptor = {
  ...IMAGES,
  api: 'videos',
  roles: {
    model: ['model'],
    prompt: ['prompt', 'source.prompt'],
    count: ['config.numberOfVideos', 'config.number_of_videos'],
    size: ['config.resolution'],
    seconds: ['config.durationSeconds', 'config.duration_seconds'],
  },
};
const CACHES: CallDescriptor = {
  api: 'caches',
  family: 'text',
  isSystemSeparate: true,
  roles: {
    model: ['model'],
    messages: ['config.contents', 'contents'],
    system: ['config.systemInstruction', 'config.system_instruction'],
    tools: ['config.tools'],
  },
  streaming: false,
  hasNoAnswer: true,
};
const INTERACTIONS: CallDescriptor = {
  api: 'interactions',
  family: 'text',
  isSystemSeparate: true,
  roles: {
    model: ['model', 'agent'],
    messages: ['input'],
    context: ['previous_interaction_id', 'previousInteractionId'],
    system: ['system_instruction', 'systemInstruction'],
    tools: ['tools'],
    stream: ['stream'],
    outputLimit: ['generation_config.max_output_tokens', 'generationConfig.maxOutputTokens'],
    schema: ['response_format'],
  },
};
/** A connection that stays open: what is said in it is not in the code. */
const LIVE: CallDescriptor = {
  api: 'realtime',
  family: 'audio',
  roles: { ...CONFIG, model: ['model'] },
  streaming: true,
};
const BATCHES: CallDescriptor = {
  api: 'batches',
  tier: 'batch',
  family: 'text',
  roles: { model: ['model'], body: ['src'] },
  streaming: false,
};

export const googleGenai: SdkDescriptor = {
  name: 'google-genai',
  provider: 'google',
  timeoutByDefault: { seconds: null, at: 'client' },
  countsFirstRequest: ATTEMPTS,
  modules: ['@google/genai', 'google.genai', 'posthog.ai.gemini'],
  members: ['google.genai'],
  exports: {
    GoogleGenAI: CLIENT,
    Client: CLIENT,
    AsyncClient: CLIENT,
  },
  types: {
    Client: {
      transparent: ['aio'],
      methods: {
        ...methods(whole(GENERATE), ['models.generateContent', 'models.generate_content']),
        ...methods(streamed(GENERATE), ['models.generateContentStream', 'models.generate_content_stream']),
        ...methods(EMBED, ['models.embedContent', 'models.embed_content']),
        ...methods(IMAGES, [
          'models.generateImages',
          'models.generate_images',
          'models.editImage',
          'models.edit_image',
          'models.upscaleImage',
          'models.upscale_image',
          'models.recontextImage',
          'models.recontext_image',
          'models.segmentImage',
          'models.segment_image',
        ]),
        ...methods(LIVE, ['live.connect', 'live.music.connect']),
        ...methods(VIDEOS, ['models.generateVideos', 'models.generate_videos']),
        'chats.create': { returns: 'Chat', roles: { ...CONFIG, model: ['model'], messages: ['history'] } },
        'caches.create': { call: CACHES },
        ...methods(BATCHES, ['batches.create', 'batches.createEmbeddings', 'batches.create_embeddings']),
        'interactions.create': { call: INTERACTIONS },
      },
    },
    Chat: {
      methods: {
        ...methods(whole(SEND), ['sendMessage', 'send_message']),
        ...methods(streamed(SEND), ['sendMessageStream', 'send_message_stream']),
      },
    },
  },
  words: {
    imports: ['genai', 'posthog'],
    methods: [
      'enerateContent',
      'enerate_content',
      'embedContent',
      'embed_',
      'generateImages',
      'generate_images',
      'editImage',
      'edit_image',
      'upscaleImage',
      'upscale_image',
      'generateVideos',
      'generate_videos',
      'interactions.',
      'sendMessage',
      'send_message',
    ],
  },
  markers: [
    '\\bmodels\\s*\\.\\s*(?:(?:generate|embed)_?[cC]ontent|generate_?(?:[iI]mages|[vV]ideos)|(?:edit|upscale)_?[iI]mage)',
    '\\binteractions\\s*\\.\\s*create\\b',
    '\\bchats?\\w{0,20}\\s*\\.\\s*send_?[mM]essage',
  ],
};
