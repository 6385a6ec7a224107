/**
 * Objects that are called like functions: `self.llm(prompt)`, where a class has `__call__`, or where a function gives a
 * closure that it declares as such an object. Callers call them by whatever name holds them.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { FunctionValue } from '../../evaluate/values.ts';
import type { Expression, FunctionNode } from '../../ir/nodes.ts';
import { ancestorsOf, isModelName } from './dispatch.ts';
import { CALLED, type WrapperIndex, type WrapperName } from './wrapper-index.ts';

/** The function of `scope` as a value, for any of its callers. */
export function functionValueOf(scope: Scope, evaluator: Evaluator): FunctionValue | null {
  const frame = evaluator.frameOf(scope);
  return frame.parent === null
    ? null
    : { kind: 'function', node: scope.node as FunctionNode, frame: frame.parent, receiver: frame.receiver };
}

/** The names of a wrapper that is called as an object, and those of the types that it is known by. */
export function callableNames(scope: Scope, evaluator: Evaluator): readonly WrapperName[] {
  const { name, ownerClass, qualifiedName, parent } = scope;
  if (name === CALLED && ownerClass?.qualifiedName != null) {
    const ancestors = ancestorsOf(ownerClass, evaluator);
    return [{ name: CALLED, method: { className: ownerClass.qualifiedName, ancestors } }, ...namesOfTypes(ancestors)];
  }
  if (parent?.kind !== 'function' || qualifiedName === null || !isReturned(scope, parent)) return [];
  const types = typeNamesIn((parent.node as FunctionNode).returns).filter(isOwnType);
  if (types.length === 0) return [];
  return [{ name: CALLED, method: { className: qualifiedName, ancestors: types } }, ...namesOfTypes(types)];
}

function isReturned({ name, node }: Scope, { returns }: Scope): boolean {
  return returns.some(({ value }) => value === node || (value.kind === 'name' && value.name === name));
}

function namesOfTypes(types: readonly string[]): readonly WrapperName[] {
  return types.map((name) => ({ name, method: null }));
}

/** Names of the types of callables in general. */
const GENERAL_TYPES = new Set(['Callable', 'Awaitable', 'Coroutine', 'Promise', 'Any', 'Optional', 'Union', 'None']);

function isOwnType(name: string): boolean {
  return /^[A-Z]/.test(name) && !GENERAL_TYPES.has(name);
}

/** What holds such an object in the module, by its declared type: parameters, fields, and functions that give one. */
export function namesOfHolders(module: ModuleScope, index: WrapperIndex): readonly WrapperName[] {
  const types = new Set(
    index.methods(CALLED).flatMap(({ className, ancestors }) => [className.split('.').at(-1) ?? '', ...ancestors]),
  );
  if (types.size === 0) return [];
  const holds = (annotation: Expression | null): boolean => typeNamesIn(annotation).some((name) => types.has(name));
  const names = new Set<string>();
  for (const { kind, node } of module.scopes.values()) {
    if (kind === 'function') {
      const { name, returns, parameters } = node as FunctionNode;
      if (name !== null && holds(returns)) names.add(name);
      for (const { pattern, annotation } of parameters) {
        if (pattern.kind === 'name' && holds(annotation)) names.add(pattern.name);
      }
    } else if (kind === 'class' && 'members' in node) {
      for (const member of node.members)
        if (member.kind === 'field' && holds(member.annotation)) names.add(member.name);
    }
  }
  return namesOfTypes([...names].filter(isModelName));
}

/** Last names of the types that an annotation is made of. */
function typeNamesIn(annotation: Expression | null): readonly string[] {
  switch (annotation?.kind) {
    case 'name':
      return [annotation.name];
    case 'member':
      return [annotation.property];
    case 'string':
      return [annotation.value];
    case 'index':
      return [...typeNamesIn(annotation.object), ...typeNamesIn(annotation.index)];
    case 'array':
      return annotation.items.flatMap((item) => typeNamesIn(item.kind === 'spread' ? null : item));
    case 'binary':
      return [...typeNamesIn(annotation.left), ...typeNamesIn(annotation.right)];
    default:
      return [];
  }
}
