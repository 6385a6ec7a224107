/** The last names of everything that can be a paid call: a cheap first look at a call's callee. */
import type { Registry } from './registry.ts';

const cache = new WeakMap<Registry, ReadonlySet<string>>();

/** Names such as `create`, `generateText`, `send`: code that calls none of them makes no paid call by its own name. */
export function methodNamesOf(registry: Registry): ReadonlySet<string> {
  const known = cache.get(registry);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const add = (path: string) => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name !== '') names.add(name);
  };
  for (const sdk of registry.descriptors) {
    for (const [path, exported] of Object.entries(sdk.exports)) if (exported.call !== undefined) add(path);
    for (const type of Object.values(sdk.types)) {
      for (const [path, method] of Object.entries(type.methods ?? {})) {
        if (method.call !== undefined || method.sendsCommand === true) add(path);
      }
    }
  }
  cache.set(registry, names);
  return names;
}
