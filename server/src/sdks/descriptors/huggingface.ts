/** Hugging Face's inference clients, Python and TypeScript. https://huggingface.co/docs/huggingface_hub/package_reference/inference_client */
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../descriptor.ts';
import { CHAT_COMPLETIONS, methods, resolvedOnly, streamed, whole } from './shapes.ts';

const CHAT = resolvedOnly(CHAT_COMPLETIONS);
const CHAT_METHOD: CallDescriptor = { ...CHAT, positional: ['messages|...'] };
const TEXT: CallDescriptor = {
  api: 'completion',
  family: 'text',
  sendsPromptAsIs: true,
  positional: ['prompt|...'],
  roles: {
    model: ['model'],
    prompt: ['prompt', 'inputs'],
    outputLimit: ['max_new_tokens', 'parameters.max_new_tokens'],
    stream: ['stream'],
  },
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['text|...'],
  roles: { model: ['model'], prompt: ['text', 'inputs'] },
  streaming: false,
};
function media(api: CallDescriptor['api'], family: CallDescriptor['family'], input: string): CallDescriptor {
  return {
    api,
    family,
    positional: [`${input}|...`],
    roles: { model: ['model'], prompt: [input, 'inputs'] },
    streaming: false,
  };
}
/** Small models for one task each, which read text or a picture and say what it is. */
const TASK: CallDescriptor = {
  api: 'classify',
  family: 'text',
  positional: ['text|...'],
  roles: { model: ['model'], prompt: ['text', 'inputs', 'data'] },
  streaming: false,
};
const TEXT_TASKS: CallDescriptor = media('completion', 'text', 'text');
const PICTURES = media('images', 'image', 'prompt');
const VIDEOS = media('videos', 'image', 'prompt');
const TO_TEXT = media('audio.transcriptions', 'audio', 'audio');
/** The tasks of the TypeScript package: methods of its client, and functions. */
const TYPESCRIPT_TASKS = {
  ...methods(whole(CHAT), ['chatCompletion']),
  ...methods(streamed(CHAT), ['chatCompletionStream']),
  ...methods(whole(TEXT), ['textGeneration']),
  ...methods(streamed(TEXT), ['textGenerationStream']),
  ...methods(EMBED, ['featureExtraction']),
  ...methods(PICTURES, ['textToImage', 'imageToImage', 'imageTextToImage']),
  ...methods(VIDEOS, ['textToVideo', 'imageToVideo', 'imageTextToVideo']),
  ...methods(media('audio.speech', 'audio', 'text'), ['textToSpeech', 'textToAudio']),
  ...methods(TO_TEXT, ['automaticSpeechRecognition']),
  ...methods(TEXT_TASKS, ['summarization', 'translation', 'imageToText']),
  ...methods(TASK, [
    'textClassification',
    'tokenClassification',
    'zeroShotClassification',
    'questionAnswering',
    'tableQuestionAnswering',
    'sentenceSimilarity',
    'fillMask',
    'imageClassification',
    'zeroShotImageClassification',
    'imageSegmentation',
    'objectDetection',
    'audioClassification',
    'audioToAudio',
    'documentQuestionAnswering',
    'visualQuestionAnswering',
    'tabularClassification',
    'tabularRegression',
  ]),
};
const CLIENT_ROLES: RolePaths = { model: ['model'], baseUrl: ['base_url', 'endpointUrl'], timeout: ['timeout'] };
const PYTHON: ExportDescriptor = { creates: 'Client', positional: ['model'], roles: CLIENT_ROLES };
const TYPESCRIPT: ExportDescriptor = { creates: 'Client', positional: ['accessToken', '...'], roles: CLIENT_ROLES };

export const huggingface: SdkDescriptor = {
  name: 'huggingface',
  provider: 'huggingface',
  modules: ['huggingface_hub'],
  exports: { InferenceClient: PYTHON, AsyncInferenceClient: PYTHON },
  types: {
    Client: {
      methods: {
        'chat.completions.create': { call: CHAT },
        ...methods({ ...CHAT_METHOD, distinctive: 'imported', evidence: ['messages', 'model'] }, ['chat_completion']),
        ...methods(TEXT, ['text_generation']),
        ...methods(EMBED, ['feature_extraction']),
        ...methods(PICTURES, ['text_to_image', 'image_to_image']),
        ...methods(VIDEOS, ['text_to_video']),
        ...methods(media('audio.speech', 'audio', 'text'), ['text_to_speech']),
        ...methods(TO_TEXT, ['automatic_speech_recognition']),
        ...methods(TEXT_TASKS, ['summarization', 'translation']),
      },
    },
  },
  words: { imports: ['huggingface'], methods: [] },
  markers: [],
};

/** Its classes have the same names as Python's, and begin with the token. */
export const huggingfaceTypescript: SdkDescriptor = {
  ...huggingface,
  language: 'typescript',
  modules: ['@huggingface/inference'],
  exports: {
    InferenceClient: TYPESCRIPT,
    HfInference: TYPESCRIPT,
    InferenceClientEndpoint: { ...TYPESCRIPT, positional: ['endpointUrl', 'accessToken'] },
    HfInferenceEndpoint: { ...TYPESCRIPT, positional: ['endpointUrl', 'accessToken'] },
    ...TYPESCRIPT_TASKS,
  },
  types: {
    Client: {
      methods: {
        ...TYPESCRIPT_TASKS,
        endpoint: { returns: 'self', positional: ['endpointUrl'], roles: { baseUrl: ['endpointUrl'] } },
      },
    },
  },
};
