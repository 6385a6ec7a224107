/** The wrappers and feature calls of one module. */
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { CallRecord, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { FunctionNode } from '../../ir/nodes.ts';
import { addressedFunctions } from './addressed-functions.ts';
import { callableNames, functionValueOf, namesOfHolders } from './callable-objects.ts';
import { calledName } from './called-name.ts';
import { ancestorsOf } from './dispatch.ts';
import { exportedAddresses } from './exported-addresses.ts';
import { exportedObjects } from './exported-objects.ts';
import { heldFunctions } from './held-functions.ts';
import type { FeatureCall, Lifter } from './lift.ts';
import { createNameSearch } from './name-search.ts';
import { type Basis, MAX_HOPS } from './requests.ts';
import type { MethodOwner, WrapperIndex, WrapperName } from './wrapper-index.ts';

/** Wrappers of wrappers in one file: each round finds those that call what the round before found. No call leads further. */
const MAX_ROUNDS = MAX_HOPS;

export interface ModuleFeatures {
  readonly features: readonly FeatureCall[];
  readonly basis: Basis;
}

/**
 * Notes in the index the functions of the module that lead to a request, where they leave something of it to their
 * callers: those around its own `requests`, and those around calls of other wrappers. Returns what that rests on.
 */
export function noteWrappersIn(module: ModuleScope, requests: readonly CallRecord[], lifter: Lifter): Basis {
  const { basis } = lifter.requests.ask(() => {
    for (let round = 1; ; round++) {
      const { version } = lifter.index;
      noteWrappers(module, [...requests, ...callsOfWrappers(module, requests, lifter)], lifter);
      if (lifter.index.version === version || round === MAX_ROUNDS) return;
    }
  });
  return basis;
}

/** The calls of the project's own functions that decide what a request says, by the wrappers that are in the index. */
export function featureCallsIn(module: ModuleScope, requests: readonly CallRecord[], lifter: Lifter): ModuleFeatures {
  const { found, basis } = lifter.requests.ask(() =>
    callsOfWrappers(module, requests, lifter).flatMap((record) => lifter.lift(record) ?? []),
  );
  return { features: found, basis };
}

/**
 * True if the module may call a wrapper of its own, judging by names. Otherwise its feature calls do not depend on which
 * of its functions are wrappers.
 */
export function mayUseOwnWrapper(module: ModuleScope, requests: readonly CallRecord[], lifter: Lifter): boolean {
  const around = scopesAround([...requests, ...callsOfWrappers(module, requests, lifter)]);
  const { path, text } = module.loaded;
  const entries = [...around].flatMap((scope) => calledNames(scope).map((name) => ({ name, path, method: null })));
  return createNameSearch(entries).namesIn(path, text).used.size > 0;
}

function callsOfWrappers(module: ModuleScope, requests: readonly CallRecord[], lifter: Lifter): readonly CallRecord[] {
  const direct = new Set(requests);
  return module.calls.filter((record) => !direct.has(record) && lifter.mayLead(record));
}

/** The functions around the calls, and those that they are written in, since a factory is called by its own name. */
function scopesAround(calls: readonly CallRecord[]): ReadonlySet<Scope> {
  const around = new Set<Scope>();
  for (const { scope } of calls) {
    for (let current: Scope | null = scope; current; current = current.parent) {
      if (current.kind === 'function') around.add(current);
    }
  }
  return around;
}

function noteWrappers(module: ModuleScope, calls: readonly CallRecord[], lifter: Lifter): void {
  const wrappers = [...scopesAround(calls)].filter((scope) => isWrapper(scope, lifter));
  const own = wrappers.flatMap((scope) => namesOf(scope, lifter));
  const nodes = new Set(wrappers.map(({ node }) => node));
  const isKnown = (named: string | FunctionNode) =>
    typeof named !== 'string' ? nodes.has(named) : lifter.index.has(named) || own.some(({ name }) => name === named);
  const held = heldFunctions(module, lifter.evaluator, isKnown);
  const names = [...own, ...otherNames(module, own, lifter.index), ...held];
  const objects = [
    ...exportedObjects(module, lifter.evaluator, lifter.walker, (name) => lifter.index.hasObject(name)),
    ...exportedAddresses(module),
    ...addressedFunctions(module, lifter.evaluator),
  ];
  const holders = namesOfHolders(module, lifter.index);
  const known = new Map(
    [...names, ...objects, ...holders].map((name) => [`${name.name} ${name.method?.className}`, name]),
  );
  lifter.index.set(module.loaded.path, [...known.values()]);
}

/** Other names under which the module exports a wrapper, its own or another module's (`export { ask as complete }`). */
function otherNames(module: ModuleScope, own: readonly WrapperName[], index: WrapperIndex): readonly WrapperName[] {
  const isWrapper = (name: string) => index.has(name) || own.some((one) => one.name === name);
  return [...module.exports].flatMap(([name, { local, imported, expression }]) => {
    const source = expression === null ? (imported ?? local) : calledName(expression);
    const isOther = source !== null && source !== name && name !== 'default' && isWrapper(source);
    return isOther ? [{ name, method: null }] : [];
  });
}

function isWrapper(scope: Scope, { evaluator, summaries }: Lifter): boolean {
  const fn = functionValueOf(scope, evaluator);
  if (fn === null) return false;
  const { flows, sendsFields } = summaries.of(fn);
  return flows.size > 0 || sendsFields;
}

function namesOf(scope: Scope, { evaluator }: Lifter): readonly WrapperName[] {
  const method = ownerOf(scope, evaluator);
  return [...calledNames(scope).map((name) => ({ name, method })), ...callableNames(scope, evaluator)];
}

function ownerOf({ name, ownerClass }: Scope, evaluator: Evaluator): MethodOwner | null {
  // A callable object is called by the name of its variable, and a constructor by that of its class.
  if (ownerClass?.qualifiedName == null || name === null || name === 'constructor' || name === '__call__') return null;
  return { className: ownerClass.qualifiedName, ancestors: ancestorsOf(ownerClass, evaluator) };
}

/** What callers write: the function's name; of `__call__`, its class; of a function that another returns, the other's. */
function calledNames(scope: Scope): readonly string[] {
  if (scope.name === '__call__') return scope.ownerClass?.name ? [scope.ownerClass.name] : [];
  const outer = enclosingFunction(scope);
  return [scope.name, outer?.name].filter((name) => name != null && name !== 'constructor') as string[];
}

function enclosingFunction(scope: Scope): Scope | null {
  for (let current = scope.parent; current; current = current.parent) if (current.kind === 'function') return current;
  return null;
}
