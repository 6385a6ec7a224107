/** Anthropic's SDKs, with their clients for Bedrock, Vertex and Foundry. */
import type { CallDescriptor, ExportDescriptor, SdkDescriptor } from '../descriptor.ts';
import { ANTHROPIC_MARKER, CLIENT_PREFIXES, CLIENT_ROLES, methods, streamed, whole } from './shapes.ts';

const CLIENT: ExportDescriptor = {
  creates: 'Client',
  roles: { ...CLIENT_ROLES, baseUrl: ['baseURL', 'base_url'] },
};
/** Their base addresses are regional and say nothing about who is paid. */
const CLOUD: ExportDescriptor = { creates: 'Client', roles: CLIENT_ROLES };

const MESSAGES: CallDescriptor = {
  api: 'messages',
  family: 'text',
  isSystemSeparate: true,
  markers: [ANTHROPIC_MARKER],
  positional: ['...', 'options'],
  roles: {
    ...CLIENT_ROLES,
    model: ['model'],
    outputLimit: ['max_tokens'],
    system: ['system'],
    messages: ['messages'],
    tools: ['tools'],
    toolChoice: ['tool_choice'],
    providerTools: ['mcp_servers'],
    context: ['container'],
    cache: ['cache_control'],
    stream: ['stream'],
    reasoning: ['thinking', 'output_config.effort'],
    tier: ['service_tier', 'speed'],
    schema: ['output_config.format', 'output_format'],
  },
  limit: { isRequired: true },
  distinctive: 'always',
  evidence: ['model', 'outputLimit', 'messages'],
};

const COMPLETIONS: CallDescriptor = {
  api: 'completions',
  family: 'text',
  sendsPromptAsIs: true,
  positional: ['...', 'options'],
  roles: {
    ...CLIENT_ROLES,
    model: ['model'],
    outputLimit: ['max_tokens_to_sample'],
    prompt: ['prompt'],
    stream: ['stream'],
  },
  limit: { isRequired: true },
};

const BATCHES: CallDescriptor = {
  api: 'batches',
  tier: 'batch',
  family: 'text',
  positional: ['...', 'options'],
  roles: { ...CLIENT_ROLES, body: ['requests'] },
  streaming: false,
};

export const anthropic: SdkDescriptor = {
  name: 'anthropic',
  provider: 'anthropic',
  retriesByDefault: { typescript: 2, python: 2 },
  timeoutByDefault: { seconds: 600, at: 'client' },
  modules: [
    '@anthropic-ai/sdk',
    'anthropic',
    '@anthropic-ai/bedrock-sdk',
    '@anthropic-ai/vertex-sdk',
    '@anthropic-ai/foundry-sdk',
    'posthog.ai.anthropic',
  ],
  // Each of these exports its only client by default as well.
  moduleProviders: {
    '@anthropic-ai/bedrock-sdk': 'aws-bedrock',
    '@anthropic-ai/vertex-sdk': 'google-vertex',
    '@anthropic-ai/foundry-sdk': 'azure',
  },
  settings: { roles: { baseUrl: ['base_url', 'baseURL'] } },
  exports: {
    '': CLIENT,
    default: CLIENT,
    Anthropic: CLIENT,
    AsyncAnthropic: CLIENT,
    BaseAnthropic: CLIENT,
    Client: CLIENT,
    AsyncClient: CLIENT,
    AnthropicBedrock: { ...CLOUD, provider: 'aws-bedrock' },
    AsyncAnthropicBedrock: { ...CLOUD, provider: 'aws-bedrock' },
    AnthropicBedrockMantle: { ...CLOUD, provider: 'aws-bedrock' },
    AnthropicVertex: { ...CLOUD, provider: 'google-vertex' },
    AsyncAnthropicVertex: { ...CLOUD, provider: 'google-vertex' },
    AnthropicFoundry: { ...CLOUD, provider: 'azure' },
    AsyncAnthropicFoundry: { ...CLOUD, provider: 'azure' },
  },
  types: {
    Client: {
      // The last three are those of betas that have ended.
      transparent: [...CLIENT_PREFIXES, 'tools', 'promptCaching', 'prompt_caching'],
      methods: {
        withOptions: { returns: 'self', roles: { ...CLIENT_ROLES, baseUrl: ['baseURL'] } },
        with_options: { returns: 'self', roles: { ...CLIENT_ROLES, baseUrl: ['base_url'] } },
        copy: { returns: 'self', roles: { ...CLIENT_ROLES, baseUrl: ['base_url'] } },
        ...methods(MESSAGES, ['messages.create', 'messages.toolRunner', 'messages.tool_runner']),
        ...methods(whole(MESSAGES), ['messages.parse']),
        ...methods(streamed(MESSAGES), ['messages.stream']),
        'messages.batches.create': { call: BATCHES },
        'completions.create': { call: COMPLETIONS },
      },
    },
  },
  words: {
    imports: ['anthropic'],
    methods: ['messages.'],
  },
  markers: ['\\bmessages\\s*\\.\\s*(?:create|stream|parse|tool_?[rR]unner|batches)\\b'],
};
