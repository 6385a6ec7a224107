/** What frameworks for agents have in common: models that are objects, and objects that run them step by step. */
import type { ProviderName } from '@farthing/shared/vocabulary';
import type { CallDescriptor, ExportDescriptor, MethodDescriptor, RolePaths } from '../../descriptor.ts';
import { methods, streamed, whole } from '../shapes.ts';

/** Prefixes of `provider:model` names, as most frameworks write them. */
export const PREFIXES: Readonly<Record<string, ProviderName>> = prefixes(':', {
  openai: 'openai',
  'openai-chat': 'openai',
  'openai-responses': 'openai',
  azure: 'azure',
  anthropic: 'anthropic',
  google: 'google',
  'google-gla': 'google',
  'google-vertex': 'google-vertex',
  gemini: 'google',
  vertex: 'google-vertex',
  bedrock: 'aws-bedrock',
  mistral: 'mistral',
  cohere: 'cohere',
  groq: 'groq',
  grok: 'xai',
  xai: 'xai',
  deepseek: 'deepseek',
  together: 'together',
  fireworks: 'fireworks',
  cerebras: 'cerebras',
  openrouter: 'openrouter',
  ollama: 'ollama',
  huggingface: 'huggingface',
  moonshotai: 'moonshot',
  perplexity: 'perplexity',
  nvidia: 'nvidia',
  replicate: 'replicate',
  vercel: 'vercel',
  github: 'github',
  heroku: 'heroku',
  'azure-responses': 'azure',
  'bedrock-mantle': 'aws-bedrock',
  'google-cloud': 'google-vertex',
  alibaba: 'alibaba',
  nebius: 'nebius',
  ovhcloud: 'ovhcloud',
  sambanova: 'sambanova',
  snowflake: 'snowflake',
  voyageai: 'voyage',
  zai: 'zai',
});

/** The same names in front of a slash: `openai/gpt-6-sol`, as gateways and LiteLLM write them. */
export const SLASHED: Readonly<Record<string, ProviderName>> = {
  ...prefixes('/', {
    openai: 'openai',
    azure: 'azure',
    anthropic: 'anthropic',
    google: 'google',
    gemini: 'google',
    vertex_ai: 'google-vertex',
    vertex: 'google-vertex',
    bedrock: 'aws-bedrock',
    mistral: 'mistral',
    cohere: 'cohere',
    groq: 'groq',
    xai: 'xai',
    deepseek: 'deepseek',
    together_ai: 'together',
    fireworks_ai: 'fireworks',
    cerebras: 'cerebras',
    openrouter: 'openrouter',
    ollama: 'ollama',
    ollama_chat: 'ollama',
    huggingface: 'huggingface',
    perplexity: 'perplexity',
    replicate: 'replicate',
    watsonx: 'watsonx',
  }),
};

/** Names of models without their provider's. */
export const NAMED: Readonly<Record<string, ProviderName>> = {
  'gpt-': 'openai',
  'chatgpt-': 'openai',
  o1: 'openai',
  o3: 'openai',
  o4: 'openai',
  'claude-': 'anthropic',
  'gemini-': 'google',
};

function prefixes(sign: string, names: Readonly<Record<string, ProviderName>>): Record<string, ProviderName> {
  return Object.fromEntries(Object.entries(names).map(([name, provider]) => [name + sign, provider]));
}

/** Settings of a model object, in every framework's spelling. */
export const MODEL_ROLES: RolePaths = {
  model: ['model', 'id', 'model_id', 'modelId', 'model_name', 'ai_model_id'],
  outputLimit: [
    'max_tokens',
    'max_output_tokens',
    'max_completion_tokens',
    'maxTokens',
    'maxOutputTokens',
    'max_new_tokens',
    'settings.max_tokens',
    'params.max_tokens',
  ],
  reasoning: ['reasoning_effort', 'reasoning', 'thinking'],
  timeout: ['timeout', 'request_timeout'],
  retries: ['max_retries', 'maxRetries'],
  baseUrl: ['base_url', 'api_base', 'baseURL', 'baseUrl', 'api_base_url'],
};

/** A class of models of one provider. Its client, if it is given one, says more. */
export function modelOf(
  provider: ProviderName,
  positional: readonly string[] = ['model|...', '...'],
): ExportDescriptor {
  return {
    creates: 'Model',
    provider,
    positional,
    absorbs: ['provider', 'client', 'openai_client'],
    roles: MODEL_ROLES,
  };
}

/** The limit of an agent's steps, in every framework's spelling. */
export const STEPS: RolePaths = {
  steps: [
    'max_turns',
    'maxTurns',
    'max_steps',
    'maxSteps',
    'max_iterations',
    'maxIterations',
    'max_iter',
    'max_tool_iterations',
    'stopWhen',
    'usage_limits.request_limit',
    'usage_limits.max_requests',
    'run_config.max_llm_calls',
    'runConfig.maxLlmCalls',
    'options.max_turns',
    'options.maxTurns',
  ],
};

/** Runs an agent: its steps are requests whose number only the run knows. */
export function runOf(roles: RolePaths, positional: readonly string[]): CallDescriptor {
  return { api: 'agent', family: 'agent', positional, roles: { ...STEPS, ...roles } };
}

/** The same for an agent that is given a task: instructions stand apart from it. */
export function taskOf(roles: RolePaths, positional: readonly string[]): CallDescriptor {
  return { ...runOf(roles, positional), isSystemSeparate: true };
}

/** Methods that run an agent, to the end and in a stream. */
export function runs(
  call: CallDescriptor,
  wholes: readonly string[],
  streams: readonly string[],
): Record<string, MethodDescriptor> {
  return { ...methods(whole(call), wholes), ...methods(streamed(call), streams) };
}
