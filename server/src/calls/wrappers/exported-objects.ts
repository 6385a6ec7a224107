/** Objects of SDKs that a module makes for others: files that name one may make requests with it. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Definition, ModuleScope } from '../../evaluate/scopes/scope.ts';
import type { Value } from '../../evaluate/values.ts';
import type { Expression, FunctionNode } from '../../ir/nodes.ts';
import { isObjectKnownByOrigin, makersOf } from '../../sdks/named-objects.ts';
import type { Walker } from '../../sdks/walk.ts';
import { calledName } from './called-name.ts';
import type { WrapperName } from './wrapper-index.ts';

/** The names of the module's variables that hold such an object, and of its functions that return one. */
export function exportedObjects(module: ModuleScope, evaluator: Evaluator, walker: Walker): readonly WrapperName[] {
  const makers = makersIn(module, evaluator, walker);
  if (makers.size === 0) return [];
  // Evaluating what cannot be one would load modules for nothing.
  const calls = module.calls.filter(({ node }) => makers.has(calledName(nameOf(node.callee)) ?? ''));
  if (calls.length === 0) return [];
  const makes = (node: FunctionNode): boolean => calls.some(({ scope }) => scope.node === node);
  return [...module.root.definitions].flatMap(([name, definitions]) =>
    definitions.some((definition) => {
      const made = expressionOf(definition);
      if (made === null) return false;
      const isMaker = made.kind === 'function' ? makes(made) : calls.some(({ node }) => node === made);
      return isMaker && isObjectKnownByOrigin(walker, valueOfObject(made, module, evaluator));
    })
      ? [{ name, method: null, isObject: true } as const]
      : [],
  );
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

function expressionOf({ source }: Definition): Expression | null {
  return source.kind === 'value' && source.path.length === 0 ? source.expression : null;
}

function valueOfObject(made: Expression, module: ModuleScope, evaluator: Evaluator): Value {
  evaluator.startQuery();
  const value = evaluator.evaluate(made, evaluator.frameOf(module.root));
  return value.kind === 'function' ? evaluator.invokeWith(value, []) : value;
}
