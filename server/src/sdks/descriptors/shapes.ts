/** Requests that several SDKs share because they follow one provider's wire format. */
import { SAME } from '../../edits/fix.ts';
import type { CacheMarker, CallDescriptor, MethodDescriptor, RolePaths } from '../descriptor.ts';

/** Options of the HTTP client: a second positional object in TypeScript, keyword arguments in Python. */
export const CLIENT_ROLES: RolePaths = {
  timeout: ['timeout', 'options.timeout'],
  retries: ['maxRetries', 'max_retries', 'options.maxRetries'],
};

/** Members that the generated OpenAI-style clients put between a resource and its method. */
export const CLIENT_PREFIXES: readonly string[] = [
  'beta',
  'with_raw_response',
  'with_streaming_response',
  'withRawResponse',
];

const EPHEMERAL = { path: ['cache_control'], value: { type: 'ephemeral' } };
/** Anthropic's marker, which lives for five minutes by default. */
export const ANTHROPIC_MARKER: CacheMarker = {
  providers: ['anthropic', 'google-vertex', 'aws-bedrock', 'azure'],
  text: { type: 'text', text: SAME, cache_control: EPHEMERAL.value },
  isList: true,
  entry: EPHEMERAL,
  item: null,
  // "Automatic caching": the API puts the mark at the end. Bedrock and Vertex do not take it.
  request: { providers: ['anthropic'], ...EPHEMERAL },
};

const POSITIONAL = ['...', 'options'];

/** Services that copy the API let it search: OpenAI, xAI, OpenRouter, Azure. */
const PROVIDER_TOOLS = ['web_search_options', 'search_parameters', 'plugins', 'data_sources'];

export const CHAT_COMPLETIONS: CallDescriptor = {
  api: 'chat.completions',
  family: 'text',
  positional: POSITIONAL,
  roles: {
    ...CLIENT_ROLES,
    model: ['model'],
    outputLimit: ['max_completion_tokens', 'max_tokens'],
    messages: ['messages'],
    tools: ['tools', 'functions'],
    toolChoice: ['tool_choice', 'function_call'],
    providerTools: PROVIDER_TOOLS,
    // A prompt that is kept at OpenRouter.
    context: ['preset', 'extra_body.preset'],
    cache: ['prompt_cache_key', 'prompt_cache_options', 'prompt_cache_retention', 'extra_body.cache_control'],
    stream: ['stream'],
    streamUsage: ['stream_options.include_usage', 'stream_options', 'extra_body.stream_options'],
    reasoning: ['reasoning_effort', 'reasoning', 'extra_body.reasoning', 'thinking', 'extra_body.thinking'],
    tier: ['service_tier'],
    schema: ['response_format'],
    count: ['n'],
  },
  // Services that copy the API took it over when the parameter was called so.
  limit: { older: 'max_tokens' },
  distinctive: 'always',
  evidence: ['model', 'messages'],
};

export const COMPLETIONS: CallDescriptor = {
  api: 'completions',
  family: 'text',
  sendsPromptAsIs: true,
  positional: POSITIONAL,
  roles: {
    ...CLIENT_ROLES,
    model: ['model'],
    outputLimit: ['max_tokens'],
    prompt: ['prompt'],
    stream: ['stream'],
    count: ['n', 'best_of'],
  },
  distinctive: 'imported',
  evidence: ['prompt', 'model'],
};

export const RESPONSES: CallDescriptor = {
  api: 'responses',
  family: 'text',
  positional: POSITIONAL,
  roles: {
    ...CLIENT_ROLES,
    model: ['model'],
    outputLimit: ['max_output_tokens'],
    system: ['instructions'],
    messages: ['input'],
    tools: ['tools'],
    toolChoice: ['tool_choice'],
    context: ['previous_response_id', 'conversation', 'prompt'],
    cache: ['prompt_cache_key', 'prompt_cache_options', 'prompt_cache_retention'],
    stream: ['stream'],
    reasoning: ['reasoning'],
    tier: ['service_tier'],
    schema: ['text.format', 'text_format'],
  },
  distinctive: 'always',
  evidence: ['model', 'messages', 'system'],
};

export const EMBEDDINGS: CallDescriptor = {
  api: 'embeddings',
  family: 'embedding',
  positional: POSITIONAL,
  roles: { ...CLIENT_ROLES, model: ['model'], prompt: ['input'] },
  answers: 'data',
  streaming: false,
  distinctive: 'always',
  evidence: ['model', 'prompt'],
};

export const IMAGES: CallDescriptor = {
  api: 'images',
  family: 'image',
  positional: POSITIONAL,
  roles: {
    ...CLIENT_ROLES,
    model: ['model'],
    prompt: ['prompt'],
    count: ['n'],
    size: ['size'],
    quality: ['quality'],
    pictures: ['image'],
    stream: ['stream'],
  },
  distinctive: 'always',
  evidence: ['model', 'prompt'],
};

export const SPEECH: CallDescriptor = {
  api: 'audio.speech',
  family: 'audio',
  positional: POSITIONAL,
  roles: { ...CLIENT_ROLES, model: ['model'], prompt: ['input'], system: ['instructions'] },
  distinctive: 'always',
  evidence: ['model', 'prompt'],
};

export const TRANSCRIPTIONS: CallDescriptor = {
  api: 'audio.transcriptions',
  family: 'audio',
  positional: POSITIONAL,
  roles: { ...CLIENT_ROLES, model: ['model'], prompt: ['prompt'], stream: ['stream'] },
  distinctive: 'always',
  evidence: ['model'],
};

export const TRANSLATIONS: CallDescriptor = { ...TRANSCRIPTIONS, api: 'audio.translations' };

export const MODERATIONS: CallDescriptor = {
  api: 'moderations',
  family: 'moderation',
  positional: POSITIONAL,
  roles: { ...CLIENT_ROLES, model: ['model'], prompt: ['input'] },
  streaming: false,
  distinctive: 'imported',
  evidence: ['prompt'],
};

export const BATCHES: CallDescriptor = {
  api: 'batches',
  tier: 'batch',
  family: 'text',
  positional: POSITIONAL,
  roles: { ...CLIENT_ROLES, body: ['input_file_id', 'requests'], url: ['endpoint'] },
  streaming: false,
};

/** A method for every name, each the same paid call. */
export function methods(call: CallDescriptor, names: readonly string[]): Record<string, MethodDescriptor> {
  return Object.fromEntries(names.map((name) => [name, { call }]));
}

/** The same call for a method that always streams. */
export function streamed(call: CallDescriptor): CallDescriptor {
  return { ...call, streaming: true };
}

/** The same call for a method that never streams. */
export function whole(call: CallDescriptor): CallDescriptor {
  return { ...call, streaming: false };
}

/** The same call, recognised only on a receiver that is resolved. */
export function resolvedOnly(call: CallDescriptor): CallDescriptor {
  const { distinctive: _, evidence: __, receivers: ___, ...rest } = call;
  return rest;
}
