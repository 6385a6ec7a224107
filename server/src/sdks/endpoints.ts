/**
 * Plain HTTP requests to a provider: from the text of a URL and the request's body to what is asked for. The report
 * names them all `http.post`; the family and the fields' roles come from the URL's path.
 */

import { HOSTS, providerOfUrl } from '@farthing/shared/hosts';
import type { Family, ProviderName } from '@farthing/shared/vocabulary';
import { alternativesOf, OPAQUE } from '../evaluate/lattice.ts';
import type { TextValue, Value } from '../evaluate/values.ts';
import type { CallDescriptor, Role, RolePaths } from './descriptor.ts';
import { ANTHROPIC_MARKER } from './descriptors/shapes.ts';

interface Endpoint {
  /** Matches the end of a URL's path; the group `model`, where there is one, is the model's name. */
  readonly path: RegExp;
  readonly family: Family;
  readonly roles: RolePaths;
  readonly limit?: CallDescriptor['limit'];
  readonly markers?: CallDescriptor['markers'];
  readonly isSystemSeparate?: boolean;
  readonly streaming?: boolean;
  /** Whether a path like this at an address that is not known is a call: always, never, or where the body has one of these roles and all of `also`. */
  readonly unknownHost: 'always' | 'never' | { readonly body: readonly Role[] };
}

const CHAT: RolePaths = {
  model: ['model'],
  outputLimit: ['max_completion_tokens', 'max_tokens'],
  messages: ['messages'],
  system: ['system'],
  tools: ['tools', 'functions'],
  stream: ['stream'],
  reasoning: ['reasoning_effort', 'reasoning', 'thinking'],
  tier: ['service_tier'],
  cache: ['cache_control', 'prompt_cache_key'],
  schema: ['response_format', 'output_config'],
  count: ['n'],
};
const OLLAMA: RolePaths = {
  model: ['model'],
  messages: ['messages'],
  prompt: ['prompt'],
  system: ['system'],
  outputLimit: ['options.num_predict'],
  stream: ['stream'],
  tools: ['tools'],
  schema: ['format'],
  reasoning: ['think'],
};
const GEMINI: RolePaths = {
  messages: ['contents'],
  system: ['systemInstruction', 'system_instruction'],
  outputLimit: ['generationConfig.maxOutputTokens', 'generation_config.max_output_tokens'],
  tools: ['tools'],
  cache: ['cachedContent', 'cached_content'],
  reasoning: ['generationConfig.thinkingConfig', 'generation_config.thinking_config'],
  schema: [
    'generationConfig.responseSchema',
    'generationConfig.responseJsonSchema',
    'generation_config.response_schema',
  ],
};
const INPUT: RolePaths = { model: ['model', 'model_id'], prompt: ['input', 'texts', 'prompt', 'text', 'query'] };

/** The first match wins. */
const ENDPOINTS: readonly Endpoint[] = [
  {
    path: /\/chat\/completions$/,
    family: 'text',
    roles: CHAT,
    limit: { own: ['openai', 'azure'], elsewhere: 'max_tokens' },
    unknownHost: 'always',
  },
  {
    path: /\/responses$/,
    family: 'text',
    roles: {
      ...CHAT,
      outputLimit: ['max_output_tokens'],
      messages: ['input'],
      system: ['instructions'],
      schema: ['text.format'],
    },
    unknownHost: 'never',
  },
  {
    path: /\/v1\/messages$/,
    family: 'text',
    roles: { ...CHAT, outputLimit: ['max_tokens'] },
    limit: { isRequired: true },
    markers: [ANTHROPIC_MARKER],
    isSystemSeparate: true,
    unknownHost: { body: ['model', 'outputLimit', 'messages'] },
  },
  {
    path: /\/models\/(?<model>[^/]+):generateContent$/,
    family: 'text',
    roles: GEMINI,
    isSystemSeparate: true,
    streaming: false,
    unknownHost: 'always',
  },
  {
    path: /\/models\/(?<model>[^/]+):streamGenerateContent$/,
    family: 'text',
    roles: GEMINI,
    isSystemSeparate: true,
    streaming: true,
    unknownHost: 'always',
  },
  {
    path: /\/models\/(?<model>[^/]+):(?:batchEmbedContents|embedContent|predict)$/,
    family: 'embedding',
    roles: { prompt: ['content', 'requests', 'instances'] },
    unknownHost: 'never',
  },
  {
    path: /\/model\/(?<model>[^/]+)\/converse(?:-stream)?$/,
    family: 'text',
    roles: { messages: ['messages'], system: ['system'], outputLimit: ['inferenceConfig.maxTokens'] },
    isSystemSeparate: true,
    unknownHost: 'never',
  },
  {
    path: /\/model\/(?<model>[^/]+)\/invoke(?:-with-response-stream)?$/,
    family: 'text',
    roles: CHAT,
    unknownHost: 'never',
  },
  { path: /\/api\/chat$/, family: 'text', roles: OLLAMA, unknownHost: { body: ['model', 'messages', 'stream'] } },
  { path: /\/api\/generate$/, family: 'text', roles: OLLAMA, unknownHost: { body: ['model', 'prompt', 'stream'] } },
  {
    path: /\/(?:embeddings|api\/embed|v\d\/embed)$/,
    family: 'embedding',
    roles: INPUT,
    unknownHost: { body: ['model', 'prompt'] },
  },
  {
    path: /\/images\/(?:generations|edits|variations)$/,
    family: 'image',
    roles: { ...INPUT, count: ['n'] },
    unknownHost: 'never',
  },
  { path: /\/audio\/(?:speech|transcriptions|translations)$/, family: 'audio', roles: INPUT, unknownHost: 'never' },
  { path: /\/text-to-speech\/[^/]+(?:\/stream)?$/, family: 'audio', roles: INPUT, unknownHost: 'never' },
  { path: /\/rerank$/, family: 'rerank', roles: INPUT, unknownHost: 'never' },
  { path: /\/moderations$/, family: 'moderation', roles: INPUT, unknownHost: 'never' },
  {
    path: /\/completions$/,
    family: 'text',
    roles: { ...CHAT, prompt: ['prompt'] },
    unknownHost: { body: ['model', 'prompt', 'outputLimit'] },
  },
  {
    path: /\/v\d\/chat$/,
    family: 'text',
    roles: { ...CHAT, prompt: ['message'], messages: ['messages', 'chat_history'], system: ['preamble'] },
    unknownHost: 'never',
  },
  {
    path: /\/models\/[^:]+$/,
    family: 'text',
    roles: { prompt: ['inputs'], outputLimit: ['parameters.max_new_tokens'] },
    unknownHost: 'never',
  },
];

/** What a request to a URL asks for. */
export interface Asked {
  readonly provider: ProviderName;
  readonly call: CallDescriptor;
  /** The model, where the URL names it. */
  readonly model: Value | null;
  /** Roles that the body must have for the request to be a call; empty where the URL is enough. */
  readonly demands: readonly Role[];
}

/**
 * What a POST to `url` asks for, or null where it is no provider's. `base` is the client's base address, which an
 * absolute URL replaces. Parts of the address that are not known are holes; a hole with a default counts as the default.
 */
export function askedOf(
  url: Value | null,
  base: Value | null,
  overrides: Readonly<Record<string, ProviderName>>,
): Asked | null {
  const bases = base === null ? [''] : alternativesOf(base).map((value) => spell(value, []));
  for (const alternative of url === null ? [null] : alternativesOf(url)) {
    const holes: Value[] = [];
    const path = alternative === null ? '' : spell(alternative, holes);
    const isAbsolute = /^(?:https?:|\ue000)/i.test(path);
    for (const start of isAbsolute ? [''] : bases) {
      if (!isAbsolute && start === '') continue;
      const asked = match(path === '' ? start : join(start, path), holes, overrides);
      if (asked !== null) return asked;
    }
  }
  return null;
}

function join(base: string, path: string): string {
  return base === '' ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function match(
  address: string,
  holes: readonly Value[],
  overrides: Readonly<Record<string, ProviderName>>,
): Asked | null {
  const parts = /^(?:https?:\/\/([^/?#]*))?([^?#]*)/i.exec(address);
  const host = parts?.[1] ?? '';
  const path = (parts?.[2] ?? '').replace(/\/+$/, '');
  const isKnownHost = host !== '' && !HOLE.test(host);
  const provider = providerOfUrl(address, overrides);
  if (provider === null && isKnownHost && !/chat\/completions$/.test(path)) return null;
  for (const endpoint of ENDPOINTS) {
    const found = endpoint.path.exec(path);
    if (found === null) continue;
    if (provider === null && endpoint.unknownHost === 'never') return null;
    return {
      provider: provider ?? 'openai-compatible',
      call: callOf(endpoint),
      model: modelOf(found.groups?.model, holes),
      demands: provider === null && typeof endpoint.unknownHost === 'object' ? endpoint.unknownHost.body : [],
    };
  }
  return null;
}

function callOf(endpoint: Endpoint): CallDescriptor {
  return {
    api: 'http.post',
    family: endpoint.family,
    roles: endpoint.roles,
    limit: endpoint.limit ?? {},
    ...(endpoint.markers === undefined ? {} : { markers: endpoint.markers }),
    ...(endpoint.isSystemSeparate === true ? { isSystemSeparate: true } : {}),
    ...(endpoint.streaming === undefined ? {} : { streaming: endpoint.streaming }),
  };
}

/** A private-use character for each hole: `\ue000` is the first. */
const HOLE = /[\ue000-\uf8ff]/;
const FIRST_HOLE = 0xe000;

/** The text of an address; what is not known becomes a hole's character, and its value is put into `holes`. */
function spell(value: Value, holes: Value[]): string {
  if (value.kind === 'text')
    return value.segments.map((part) => (part.kind === 'literal' ? part.text : spell(part.value, holes))).join('');
  if (value.kind === 'number') return String(value.value);
  if (value.kind === 'unknown' && value.hint !== null) return spell(value.hint, holes);
  if (value.kind === 'oneOf') {
    const text = value.alternatives.find((alternative) => alternative.kind === 'text');
    if (text !== undefined) return spell(text, holes);
  }
  holes.push(value);
  return String.fromCharCode(Math.min(FIRST_HOLE + holes.length - 1, 0xf8ff));
}

function modelOf(name: string | undefined, holes: readonly Value[]): Value | null {
  if (name === undefined) return null;
  if (name.length === 1 && HOLE.test(name)) return holes[name.charCodeAt(0) - FIRST_HOLE] ?? OPAQUE;
  if (HOLE.test(name)) return OPAQUE;
  const text: TextValue = { kind: 'text', segments: [{ kind: 'literal', text: name, origin: null }], origin: null };
  return text;
}

/**
 * The provider that a client's base address names: by its host; `openai-compatible` for an address that nobody has
 * declared and for one that the request or a caller decides. Null where the SDK's own address most likely stands: it is
 * only an environment's or a configuration's to change.
 */
export function providerOfBase(base: Value, overrides: Readonly<Record<string, ProviderName>>): ProviderName | null {
  const alternatives = alternativesOf(base);
  for (const alternative of alternatives) {
    const provider = providerOfUrl(spell(alternative, []), overrides);
    if (provider !== null) return provider;
  }
  return alternatives.every(isSetting) ? null : 'openai-compatible';
}

function isSetting(value: Value): boolean {
  return (
    value.kind === 'unknown' &&
    (value.reason === 'environment' || value.reason === 'configuration') &&
    value.hint === null
  );
}

/** Regular expression sources for the paths that only a provider's API has, for the prefilter. */
export const PATH_MARKERS: readonly string[] = [
  '/chat/completions',
  ':(?:streamG|g)enerateContent\\b',
  '/api/(?:chat|generate)\\b',
  '/v1/(?:messages|responses|embeddings|completions)\\b',
];

/** Hosts with a port, for the prefilter. */
export const PORT_MARKERS: readonly string[] = HOSTS.filter((rule) => /^\*:\d+$/.test(rule.host)).map((rule) =>
  rule.host.slice(1),
);
