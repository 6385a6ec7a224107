/**
 * The static structure of a module that the evaluator looks names up in: scopes, the definitions that each name has,
 * and the regions of control flow in which they stand. Plain data, built once per module by `buildModuleScope`.
 */
import type {
  Branch,
  Call,
  ClassNode,
  Comprehension,
  Expression,
  FunctionNode,
  Import,
  ImportedName,
  Loop,
  ModuleNode,
  Parameter,
  Span,
} from '../../ir/nodes.ts';
import type { LoadedModule } from '../modules.ts';

export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly node: ModuleNode | FunctionNode | ClassNode | Comprehension;
  readonly module: ModuleScope;
  readonly parent: Scope | null;
  readonly definitions: Map<string, Definition[]>;
  /** The control flow of the scope's own body. */
  readonly region: Region;
  /** The class whose method or field this scope belongs to, for a function directly inside a class. */
  readonly ownerClass: Scope | null;
  readonly returns: ReturnRecord[];
  /** The function's or class's own name, or that of the variable or property that it is assigned to. */
  readonly name: string | null;
  /** Dotted names from the module inwards (`Support.answer`); null for the module. */
  readonly qualifiedName: string | null;
}

export interface ReturnRecord {
  readonly value: Expression;
  readonly region: Region;
}

/** A stretch of code that runs as a whole or not at all, as far as branches and loops decide. */
export interface Region extends Span {
  /** A `block` only limits the visibility of names: it runs with what surrounds it. */
  readonly kind: 'body' | 'alternative' | 'loop' | 'block';
  readonly parent: Region | null;
  readonly children: Region[];
  /** The branch of which this region is one alternative. */
  readonly branch: Branch | null;
  readonly alternative: number;
  /** True if the region never runs to its end: it returns, throws or breaks. Set while it is built. */
  exits: boolean;
}

/** A place where a name gets or changes its value. */
export interface Definition {
  readonly source: DefinitionSource;
  /** From this offset on the definition holds. */
  readonly position: number;
  readonly region: Region;
  /** The scope whose code defines the name; another one than the name's own for an assignment from inside a closure. */
  readonly scope: Scope;
  /** `let`, `const`, `class`: not visible outside its block. */
  readonly isBlockScoped: boolean;
  readonly isConstant: boolean;
}

export type DefinitionSource =
  | {
      readonly kind: 'value';
      readonly expression: Expression;
      readonly path: PatternPath;
      readonly operator: string;
      /** The type of the whole value, before the path is followed. */
      readonly annotation?: Expression | null;
    }
  | { readonly kind: 'declared'; readonly annotation: Expression | null }
  | { readonly kind: 'parameter'; readonly parameter: Parameter; readonly index: number; readonly path: PatternPath }
  | { readonly kind: 'import'; readonly statement: Import; readonly name: ImportedName }
  | { readonly kind: 'item'; readonly iterable: Expression; readonly path: PatternPath }
  | { readonly kind: 'context'; readonly expression: Expression; readonly path: PatternPath }
  | { readonly kind: 'mutation'; readonly mutation: Mutation };

/** A change of an object or array in place. `keys` lead from the name to what is changed. */
export interface Mutation {
  /**
   * `decorate` hands what a function gives to the member of an object that decorates it. `call` hands the object to a
   * function that may change it: the key is the argument's position, the value the call. `tell` calls a method of the
   * object whose result is not used (`pipeline.add_component(...)`): the value is the call.
   */
  readonly operation: 'set' | 'merge' | 'append' | 'extend' | 'remove' | 'clear' | 'decorate' | 'call' | 'tell';
  /** Null means any key: the item of a loop is one of the list's. */
  readonly keys: readonly (string | Expression | null)[];
  readonly value: Expression | null;
  /** The whole call where that is a method which only lists and plain objects have by this name (`x.append(y)`). */
  readonly call?: Call;
}

/** How a pattern reaches into the value that it destructures, outermost first. */
export type PatternPath = readonly PatternStep[];
export type PatternStep =
  | { readonly kind: 'key'; readonly key: string; readonly default: Expression | null }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'rest'; readonly excluded: readonly string[] };

/** What surrounds a call inside its function, innermost first. */
export interface Surrounding {
  readonly kind: 'loop' | 'comprehension' | 'callback' | 'argument';
  readonly node: Loop | Comprehension | Call;
  /** Where the repeated part is; a loop's iterable is outside of it. */
  readonly parent: Surrounding | null;
}

export interface CallRecord {
  readonly node: Call;
  readonly scope: Scope;
  readonly surrounding: Surrounding | null;
}

export interface ModuleExport {
  readonly local: string | null;
  readonly expression: Expression | null;
  readonly module: string | null;
  /** The name in `module`; `*` is its namespace. */
  readonly imported: string | null;
}

export interface ModuleScope {
  readonly loaded: LoadedModule;
  readonly root: Scope;
  readonly scopes: Map<FunctionNode | ClassNode | Comprehension, Scope>;
  readonly exports: Map<string, ModuleExport>;
  /** Specifiers of `export * from` and Python's `from m import *`. */
  readonly stars: string[];
  /** Every module specifier that the module imports. */
  readonly imports: string[];
  readonly calls: CallRecord[];
  /** Assignments to a member of a receiver (`this.client = ...`), by class scope and member name. */
  readonly memberAssignments: Map<Scope, Map<string, MemberAssignment[]>>;
  /** Changes in place of a member of a receiver (`this.messages.push(...)`), by class scope and member name. */
  readonly memberChanges: Map<Scope, Map<string, MemberChange[]>>;
}

export interface MemberChange {
  readonly mutation: Mutation;
  readonly scope: Scope;
  readonly region: Region;
  readonly position: number;
}

export interface MemberAssignment {
  readonly expression: Expression;
  readonly path: PatternPath;
  readonly operator: string;
  readonly annotation: Expression | null;
  readonly scope: Scope;
  readonly region: Region;
}
