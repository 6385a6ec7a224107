/** All descriptors, by the module that a trail starts at. */
import type { ExportDescriptor, SdkDescriptor } from './descriptor.ts';
import { DESCRIPTORS } from './descriptors/index.ts';

export interface Registry {
  readonly descriptors: readonly SdkDescriptor[];
  /** The SDK that `module` belongs to (`openai/resources`, `langchain_openai.chat_models`); null for any other package. */
  readonly byModule: (module: string) => SdkDescriptor | null;
}

export function createRegistry(descriptors: readonly SdkDescriptor[] = DESCRIPTORS): Registry {
  const exact = new Map<string, SdkDescriptor>();
  const patterns: { readonly start: string; readonly sdk: SdkDescriptor }[] = [];
  for (const sdk of descriptors) {
    for (const module of sdk.modules) {
      if (module.endsWith('*')) patterns.push({ start: module.slice(0, -1), sdk });
      else if (!exact.has(module)) exact.set(module, sdk);
    }
  }
  const cache = new Map<string, SdkDescriptor | null>();
  const search = (module: string): SdkDescriptor | null => {
    for (let name = module; name !== ''; name = parentOf(name)) {
      const sdk = exact.get(name);
      if (sdk !== undefined) return sdk;
    }
    return patterns.find((pattern) => module.startsWith(pattern.start))?.sdk ?? null;
  };
  return {
    descriptors,
    byModule: (module) => {
      const known = cache.get(module);
      if (known !== undefined) return known;
      const sdk = search(module);
      cache.set(module, sdk);
      return sdk;
    },
  };
}

/** The module around a submodule: `a/b` of `a/b/c`, `a.b` of `a.b.c`; empty at the top. */
export function parentOf(module: string): string {
  const end = Math.max(module.lastIndexOf('/'), module.lastIndexOf('.'));
  return end <= 0 ? '' : module.slice(0, end);
}

/** The entry of `exports` for a dotted path: the exact key, else the longest pattern that matches. */
export function exportAt(sdk: SdkDescriptor, path: string): ExportDescriptor | null {
  if (Object.hasOwn(sdk.exports, path)) return sdk.exports[path] ?? null;
  let found = patternsOf.get(sdk);
  if (found === undefined) {
    found = Object.keys(sdk.exports)
      .filter((key) => key.includes('*'))
      .sort((a, b) => b.length - a.length)
      .map((key) => ({
        pattern: new RegExp(`^${key.replaceAll('.', '\\.').replaceAll('*', '[^.]*')}$`),
        export: sdk.exports[key] as ExportDescriptor,
      }));
    patternsOf.set(sdk, found);
  }
  return found.find((candidate) => candidate.pattern.test(path))?.export ?? null;
}

const patternsOf = new WeakMap<SdkDescriptor, { readonly pattern: RegExp; readonly export: ExportDescriptor }[]>();
