/** Hugging Face's smolagents. https://huggingface.co/docs/smolagents/ */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { LITELLM_NAMES } from '../litellm.ts';
import { methods } from '../shapes.ts';
import { modelOf, taskOf } from './shapes.ts';

const RUN: CallDescriptor = {
  ...taskOf({ messages: ['task'], stream: ['stream'] }, ['task', 'stream']),
  steps: { byDefault: 20 },
};
const AGENT: ExportDescriptor = {
  creates: 'Agent',
  positional: ['tools', 'model'],
  roles: {
    model: ['model'],
    tools: ['tools'],
    system: ['instructions', 'prompt_templates.system_prompt'],
    steps: ['max_steps'],
  },
};
const HUGGING_FACE: ExportDescriptor = {
  ...modelOf('huggingface', ['model_id']),
  defaultModel: { name: 'Qwen/Qwen3-Next-80B-A3B-Thinking' },
};
const GENERATE: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['messages'],
  roles: { messages: ['messages'], outputLimit: ['max_tokens'], schema: ['response_format'] },
};

export const smolagents: SdkDescriptor = {
  name: 'smolagents',
  provider: 'any',
  modules: ['smolagents'],
  answeringMethods: ['generate', '__call__'],
  exports: {
    CodeAgent: AGENT,
    ToolCallingAgent: AGENT,
    MultiStepAgent: AGENT,
    InferenceClientModel: HUGGING_FACE,
    HfApiModel: HUGGING_FACE,
    // As annotations and bases have it.
    Model: modelOf('any', ['model_id']),
    ApiModel: modelOf('any', ['model_id']),
    LiteLLMModel: modelOf('any', ['model_id']),
    LiteLLMRouterModel: modelOf('any', ['model_id']),
    OpenAIModel: modelOf('openai', ['model_id', 'api_base']),
    OpenAIServerModel: modelOf('openai', ['model_id', 'api_base']),
    AzureOpenAIModel: modelOf('azure', ['model_id']),
    AzureOpenAIServerModel: modelOf('azure', ['model_id']),
    AmazonBedrockModel: modelOf('aws-bedrock', ['model_id']),
    AmazonBedrockServerModel: modelOf('aws-bedrock', ['model_id']),
    // These run on the machine itself.
    TransformersModel: { creates: 'Local' },
    MLXModel: { creates: 'Local' },
    VLLMModel: { creates: 'Local' },
  },
  types: {
    Agent: { methods: methods(RUN, ['run', '']) },
    Model: {
      isModel: true,
      methods: { ...methods(GENERATE, ['generate', '']), generate_stream: { call: { ...GENERATE, streaming: true } } },
    },
    Local: { isFake: true },
  },
  modelPrefixes: LITELLM_NAMES,
  words: { imports: ['smolagents'], methods: [] },
  markers: [],
};
