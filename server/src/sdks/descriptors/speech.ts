/** Services for speech. https://developers.deepgram.com/ https://elevenlabs.io/docs/api-reference https://assemblyai.com/docs */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
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
/** The same into a file. */
const SAVE: CallDescriptor = { ...SPEAK, positional: ['filename', 'source|...', 'options'] };
/** A connection that stays open: what is said in it is not in the code. */
const LIVE: CallDescriptor = { api: 'realtime', family: 'audio', roles: { model: ['model'] }, streaming: true };
/** Summaries, topics and the like of a text. */
const ANALYSE: CallDescriptor = {
  api: 'classify',
  family: 'text',
  positional: ['source|...', 'options'],
  roles: { prompt: ['text', 'source.text'] },
  streaming: false,
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
        ...methods(LIVE, [
          'listen.live',
          'speak.live',
          ...['listen', 'speak', 'agent'].flatMap((part) =>
            ['connect', 'createConnection', 'v2.connect', 'v2.createConnection'].map((name) => `${part}.${name}`),
          ),
        ]),
        ...methods(ANALYSE, ['read.analyzeText', 'read.analyzeUrl', 'read.text.analyze']),
      },
    },
    Listen: { methods: methods(TRANSCRIBE, NAMES) },
    Speak: { methods: { ...methods(SPEAK, ['stream', 'stream_memory', 'request']), ...methods(SAVE, ['save']) } },
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
/** Music, sounds, voices and cleaned recordings. */
const SOUND: CallDescriptor = {
  api: 'audio.speech',
  family: 'audio',
  positional: ['...'],
  roles: { model: ['model_id', 'modelId'], prompt: ['prompt', 'text', 'voiceDescription', 'voice_description'] },
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
          'text_to_speech.stream_with_timestamps',
          'textToSpeech.streamWithTimestamps',
          'speech_to_speech.stream',
          'speechToSpeech.stream',
          'text_to_speech.convert_as_stream',
          'text_to_speech.stream',
          'textToSpeech.stream',
          'textToSpeech.convertAsStream',
        ]),
        ...methods({ ...CONVERT, positional: ['text|...'] }, ['generate']),
        ...methods(CONVERT, ['speech_to_speech.convert', 'speechToSpeech.convert']),
        ...methods(TO_TEXT, ['speech_to_text.convert', 'speechToText.convert']),
        ...methods(SOUND, [
          'text_to_sound_effects.convert',
          'textToSoundEffects.convert',
          'text_to_dialogue.convert',
          'textToDialogue.convert',
          'dubbing.create',
          'dubbing.dub_a_video_or_an_audio_file',
          'audio_isolation.convert',
          'audioIsolation.convert',
          'music.compose',
          'text_to_voice.create_previews',
          'textToVoice.createPreviews',
          'text_to_voice.design',
          'textToVoice.design',
        ]),
        ...methods(streamed(SOUND), ['music.stream', 'text_to_dialogue.stream', 'textToDialogue.stream']),
      },
    },
  },
  words: { imports: ['elevenlabs'], methods: [] },
  markers: [],
};

const RECORDED: CallDescriptor = {
  api: 'audio.transcriptions',
  family: 'audio',
  roles: { model: ['speech_model', 'speech_models'] },
  streaming: false,
};
/** It asks a model of one's choice about recordings. */
const LEMUR: CallDescriptor = {
  api: 'generate',
  family: 'text',
  roles: { model: ['final_model'], prompt: ['prompt', 'context'], outputLimit: ['max_output_size'] },
  streaming: false,
};
const CLIENT_OF_ASSEMBLYAI: ExportDescriptor = { creates: 'Client' };

export const assemblyai: SdkDescriptor = {
  name: 'assemblyai',
  provider: 'unknown',
  modules: ['assemblyai'],
  exports: { AssemblyAI: CLIENT_OF_ASSEMBLYAI, Transcriber: { creates: 'Transcriber' }, Lemur: { creates: 'Lemur' } },
  types: {
    Client: {
      methods: {
        ...methods(RECORDED, ['transcripts.transcribe', 'transcripts.submit', 'transcripts.create']),
        ...methods(LEMUR, ['lemur.task', 'lemur.summary', 'lemur.questionAnswer', 'lemur.actionItems']),
        'streaming.transcriber': { returns: 'Live', roles: { model: ['speechModel'] } },
        'realtime.transcriber': { returns: 'Live' },
        'realtime.createService': { returns: 'Live' },
      },
    },
    Live: { methods: methods({ ...LIVE, roles: {} }, ['connect']) },
    Transcriber: {
      methods: methods({ ...RECORDED, positional: ['data'] }, ['transcribe', 'transcribe_async', 'submit']),
    },
    Lemur: {
      methods: methods({ ...LEMUR, positional: ['prompt'] }, ['task', 'summarize', 'question', 'action_items']),
    },
  },
  words: { imports: ['assemblyai'], methods: [] },
  markers: [],
};
