/** Objects of SDKs that a module makes for others: files that name one may make requests with it. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Definition, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { Expression, FunctionNode } from '../../ir/nodes.ts';
import { isObjectKnownByOrigin, makersOf } from '../../sdks/named-objects.ts';
import type { Walker } from '../../sdks/walk.ts';
import { calledName } from './called-name.ts';
import type { WrapperName } from './wrapper-index.ts';

/** Tells whether an expression in a scope makes such an object, holds one, or is a function that returns one. */
type Makes = (made: Expression, scope: Scope) => boolean;

/**
 * The names of the module's variables and functions that give such an object, and of its classes that keep one. An object
 * that is exported by default has the module's name, because importers name it as they like.
 */
export function exportedObjects(module: ModuleScope, evaluator: Evaluator, walker: Walker): readonly WrapperName[] {
  const makes = makerCheck(module, evaluator, walker);
  if (makes === null) return [];
  const variables = [...module.root.definitions].flatMap(([name, definitions]) =>
    definitions.some((definition) => isMade(definition, module.root, makes)) ? [name] : [],
  );
  const classes = [...module.scopes.values()].filter((scope) => keepsObject(scope, makes));
  const names = [...variables, ...classes.flatMap(({ name }) => name ?? [])];
  const exported = module.exports.get('default')?.expression ?? null;
  const isDefault =
    exported?.kind === 'name' ? names.includes(exported.name) : exported && makes(exported, module.root);
  if (isDefault) names.push(moduleName(module.loaded.path));
  return [...new Set(names)].map((name) => ({ name, method: null, isObject: true }));
}

/** Null for a module that makes none: evaluating what cannot be one would load modules for nothing. */
function makerCheck(module: ModuleScope, evaluator: Evaluator, walker: Walker): Makes | null {
  const makers = makersIn(module, evaluator, walker);
  const calls = module.calls.filter(({ node }) => makers.has(calledName(nameOf(node.callee)) ?? ''));
  if (calls.length === 0) return null;
  const isMaker = (made: Expression): boolean =>
    made.kind === 'function' ? isCalledIn(made) : calls.some(({ node }) => node === made);
  const isCalledIn = (fn: FunctionNode): boolean => calls.some(({ scope }) => scope.node === fn);
  const makes: Makes = (made, scope) => {
    if (made.kind === 'object') {
      return made.entries.some((part) => part.kind === 'property' && makes(part.value, scope));
    }
    if (!isMaker(made)) return false;
    evaluator.startQuery();
    const value = evaluator.evaluate(made, evaluator.frameOf(scope));
    return isObjectKnownByOrigin(walker, value.kind === 'function' ? evaluator.invokeWith(value, []) : value);
  };
  return makes;
}

/** Last names of the exports that make such objects, in the SDKs that the module imports. */
function makersIn({ imports, loaded }: ModuleScope, evaluator: Evaluator, walker: Walker): ReadonlySet<string> {
  const sdks = imports.flatMap((specifier) => {
    const resolution = evaluator.host.resolve(loaded.path, specifier);
    return resolution.kind === 'external' ? (walker.registry.byModule(resolution.module) ?? []) : [];
  });
  return new Set([...new Set(sdks)].flatMap(makersOf).map((path) => path.slice(path.lastIndexOf('.') + 1)));
}

/** The callee without its type arguments: `Agent[Deps, Answer]`. */
function nameOf(callee: Expression): Expression {
  return callee.kind === 'index' ? callee.object : callee;
}

function isMade({ source }: Definition, scope: Scope, makes: Makes): boolean {
  return source.kind === 'value' && source.path.length === 0 && makes(source.expression, scope);
}

/** True for a class with such an object in a field: any code with an instance can run it. */
function keepsObject(scope: Scope, makes: Makes): boolean {
  if (scope.kind !== 'class' || !('members' in scope.node)) return false;
  const fields = scope.node.members.flatMap((member) => (member.kind === 'field' ? (member.value ?? []) : []));
  const assigned = [...(scope.module.memberAssignments.get(scope)?.values() ?? [])].flat();
  return (
    fields.some((value) => makes(value, scope)) || assigned.some(({ expression, scope: at }) => makes(expression, at))
  );
}

/** What importers write: the file's name, or its folder's if the file is the folder's index. */
function moduleName(path: string): string {
  return /([^/]+?)(?:\/(?:index|__init__))?\.\w+$/.exec(path)?.[1] ?? path;
}
