/** Mistral's SDKs: the present one (`chat.complete`) and the first (`client.chat(...)`, `chatStream`). */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { methods, streamed, whole } from './shapes.ts';

const CHAT: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['...', 'options'],
  roles: {
    model: ['model', 'agentId', 'agent_id'],
    outputLimit: ['maxTokens', 'max_tokens'],
    messages: ['messages'],
    prompt: ['prompt'],
    tools: ['tools'],
    schema: ['responseFormat', 'response_format'],
    stream: ['stream'],
    count: ['n'],
    timeout: ['timeout_ms', 'timeoutMs', 'options.timeoutMs'],
  },
  distinctive: 'imported',
  evidence: ['model', 'messages'],
};
const EMBED: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: ['...', 'options'],
  roles: { model: ['model'], prompt: ['inputs', 'input'] },
  answers: 'data',
  streaming: false,
};
const CONVERSATION: CallDescriptor = {
  api: 'chat',
  family: 'text',
  positional: ['...', 'options'],
  roles: {
    model: ['model', 'agentId', 'agent_id'],
    messages: ['inputs'],
    system: ['instructions'],
    tools: ['tools'],
    outputLimit: ['completionArgs.maxTokens', 'completion_args.max_tokens'],
  },
};
const CLASSIFY: CallDescriptor = {
  api: 'classify',
  family: 'text',
  roles: { model: ['model'], prompt: ['inputs'] },
  streaming: false,
};
const MODERATE: CallDescriptor = { ...CLASSIFY, api: 'moderations', family: 'moderation' };
const TRANSCRIBE: CallDescriptor = {
  api: 'audio.transcriptions',
  family: 'audio',
  roles: { model: ['model'] },
};
const SPEAK: CallDescriptor = {
  api: 'audio.speech',
  family: 'audio',
  roles: { model: ['model'], prompt: ['input'], stream: ['stream'] },
};
/** Documents are read by the page. */
const READ: CallDescriptor = { api: 'images', family: 'image', roles: { model: ['model'] }, streaming: false };
const BATCHES: CallDescriptor = {
  api: 'batches',
  tier: 'batch',
  family: 'text',
  roles: { model: ['model'], body: ['requests', 'inputFiles', 'input_files'] },
  streaming: false,
};
const CLIENT: ExportDescriptor = {
  creates: 'Client',
  positional: ['apiKey|...', 'endpoint'],
  roles: {
    timeout: ['timeoutMs', 'timeout_ms', 'timeout'],
    retries: ['max_retries', 'maxRetries'],
    baseUrl: ['serverURL', 'server_url', 'endpoint'],
  },
};

export const mistral: SdkDescriptor = {
  name: 'mistral',
  provider: 'mistral',
  modules: [
    '@mistralai/mistralai',
    'mistralai',
    '@mistralai/mistralai-azure',
    '@mistralai/mistralai-gcp',
    'mistralai_azure',
    'mistralai_gcp',
  ],
  exports: {
    default: CLIENT,
    Mistral: CLIENT,
    MistralClient: CLIENT,
    MistralAsyncClient: CLIENT,
    MistralAzure: { ...CLIENT, provider: 'azure' },
    MistralGoogleCloud: { ...CLIENT, provider: 'google-vertex' },
    MistralGCP: { ...CLIENT, provider: 'google-vertex' },
  },
  types: {
    Client: {
      transparent: ['beta'],
      methods: {
        ...methods(whole(CHAT), [
          'chat.complete',
          'chat.complete_async',
          'chat.parse',
          'chat.parse_async',
          'agents.complete',
          'agents.complete_async',
          'fim.complete',
          'fim.complete_async',
          'chat',
          'completion',
        ]),
        ...methods(streamed(CHAT), [
          'chat.stream',
          'chat.stream_async',
          'chat.parseStream',
          'chat.parse_stream',
          'chat.parse_stream_async',
          'agents.stream',
          'agents.stream_async',
          'fim.stream',
          'fim.stream_async',
          'chatStream',
          'chat_stream',
          'completionStream',
        ]),
        ...methods(EMBED, ['embeddings.create', 'embeddings.create_async', 'embeddings']),
        ...methods(whole(CONVERSATION), [
          'conversations.start',
          'conversations.start_async',
          'conversations.append',
          'conversations.append_async',
          'conversations.restart',
          'conversations.restart_async',
          'conversations.run_async',
        ]),
        ...methods(streamed(CONVERSATION), [
          'conversations.startStream',
          'conversations.start_stream',
          'conversations.start_stream_async',
          'conversations.appendStream',
          'conversations.append_stream',
          'conversations.append_stream_async',
          'conversations.restartStream',
          'conversations.restart_stream',
          'conversations.restart_stream_async',
          'conversations.run_stream_async',
        ]),
        ...methods(CLASSIFY, [
          'classifiers.classify',
          'classifiers.classify_async',
          'classifiers.classifyChat',
          'classifiers.classify_chat',
          'classifiers.classify_chat_async',
        ]),
        ...methods(MODERATE, [
          'classifiers.moderate',
          'classifiers.moderate_async',
          'classifiers.moderateChat',
          'classifiers.moderate_chat',
          'classifiers.moderate_chat_async',
        ]),
        ...methods(TRANSCRIBE, ['audio.transcriptions.complete', 'audio.transcriptions.complete_async']),
        ...methods(streamed(TRANSCRIBE), ['audio.transcriptions.stream', 'audio.transcriptions.stream_async']),
        ...methods(SPEAK, ['audio.speech.complete', 'audio.speech.complete_async']),
        ...methods(READ, ['ocr.process', 'ocr.process_async']),
        ...methods(BATCHES, ['batch.jobs.create', 'batch.jobs.create_async']),
      },
    },
  },
  words: {
    imports: ['mistral'],
    methods: ['chat.', 'agents.', 'fim.complete', 'fim.stream', 'create_async', 'conversations.', 'classifiers.'],
  },
  markers: [
    '\\b(?:chat|agents|fim)\\s*\\.\\s*(?:complete|stream|parse)\\w*\\(',
    '\\bembeddings\\s*\\.\\s*create_async\\b',
    '\\bconversations\\s*\\.\\s*(?:start|append|restart|run)\\w*\\(',
    '\\bclassifiers\\s*\\.\\s*(?:classify|moderate)\\w*\\(',
  ],
};
