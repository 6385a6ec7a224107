/** The last names of everything that can be a paid call: a cheap first look at a call's callee. */
import type { SdkDescriptor } from './descriptor.ts';
import type { Registry } from './registry.ts';

const cache = new WeakMap<Registry, ReadonlySet<string>>();

/** Names such as `create`, `generateText`, `send`: code that calls none of them makes no paid call by its own name. */
export function methodNamesOf(registry: Registry): ReadonlySet<string> {
  const known = cache.get(registry);
  if (known !== undefined) return known;
  const names = namesIn(registry.descriptors);
  cache.set(registry, names);
  return names;
}

const transports = new WeakMap<Registry, ReadonlySet<string>>();

/** The same of what sends plain HTTP requests: `fetch`, `post`. */
export function transportNamesOf(registry: Registry): ReadonlySet<string> {
  const known = transports.get(registry);
  if (known !== undefined) return known;
  const names = namesIn(registry.descriptors.filter(({ isTransport }) => isTransport === true));
  transports.set(registry, names);
  return names;
}

function namesIn(descriptors: readonly SdkDescriptor[]): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (path: string) => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name !== '') names.add(name);
  };
  for (const sdk of descriptors) {
    for (const [path, exported] of Object.entries(sdk.exports)) if (exported.call !== undefined) add(path);
    for (const type of Object.values(sdk.types)) {
      for (const [path, method] of Object.entries(type.methods ?? {})) {
        if (method.call !== undefined || method.sendsCommand === true) add(path);
      }
    }
  }
  return names;
}
