/**
 * Functions that go by another name than their own, since something holds or wraps them: `const ask = traced(send)`,
 * `this.complete = withRetry(send)`, `small = partial(send, model="...")`, a property that returns one of these, a table.
 */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf } from '../../evaluate/lattice.ts';
import { partialOf } from '../../evaluate/partials.ts';
import type { ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { ExternalValue, FunctionValue, Value } from '../../evaluate/values.ts';
import type { ClassNode, Expression, FunctionNode } from '../../ir/nodes.ts';
import { ancestorsOf } from './dispatch.ts';
import { functionsInTable, holdsFunction } from './function-tables.ts';
import type { WrapperName } from './wrapper-index.ts';

/** Something that a name or a member of a class is given. */
interface Holder {
  readonly name: string;
  readonly given: Expression;
  /** Where `given` is evaluated. */
  readonly scope: Scope;
  /** The class whose member it is; null for a variable of the module. */
  readonly owner: Scope | null;
}

/** The function that a package's function was handed, and gives back as something to call: `traced(send)`. */
export function wrappedFunctions(value: ExternalValue): readonly FunctionValue[] {
  const made = value.steps.at(-1);
  if (partialOf(value) !== null || made?.kind !== 'call' || made.isNew || made.args === null) return [];
  const functions = made.args.positional.filter((one) => one.kind === 'function');
  return functions.length === 1 ? functions : [];
}

/** The function that a closure only hands its arguments on to: `(...args) => fn(...args)`, where `fn` is known. */
export function forwardedFunction({ node, frame }: FunctionValue): FunctionValue | null {
  const scope = frame.scope.module.scopes.get(node);
  const rest = node.parameters.find(({ kind }) => kind === 'rest');
  if (scope === undefined || rest?.pattern.kind !== 'name' || frame.bound === null) return null;
  const { name } = rest.pattern;
  for (const { node: call } of callsIn(scope)) {
    const { callee, arguments: args } = call;
    const [first] = args;
    if (callee.kind !== 'name' || first?.kind !== 'spread' || first.value.kind !== 'name') continue;
    const [definition] = frame.scope.definitions.get(callee.name) ?? [];
    const value = definition && frame.bound.get(definition);
    if (first.value.name === name && value?.kind === 'function') return value;
  }
  return null;
}

function callsIn(scope: Scope) {
  return scope.module.calls.filter((record) => record.scope === scope);
}

/** The names in a module under which others may call the functions that are `isWrapper` by name or by node. */
export function heldFunctions(
  module: ModuleScope,
  evaluator: Evaluator,
  isWrapper: (named: string | FunctionNode) => boolean,
): readonly WrapperName[] {
  const held = holdersIn(module).filter((holder) => isHeld(holder, evaluator, isWrapper));
  const names = held.map(({ name, owner }): WrapperName => ({ name, method: ownerOf(owner, evaluator) }));
  const byClass = Map.groupBy(held, ({ owner }) => owner);
  const getters = [...byClass].flatMap(([owner, members]) => {
    const given = owner === null ? [] : gettersOf(owner, new Set(members.map(({ name }) => name)));
    return given.map((name): WrapperName => ({ name, method: ownerOf(owner, evaluator) }));
  });
  return [...names, ...getters];
}

function holdersIn(module: ModuleScope): readonly Holder[] {
  const variables = [module.root, ...module.scopes.values()].flatMap((scope) =>
    scope.kind === 'module' || scope.kind === 'class' ? variablesOf(scope) : [],
  );
  const members = [...module.memberAssignments].flatMap(([owner, byName]) =>
    [...byName].flatMap(([name, assignments]) =>
      assignments.map(({ expression, scope }): Holder => ({ name, given: expression, scope, owner })),
    ),
  );
  return [...variables, ...members];
}

function variablesOf(scope: Scope): readonly Holder[] {
  const owner = scope.kind === 'class' ? scope : null;
  return [...scope.definitions].flatMap(([name, definitions]) =>
    definitions.flatMap(({ source }): readonly Holder[] =>
      source.kind === 'value' && source.path.length === 0 ? [{ name, given: source.expression, scope, owner }] : [],
    ),
  );
}

function isHeld(
  { name, given, scope }: Holder,
  evaluator: Evaluator,
  isWrapper: (named: string | FunctionNode) => boolean,
): boolean {
  const functions = [...referencesIn(given), ...functionsInTable(given)];
  if (!functions.some((one) => one !== name && isWrapper(one))) return false;
  evaluator.startQuery();
  return alternativesOf(evaluator.evaluate(given, evaluator.frameOf(scope))).some(isFunction);
}

function isFunction(value: Value): boolean {
  if (value.kind !== 'external') return value.kind === 'function' || holdsFunction(value);
  const begun = partialOf(value);
  return begun === null ? wrappedFunctions(value).length > 0 : alternativesOf(begun.callee).some(isFunction);
}

/** What an expression may give under another name: the functions in it by name, and those that are written in it. */
export function referencesIn(given: Expression): readonly (string | FunctionNode)[] {
  switch (given.kind) {
    case 'name':
      return [given.name];
    case 'member':
      return [given.property];
    case 'function':
      return [given];
    case 'call': {
      const { callee } = given;
      const bound = callee.kind === 'member' && callee.property === 'bind' ? referencesIn(callee.object) : [];
      const handedOn = given.arguments.flatMap(({ kind, value }) =>
        kind === 'positional' && value.kind !== 'call' ? referencesIn(value) : [],
      );
      return [...referencesIn(callee), ...bound, ...handedOn];
    }
    default:
      return [];
  }
}

function ownerOf(owner: Scope | null, evaluator: Evaluator): WrapperName['method'] {
  if (owner === null || owner.qualifiedName === null) return null;
  return { className: owner.qualifiedName, ancestors: ancestorsOf(owner, evaluator) };
}

/** The properties of a class that return one of these members. */
function gettersOf({ node, module }: Scope, members: ReadonlySet<string>): readonly string[] {
  return (node as ClassNode).members.flatMap((member) => {
    if (member.kind !== 'method' || !member.isGetter) return [];
    const returns = module.scopes.get(member.function)?.returns ?? [];
    const isHeldMember = returns.some(({ value }) => value.kind === 'member' && members.has(value.property));
    return isHeldMember ? [member.name] : [];
  });
}
