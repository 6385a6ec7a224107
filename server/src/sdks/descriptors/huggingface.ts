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
const CLIENT_ROLES: RolePaths = { model: ['model'], baseUrl: ['base_url', 'endpointUrl'], timeout: ['timeout'] };
const PYTHON: ExportDescriptor = { creates: 'Client', positional: ['model'], roles: CLIENT_ROLES };
const TYPESCRIPT: ExportDescriptor = { creates: 'Client', positional: ['accessToken', '...'], roles: CLIENT_ROLES };

export const huggingface: SdkDescriptor = {
  name: 'huggingface',
  provider: 'huggingface',
  modules: ['huggingface_hub', '@huggingface/inference'],
  exports: {
    InferenceClient: PYTHON,
    AsyncInferenceClient: PYTHON,
    HfInference: TYPESCRIPT,
    HfInferenceEndpoint: TYPESCRIPT,
    chatCompletion: { call: whole(CHAT) },
    chatCompletionStream: { call: streamed(CHAT) },
    textGeneration: { call: whole(TEXT) },
    textGenerationStream: { call: streamed(TEXT) },
    featureExtraction: { call: EMBED },
  },
  types: {
    Client: {
      methods: {
        'chat.completions.create': { call: CHAT },
        ...methods(CHAT_METHOD, ['chat_completion']),
        ...methods(whole(CHAT), ['chatCompletion']),
        ...methods(streamed(CHAT), ['chatCompletionStream']),
        ...methods(TEXT, ['text_generation']),
        ...methods(whole(TEXT), ['textGeneration']),
        ...methods(streamed(TEXT), ['textGenerationStream']),
        ...methods(EMBED, ['feature_extraction', 'featureExtraction']),
        ...methods(media('images', 'image', 'prompt'), [
          'text_to_image',
          'textToImage',
          'image_to_image',
          'imageToImage',
        ]),
        ...methods(media('videos', 'image', 'prompt'), ['text_to_video', 'textToVideo']),
        ...methods(media('audio.speech', 'audio', 'text'), ['text_to_speech', 'textToSpeech']),
        ...methods(media('audio.transcriptions', 'audio', 'audio'), [
          'automatic_speech_recognition',
          'automaticSpeechRecognition',
        ]),
        ...methods(media('completion', 'text', 'text'), ['summarization', 'translation']),
        endpoint: { returns: 'self', positional: ['endpointUrl'], roles: { baseUrl: ['endpointUrl'] } },
      },
    },
  },
  words: { imports: ['huggingface'], methods: [] },
  markers: [],
};
