/** LiveKit Agents: a session listens, asks a model and speaks, as often as the user does. https://docs.livekit.io/agents/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, RolePaths, SdkDescriptor } from '../../descriptor.ts';
import { methods, whole } from '../shapes.ts';
import { modelOf, runOf, SLASHED } from './shapes.ts';

const SETTINGS: RolePaths = { model: ['llm'], system: ['instructions'], tools: ['tools'] };
/** Every turn of the conversation is a request. */
const START: CallDescriptor = {
  ...whole(runOf({ system: ['agent.instructions', 'instructions'] }, ['agent|...', '...'])),
  keepsContext: true,
};
const REPLY: CallDescriptor = {
  ...whole(runOf({ messages: ['user_input', 'userInput'], prompt: ['instructions'] }, ['...'])),
  keepsContext: true,
};
const SAY: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['...'],
  roles: { messages: ['chat_ctx', 'chatCtx'], tools: ['tools'] },
  streaming: true,
};

const { provider: _, ...MODEL } = modelOf('any');

/** The plugins, by name: whose models they ask. */
const PLUGINS: Readonly<Record<string, ProviderName>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  google: 'google',
  aws: 'aws-bedrock',
  azure: 'azure',
  groq: 'groq',
  mistralai: 'mistral',
  cerebras: 'cerebras',
  fireworksai: 'fireworks',
  xai: 'xai',
};

export const livekit: SdkDescriptor = {
  name: 'livekit',
  // A model that is only named is asked through LiveKit's own gateway.
  provider: 'any',
  modules: ['livekit.agents', 'livekit.plugins', '@livekit/agents', '@livekit/agents-plugin-*'],
  moduleProviders: Object.fromEntries(
    Object.entries(PLUGINS).map(([name, provider]) => [`@livekit/agents-plugin-${name}`, provider]),
  ),
  members: ['livekit.agents', 'livekit.plugins'],
  modelPrefixes: SLASHED,
  exports: {
    AgentSession: { creates: 'Session', roles: SETTINGS },
    'voice.AgentSession': { creates: 'Session', roles: SETTINGS },
    ...Object.assign({}, ...Object.entries(PLUGINS).map(([name, provider]) => plugin(`${name}.`, provider))),
    LLM: MODEL,
    'realtime.RealtimeModel': MODEL,
    'inference.LLM': modelOf('any'),
  },
  types: {
    Session: {
      methods: { ...methods(START, ['start']), ...methods(REPLY, ['generate_reply', 'generateReply']) },
    },
    Model: { isModel: true, methods: methods(SAY, ['chat']) },
  },
  words: { imports: ['livekit'], methods: [] },
  markers: [],
};

function plugin(prefix: string, provider: ProviderName): Record<string, ExportDescriptor> {
  return {
    [`${prefix}LLM`]: modelOf(provider),
    [`${prefix}LLM.with_azure`]: modelOf('azure'),
    [`${prefix}responses.LLM`]: modelOf(provider),
    [`${prefix}realtime.RealtimeModel`]: modelOf(provider),
  };
}
