/** Portkey's SDKs: OpenAI's surface in front of any provider. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import {
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
} from './shapes.ts';

const CLIENT: ExportDescriptor = { creates: 'Client', roles: { ...CLIENT_ROLES, provider: ['provider'] } };
const PROVIDERS: Readonly<Record<string, ProviderName>> = {
  openai: 'openai',
  'azure-openai': 'azure',
  anthropic: 'anthropic',
  google: 'google',
  'vertex-ai': 'google-vertex',
  bedrock: 'aws-bedrock',
  'mistral-ai': 'mistral',
  cohere: 'cohere',
  groq: 'groq',
  'together-ai': 'together',
  ollama: 'ollama',
  deepseek: 'deepseek',
  openrouter: 'openrouter',
  'x-ai': 'xai',
  'perplexity-ai': 'perplexity',
  'fireworks-ai': 'fireworks',
  cerebras: 'cerebras',
};

/** Anthropic's format, in front of any provider. */
const MESSAGES: CallDescriptor = {
  ...resolvedOnly(CHAT_COMPLETIONS),
  api: 'messages',
  isSystemSeparate: true,
  roles: { ...CHAT_COMPLETIONS.roles, system: ['system'], outputLimit: ['max_tokens'] },
  limit: { isRequired: true },
};

export const portkey: SdkDescriptor = {
  name: 'portkey',
  provider: 'any',
  modules: ['portkey-ai', 'portkey_ai'],
  exports: {
    '': { creates: 'Client' },
    default: CLIENT,
    Portkey: CLIENT,
    AsyncPortkey: CLIENT,
  },
  types: {
    Client: {
      transparent: CLIENT_PREFIXES,
      methods: {
        with_options: { returns: 'self', roles: CLIENT_ROLES },
        'chat.completions.create': { call: CHAT_COMPLETIONS },
        'chat.completions.parse': { call: CHAT_COMPLETIONS },
        'chat.completions.stream': { call: streamed(CHAT_COMPLETIONS) },
        'responses.create': { call: RESPONSES },
        'completions.create': { call: COMPLETIONS },
        'messages.create': { call: MESSAGES },
        'prompts.completions.create': {
          call: {
            ...resolvedOnly(COMPLETIONS),
            roles: { ...COMPLETIONS.roles, variables: ['variables'], model: ['model'] },
          },
        },
        'embeddings.create': { call: EMBEDDINGS },
        ...methods(IMAGES, ['images.generate', 'images.edit']),
        'audio.speech.create': { call: SPEECH },
        'audio.transcriptions.create': { call: TRANSCRIPTIONS },
        'audio.translations.create': { call: TRANSLATIONS },
        'moderations.create': { call: MODERATIONS },
      },
    },
  },
  modelPrefixes: {
    ...Object.fromEntries(Object.entries(PROVIDERS).map(([name, provider]) => [`${name}/`, provider])),
    ...Object.fromEntries(Object.entries(PROVIDERS).map(([name, provider]) => [`@${name}/`, provider])),
  },
  words: {
    imports: ['portkey'],
    methods: [],
  },
  markers: [],
};
