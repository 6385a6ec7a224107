/** The first look at a file: one regular expression over its bytes that says whether it can hold a call at all. */
import { PATH_MARKERS, PORT_MARKERS } from './endpoints.ts';
import { HOST_NAMES } from './hosts.ts';
import type { Registry } from './registry.ts';

/**
 * The source of one regular expression, for text read as latin1: imports of the registry's modules in TypeScript and
 * Python (also inside a notebook's JSON), method paths on clients from elsewhere, and providers' addresses.
 */
export function markersOf(registry: Registry): string {
  const specifiers = new Set<string>();
  const packages = new Set<string>();
  for (const sdk of registry.descriptors) {
    // Plain HTTP is told by its addresses: every application imports an HTTP client.
    if (sdk.name === 'http') continue;
    for (const module of sdk.modules) {
      specifiers.add(pattern(module));
      if (!/[@/-]/.test(module)) packages.add(SPLIT.has(module) ? splitPattern(module) : pattern(module));
    }
  }
  return [
    `(?:from|import|require|mock)\\s*\\(?\\s*\\\\?['"](?:${[...specifiers].join('|')})(?:/[^'"]*)?\\\\?['"]`,
    `(?:from|import)\\s+(?:${[...packages].join('|')})\\b`,
    ...registry.descriptors.flatMap((sdk) => sdk.markers),
    ...PATH_MARKERS,
    ...PORT_MARKERS.map((port) => `${port}\\b`),
    `\\b(?:${HOST_NAMES.map(quote).join('|')})\\b`,
  ].join('|');
}

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
