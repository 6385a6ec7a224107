/** AWS's Strands Agents. https://strandsagents.com/ */
import type { SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { modelOf, runOf } from './shapes.ts';

const RUN = runOf({ messages: ['prompt'], schema: ['output_model', 'structured_output_model'] }, ['prompt']);

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
        context: ['session_manager'],
      },
    },
    Graph: { creates: 'Agent' },
    Swarm: { creates: 'Agent', positional: ['nodes'], absorbs: ['nodes'] },
    BedrockModel: modelOf('aws-bedrock'),
    AnthropicModel: modelOf('anthropic'),
    OpenAIModel: modelOf('openai'),
    GeminiModel: modelOf('google'),
    LiteLLMModel: modelOf('any'),
    MistralModel: modelOf('mistral'),
    OllamaModel: modelOf('ollama'),
    CohereModel: modelOf('cohere'),
    WriterModel: modelOf('writer'),
  },
  types: {
    Agent: {
      methods: {
        ...methods(whole(RUN), ['', 'invoke_async', 'invoke', 'structured_output', 'structured_output_async']),
        ...methods(streamed(RUN), ['stream_async', 'stream']),
      },
    },
    Model: { isModel: true },
  },
  words: { imports: ['strands'], methods: [] },
  markers: [],
};
