/** Parameters whose declared type says what can be called on them: a client of an SDK, an object of a class of the project. */
import { annotatedValue } from '../../evaluate/annotations.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { destructure } from '../../evaluate/names.ts';
import type { Definition, Scope } from '../../evaluate/scopes/scope.ts';
import type { Value } from '../../evaluate/values.ts';
import type { Walker } from '../../sdks/walk.ts';
import type { WrapperIndex } from './wrapper-index.ts';

type TypedParameters = ReadonlyMap<Definition, Value>;

/** By function, with the version of the index that they are for: each call of the function asks for the same. */
const known = new WeakMap<Scope, { readonly version: number; readonly typed: TypedParameters }>();

/** By definition of a parameter: the object that its type declares. Types of plain data are left out. */
export function typedParameters(
  evaluator: Evaluator,
  walker: Walker,
  index: WrapperIndex,
  scope: Scope,
): TypedParameters {
  const { version } = index;
  const before = known.get(scope);
  if (before?.version === version) return before.typed;
  const typed = findTyped(evaluator, walker, index, scope);
  known.set(scope, { version, typed });
  return typed;
}

function findTyped(evaluator: Evaluator, walker: Walker, index: WrapperIndex, scope: Scope): TypedParameters {
  const typed = new Map<Definition, Value>();
  for (const definitions of scope.definitions.values()) {
    for (const definition of definitions) {
      const { source } = definition;
      if (source.kind !== 'parameter' || source.parameter.annotation === null) continue;
      if (source.parameter.kind === 'rest' || source.parameter.kind === 'namedRest') continue;
      const frame = evaluator.frameOf(scope);
      const declared = annotatedValue(evaluator, source.parameter.annotation, frame);
      const value = declared && destructure(evaluator, declared, source.path, frame);
      if (!value || !isCallable(value, walker, index)) continue;
      const parameter = evaluator.origin(source.parameter, frame);
      typed.set(definition, value.kind === 'instance' ? { ...value, parameter } : value);
    }
  }
  return typed;
}

/** True for what has methods that lead to a request; false for messages, options and other data. */
function isCallable(value: Value, walker: Walker, index: WrapperIndex): boolean {
  if (value.kind === 'instance') {
    const { name, members } = value.class.node;
    // An interface has no bodies: what implements it has.
    return members.some(({ kind }) => kind === 'method') || (name !== null && index.isImplemented(name));
  }
  if (value.kind !== 'external') return false;
  const walked = walker.walk(value);
  return walked?.kind === 'object' && walked.message === null && walked.command === null && hasCalls(walked);
}

function hasCalls({ sdk, type }: { sdk: { types: Walked['types'] }; type: string }): boolean {
  const { methods = {}, members = {}, isComposite = false } = sdk.types[type] ?? {};
  // A part of a chain that asks nothing by itself is what a caller says: a template.
  if (isComposite && !Object.values(methods).some(({ call }) => call !== undefined)) return false;
  return Object.keys(methods).length > 0 || Object.keys(members).length > 0;
}
type Walked = Parameters<Walker['callOf']>[0];
