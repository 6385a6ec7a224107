/** The names that a function's parameters define. */
import type { Definition, DefinitionSource, Scope } from './scope.ts';

export interface ParameterDefinition extends Definition {
  readonly source: Extract<DefinitionSource, { kind: 'parameter' }>;
}

const known = new WeakMap<Scope, readonly ParameterDefinition[]>();

/** In the order of the code, several of a parameter that is destructured. A function has many more other definitions. */
export function parameterDefinitions(scope: Scope): readonly ParameterDefinition[] {
  const before = known.get(scope);
  if (before) return before;
  const found = [...scope.definitions.values()].flat().filter(isParameter);
  known.set(scope, found);
  return found;
}

function isParameter(definition: Definition): definition is ParameterDefinition {
  return definition.source.kind === 'parameter';
}
