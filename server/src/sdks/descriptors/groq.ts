/** Groq's SDKs. */
import type { ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import {
  BATCHES,
  CHAT_COMPLETIONS,
  CLIENT_PREFIXES,
  CLIENT_ROLES,
  EMBEDDINGS,
  RESPONSES,
  SPEECH,
  TRANSCRIPTIONS,
  TRANSLATIONS,
} from './shapes.ts';

const CLIENT: ExportDescriptor = { creates: 'Client', roles: { ...CLIENT_ROLES, baseUrl: ['baseURL', 'base_url'] } };

export const groq: SdkDescriptor = {
  name: 'groq',
  provider: 'groq',
  retriesByDefault: { typescript: 2, python: 2 },
  modules: ['groq-sdk', 'groq'],
  exports: {
    '': { creates: 'Client' },
    default: CLIENT,
    Groq: CLIENT,
    AsyncGroq: CLIENT,
    Client: CLIENT,
    AsyncClient: CLIENT,
  },
  types: {
    Client: {
      transparent: CLIENT_PREFIXES,
      methods: {
        withOptions: { returns: 'self', roles: CLIENT_ROLES },
        with_options: { returns: 'self', roles: CLIENT_ROLES },
        'chat.completions.create': { call: CHAT_COMPLETIONS },
        'responses.create': { call: RESPONSES },
        'embeddings.create': { call: EMBEDDINGS },
        'audio.speech.create': { call: SPEECH },
        'audio.transcriptions.create': { call: TRANSCRIPTIONS },
        'audio.translations.create': { call: TRANSLATIONS },
        'batches.create': { call: BATCHES },
      },
    },
  },
  words: {
    imports: ['groq'],
    methods: [],
  },
  markers: [],
};
