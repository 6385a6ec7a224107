/** What tells of an SDK or a provider in text that is read as latin1 and not parsed. */

import { HOST_NAMES } from '@farthing/shared/hosts';
import type { SdkDescriptor } from './descriptor.ts';
import { PATH_MARKERS, PORT_MARKERS } from './endpoints.ts';
import type { Registry } from './registry.ts';
import { createWordSearch } from './word-search.ts';

/** Providers' addresses, and paths that only their services have. */
const ADDRESSES = [
  ...PATH_MARKERS,
  ...PORT_MARKERS.map((port) => `${port}\\b`),
  `api\\.(?:${HOST_NAMES.filter((host) => host.startsWith('api.'))
    .map((host) => quote(host.slice(4)))
    .join('|')})`,
  ...HOST_NAMES.filter((host) => !host.startsWith('api.')).map(quote),
];
const ADDRESS = new RegExp(ADDRESSES.join('|'));

/** Method paths that tell a call on a client from elsewhere. */
export function methodPathsOf(registry: Registry): RegExp {
  return new RegExp(registry.descriptors.flatMap((sdk) => sdk.markers).join('|'));
}

export function isAddressed(text: string): boolean {
  return ADDRESS.test(text);
}

const importExpressions = new WeakMap<Registry, RegExp>();

/** The SDKs that a text imports, in TypeScript or Python, also inside a notebook's JSON. */
export function importsOf(registry: Registry, text: string): ReadonlySet<SdkDescriptor> {
  const expression = importExpressions.get(registry) ?? new RegExp(importPatterns(registry).join('|'), 'g');
  importExpressions.set(registry, expression);
  const found = new Set<SdkDescriptor>();
  for (const match of text.matchAll(expression)) {
    const module = match.slice(1).find((group) => group !== undefined) ?? '';
    const sdk = registry.byModule(module.replace(/\s+import\s+/, '.'));
    if (sdk) found.add(sdk);
  }
  return found;
}

/** Where an import gets its package from, as Deno and browsers write it: `npm:`, `https://esm.sh/`. */
const FETCHED = String.raw`(?:(?:npm|jsr):/?|https://[^'"\s\\]*/)?`;
const VERSIONED = String.raw`(?:@[\^~v]?\d[^'"\s\\]*)?`;

/** Each with the module in the group that matches. */
function importPatterns(registry: Registry): readonly string[] {
  const specifiers = new Set<string>();
  const packages = new Set<string>();
  const split = new Set<string>();
  const idle = new Set<string>();
  for (const sdk of registry.descriptors) {
    // Plain HTTP is told by its addresses: every application imports an HTTP client.
    if (sdk.name === 'http') continue;
    for (const module of sdk.idleModules ?? []) idle.add(quote(module));
    for (const module of sdk.modules) {
      specifiers.add(pattern(module));
      if (sdk.isTypescriptOnly === true || /[@/-]/.test(module)) continue;
      packages.add(pattern(module));
      if (SPLIT.has(module)) split.add(splitPattern(module));
    }
  }
  const quoted = String.raw`\\?['"]`;
  const python = `(?!(?:${[...idle].join('|')})\\b)((?:${[...packages].join('|')})(?:\\.\\w+)*)`;
  return [
    `(?:from|import|require|mock)\\s*\\(?\\s*${quoted}${FETCHED}(?!(?:${[...idle].join('|')})(?:/|${quoted}))((?:${[...specifiers].join('|')})(?:/[^'"\\\\]*)?)${VERSIONED}${quoted}`,
    `from\\s+${python}\\s+import\\b`,
    `from\\s+(${[...split].join('|')})\\b`,
    // In prose the word goes on; in code a line, a list or an alias does.
    `import\\s+${python}(?=[ \\t]*(?:[,;#"'\\\\\\r\\n]|$|as\\b))`,
  ];
}

/**
 * Words of which every text with a marker holds one: what imports an SDK, what has a method path that tells a call, what
 * names an address, what may be a comment to Farthing. They are found much faster than what stands around them. A dot
 * stands for one with white space around.
 */
const WORDS = {
  imports: [
    'openai',
    'anthropic',
    'genai',
    'enerative',
    'vertexai',
    'firebase/',
    ...[`'`, '"'].flatMap((quotation) => [`'`, '"', '\\', '/'].map((end) => `${quotation}ai${end}`)),
    'ai-sdk',
    'ai-provider',
    'vercel-provider',
    'langchain',
    'langgraph',
    'langsmith',
    'farthing/runtime',
    'langfuse',
    'deepagents',
    'posthog',
    'braintrust',
    'helicone',
    'weave',
    'parea',
    'humanloop',
    'opik',
    'bedrock',
    'boto',
    'mistral',
    'cohere',
    'groq',
    'from together',
    'import together',
    `'together`,
    '"together',
    'togetherai',
    'together.',
    'ollama',
    'litellm',
    'instructor',
    'portkey',
  ],
  methods: [
    'completions',
    'ChatCompletion',
    'createCompletion',
    'createEmbedding',
    'moderations.',
    'videos.',
    'batches.',
    'threads.',
    'rerank.',
    'responses.',
    'messages.',
    'images.',
    'audio.',
    'chat.',
    'embeddings.',
    'enerateContent',
    'enerate_content',
    'generateImages',
    'generate_images',
    'GenerativeModel',
    'embed_',
    'embedQuery',
    'embedDocuments',
    'embedContent',
    'nvoke(',
    'invoke_',
    'invokeModel',
    'invokeAgent',
    'invokeInline',
    'astream',
    'converse',
    'retrieve_and',
    'retrieveAnd',
    'bedrock',
    'editImage',
    'edit_image',
    'upscaleImage',
    'upscale_image',
    'generateVideos',
    'generate_videos',
    'interactions.',
    'sendMessage',
    'send_message',
    'agents.',
    'fim.complete',
    'fim.stream',
    'create_async',
    'conversations.',
    'classifiers.',
    'co.chat',
    'co.v2.',
    'co.embed',
    'co.rerank',
    'co.classify',
    'cohere',
    'ollama',
    'litellm',
    'create_with',
    'createWith',
    'create_iterable',
    'createIterable',
    'create_partial',
    'createPartial',
  ],
  addresses: [
    '/chat/completions',
    'enerateContent',
    '/api/chat',
    '/api/generate',
    '/v1/',
    ...PORT_MARKERS,
    ...HOST_NAMES,
  ],
  comments: ['farthing'],
} as const;

/** Which kinds of markers a text may have, as bits of `MAY`. */
export const kindsOfMarkers = createWordSearch(WORDS);
export const MAY = { import: 1, method: 2, address: 4, comment: 8 } as const;

/** Python modules whose last name is as often imported as a member of its package: `from google import genai`. */
const SPLIT = new Set(['google.genai', 'google.generativeai']);

function splitPattern(module: string): string {
  const [parent = '', child = ''] = module.split(/\.(?=[^.]*$)/);
  return `${quote(parent)}\\s+import\\s+${quote(child)}`;
}

function pattern(module: string): string {
  return module.endsWith('*') ? `${quote(module.slice(0, -1))}\\w+` : quote(module);
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
