/** The last names of everything that can be a paid call: what a candidate call is recognised by before it is evaluated. */
import type { Registry } from './registry.ts';

const known = new WeakMap<Registry, ReadonlySet<string>>();

export function methodNamesOf(registry: Registry): ReadonlySet<string> {
  let names = known.get(registry);
  if (!names) {
    names = collect(registry);
    known.set(registry, names);
  }
  return names;
}

function collect(registry: Registry): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (path: string) => names.add(path.slice(path.lastIndexOf('.') + 1));
  for (const sdk of registry.descriptors) {
    for (const [path, exported] of Object.entries(sdk.exports)) if (exported.call) add(path);
    for (const type of Object.values(sdk.types)) {
      for (const [path, method] of Object.entries(type.methods ?? {}))
        if (method.call || method.sendsCommand) add(path);
    }
  }
  names.delete('');
  return names;
}
