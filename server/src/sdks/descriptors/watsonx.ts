/** IBM watsonx.ai. https://ibm.github.io/watsonx-ai-python-sdk/ */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const GENERATE: CallDescriptor = {
  api: 'generate',
  family: 'text',
  sendsPromptAsIs: true,
  positional: ['prompt|...', 'params'],
  roles: {
    model: ['modelId'],
    prompt: ['prompt', 'input'],
    outputLimit: ['params.max_new_tokens', 'parameters.max_new_tokens'],
  },
};
const CHAT: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['messages|...', 'params'],
  roles: {
    model: ['modelId'],
    messages: ['messages'],
    tools: ['tools'],
    outputLimit: ['params.max_tokens', 'maxTokens'],
  },
};
const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  positional: ['text|...'],
  roles: { model: ['modelId'], prompt: ['text', 'texts', 'inputs'] },
  streaming: false,
};
const RERANK: CallDescriptor = {
  api: 'rerank',
  family: 'rerank',
  roles: { model: ['modelId'], prompt: ['query'], body: ['inputs'] },
  streaming: false,
};
const MODEL: ExportDescriptor = {
  creates: 'Model',
  roles: { model: ['model_id'], outputLimit: ['params.max_new_tokens', 'params.max_tokens'] },
};

export const watsonx: SdkDescriptor = {
  name: 'watsonx',
  provider: 'watsonx',
  modules: ['ibm_watsonx_ai', 'ibm_watson_machine_learning', '@ibm-cloud/watsonx-ai'],
  exports: {
    ModelInference: MODEL,
    Model: MODEL,
    Embeddings: MODEL,
    WatsonXAI: { creates: 'Model' },
    'WatsonXAI.newInstance': { creates: 'Model' },
  },
  types: {
    Model: {
      methods: {
        ...methods(whole(GENERATE), ['generate', 'generate_text', 'agenerate', 'generateText']),
        ...methods(streamed(GENERATE), ['generate_text_stream', 'generateTextStream']),
        ...methods(whole(CHAT), ['chat', 'achat', 'textChat']),
        ...methods(streamed(CHAT), ['chat_stream', 'textChatStream']),
        ...methods(RERANK, ['textRerank']),
        ...methods(EMBED, ['embed_query', 'embed_documents', 'embedText']),
      },
    },
  },
  words: { imports: ['watsonx', 'ibm_watson'], methods: [] },
  markers: [],
};
