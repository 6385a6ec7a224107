/**
 * The calls of a module that may be paid ones, by the name of what is called: a cheap check, after which most calls are not
 * evaluated at all.
 */

import { lastName } from '../../evaluate/callers.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import type { Definition, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import { definitionsOf } from '../../evaluate/scopes/scope-parts.ts';
import type { Argument, Expression } from '../../ir/nodes.ts';
import type { SdkDescriptor } from '../../sdks/descriptor.ts';
import { methodNamesOf, transportNamesOf } from '../../sdks/method-names.ts';
import type { Walker } from '../../sdks/walk.ts';

export class CallCandidates {
  /** The packages that the module imports. */
  readonly packages: readonly string[];
  /** The SDKs that the module imports. */
  readonly sdks: readonly SdkDescriptor[];
  readonly #module: ModuleScope;
  readonly #evaluator: Evaluator;
  readonly #walker: Walker;
  readonly #methods: ReadonlySet<string>;
  readonly #transports: ReadonlySet<string>;
  #heldObjects: ReadonlySet<string> | null = null;

  constructor(module: ModuleScope, evaluator: Evaluator, walker: Walker) {
    this.#module = module;
    this.#evaluator = evaluator;
    this.#walker = walker;
    this.#methods = methodNamesOf(walker.registry);
    this.#transports = transportNamesOf(walker.registry);
    this.packages = module.imports.flatMap((specifier) => {
      const resolution = evaluator.host.resolve(module.loaded.path, specifier);
      return resolution.kind === 'external' ? [resolution.module] : [];
    });
    this.sdks = [...new Set(this.packages.flatMap((name) => walker.registry.byModule(name) ?? []))];
  }

  /** True if a call of `callee` may be paid. */
  isCallee(callee: Expression, scope: Scope): boolean {
    if (callee.kind === 'member') return this.#methods.has(callee.property) || this.isHeldObject(callee.property);
    // `ai.prompt('recipe')(input)`: what a call gives may be called itself.
    if (callee.kind === 'call') return this.sdks.length > 0;
    if (callee.kind !== 'name') return false;
    const definitions = definitionsOf(callee.name, scope);
    if (definitions.length === 0) return this.#methods.has(callee.name);
    return definitions.some(
      ({ source }) => this.#mayBeSdk(source) || (source.kind === 'parameter' && isFetchName(callee.name)),
    );
  }

  /** True if a call of `callee` may send a plain HTTP request: its address says whether that is a paid call. */
  isTransport(callee: Expression): boolean {
    const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
    return this.#transports.has(name) || isFetchName(name);
  }

  /** `self.predict(...)` where `self.predict` was assigned something that was made: an SDK's object may be called itself. */
  isHeldObject(name: string): boolean {
    this.#heldObjects ??= this.sdks.length > 0 ? heldObjects(this.#module) : new Set();
    return this.#heldObjects.has(name);
  }

  /** An import of an SDK's function under any name, or a variable that may hold one. */
  #mayBeSdk(source: Definition['source']): boolean {
    if (source.kind === 'import')
      return this.#methods.has(source.name.imported) || this.#importsFromSdk(source.statement.module);
    if (source.kind !== 'value') return false;
    const key = source.path[0]?.kind === 'key' ? source.path[0].key : null;
    if (key !== null) return this.#methods.has(key) || isFetchName(key);
    const { kind } = source.expression;
    // `const request = options.fetch ?? fetch`
    if (kind === 'logical' && isFetchName(lastName(source.expression.right))) return true;
    return this.sdks.length > 0 && (kind === 'call' || kind === 'binary' || kind === 'member' || kind === 'import');
  }

  #importsFromSdk(specifier: string): boolean {
    const resolution = this.#evaluator.host.resolve(this.#module.loaded.path, specifier);
    return resolution.kind === 'external' && this.#walker.registry.byModule(resolution.module) !== null;
  }

  /** An import of a paid function: a name by itself is otherwise a variable. */
  #isImportedFunction(name: string, scope: Scope): boolean {
    return definitionsOf(name, scope).some(
      ({ source }) => source.kind === 'import' && this.#methods.has(source.name.imported),
    );
  }

  /** True if a reference that is passed to a function may be paid when that calls it. */
  isReference({ kind, name, value }: Argument, scope: Scope): boolean {
    if (kind !== 'positional' && !(kind === 'named' && FUNCTION_NAMES.test(name ?? ''))) return false;
    if (value.kind === 'name') return this.#isImportedFunction(value.name, scope);
    return value.kind === 'member' && this.isCallee(value, scope);
  }
}

/** Names of variables and parameters for what sends a request as `fetch` does. */
export function isFetchName(name: string): boolean {
  return /fetch(?:er|fn|func|impl|like)?$/i.test(name);
}

/** Parameters for a function that will be called with the other arguments (`retry(func=...)`, `Thread(target=...)`). */
const FUNCTION_NAMES =
  /^(?:f|fn|func|function|callable|call|callback|method|target|operation|task|coro|coroutine)$|_(?:fn|func|function|method|call)$/;

/** Names of members that the module assigns what a call or an operator gives, and of members that hold one of these. */
function heldObjects({ memberAssignments }: ModuleScope): ReadonlySet<string> {
  const names = new Set<string>();
  const members = [...memberAssignments.values()].flatMap((byName) => [...byName]);
  const isHeld = ({ kind }: Expression) => kind === 'call' || kind === 'binary';
  for (const [name, assignments] of members) {
    if (assignments.some(({ expression }) => isHeld(expression))) names.add(name);
  }
  const isOther = (expression: Expression) => expression.kind === 'member' && names.has(expression.property);
  const others = members.filter(([, assignments]) => assignments.some(({ expression }) => isOther(expression)));
  return new Set([...names, ...others.map(([name]) => name)]);
}
