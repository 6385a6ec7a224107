/** Objects of SDKs that a module makes for others: files that name one may make requests with it. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import type { Definition, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { Value } from '../../evaluate/values.ts';
import type { Expression, FunctionNode } from '../../ir/nodes.ts';
import { isObjectKnownByOrigin, makersOf } from '../../sdks/named-objects.ts';
import type { Walker } from '../../sdks/walk.ts';
import { calledName } from './called-name.ts';
import type { WrapperName } from './wrapper-index.ts';

/** True for the callee or the base class that names what makes such objects. */
type IsMaker = (named: Expression) => boolean;

/** Tells whether an expression in a scope makes such an object, holds one, or is a function that returns one. */
type Makes = (made: Expression, scope: Scope) => boolean;

/**
 * The names of the module's variables and functions that give such an object, and of its classes that are one, keep one
 * or have a method that gives one. An object that is exported by default has the module's name, because importers name
 * it as they like. `isKnownObject` is true for such a name of another module.
 */
export function exportedObjects(
  module: ModuleScope,
  evaluator: Evaluator,
  walker: Walker,
  isKnownObject: (name: string) => boolean = () => false,
): readonly WrapperName[] {
  const isMaker = makersIn(module, evaluator, walker, isKnownObject);
  const isObject = (value: Value): boolean => {
    if (value.kind !== 'instance') return isObjectKnownByOrigin(walker, value);
    const { name, bases } = value.class.node;
    return bases.some(isMaker) || (name !== null && isKnownObject(name));
  };
  const makes = makerCheck(module, evaluator, isMaker, isObject);
  if (makes === null) return [];
  const variables = [...module.root.definitions].flatMap(([name, definitions]) =>
    definitions.some((definition) => isMade(definition, module.root, makes)) ? [name] : [],
  );
  const classes = [...module.scopes.values()].filter((scope) => isOrKeepsObject(scope, isMaker, makes));
  const names = [...variables, ...classes.flatMap(({ name }) => name ?? [])];
  const exported = module.exports.get('default')?.expression ?? null;
  const isDefault =
    exported?.kind === 'name' ? names.includes(exported.name) : exported && makes(exported, module.root);
  if (isDefault) names.push(moduleName(module.loaded.path));
  return [...new Set(names)].map((name) => ({ name, method: null, isObject: true }));
}

/** Null for a module that makes none: evaluating what cannot be one would load modules for nothing. */
function makerCheck(
  module: ModuleScope,
  evaluator: Evaluator,
  isMaker: IsMaker,
  isObject: (value: Value) => boolean,
): Makes | null {
  const calls = module.calls.filter(({ node }) => isMaker(node.callee));
  if (calls.length === 0 && ![...module.scopes.values()].some((scope) => isSubclass(scope, isMaker))) return null;
  const mayMake = (made: Expression): boolean =>
    made.kind === 'function' ? isCalledIn(made) : calls.some(({ node }) => node === made);
  const isCalledIn = (fn: FunctionNode): boolean => calls.some(({ scope }) => scope.node === fn);
  const makes: Makes = (made, scope) => {
    if (made.kind === 'object') {
      return made.entries.some((part) => part.kind === 'property' && makes(part.value, scope));
    }
    if (!mayMake(made)) return false;
    evaluator.startQuery();
    const value = evaluator.evaluate(made, evaluator.frameOf(scope));
    const given = value.kind === 'function' ? evaluator.invokeWith(value, []) : value;
    return alternativesOf(given).some(isObject);
  };
  return makes;
}

/** Told by the last names of the exports that make such objects, in the SDKs that the module imports. */
function makersIn(
  { imports, loaded, root }: ModuleScope,
  evaluator: Evaluator,
  walker: Walker,
  isKnownObject: (name: string) => boolean,
): IsMaker {
  const sdks = imports.flatMap((specifier) => {
    const resolution = evaluator.host.resolve(loaded.path, specifier);
    return resolution.kind === 'external' ? (walker.registry.byModule(resolution.module) ?? []) : [];
  });
  const ofSdks = [...new Set(sdks)].flatMap(makersOf).map((path) => path.slice(path.lastIndexOf('.') + 1));
  const ofProject = [...root.definitions].flatMap(([name, definitions]) =>
    definitions.some(({ source }) => source.kind === 'import' && isKnownObject(source.name.imported)) ? [name] : [],
  );
  const names = new Set([...ofSdks, ...ofProject]);
  const patterns = ofSdks.filter((name) => name.includes('*')).map((name) => name.replaceAll('*', '\\w*'));
  const pattern = new RegExp(`^(?:${patterns.join('|') || '(?!)'})$`);
  return (named) => {
    const name = calledName(nameOf(named)) ?? '';
    return names.has(name) || pattern.test(name);
  };
}

function isSubclass({ node }: Scope, isMaker: IsMaker): boolean {
  return 'bases' in node && node.bases.some(isMaker);
}

/** The callee without its type arguments: `Agent[Deps, Answer]`. */
function nameOf(callee: Expression): Expression {
  return callee.kind === 'index' ? callee.object : callee;
}

function isMade({ source }: Definition, scope: Scope, makes: Makes): boolean {
  return source.kind === 'value' && source.path.length === 0 && makes(source.expression, scope);
}

/** True for a class that extends such an object's, or has one in a field or from a method: code with an instance can run it. */
function isOrKeepsObject(scope: Scope, isMaker: IsMaker, makes: Makes): boolean {
  const { node, module } = scope;
  if (!('members' in node)) return false;
  const assigned = [...(module.memberAssignments.get(scope)?.values() ?? [])].flat();
  return (
    isSubclass(scope, isMaker) ||
    node.members.some((member) => {
      const made = member.kind === 'field' ? member.value : member.function;
      return made !== null && makes(made, scope);
    }) ||
    assigned.some(({ expression, scope: at }) => makes(expression, at))
  );
}

/** What importers write: the file's name, or its folder's if the file is the folder's index. */
function moduleName(path: string): string {
  return /([^/]+?)(?:\/(?:index|__init__))?\.\w+$/.exec(path)?.[1] ?? path;
}
