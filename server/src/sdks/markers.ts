/** The first look at a file: one regular expression over its bytes that says whether it can hold a call at all. */
import { PATH_MARKERS, PORT_MARKERS } from './endpoints.ts';
import { HOST_NAMES } from './hosts.ts';
import type { Registry } from './registry.ts';

/**
 * One regular expression for text read as latin1: imports of the registry's modules in TypeScript and
 * Python (also inside a notebook's JSON), method paths on clients from elsewhere, and providers' addresses.
 */
export function markersOf(registry: Registry): RegExp {
  const specifiers = new Set<string>();
  const packages = new Set<string>();
  const idle = new Set<string>();
  for (const sdk of registry.descriptors) {
    // Plain HTTP is told by its addresses: every application imports an HTTP client.
    if (sdk.name === 'http') continue;
    for (const module of sdk.idleModules ?? []) idle.add(quote(module));
    for (const module of sdk.modules) {
      specifiers.add(pattern(module));
      if (sdk.isTypescriptOnly !== true && !/[@/-]/.test(module))
        packages.add(SPLIT.has(module) ? splitPattern(module) : pattern(module));
    }
  }
  const alternatives = [
    `(?:from|import|require|mock)\\s*\\(?\\s*\\\\?['"](?!(?:${[...idle].join('|')})(?:/|\\\\?['"]))(?:${[...specifiers].join('|')})(?:/[^'"]*)?\\\\?['"]`,
    `(?:from|import)\\s+(?!(?:${[...idle].join('|')})\\b)(?:${[...packages].join('|')})\\b`,
    ...registry.descriptors.flatMap((sdk) => sdk.markers),
    ...PATH_MARKERS,
    ...PORT_MARKERS.map((port) => `${port}\\b`),
    `api\\.(?:${HOST_NAMES.filter((host) => host.startsWith('api.'))
      .map((host) => quote(host.slice(4)))
      .join('|')})`,
    ...HOST_NAMES.filter((host) => !host.startsWith('api.')).map(quote),
  ];
  return new RegExp(alternatives.join('|'));
}

/**
 * A word that every text with a marker holds. Plain words are searched more than twice as fast as the markers, so that
 * a file is tested for a word first: `WORDS.test(text) && markersOf(registry).test(text)`.
 */
export const WORDS = new RegExp(
  [
    'openai',
    'anthropic',
    'genai',
    'enerat',
    'vertexai',
    'firebase/',
    '[\'"]ai(?:[\'"\\\\/])',
    'ai-sdk',
    'ai-provider',
    'vercel-provider',
    'langchain',
    'langgraph',
    'langsmith',
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
    'together',
    'ollama',
    'litellm',
    'instructor',
    'portkey',
    'completions',
    'ChatCompletion',
    'GenerativeModel',
    'responses',
    'messages',
    'images',
    'audio',
    'chat',
    'embed',
    'invoke',
    'astream',
    'converse',
    'retrieve_and',
    ...PORT_MARKERS,
    ...HOST_NAMES.map(quote),
  ].join('|'),
);

/** Python modules whose last name is as often imported as a member of its package: `from google import genai`. */
const SPLIT = new Set(['google.genai', 'google.generativeai']);

function splitPattern(module: string): string {
  const [parent = '', child = ''] = module.split(/\.(?=[^.]*$)/);
  return `${quote(parent)}(?:\\.|\\s+import\\s+)${quote(child)}`;
}

function pattern(module: string): string {
  return module.endsWith('*') ? `${quote(module.slice(0, -1))}\\w+` : quote(module);
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
