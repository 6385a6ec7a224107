/** Microsoft's Semantic Kernel, Python. https://learn.microsoft.com/semantic-kernel/ */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';
import { MODEL_ROLES, runOf, runs } from './shapes.ts';

const COMPLETE: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['chat_history', 'settings'],
  roles: {
    messages: ['chat_history', 'prompt'],
    outputLimit: ['settings.max_tokens', 'settings.max_completion_tokens'],
  },
};
const PROMPT: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['prompt'],
  roles: { prompt: ['prompt'] },
};
/** A function of a kernel: it asks the kernel's service, with its prompt's template filled in. */
const INVOKE: CallDescriptor = {
  api: 'invoke',
  family: 'text',
  positional: ['function', 'arguments'],
  roles: { prompt: ['prompt', 'function.prompt'], variables: ['arguments'] },
};
const OF_FUNCTION: CallDescriptor = { ...INVOKE, positional: ['kernel', 'arguments'] };
const FUNCTION: ExportDescriptor = {
  creates: 'Function',
  isTemplate: true,
  positional: ['function_name', 'plugin_name'],
  roles: { prompt: ['prompt', 'prompt_template_config.template'] },
};
/** What runs a function is known before the function's service is. */
const ON_KERNEL = { returns: 'Answer', positional: ['kernel', 'arguments'], absorbs: ['kernel'] };
const ADDED = { returns: 'Function', isTemplate: true, roles: { prompt: ['prompt'] } };
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['texts'],
  roles: { prompt: ['texts'] },
};
const AGENT: ExportDescriptor = {
  creates: 'Agent',
  absorbs: ['service', 'kernel'],
  roles: { system: ['instructions'], tools: ['plugins'] },
};
const RUN: CallDescriptor = {
  ...runOf({ messages: ['messages', 'task', 'input'] }, ['messages']),
  distinctive: 'imported',
  evidence: ['messages'],
  receivers: ['agent', 'chat', 'orchestration'],
};
const GROUP: ExportDescriptor = { creates: 'Agent', absorbs: ['agents', 'members', 'manager'] };
function service(provider: ProviderName, creates = 'Model'): ExportDescriptor {
  return { creates, provider, roles: { ...MODEL_ROLES, model: ['ai_model_id', 'deployment_name'] } };
}

export const semanticKernel: SdkDescriptor = {
  name: 'semantic-kernel',
  provider: 'any',
  modules: ['semantic_kernel'],
  exports: {
    Kernel: { creates: 'Kernel', absorbs: ['services'] },
    KernelFunctionFromPrompt: FUNCTION,
    'KernelFunction.from_prompt': FUNCTION,
    'KernelFunctionFromPrompt.from_*': FUNCTION,
    ChatCompletionClientBase: { creates: 'Model', roles: MODEL_ROLES },
    OpenAIChatCompletion: service('openai'),
    AzureChatCompletion: service('azure'),
    AzureAIInferenceChatCompletion: service('azure'),
    AnthropicChatCompletion: service('anthropic'),
    GoogleAIChatCompletion: service('google'),
    VertexAIChatCompletion: service('google-vertex'),
    BedrockChatCompletion: service('aws-bedrock'),
    MistralAIChatCompletion: service('mistral'),
    OllamaChatCompletion: service('ollama'),
    NvidiaChatCompletion: service('nvidia'),
    OnnxGenAIChatCompletion: { creates: 'Local' },
    OpenAITextCompletion: service('openai'),
    AzureTextCompletion: service('azure'),
    GoogleAITextCompletion: service('google'),
    VertexAITextCompletion: service('google-vertex'),
    BedrockTextCompletion: service('aws-bedrock'),
    OllamaTextCompletion: service('ollama'),
    OnnxGenAITextCompletion: { creates: 'Local' },
    HuggingFaceTextCompletion: { creates: 'Local' },
    OpenAITextEmbedding: service('openai', 'Embedding'),
    AzureTextEmbedding: service('azure', 'Embedding'),
    AzureAIInferenceTextEmbedding: service('azure', 'Embedding'),
    GoogleAITextEmbedding: service('google', 'Embedding'),
    VertexAITextEmbedding: service('google-vertex', 'Embedding'),
    MistralAITextEmbedding: service('mistral', 'Embedding'),
    BedrockTextEmbedding: service('aws-bedrock', 'Embedding'),
    OllamaTextEmbedding: service('ollama', 'Embedding'),
    NvidiaTextEmbedding: service('nvidia', 'Embedding'),
    HuggingFaceTextEmbedding: { creates: 'Local' },
    OpenAITextToImage: service('openai', 'Images'),
    AzureTextToImage: service('azure', 'Images'),
    OpenAITextToAudio: service('openai', 'Speech'),
    AzureTextToAudio: service('azure', 'Speech'),
    OpenAIAudioToText: service('openai', 'Transcriber'),
    AzureAudioToText: service('azure', 'Transcriber'),
    ChatCompletionAgent: AGENT,
    OpenAIAssistantAgent: { ...AGENT, provider: 'openai' },
    OpenAIResponsesAgent: { ...AGENT, provider: 'openai' },
    AzureAssistantAgent: { ...AGENT, provider: 'azure' },
    AzureResponsesAgent: { ...AGENT, provider: 'azure' },
    AzureAIAgent: { ...AGENT, provider: 'azure' },
    BedrockAgent: { ...AGENT, provider: 'aws-bedrock' },
    'BedrockAgent.create_*': {
      ...AGENT,
      provider: 'aws-bedrock',
      roles: { ...AGENT.roles, model: ['foundation_model'] },
    },
    AgentGroupChat: GROUP,
    '*Orchestration': GROUP,
    StandardMagenticManager: { creates: 'Agent', absorbs: ['chat_completion_service'] },
  },
  types: {
    Kernel: {
      isComposite: true,
      methods: {
        add_service: { returns: 'self', positional: ['service'], absorbs: ['service'] },
        ...Object.fromEntries(
          ['add_chat_service', 'add_text_completion_service'].map((name) => [
            name,
            { returns: 'self', positional: ['service_id', 'service'], absorbs: ['service'] },
          ]),
        ),
        add_function: { ...ADDED, positional: ['plugin_name', 'function', 'function_name'] },
        create_function_from_prompt: ADDED,
        create_semantic_function: { ...ADDED, positional: ['prompt'] },
        ...methods(whole(INVOKE), ['invoke', 'run', 'run_async', 'invoke_function_call']),
        ...methods(streamed(INVOKE), ['invoke_stream', 'run_stream_async']),
        ...methods(whole(PROMPT), ['invoke_prompt']),
        ...methods(streamed(PROMPT), ['invoke_prompt_stream']),
      },
    },
    Model: {
      isModel: true,
      methods: {
        ...methods(whole(COMPLETE), [
          'get_chat_message_content',
          'get_chat_message_contents',
          'get_text_content',
          'get_text_contents',
        ]),
        ...methods(streamed(COMPLETE), ['get_streaming_chat_message_content', 'get_streaming_chat_message_contents']),
      },
    },
    Function: {
      isComposite: true,
      methods: {
        '': { ...ON_KERNEL, call: whole(OF_FUNCTION) },
        invoke: { ...ON_KERNEL, call: whole(OF_FUNCTION) },
        invoke_async: { ...ON_KERNEL, call: whole(OF_FUNCTION) },
        invoke_stream: { ...ON_KERNEL, call: streamed(OF_FUNCTION) },
      },
    },
    Answer: { isComposite: true },
    Embedding: { methods: methods(EMBED, ['generate_embeddings', 'generate_raw_embeddings']) },
    Images: {
      methods: methods(
        { api: 'images', family: 'image', positional: ['description'], roles: { prompt: ['description', 'prompt'] } },
        ['generate_image', 'generate_images'],
      ),
    },
    Speech: {
      methods: methods({ api: 'audio.speech', family: 'audio', positional: ['text'], roles: { prompt: ['text'] } }, [
        'get_audio_content',
        'get_audio_contents',
      ]),
    },
    Transcriber: {
      methods: methods({ api: 'audio.transcriptions', family: 'audio' }, ['get_text_content', 'get_text_contents']),
    },
    Local: { isFake: true },
    Agent: {
      methods: runs(
        RUN,
        ['get_response', 'invoke', 'invoke_single_turn'],
        ['invoke_stream', 'invoke_stream_single_turn'],
      ),
    },
  },
  words: { imports: ['semantic_kernel'], methods: [] },
  markers: [],
};
