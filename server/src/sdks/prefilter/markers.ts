/** Marks of an SDK or a provider in text that is read as latin1 and not parsed. */

import { HOST_NAMES } from '@farthing/shared/hosts';
import type { SdkDescriptor } from '../descriptor.ts';
import { ENDS_IN_PATH, PATH_MARKERS, PATH_WORDS } from '../descriptors/endpoints.ts';
import { isRequestAddress, PORT_MARKERS } from '../endpoints.ts';
import type { Registry } from '../registry.ts';
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

/** A string that is an address and nothing else. */
const QUOTED_ADDRESS = /['"`](https?:\/\/[^'"`\s$\\]+)['"`]/g;

/** True where a string is such an address, or ends like one: another file may send requests to it. */
export function declaresAddress(text: string): boolean {
  if (ENDS_IN_PATH.test(text)) return true;
  for (const [, address = ''] of text.matchAll(QUOTED_ADDRESS)) {
    if (ADDRESS.test(address) && isRequestAddress(address)) return true;
  }
  return false;
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

/** The source that an import gets its package from, as Deno and browsers write it: `npm:`, `https://esm.sh/`. */
const FETCHED = String.raw`(?:(?:npm|jsr):/?|https://[^'"\s\\]*/)?`;
const VERSIONED = String.raw`(?:@[\^~v]?\d[^'"\s\\]*)?`;

/** Each with the module in the group that matches. */
function importPatterns(registry: Registry): readonly string[] {
  const specifiers = new Set<string>();
  const packages = new Set<string>();
  const members = new Set<string>();
  const idle = new Set<string>();
  for (const sdk of registry.descriptors) {
    if (sdk.isTransport === true) continue;
    for (const module of sdk.members ?? []) members.add(memberPattern(module));
    for (const module of sdk.idleModules ?? []) idle.add(quote(module));
    for (const module of sdk.modules) {
      specifiers.add(pattern(module));
      if (sdk.language === 'typescript' || /[@/-]/.test(module)) continue;
      packages.add(pattern(module));
    }
  }
  const quoted = String.raw`\\?['"]`;
  const python = `(?!(?:${[...idle].join('|')})\\b)((?:${[...packages].join('|')})(?:\\.\\w+)*)`;
  return [
    `(?:from|import|require|mock)\\s*\\(?\\s*${quoted}${FETCHED}(?!(?:${[...idle].join('|')})(?:/|${quoted}))((?:${[...specifiers].join('|')})(?:/[^'"\\\\]*)?)${VERSIONED}${quoted}`,
    `from\\s+${python}\\s+import\\b`,
    `from\\s+(${[...members].join('|')})\\b`,
    // In prose the sentence continues; in code a line, a list or an alias does.
    `import\\s+${python}(?=[ \\t]*(?:[,;#"'\\\\\\r\\n]|$|as\\b))`,
  ];
}

const searches = new WeakMap<Registry, (text: string) => number>();

/** Finds the kinds of markers that a text may have, as bits of `MAY`: every text with a marker holds one of its words. */
export function kindsOfMarkers(registry: Registry): (text: string) => number {
  const known = searches.get(registry);
  if (known !== undefined) return known;
  const wordsOf = (kind: 'imports' | 'methods'): readonly string[] => [
    ...new Set(registry.descriptors.flatMap(({ words }) => words?.[kind] ?? [])),
  ];
  const search = createWordSearch({
    imports: wordsOf('imports'),
    methods: wordsOf('methods'),
    addresses: [...PATH_WORDS, ...PORT_MARKERS, ...HOST_NAMES],
    comments: ['farthing'],
  });
  searches.set(registry, search);
  return search;
}

export const MAY = { import: 1, method: 2, address: 4, comment: 8 } as const;

function memberPattern(module: string): string {
  const [parent = '', child = ''] = module.split(/\.(?=[^.]*$)/);
  return `${quote(parent)}\\s+import\\s+${quote(child)}`;
}

function pattern(module: string): string {
  return module.endsWith('*') ? `${quote(module.slice(0, -1))}\\w+` : quote(module);
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
