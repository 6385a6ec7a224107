/** What the walk over a module has found: its scopes, and what each name in them is defined as. */
import type { ClassNode, Comprehension, FunctionNode } from '../../ir/nodes.ts';
import type { LoadedModule } from '../modules.ts';
import { originalOf } from './mutated-path.ts';
import type {
  Definition,
  DefinitionSource,
  MemberAssignment,
  MemberChange,
  ModuleScope,
  Region,
  Scope,
  Surrounding,
} from './scope.ts';
import { addDefinition, isSettingUp, newRegion, receiverOwner } from './scope-parts.ts';

/** Where the walk stands. */
/** An alias of an alias, in a circle: no code nests deeper. */
const MAX_ALIAS_KEYS = 8;

export interface Place {
  readonly scope: Scope;
  readonly region: Region;
  readonly surrounding: Surrounding | null;
}

export interface DeclarationKind {
  readonly isDeclaration: boolean;
  readonly isConstant: boolean;
  readonly scope: 'block' | 'function';
}
export const FUNCTION: DeclarationKind = { isDeclaration: true, isConstant: false, scope: 'function' };
export const BLOCK: DeclarationKind = { isDeclaration: true, isConstant: false, scope: 'block' };
export const REASSIGNED: DeclarationKind = { isDeclaration: false, isConstant: false, scope: 'function' };

export class ScopeTable {
  readonly module: ModuleScope;
  readonly #scopes: ModuleScope['scopes'] = new Map();
  readonly #memberAssignments: ModuleScope['memberAssignments'] = new Map();
  readonly #memberChanges: ModuleScope['memberChanges'] = new Map();
  /** Assignments that do not declare, resolved to the scope that does when all scopes are known. */
  readonly #deferred: { name: string; definition: Definition }[] = [];

  constructor(loaded: LoadedModule) {
    const span = { start: 0, end: loaded.text.length };
    // The root scope and the module refer to each other.
    const module = {
      loaded,
      scopes: this.#scopes,
      exports: new Map(),
      stars: [],
      imports: [],
      calls: [],
      memberAssignments: this.#memberAssignments,
      memberChanges: this.#memberChanges,
    } as unknown as ModuleScope & { root: Scope };
    module.root = {
      kind: 'module',
      node: loaded.node,
      module,
      parent: null,
      definitions: new Map(),
      region: newRegion('body', null, span),
      ownerClass: null,
      returns: [],
      name: null,
      qualifiedName: null,
    };
    this.module = module;
  }

  newScope(
    kind: Scope['kind'],
    node: FunctionNode | ClassNode | Comprehension,
    parent: Scope,
    ownerClass: Scope | null,
    name: string | null,
  ): Scope {
    const outer = parent.qualifiedName;
    const scope: Scope = {
      kind,
      node,
      module: this.module,
      parent,
      definitions: new Map(),
      region: newRegion('body', null, node),
      ownerClass,
      returns: [],
      name,
      qualifiedName: name === null ? outer : outer === null ? name : `${outer}.${name}`,
    };
    this.#scopes.set(node, scope);
    return scope;
  }

  assignMember(name: string, assignment: MemberAssignment, scope: Scope): void {
    const receiver = receiverOwner(scope);
    if (receiver) addMember(this.#memberAssignments, receiver, name, assignment);
  }

  changeMember(name: string, change: MemberChange, scope: Scope): void {
    const receiver = receiverOwner(scope);
    if (receiver) addMember(this.#memberChanges, receiver, name, change);
  }

  define(name: string, source: DefinitionSource, place: Place, position: number, how: DeclarationKind): void {
    addDefinition(place.scope, name, {
      source,
      position,
      region: place.region,
      scope: place.scope,
      isBlockScoped: how.scope === 'block',
      isConstant: how.isConstant,
    });
  }

  defer(name: string, source: DefinitionSource, place: Place, position: number): void {
    const definition = {
      source,
      position,
      region: place.region,
      scope: place.scope,
      isBlockScoped: false,
      isConstant: false,
    };
    this.#deferred.push({ name, definition });
  }

  /** To be called when all scopes are known. */
  attachDeferred(): void {
    // The list grows: a change to an alias changes the original.
    for (let index = 0; index < this.#deferred.length; index++) {
      const { name, definition } = this.#deferred[index] as { name: string; definition: Definition };
      this.#attach(name, definition);
      this.#attachToOriginal(name, definition);
    }
  }

  /** `last = messages[-1]` and `for message in messages`: a change of either is one of `messages`. */
  #attachToOriginal(name: string, { source, position, region, scope }: Definition): void {
    if (source.kind !== 'mutation' || source.mutation.operation === 'decorate' || source.mutation.operation === 'call')
      return;
    const before = scope.definitions.get(name)?.filter((one) => one.position < position && one.scope === scope);
    const alias = before?.findLast((one) => one.source.kind !== 'mutation')?.source;
    const original = alias === undefined ? null : originalOf(alias);
    if (original === null || original.name === name) return;
    const mutation = { ...source.mutation, keys: [...original.keys, ...source.mutation.keys] };
    if (mutation.keys.length <= MAX_ALIAS_KEYS) {
      const place: Place = { scope, region, surrounding: null };
      this.defer(original.name, { kind: 'mutation', mutation }, place, position);
    }
  }

  #attach(name: string, definition: Definition): void {
    let scope: Scope | null = definition.scope;
    while (scope && !(scope.definitions.has(name) && (scope.kind !== 'class' || scope === definition.scope))) {
      scope = scope.parent;
    }
    // Assigning to an undeclared name creates a global (or a Python `global` that is first set in a function).
    const owner = scope ?? (definition.source.kind === 'mutation' ? null : this.module.root);
    if (!owner || isToldToImport(definition, owner.definitions.get(name))) return;
    addDefinition(owner, name, definition);
  }
}

function addMember<T>(byClass: Map<Scope, Map<string, T[]>>, owner: Scope, name: string, added: T): void {
  const members = byClass.get(owner) ?? new Map<string, T[]>();
  byClass.set(owner, members);
  const list = members.get(name);
  if (list) list.push(added);
  else members.set(name, [added]);
}

/** Most are calls of loggers; an object of another module is not followed through the calls that it gets here. */
function isToldToImport({ source }: Definition, others: readonly Definition[] | undefined): boolean {
  if (source.kind !== 'mutation' || source.mutation.operation !== 'tell' || isSettingUp(source.mutation)) return false;
  return others?.every((one) => one.source.kind === 'import') === true;
}
