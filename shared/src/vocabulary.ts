/**
 * The closed lists that the analyzer, the runtime and the JSON report share. `farthing sdks` prints them.
 */

/** The library (or plain HTTP) through which a call is made. */
export const SDKS = [
  'openai',
  'anthropic',
  'google-genai',
  'google-generativeai',
  'ai-sdk',
  'langchain',
  'litellm',
  'bedrock',
  'mistral',
  'cohere',
  'groq',
  'together',
  'ollama',
  'instructor',
  'portkey',
  'huggingface',
  'fireworks',
  'cerebras',
  'openrouter',
  'aisuite',
  'xai',
  'voyage',
  'replicate',
  'azure-ai',
  'watsonx',
  'deepgram',
  'elevenlabs',
  'pydantic-ai',
  'openai-agents',
  'claude-agent-sdk',
  'google-adk',
  'llamaindex',
  'crewai',
  'mastra',
  'autogen',
  'agno',
  'smolagents',
  'dspy',
  'genkit',
  'strands',
  'browser-use',
  'haystack',
  'semantic-kernel',
  'voltagent',
  'agent-kit',
  'stagehand',
  'perplexity',
  'token.js',
  'fal',
  'assemblyai',
  'workers-ai',
  'ell',
  'magentic',
  'mirascope',
  'mem0',
  'writer',
  'livekit',
  'chatgpt',
  'http',
] as const;
export type SdkName = (typeof SDKS)[number];

/** The provider that is paid for the call. `any` is decided at run time; `unknown` is an undeclared address. */
export const PROVIDERS = [
  'openai',
  'azure',
  'anthropic',
  'google',
  'google-vertex',
  'aws-bedrock',
  'mistral',
  'cohere',
  'groq',
  'together',
  'ollama',
  'lmstudio',
  'localai',
  'vllm',
  'deepseek',
  'openrouter',
  'xai',
  'perplexity',
  'fireworks',
  'cerebras',
  'anyscale',
  'aimlapi',
  'portkey',
  'nvidia',
  'huggingface',
  'replicate',
  'moonshot',
  'alibaba',
  'zhipu',
  'zai',
  'voyage',
  'elevenlabs',
  'deepgram',
  'minimax',
  'writer',
  'vercel',
  'databricks',
  'cloudflare',
  'novita',
  'ovhcloud',
  'avian',
  'snowflake',
  'heroku',
  'watsonx',
  'deepinfra',
  'sambanova',
  'nebius',
  'hyperbolic',
  'github',
  'openai-compatible',
  'any',
  'unknown',
] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/**
 * The kind of request, in one vocabulary for all languages: TypeScript's and Python's spellings map to the same name.
 */
export const APIS = [
  'chat.completions',
  'responses',
  'completions',
  'ChatCompletion',
  'Completion',
  'messages',
  'generate_content',
  'chat',
  'generate',
  'converse',
  'invoke_model',
  'retrieve_and_generate',
  'invoke_agent',
  'completion',
  'generateText',
  'streamText',
  'generateObject',
  'streamObject',
  'agent',
  'invoke',
  'embeddings',
  'embed',
  'embedMany',
  'rerank',
  'images',
  'videos',
  'audio.speech',
  'audio.transcriptions',
  'audio.translations',
  'moderations',
  'batches',
  'runs',
  'realtime',
  'interactions',
  'caches',
  'classify',
  'http.post',
] as const;
export type ApiName = (typeof APIS)[number];

export const FAMILIES = ['text', 'embedding', 'audio', 'image', 'rerank', 'moderation', 'agent'] as const;
export type Family = (typeof FAMILIES)[number];

/**
 * How certain a figure is, from most to least. `stated`: the provider itself says in its answer what the call costs.
 */
export const BASES = ['stated', 'measured', 'declared', 'literal', 'assumed', 'unknown'] as const;
export type Basis = (typeof BASES)[number];

/**
 * What providers charge per use, in addition to or instead of tokens. `request`: a fee for each request (Perplexity);
 * `source`: a document that a search read (xAI); `grounding`: a prompt answered from searches, however many (Gemini 2);
 * `tool-call`: a provider's tool without its own kind here; `search-unit`: one query with up to 100 documents to rank
 * (Cohere).
 */
export const FEES = [
  'request',
  'web-search',
  'web-fetch',
  'grounding',
  'maps',
  'source',
  'citation-token',
  'file-search',
  'code-execution',
  'computer-use',
  'tool-call',
  'image-generation',
  'image',
  'page',
  'annotated-page',
  'message',
  'search-unit',
  'audio-second',
  'video-second',
  'character',
] as const;
export type Fee = (typeof FEES)[number];

export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whether a finding follows from the code alone, or from what is only likely, such as a default that may be replaced. */
export const CONFIDENCES = ['certain', 'likely'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * How the text of a prompt section varies between calls: it never changes, differs by input, or changes every time.
 */
export const STABILITIES = ['stable', 'varying', 'volatile'] as const;
export type Stability = (typeof STABILITIES)[number];

export const SECTION_ROLES = ['tools', 'schema', 'system', 'history', 'user'] as const;
export type SectionRole = (typeof SECTION_ROLES)[number];

/**
 * What a request may contain besides text. `context` is what the provider keeps or adds itself: earlier answers,
 * reasoning, a stored prompt, its own tools.
 */
export const MEDIA_KINDS = ['image', 'audio', 'video', 'file', 'context'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** Where a call's model comes from. Only the first three are certain; every other source gives a hint at most. */
export const MODEL_SOURCES = [
  'literal',
  'constant',
  'constructor',
  'default',
  'env',
  'config',
  'parameter',
  'request',
  'factory',
  'unknown',
] as const;
export type ModelSource = (typeof MODEL_SOURCES)[number];

/**
 * What a call is reached from: a handler of requests, a job, a program that someone starts, a test, an example, a user
 * interface.
 */
export const REACHED_FROM = ['handler', 'job', 'script', 'test', 'example', 'ui', 'unknown'] as const;
export type ReachedFrom = (typeof REACHED_FROM)[number];

/**
 * What decides that a call uses one of its possible models. `code`: nothing, it is certain. `branch`: a condition in the
 * code. `lookup`: a key or an item of a list in the code. `default`: it applies unless a caller, the environment or a
 * configuration says otherwise. `caller`: a caller passes it. `settings`: a file of example or deployment settings states it.
 * `declared`: farthing.config.json says so.
 */
export const MODEL_DECIDERS = ['code', 'branch', 'lookup', 'default', 'caller', 'settings', 'declared'] as const;
export type ModelDecider = (typeof MODEL_DECIDERS)[number];
