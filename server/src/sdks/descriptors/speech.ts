/** Services for speech: Deepgram and ElevenLabs. https://developers.deepgram.com/ https://elevenlabs.io/docs/api-reference */
import type { CallDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed } from './shapes.ts';

const TRANSCRIBE: CallDescriptor = {
  api: 'audio.transcriptions',
  family: 'audio',
  positional: ['source|...', 'options'],
  roles: { model: ['model', 'options.model'] },
  streaming: false,
};
const SPEAK: CallDescriptor = {
  api: 'audio.speech',
  family: 'audio',
  positional: ['source|...', 'options'],
  roles: { model: ['model', 'options.model'], prompt: ['text', 'source.text', 'source'] },
};
const NAMES = ['transcribe_file', 'transcribe_url', 'transcribeFile', 'transcribeUrl'];

export const deepgram: SdkDescriptor = {
  name: 'deepgram',
  provider: 'deepgram',
  modules: ['deepgram', '@deepgram/sdk'],
  exports: {
    DeepgramClient: { creates: 'Client' },
    AsyncDeepgramClient: { creates: 'Client' },
    Deepgram: { creates: 'Client' },
    createClient: { creates: 'Client' },
  },
  types: {
    Client: {
      transparent: ['rest', 'asyncrest', 'v1', 'media', 'audio', 'asyncprerecorded'],
      methods: {
        'listen.v': { returns: 'Listen' },
        'listen.prerecorded.v': { returns: 'Listen' },
        'speak.v': { returns: 'Speak' },
        ...methods(TRANSCRIBE, [
          ...NAMES,
          'prerecorded',
          'transcription.prerecorded',
          ...NAMES.flatMap((name) => [`listen.${name}`, `listen.prerecorded.${name}`]),
        ]),
        ...methods(SPEAK, ['speak.request', 'speak.generate']),
      },
    },
    Listen: { methods: methods(TRANSCRIBE, NAMES) },
    Speak: { methods: methods(SPEAK, ['save', 'stream', 'stream_memory', 'request']) },
  },
  words: { imports: ['deepgram'], methods: [] },
  markers: [],
};

const CONVERT: CallDescriptor = {
  api: 'audio.speech',
  family: 'audio',
  positional: ['voice_id|...', '...'],
  roles: { model: ['model_id', 'modelId', 'model'], prompt: ['text'] },
};
const TO_TEXT: CallDescriptor = {
  api: 'audio.transcriptions',
  family: 'audio',
  roles: { model: ['model_id', 'modelId'] },
  streaming: false,
};

export const elevenlabs: SdkDescriptor = {
  name: 'elevenlabs',
  provider: 'elevenlabs',
  modules: ['elevenlabs', '@elevenlabs/elevenlabs-js'],
  exports: {
    ElevenLabs: { creates: 'Client' },
    AsyncElevenLabs: { creates: 'Client' },
    ElevenLabsClient: { creates: 'Client' },
    generate: { call: { ...CONVERT, positional: ['text'] } },
  },
  types: {
    Client: {
      methods: {
        ...methods(CONVERT, [
          'text_to_speech.convert',
          'textToSpeech.convert',
          'text_to_speech.convert_with_timestamps',
          'textToSpeech.convertWithTimestamps',
        ]),
        ...methods(streamed(CONVERT), [
          'text_to_speech.convert_as_stream',
          'text_to_speech.stream',
          'textToSpeech.stream',
          'textToSpeech.convertAsStream',
        ]),
        ...methods({ ...CONVERT, positional: ['text|...'] }, ['generate']),
        ...methods(TO_TEXT, [
          'speech_to_text.convert',
          'speechToText.convert',
          'speech_to_speech.convert',
          'speechToSpeech.convert',
        ]),
      },
    },
  },
  words: { imports: ['elevenlabs'], methods: [] },
  markers: [],
};
