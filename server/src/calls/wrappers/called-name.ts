/** The name that a call goes by, and the names of a module that refer to a wrapper. */
import type { CallRecord, Definition, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import type { Argument, Expression } from '../../ir/nodes.ts';
import { isNamedLikeCallable } from './dispatch.ts';
import { functionsInTable, tableOf } from './function-tables.ts';
import { referencesIn } from './held-functions.ts';
import { CALLED, type WrapperIndex } from './wrapper-index.ts';

/** How many aliases of aliases are followed. */
const MAX_ALIASES = 3;

/** `ask` of `ask`, `this.ask`, `client.ask`, `ask(options)` and `ask[name]`; null where the expression has no such name. */
export function calledName(callee: Expression): string | null {
  switch (callee.kind) {
    case 'name':
      return callee.name;
    case 'member':
      return callee.property;
    case 'call':
      return calledName(callee.callee);
    case 'index':
      return calledName(callee.object);
    default:
      return null;
  }
}

/** Tells by names alone what may be a wrapper: a cheap look before anything is resolved. */
export class WrapperCandidates {
  readonly #index: WrapperIndex;
  readonly #aliases = new WeakMap<ModuleScope, { readonly version: number; readonly names: ReadonlySet<string> }>();

  constructor(index: WrapperIndex) {
    this.#index = index;
  }

  /** True where `record` may call a wrapper, or hand one on to be called. */
  mayLead({ node, scope: { module } }: CallRecord): boolean {
    return this.mayBe(node.callee, module) || node.arguments.some(({ value }) => this.mayBeReference(value, module));
  }

  mayBe(callee: Expression, module: ModuleScope): boolean {
    const name = calledName(callee);
    if (name === null) return false;
    return (
      this.#index.has(name) ||
      this.#aliasesIn(module).has(name) ||
      (this.#index.has(CALLED) && isNamedLikeCallable(callee))
    );
  }

  /** `ask` in `to_thread(ask, prompt)`. */
  mayBeReference(value: Expression, module: ModuleScope): boolean {
    return (value.kind === 'name' || value.kind === 'member') && this.mayBe(value, module);
  }

  /** Names of the module that refer to a wrapper, or to what a wrapper's factory returns. */
  #aliasesIn(module: ModuleScope): ReadonlySet<string> {
    const { version } = this.#index;
    const known = this.#aliases.get(module);
    if (known?.version === version) return known.names;
    const names = new Set<string>();
    for (let round = 0; round < MAX_ALIASES; round++) {
      const before = names.size;
      for (const scope of [module.root, ...module.scopes.values()]) this.#addAliases(scope, names);
      if (names.size === before) break;
    }
    this.#aliases.set(module, { version, names });
    return names;
  }

  #addAliases(scope: Scope, names: Set<string>): void {
    const isKnown = (name: unknown) => typeof name === 'string' && (this.#index.has(name) || names.has(name));
    for (const [name, definitions] of scope.definitions) {
      if (definitions.some((definition) => givenNames(definition).some(isKnown))) names.add(name);
    }
    for (const [name, assignments] of scope.module.memberAssignments.get(scope) ?? []) {
      if (assignments.some(({ expression }) => namesGivenBy(expression).some(isKnown))) names.add(name);
    }
  }
}

/** The names in a call by which it may lead to a wrapper: of what it calls, and of what it hands over to be called. */
export function namesIn(record: CallRecord): readonly string[] {
  const { callee, arguments: args } = record.node;
  const handedOver = args.filter((_, index) => isHandedOver(record, index)).map(({ value }) => value);
  return [callee, ...handedOver].flatMap((one) => calledName(one) ?? []);
}

/**
 * A function that is named ahead of what it is to be called with, as `ask` in `to_thread(ask, prompt)`, or a closure alone:
 * `attempt` in `retry(attempt)`.
 */
export function isHandedOver({ node: { arguments: all }, scope }: CallRecord, index: number): boolean {
  const { kind, value } = all[index] as Argument;
  if (kind !== 'positional' || (value.kind !== 'name' && value.kind !== 'member')) return false;
  return index < all.length - 1 || (all.length === 1 && value.kind === 'name' && isClosure(value.name, scope));
}

/** True for the name of a function that is written in the function `scope`. */
function isClosure(name: string, { kind, definitions }: Scope): boolean {
  const own = kind === 'function' ? definitions.get(name) : undefined;
  return own?.some(({ source }) => source.kind === 'value' && source.expression.kind === 'function') === true;
}

/** What a definition may give another name to: what is imported, or the function that is called, named or handed on. */
function givenNames({ source }: Definition): readonly unknown[] {
  if (source.kind === 'import') return [source.name.imported];
  if (source.kind !== 'value') return [];
  const key = source.path.at(-1);
  return key?.kind === 'key' ? [key.key] : namesGivenBy(source.expression);
}

function namesGivenBy(expression: Expression): readonly unknown[] {
  const table = tableOf(expression);
  return [
    calledName(expression),
    ...(table === null ? [] : [calledName(table)]),
    ...referencesIn(expression),
    ...functionsInTable(expression),
  ];
}
