/** AWS's Strands Agents. https://strandsagents.com/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { LITELLM_NAMES } from '../litellm.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { modelOf, taskOf } from './shapes.ts';

const RUN: CallDescriptor = {
  ...taskOf(
    {
      messages: ['prompt'],
      schema: ['output_model', 'structured_output_model', 'structuredOutputSchema'],
      steps: ['limits.turns'],
    },
    ['prompt', '...'],
  ),
  steps: { isUnlimited: true },
};
const STRUCTURED: CallDescriptor = { ...whole(RUN), positional: ['output_model', 'prompt'] };
const BEDROCK = { name: 'global.anthropic.claude-sonnet-4-6' };

/** The address stands among the arguments of its client. */
function model(provider: ProviderName): ExportDescriptor {
  const made = modelOf(provider);
  return { ...made, roles: { ...made.roles, baseUrl: ['client_args.base_url', 'clientConfig.baseURL'] } };
}

export const strands: SdkDescriptor = {
  name: 'strands',
  provider: 'aws-bedrock',
  modules: ['strands', '@strands-agents/sdk'],
  exports: {
    Agent: {
      creates: 'Agent',
      positional: ['model|...'],
      roles: {
        model: ['model'],
        system: ['system_prompt', 'systemPrompt'],
        tools: ['tools'],
        schema: ['structured_output_model', 'structuredOutputSchema'],
        context: ['session_manager', 'sessionManager', 'messages'],
      },
      defaultModel: BEDROCK,
    },
    GraphBuilder: { creates: 'Builder' },
    Graph: { creates: 'Agent', absorbs: ['nodes'] },
    Swarm: { creates: 'Agent', positional: ['nodes|...'], absorbs: ['nodes'] },
    BedrockModel: { ...modelOf('aws-bedrock'), defaultModel: BEDROCK },
    AnthropicModel: modelOf('anthropic'),
    OpenAIModel: model('openai'),
    OpenAIResponsesModel: model('openai'),
    GeminiModel: model('google'),
    GoogleModel: model('google'),
    // A model of the AI SDK.
    VercelModel: { creates: 'Model', positional: ['...'], absorbs: ['provider', 'model'] },
    LlamaAPIModel: modelOf('unknown'),
    LlamaCppModel: modelOf('localai'),
    SageMakerAIModel: modelOf('unknown'),
    LiteLLMModel: modelOf('any', ['client_args']),
    MistralModel: modelOf('mistral'),
    OllamaModel: modelOf('ollama'),
    CohereModel: modelOf('cohere'),
    WriterModel: modelOf('writer'),
  },
  types: {
    Agent: {
      methods: {
        ...methods(whole(RUN), ['', 'invoke_async', 'invoke']),
        ...methods(STRUCTURED, ['structured_output', 'structured_output_async']),
        ...methods(streamed(RUN), ['stream_async', 'stream']),
      },
    },
    Builder: {
      methods: {
        add_node: { returns: 'self', positional: ['executor'], absorbs: ['executor'] },
        build: { returns: 'Agent' },
      },
    },
    Model: { isModel: true },
  },
  modelPrefixes: LITELLM_NAMES,
  words: { imports: ['strands'], methods: [] },
  markers: [],
};
