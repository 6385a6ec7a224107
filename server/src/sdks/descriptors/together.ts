/** Together's SDKs, with the module-level API of the first Python version. */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import {
  BATCHES,
  CHAT_COMPLETIONS,
  CLIENT_PREFIXES,
  CLIENT_ROLES,
  COMPLETIONS,
  EMBEDDINGS,
  IMAGES,
  resolvedOnly,
  SPEECH,
  streamed,
  TRANSCRIPTIONS,
  TRANSLATIONS,
} from './shapes.ts';

const CLIENT: ExportDescriptor = { creates: 'Client', roles: { ...CLIENT_ROLES, baseUrl: ['baseURL', 'base_url'] } };
const RERANK: CallDescriptor = {
  api: 'rerank',
  family: 'rerank',
  roles: { model: ['model'], prompt: ['query'], body: ['documents'] },
  streaming: false,
};

export const together: SdkDescriptor = {
  name: 'together',
  provider: 'together',
  modules: ['together-ai', 'together'],
  exports: {
    '': { creates: 'Client' },
    default: CLIENT,
    Together: CLIENT,
    AsyncTogether: CLIENT,
    Client: CLIENT,
    AsyncClient: CLIENT,
    'Complete.create': { call: resolvedOnly(COMPLETIONS) },
    'Completion.create': { call: resolvedOnly(COMPLETIONS) },
  },
  types: {
    Client: {
      transparent: CLIENT_PREFIXES,
      methods: {
        withOptions: { returns: 'self', roles: CLIENT_ROLES },
        with_options: { returns: 'self', roles: CLIENT_ROLES },
        'chat.completions.create': { call: CHAT_COMPLETIONS },
        'chat.completions.stream': { call: streamed(CHAT_COMPLETIONS) },
        'completions.create': { call: COMPLETIONS },
        'completions.stream': { call: streamed(COMPLETIONS) },
        'embeddings.create': { call: EMBEDDINGS },
        'images.create': { call: resolvedOnly(IMAGES) },
        'images.generate': { call: IMAGES },
        'rerank.create': { call: { ...RERANK, distinctive: 'always', evidence: ['body'] } },
        rerank: { call: RERANK },
        'audio.speech.create': { call: SPEECH },
        'audio.create': { call: resolvedOnly(SPEECH) },
        'audio.transcriptions.create': { call: TRANSCRIPTIONS },
        'audio.translations.create': { call: TRANSLATIONS },
        'batches.create': { call: BATCHES },
        'videos.create': { call: { ...resolvedOnly(IMAGES), api: 'videos' } },
      },
    },
  },
  words: {
    imports: ['from together', 'import together', "'together", '"together', 'togetherai', 'together.'],
    methods: ['rerank.'],
  },
  markers: ['\\brerank\\s*\\.\\s*create\\b'],
};
