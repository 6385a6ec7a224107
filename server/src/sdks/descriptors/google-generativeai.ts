/** Google's older SDKs: `@google/generative-ai`, `google.generativeai`, and Vertex AI's, which have the same shape. */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../descriptor.ts';
import { methods, resolvedOnly, streamed, whole } from './shapes.ts';

const CONFIG: RolePaths = {
  outputLimit: [
    'generationConfig.maxOutputTokens',
    'generation_config.max_output_tokens',
    'generation_config.maxOutputTokens',
  ],
  system: ['systemInstruction', 'system_instruction'],
  tools: ['tools'],
  cache: ['cachedContent', 'cached_content'],
  schema: [
    'generationConfig.responseSchema',
    'generation_config.response_schema',
    'generationConfig.responseMimeType',
    'generation_config.response_mime_type',
  ],
  reasoning: ['generationConfig.thinkingConfig'],
  count: ['generationConfig.candidateCount', 'generation_config.candidate_count'],
  timeout: ['request_options.timeout', 'requestOptions.timeout'],
};

const MODEL: ExportDescriptor = {
  creates: 'Model',
  positional: ['model_name'],
  roles: { ...CONFIG, model: ['model_name', 'model'] },
};

const GENERATE: CallDescriptor = {
  api: 'generate_content',
  family: 'text',
  isSystemSeparate: true,
  positional: ['contents|...', 'requestOptions'],
  roles: { ...CONFIG, messages: ['contents'], stream: ['stream'] },
  distinctive: 'imported',
  evidence: ['messages'],
};
const SEND: CallDescriptor = {
  ...GENERATE,
  keepsContext: true,
  positional: ['content', 'requestOptions'],
  roles: { ...CONFIG, messages: ['content', 'message'], stream: ['stream'] },
};
/** `sendMessage` and `send_message` are also what chat platforms call theirs: only on a resolved receiver. */
const RESOLVED_SEND = resolvedOnly(SEND);

const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  positional: ['content|...'],
  roles: { prompt: ['content', 'requests', 'contents', 'texts'], model: ['model'] },
  streaming: false,
};
/** PaLM's models on Vertex AI: `TextGenerationModel.from_pretrained('text-bison').predict(...)`. */
const PREDICT: CallDescriptor = {
  api: 'generate_content',
  family: 'text',
  sendsPromptAsIs: true,
  positional: ['prompt'],
  roles: { prompt: ['prompt', 'prefix', 'message'], outputLimit: ['max_output_tokens'], count: ['candidate_count'] },
};
const PICTURES: CallDescriptor = {
  api: 'images',
  family: 'image',
  positional: ['prompt'],
  roles: { prompt: ['prompt'], count: ['number_of_images'] },
  streaming: false,
};
/** A prompt that is kept at Firebase: neither it nor its model is in the code. */
const TEMPLATE: CallDescriptor = {
  ...resolvedOnly(GENERATE),
  positional: ['templateId', 'variables'],
  roles: { context: ['templateId'], variables: ['variables'] },
};
/** A connection that stays open: what is said in it is not in the code. */
const LIVE: CallDescriptor = { api: 'realtime', family: 'audio', positional: [], roles: {}, streaming: true };

/** `getGenerativeModel(ai, {model, systemInstruction})` and its like. */
function modelOfFirebase(type: string): ExportDescriptor {
  return {
    creates: type,
    absorbs: ['client'],
    positional: ['client', '...', 'requestOptions'],
    roles: { ...CONFIG, model: ['model', 'inCloudParams.model'] },
  };
}
const pretrained = (type: string): ExportDescriptor => ({
  creates: type,
  positional: ['model_name'],
  roles: { model: ['model_name'] },
});
const OLD_TEXT: CallDescriptor = {
  api: 'generate_content',
  family: 'text',
  roles: {
    model: ['model'],
    prompt: ['prompt'],
    messages: ['messages'],
    system: ['context'],
    outputLimit: ['max_output_tokens'],
  },
  streaming: false,
};

/** The client of the API itself, whose requests have everything: `client.generateContent({model, contents})`. */
const REQUESTED: CallDescriptor = {
  ...resolvedOnly(GENERATE),
  roles: { ...GENERATE.roles, model: ['model'] },
  positional: ['...', 'options'],
};
const PREDICTION: ExportDescriptor = { creates: 'Prediction', provider: 'google-vertex' };
const PREDICTIONS = Object.fromEntries(
  ['', 'v1.', 'v1beta1.', 'gapic.'].flatMap((version) =>
    ['PredictionServiceClient', 'PredictionServiceAsyncClient'].map((name) => [version + name, PREDICTION]),
  ),
);

const MODEL_METHODS = {
  ...methods(whole(GENERATE), ['generateContent']),
  ...methods(GENERATE, ['generate_content', 'generate_content_async']),
  ...methods(streamed(GENERATE), ['generateContentStream']),
  ...methods(EMBED, ['embedContent', 'batchEmbedContents']),
  startChat: { returns: 'Chat', roles: { ...CONFIG, messages: ['history'] } },
  start_chat: { returns: 'Chat', roles: { messages: ['history'] } },
};

export const googleGenerativeai: SdkDescriptor = {
  name: 'google-generativeai',
  provider: 'google',
  modules: [
    '@google/generative-ai',
    'google.generativeai',
    '@google-cloud/vertexai',
    'vertexai',
    '@firebase/ai',
    'firebase/ai',
    'firebase/vertexai',
    'firebase/vertexai-preview',
    '@firebase/vertexai',
    '@firebase/vertexai-preview',
    '@google-cloud/aiplatform',
    'google.cloud.aiplatform',
    'google.cloud.aiplatform_v1',
    'google.cloud.aiplatform_v1beta1',
  ],
  moduleProviders: {
    '@google-cloud/vertexai': 'google-vertex',
    vertexai: 'google-vertex',
    'firebase/vertexai': 'google-vertex',
    'firebase/vertexai-preview': 'google-vertex',
    '@firebase/vertexai': 'google-vertex',
    '@firebase/vertexai-preview': 'google-vertex',
    '@google-cloud/aiplatform': 'google-vertex',
    'google.cloud.aiplatform': 'google-vertex',
    'google.cloud.aiplatform_v1': 'google-vertex',
    'google.cloud.aiplatform_v1beta1': 'google-vertex',
  },
  members: [
    'google.generativeai',
    'google.cloud.aiplatform',
    'google.cloud.aiplatform_v1',
    'google.cloud.aiplatform_v1beta1',
  ],
  exports: {
    GoogleGenerativeAI: { creates: 'Client', positional: ['apiKey'] },
    VertexAI: { creates: 'Client', provider: 'google-vertex' },
    // Firebase: the backend says who is paid.
    getAI: { creates: 'Client', positional: ['app', '...'], absorbs: ['backend'] },
    getVertexAI: { creates: 'Client', provider: 'google-vertex' },
    GoogleAIBackend: { creates: 'Backend', provider: 'google' },
    VertexAIBackend: { creates: 'Backend', provider: 'google-vertex' },
    ...PREDICTIONS,
    GenerativeModel: MODEL,
    'GenerativeModel.from_cached_content': { creates: 'Model', positional: ['cached_content'], roles: CONFIG },
    AgentPlatformBackend: { creates: 'Backend', provider: 'google-vertex' },
    getGenerativeModel: modelOfFirebase('Model'),
    getImagenModel: modelOfFirebase('ImageModel'),
    getLiveGenerativeModel: modelOfFirebase('LiveModel'),
    getTemplateGenerativeModel: modelOfFirebase('TemplateModel'),
    getTemplateImagenModel: modelOfFirebase('TemplateModel'),
    embed_content: { call: { ...EMBED, positional: ['model', 'content'] } },
    embed_content_async: { call: { ...EMBED, positional: ['model', 'content'] } },
    generate_text: { call: OLD_TEXT },
    chat: { call: OLD_TEXT },
    'TextEmbeddingModel.from_pretrained': pretrained('EmbeddingModel'),
    'MultiModalEmbeddingModel.from_pretrained': pretrained('EmbeddingModel'),
    'TextGenerationModel.from_pretrained': pretrained('LanguageModel'),
    'CodeGenerationModel.from_pretrained': pretrained('LanguageModel'),
    'ChatModel.from_pretrained': pretrained('ChatModel'),
    'CodeChatModel.from_pretrained': pretrained('ChatModel'),
    'ImageGenerationModel.from_pretrained': pretrained('ImageModel'),
  },
  types: {
    Client: {
      transparent: ['preview'],
      methods: {
        getGenerativeModel: {
          returns: 'Model',
          positional: ['...', 'requestOptions'],
          roles: { ...CONFIG, model: ['model'] },
        },
        getGenerativeModelFromCachedContent: { returns: 'Model', positional: ['cachedContent', '...'], roles: CONFIG },
      },
    },
    Model: { methods: MODEL_METHODS },
    Chat: {
      methods: {
        ...methods(whole(RESOLVED_SEND), ['sendMessage']),
        ...methods(RESOLVED_SEND, ['send_message', 'send_message_async']),
        ...methods(streamed(RESOLVED_SEND), ['sendMessageStream']),
      },
    },
    Backend: {},
    Prediction: {
      methods: {
        ...methods(whole(REQUESTED), ['generateContent', 'generate_content']),
        ...methods(streamed(REQUESTED), ['streamGenerateContent', 'stream_generate_content']),
      },
    },
    LanguageModel: {
      methods: {
        ...methods(whole(PREDICT), ['predict', 'predict_async']),
        ...methods(streamed(PREDICT), ['predict_streaming', 'predict_streaming_async']),
      },
    },
    ChatModel: {
      methods: {
        start_chat: { returns: 'LanguageChat', roles: { system: ['context'], outputLimit: ['max_output_tokens'] } },
      },
    },
    LanguageChat: {
      methods: {
        ...methods(whole({ ...PREDICT, positional: ['message'], sendsPromptAsIs: false, keepsContext: true }), [
          'send_message',
          'send_message_async',
        ]),
        ...methods(streamed({ ...PREDICT, positional: ['message'], sendsPromptAsIs: false }), [
          'send_message_streaming',
          'send_message_streaming_async',
        ]),
      },
    },
    ImageModel: {
      methods: methods(PICTURES, [
        'generate_images',
        'edit_image',
        'upscale_image',
        'generateImages',
        'generateImagesGCS',
        'editImage',
      ]),
    },
    LiveModel: { methods: methods(LIVE, ['connect']) },
    TemplateModel: {
      methods: {
        ...methods(whole(TEMPLATE), ['generateContent']),
        ...methods(streamed(TEMPLATE), ['generateContentStream']),
        ...methods({ ...TEMPLATE, api: 'images', family: 'image' }, ['generateImages', 'editImages']),
        startChat: { returns: 'Chat', roles: { context: ['templateId'] } },
      },
    },
    EmbeddingModel: { methods: { get_embeddings: { call: { ...EMBED, positional: ['texts'] } } } },
  },
  words: {
    imports: ['enerative', 'vertexai', 'firebase/', 'aiplatform'],
    methods: ['enerateContent', 'enerate_content', 'GenerativeModel'],
  },
  markers: ['\\bgenerate_content(?:_async)?\\(', '\\bgenerateContent(?:Stream)?\\(', '\\bgetGenerativeModel\\b'],
};
