/** All SDKs' helpers around schemas: a schema that one SDK's helper made may be sent by another. */
import type { SchemaHelpers } from './descriptor.ts';
import type { Registry } from './registry.ts';

export interface KnownHelpers {
  readonly isWrapper: (name: string) => boolean;
  readonly isChoice: (name: string) => boolean;
  readonly isBase: (name: string) => boolean;
}

const known = new WeakMap<Registry, KnownHelpers>();

export function schemaHelpersOf(registry: Registry): KnownHelpers {
  const before = known.get(registry);
  if (before !== undefined) return before;
  const namesOf = (pick: (helpers: SchemaHelpers) => readonly string[] | undefined): ReadonlySet<string> =>
    new Set(registry.descriptors.flatMap(({ schemas = {} }) => pick(schemas) ?? []));
  const wrappers = namesOf((helpers) => helpers.wrappers);
  const choices = namesOf((helpers) => helpers.choices);
  const bases = namesOf((helpers) => helpers.bases);
  const helpers: KnownHelpers = {
    isWrapper: (name) => wrappers.has(name),
    isChoice: (name) => choices.has(name),
    isBase: (name) => bases.has(name),
  };
  known.set(registry, helpers);
  return helpers;
}
