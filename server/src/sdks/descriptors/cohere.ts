/** Cohere's SDKs, both versions of its API. */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const CHAT: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['...', 'options'],
  roles: {
    model: ['model'],
    outputLimit: ['maxTokens', 'max_tokens'],
    system: ['preamble', 'preamble_override'],
    messages: ['messages', 'chatHistory', 'chat_history'],
    prompt: ['message', 'query'],
    // Texts to answer from, in the request or found by Cohere: what is made of them is unknown.
    context: ['documents', 'connectors'],
    tools: ['tools'],
    schema: ['responseFormat', 'response_format'],
    stream: ['stream'],
    reasoning: ['thinking'],
    timeout: ['options.timeoutInSeconds', 'request_options.timeout_in_seconds'],
    retries: ['options.maxRetries', 'request_options.max_retries'],
  },
  distinctive: 'imported',
  evidence: ['model', 'messages', 'prompt'],
};
const GENERATE: CallDescriptor = {
  api: 'generate',
  family: 'text',
  positional: ['prompt|...', 'options'],
  roles: {
    model: ['model'],
    outputLimit: ['maxTokens', 'max_tokens'],
    prompt: ['prompt', 'text'],
    stream: ['stream'],
    count: ['numGenerations', 'num_generations'],
  },
};
const EMBED: CallDescriptor = {
  api: 'embed',
  family: 'embedding',
  positional: ['texts|...', 'options'],
  // Images are sent one per request, and are not text.
  roles: { model: ['model'], prompt: ['texts', 'inputs'] },
  streaming: false,
  distinctive: 'imported',
  evidence: ['model', 'prompt'],
};
const RERANK: CallDescriptor = {
  api: 'rerank',
  family: 'rerank',
  positional: ['...', 'options'],
  roles: { model: ['model'], prompt: ['query'], body: ['documents'] },
  streaming: false,
  distinctive: 'imported',
  evidence: ['body'],
};
const CLASSIFY: CallDescriptor = {
  api: 'classify',
  family: 'text',
  positional: ['...', 'options'],
  roles: { model: ['model'], prompt: ['inputs'] },
  streaming: false,
};
const CLIENT: ExportDescriptor = {
  creates: 'Client',
  positional: ['apiKey|...'],
  roles: { timeout: ['timeout'], retries: ['max_retries'], baseUrl: ['baseUrl', 'base_url', 'environment', 'api_url'] },
};

export const cohere: SdkDescriptor = {
  name: 'cohere',
  provider: 'cohere',
  retriesByDefault: { typescript: 2, python: 2 },
  modules: ['cohere-ai', 'cohere', 'cohere_aws'],
  exports: {
    '': { is: 'Client' },
    default: { is: 'Client' },
    Client: CLIENT,
    AsyncClient: CLIENT,
    ClientV2: CLIENT,
    AsyncClientV2: CLIENT,
    CohereClient: CLIENT,
    CohereClientV2: CLIENT,
    BedrockClient: { creates: 'Client', provider: 'aws-bedrock' },
    BedrockClientV2: { creates: 'Client', provider: 'aws-bedrock' },
    SagemakerClient: { creates: 'Client', provider: 'aws-bedrock' },
  },
  types: {
    Client: {
      transparent: ['v2'],
      methods: {
        chat: { call: CHAT },
        ...methods(streamed(CHAT), ['chatStream', 'chat_stream']),
        ...methods(whole(CHAT), ['parse']),
        ...methods(GENERATE, ['generate', 'summarize']),
        ...methods(streamed(GENERATE), ['generateStream', 'generate_stream']),
        embed: { call: EMBED },
        rerank: { call: RERANK },
        classify: { call: CLASSIFY },
      },
    },
  },
  words: {
    imports: ['cohere'],
    methods: ['co.chat', 'co.v2.', 'co.embed', 'co.rerank', 'co.classify', 'cohere'],
  },
  markers: ['\\bco(?:here\\w{0,20})?\\s*\\.\\s*(?:v2\\s*\\.\\s*)?(?:chat|embed|rerank|classify)\\w*\\('],
};
