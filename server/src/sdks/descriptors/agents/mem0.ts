/** Mem0's open-source memory: a model writes what is kept, and every search embeds. https://docs.mem0.ai/open-source/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, whole } from '../shapes.ts';
import { SLASHED } from './shapes.ts';

/** The settings of one of its models, in a configuration as an object or as `MemoryConfig`. */
function settings(part: string): RolePaths {
  const paths = (...names: readonly string[]) =>
    ['', 'config.'].flatMap((at) => names.map((name) => `${at}${part}.${name}`));
  return {
    model: paths('config.model'),
    provider: paths('provider'),
    outputLimit: paths('config.max_tokens', 'config.maxTokens'),
    baseUrl: paths('config.openai_base_url', 'config.baseURL', 'config.deepseek_base_url', 'config.xai_base_url'),
  };
}

/** What it asks for is its own prompt, and the memories that it has: what is visible is a part. */
const ADD: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages', '...'],
  roles: { messages: ['messages'] },
  keepsContext: true,
  constructed: { roles: settings('llm'), defaultModel: { name: 'gpt-5-mini', provider: 'openai' } },
};
const SEARCH: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  positional: ['query', '...'],
  roles: { prompt: ['query'] },
  streaming: false,
  constructed: { roles: settings('embedder'), defaultModel: { name: 'text-embedding-3-small', provider: 'openai' } },
};
const MEMORY: ExportDescriptor = { creates: 'Memory', positional: ['config|...'] };

/** The names of providers that are spelled otherwise than elsewhere. */
const NAMES: Readonly<Record<string, ProviderName>> = {
  'azure_openai/': 'azure',
  'aws_bedrock/': 'aws-bedrock',
  'vertexai/': 'google-vertex',
  'together/': 'together',
  'lmstudio/': 'lmstudio',
  'vllm/': 'vllm',
  'minimax/': 'minimax',
};

export const mem0: SdkDescriptor = {
  name: 'mem0',
  provider: 'openai',
  modules: ['mem0', 'mem0ai'],
  isReadInItsTree: true,
  modelPrefixes: { ...SLASHED, ...NAMES },
  exports: {
    Memory: MEMORY,
    AsyncMemory: MEMORY,
    'Memory.from_config': MEMORY,
    'AsyncMemory.from_config': MEMORY,
    'Memory.fromConfig': MEMORY,
  },
  types: {
    Memory: {
      methods: { ...methods(whole(ADD), ['add']), ...methods(SEARCH, ['search']) },
    },
  },
  words: { imports: ['mem0'], methods: [] },
  markers: [],
};
