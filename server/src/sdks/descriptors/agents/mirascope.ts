/** Mirascope, versions 1 and 2: a decorated function is a request, and gives its prompt. https://mirascope.com/docs/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { PREFIXES, SLASHED } from './shapes.ts';

const SETTINGS: RolePaths = {
  model: ['model', 'model_id', 'modelId'],
  provider: ['provider', 'provider_id', 'providerId'],
  outputLimit: ['max_tokens', 'maxTokens', 'call_params.max_tokens', 'call_params.max_completion_tokens'],
  tools: ['tools'],
  schema: ['format', 'response_model'],
  stream: ['stream'],
  reasoning: ['thinking', 'call_params.reasoning_effort'],
};
const ASK: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['model|...'],
  roles: SETTINGS,
  decorates: { returned: 'messages', templates: { prompt_template: 'prompt' } },
};
const DECORATOR: ExportDescriptor = {
  call: ASK,
  creates: 'Function',
  positional: ['model|...'],
  roles: SETTINGS,
  absorbs: ['client'],
};
const MODEL: ExportDescriptor = { creates: 'Model', positional: ['model', '...'], roles: SETTINGS };
/** A model whose prompt the call has. */
const SEND: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['content', '...'],
  roles: { messages: ['content', 'messages'], tools: ['tools'], schema: ['format'] },
};
const DEFINED: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['variables'],
  roles: { variables: ['variables'] },
};

/** The modules of version 1, each with a provider's decorator. */
const PROVIDERS: Readonly<Record<string, ProviderName>> = {
  openai: 'openai',
  azure: 'azure',
  anthropic: 'anthropic',
  google: 'google',
  gemini: 'google',
  vertex: 'google-vertex',
  bedrock: 'aws-bedrock',
  mistral: 'mistral',
  cohere: 'cohere',
  groq: 'groq',
  xai: 'xai',
  litellm: 'any',
};

export const mirascope: SdkDescriptor = {
  name: 'mirascope',
  provider: 'any',
  modules: ['mirascope'],
  members: ['mirascope.llm', 'mirascope.core'],
  modelPrefixes: { ...SLASHED, ...PREFIXES },
  exports: {
    call: DECORATOR,
    ...Object.fromEntries(
      Object.entries(PROVIDERS).flatMap(([name, provider]) =>
        [`${name}.call`, `core.${name}.call`, `${name}_call`].map((path) => [path, { ...DECORATOR, provider }]),
      ),
    ),
    'llm.call': DECORATOR,
    ...Object.fromEntries(
      ['Model', 'model', 'use_model', 'useModel'].flatMap((name) => [
        [name, MODEL],
        [`llm.${name}`, MODEL],
      ]),
    ),
    defineCall: { creates: 'Defined', roles: SETTINGS },
    'llm.defineCall': { creates: 'Defined', roles: SETTINGS },
  },
  types: {
    Function: {},
    Model: {
      isModel: true,
      methods: {
        ...methods(whole(SEND), ['call', 'call_async', 'context_call']),
        ...methods(streamed(SEND), ['stream', 'stream_async']),
      },
    },
    Defined: {
      methods: { ...methods(whole(DEFINED), ['', 'call']), ...methods(streamed(DEFINED), ['stream']) },
    },
  },
  words: { imports: ['mirascope'], methods: [] },
  markers: [],
};
