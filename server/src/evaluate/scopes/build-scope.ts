/**
 * Builds the static structure of a module in one walk: scopes, definitions, regions, calls and what surrounds them. It is
 * one file because it is one walk: every kind of statement and expression is met here once, and nowhere else. What is
 * found is entered into `scope-table.ts`.
 */
import type {
  Assignment,
  Block,
  Branch,
  Call,
  ClassNode,
  Comprehension,
  Declare,
  Export,
  Expression,
  FunctionNode,
  Import,
  Loop,
  Parameter,
  Pattern,
  Return,
  Statement,
  With,
} from '../../ir/nodes.ts';
import type { LoadedModule } from '../modules.ts';
import { pathTo } from './mutated-path.ts';
import type { DefinitionSource, ModuleScope, Mutation, PatternPath, Scope, Surrounding } from './scope.ts';
import { newRegion, receiverScope, spanOf } from './scope-parts.ts';
import { BLOCK, type DeclarationKind, FUNCTION, type Place, REASSIGNED, ScopeTable } from './scope-table.ts';

export function buildModuleScope(loaded: LoadedModule): ModuleScope {
  return new ScopeBuilder(loaded).build();
}

/** Methods that change their receiver in place, and how. */
const MUTATING_METHODS: Readonly<Record<string, Mutation['operation']>> = {
  update: 'merge',
  append: 'append',
  push: 'append',
  insert: 'append',
  unshift: 'append',
  add: 'append',
  extend: 'extend',
  pop: 'remove',
  clear: 'clear',
};

/** Functions whose callback argument runs once per element. */
const ITERATING_METHODS = new Set(['map', 'forEach', 'flatMap', 'filter', 'reduce', 'each', 'eachSeries', 'mapSeries']);

class ScopeBuilder {
  readonly #table: ScopeTable;
  readonly #module: ModuleScope;
  readonly #functionNames = new Map<FunctionNode, string>();

  constructor(loaded: LoadedModule) {
    this.#table = new ScopeTable(loaded);
    this.#module = this.#table.module;
  }

  build(): ModuleScope {
    const root = this.#module.root;
    this.#statements(this.#module.loaded.node.body, { scope: root, region: root.region, surrounding: null });
    this.#table.attachDeferred();
    return this.#module;
  }

  #statements(statements: readonly Statement[], place: Place): void {
    for (const statement of statements) this.#statement(statement, place);
  }

  #statement(statement: Statement, place: Place): void {
    switch (statement.kind) {
      case 'import':
        this.#import(statement, place);
        break;
      case 'export':
        this.#export(statement, place);
        break;
      case 'declare':
        this.#declare(statement, place);
        break;
      case 'expression':
        this.#expression(statement.expression, place);
        this.#handedOver(statement.expression, place);
        this.#told(statement.expression, place);
        break;
      case 'return':
        this.#return(statement, place);
        break;
      case 'branch':
        this.#branch(statement, place);
        break;
      case 'loop':
        this.#loop(statement, place);
        break;
      case 'with':
        this.#with(statement, place);
        break;
      case 'block':
        this.#block(statement, place);
        break;
    }
  }

  #declare(statement: Declare, place: Place): void {
    const { target, value, operator, annotation } = statement;
    if (value === null) {
      const declared = (): DefinitionSource => ({ kind: 'declared', annotation });
      this.#bind(target, [], place, statement.end, statement, declared, annotation);
      return;
    }
    if (target.kind === 'name') this.#nameFunction(value, target.name);
    this.#expression(value, place);
    const assigned = (path: PatternPath): DefinitionSource => {
      return { kind: 'value', expression: value, path, operator, annotation };
    };
    this.#bind(target, [], place, statement.end, statement, assigned, annotation);
  }

  #return(statement: Return, place: Place): void {
    const { value, exit, start, end } = statement;
    if (value) this.#expression(value, place);
    if (exit === 'return') {
      place.scope.returns.push({ value: value ?? { kind: 'null', start, end }, region: place.region });
    }
    // After `break` and `continue`, the code after the loop still sees what was defined.
    if (exit === 'return' || exit === 'throw') place.region.exits = true;
  }

  #branch(statement: Branch, place: Place): void {
    for (const test of statement.tests) this.#expression(test, place);
    statement.alternatives.forEach((alternative, index) => {
      const region = newRegion('alternative', place.region, spanOf(alternative, statement), statement, index);
      this.#statements(alternative, { ...place, region });
    });
  }

  #loop(statement: Loop, place: Place): void {
    const { iterable, target } = statement;
    if (iterable) this.#expression(iterable, place);
    const region = newRegion('loop', place.region, statement.bodySpan);
    const surrounding: Surrounding = { kind: 'loop', node: statement, parent: place.surrounding };
    const inside: Place = { scope: place.scope, region, surrounding };
    if (statement.test) this.#expression(statement.test, inside);
    if (target && iterable) {
      const item = (path: PatternPath): DefinitionSource => ({ kind: 'item', iterable, path });
      this.#bind(target, [], inside, target.end, BLOCK, item, null);
    }
    this.#statements(statement.body, inside);
    region.exits = false;
  }

  #with(statement: With, place: Place): void {
    for (const { value, target } of statement.items) {
      this.#expression(value, place);
      if (target) {
        const entered = (path: PatternPath): DefinitionSource => ({ kind: 'context', expression: value, path });
        this.#bind(target, [], place, target.end, FUNCTION, entered, null);
      }
    }
    this.#statements(statement.body, place);
  }

  #block(statement: Block, place: Place): void {
    const region = newRegion('block', place.region, statement);
    this.#statements(statement.body, { ...place, region });
    if (region.exits) place.region.exits = true;
  }

  #import(statement: Import, place: Place): void {
    this.#module.imports.push(statement.module);
    for (const name of statement.names) {
      if (name.local === '*') this.#module.stars.push(statement.module);
      else this.#table.define(name.local, { kind: 'import', statement, name }, place, statement.start, FUNCTION);
    }
  }

  #export(statement: Export, place: Place): void {
    if (statement.module !== null) this.#module.imports.push(statement.module);
    if (statement.value) {
      this.#expression(statement.value, place);
      this.#module.exports.set('default', { local: null, expression: statement.value, module: null, imported: null });
    }
    for (const { local, exported } of statement.names) {
      if (statement.module === null) {
        this.#module.exports.set(exported, { local, expression: null, module: null, imported: null });
      } else if (local === '*' && exported === '*') {
        this.#module.stars.push(statement.module);
      } else {
        this.#module.exports.set(exported, {
          local: null,
          expression: null,
          module: statement.module,
          imported: local,
        });
      }
    }
  }

  #expression(node: Expression, place: Place): void {
    switch (node.kind) {
      case 'member':
        this.#expression(node.object, place);
        return;
      case 'index':
        this.#expression(node.object, place);
        this.#expression(node.index, place);
        return;
      case 'call':
        this.#call(node, place);
        return;
      case 'template':
        for (const part of node.parts) if (part.kind === 'hole') this.#expression(part.expression, place);
        return;
      case 'object':
        for (const entry of node.entries) {
          if (entry.kind === 'property' && typeof entry.key !== 'string') this.#expression(entry.key, place);
          if (entry.kind === 'property' && typeof entry.key === 'string') this.#nameFunction(entry.value, entry.key);
          this.#expression(entry.value, place);
        }
        return;
      case 'array':
        for (const item of node.items) this.#expression(item.kind === 'spread' ? item.value : item, place);
        return;
      case 'conditional':
        this.#expression(node.test, place);
        this.#expression(node.then, place);
        this.#expression(node.otherwise, place);
        return;
      case 'logical':
      case 'binary':
        this.#expression(node.left, place);
        this.#expression(node.right, place);
        return;
      case 'function':
        this.#function(node, place, null, null);
        return;
      case 'class':
        this.#class(node, place);
        return;
      case 'assignment':
        this.#assignment(node, place);
        return;
      case 'comprehension':
        this.#comprehension(node, place);
        return;
      case 'import':
        this.#module.imports.push(node.module);
        return;
      case 'unary':
        this.#expression(node.operand, place);
        return;
      case 'opaque':
        for (const child of node.children) this.#expression(child, place);
        return;
      default:
        return;
    }
  }

  #assignment({ target, value, operator, end }: Assignment, place: Place): void {
    this.#expression(value, place);
    const assigned = (path: PatternPath): DefinitionSource => ({ kind: 'value', expression: value, path, operator });
    this.#bind(target, [], place, end, REASSIGNED, assigned, null);
  }

  #call(node: Call, place: Place): void {
    this.#module.calls.push({ node, scope: place.scope, surrounding: place.surrounding });
    this.#expression(node.callee, place);
    const argument: Surrounding = { kind: 'argument', node, parent: place.surrounding };
    const method =
      node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
    const callback: Surrounding = ITERATING_METHODS.has(method)
      ? { kind: 'callback', node, parent: place.surrounding }
      : argument;
    for (const { value } of node.arguments) {
      if (value.kind === 'function') this.#function(value, { ...place, surrounding: callback }, null, callback);
      else this.#expression(value, { ...place, surrounding: argument });
    }
    this.#mutatingCall(node, place);
  }

  /** `x.update(y)`, `x.a.append(y)`, `Object.assign(x, y)`: definitions of `x`. */
  #mutatingCall(node: Call, place: Place): void {
    if (node.callee.kind !== 'member') return;
    const { object, property } = node.callee;
    const first = node.arguments[0];
    if (property === 'assign' && object.kind === 'name' && object.name === 'Object' && first) {
      for (const { value } of node.arguments.slice(1)) {
        this.#mutate(first.value, { operation: 'merge', keys: [], value }, place, node.end);
      }
      return;
    }
    const operation = MUTATING_METHODS[property];
    if (operation === undefined) return;
    const last = node.arguments[node.arguments.length - 1];
    if (operation === 'merge' && node.arguments.some((argument) => argument.kind === 'named')) {
      for (const argument of node.arguments) {
        if (argument.kind === 'named' && argument.name !== null) {
          this.#mutate(object, { operation: 'set', keys: [argument.name], value: argument.value }, place, node.end);
        }
      }
      return;
    }
    const value = operation === 'remove' ? (first?.value ?? null) : (last?.value ?? null);
    this.#mutate(object, { operation, keys: [], value, call: node }, place, node.end);
  }

  /** `mark(messages)`, whose result is unused: it may change its arguments. */
  #handedOver(node: Expression, place: Place): void {
    if (node.kind !== 'call' || node.callee.kind !== 'name') return;
    for (const [index, { kind, value }] of node.arguments.entries()) {
      if (kind !== 'positional' || value.kind !== 'name') continue;
      const mutation: Mutation = { operation: 'call', keys: [String(index)], value: node };
      this.#table.defer(value.name, { kind: 'mutation', mutation }, place, node.end);
    }
  }

  /** `kernel.add_service(service)`, `this.conversation.ask(text)`, `dspy.settings.configure(lm=lm)`, as separate statements. */
  #told(node: Expression, place: Place): void {
    if (node.kind !== 'call' || node.callee.kind !== 'member') return;
    const { object, property } = node.callee;
    const isMember =
      object.kind === 'member' && (this.#isReceiver(object.object, place.scope) || property === 'configure');
    if (MUTATING_METHODS[property] !== undefined || (object.kind !== 'name' && !isMember)) return;
    this.#mutate(object, { operation: 'tell', keys: [], value: node }, place, node.end);
  }

  #mutate(target: Expression, mutation: Mutation, place: Place, position: number): void {
    const path = pathTo(target);
    if (path === null) return;
    const keys = [...path.keys, ...mutation.keys];
    if (receiverScope(path.name, place.scope) === null) {
      this.#table.defer(path.name, { kind: 'mutation', mutation: { ...mutation, keys } }, place, position);
      return;
    }
    const [member, ...rest] = keys;
    if (typeof member !== 'string') return;
    const { scope, region } = place;
    this.#table.changeMember(member, { mutation: { ...mutation, keys: rest }, scope, region, position }, scope);
  }

  #function(node: FunctionNode, place: Place, ownerClass: Scope | null, surrounding: Surrounding | null): void {
    for (const decorator of node.decorators) {
      this.#expression(decorator, place);
      this.#decorated(node, decorator, place);
    }
    for (const parameter of node.parameters) if (parameter.default) this.#expression(parameter.default, place);
    const name = node.name ?? this.#functionNames.get(node) ?? null;
    const scope = this.#table.newScope('function', node, place.scope, ownerClass, name);
    const inside: Place = { scope, region: scope.region, surrounding };
    for (const [index, parameter] of node.parameters.entries()) this.#parameter(parameter, index, inside);
    this.#statements(node.body, inside);
  }

  /** `@agent.instructions` above a function: `agent` asks the function for instructions. */
  #decorated(node: FunctionNode, decorator: Expression, place: Place): void {
    const named = decorator.kind === 'call' ? decorator.callee : decorator;
    if (named.kind !== 'member') return;
    this.#mutate(named, { operation: 'decorate', keys: [], value: node }, place, node.end);
  }

  /** `const ask = () => ...`: the function is known by the variable's name. */
  #nameFunction(value: Expression, name: string): void {
    if (value.kind === 'function' && value.name === null) this.#functionNames.set(value, name);
  }

  #parameter(parameter: Parameter, index: number, place: Place): void {
    const source = (path: PatternPath): DefinitionSource => ({ kind: 'parameter', parameter, index, path });
    this.#bind(parameter.pattern, [], place, parameter.start, FUNCTION, source, null);
  }

  #class(node: ClassNode, place: Place): void {
    for (const decorator of node.decorators) this.#expression(decorator, place);
    for (const base of node.bases) this.#expression(base, place);
    const scope = this.#table.newScope('class', node, place.scope, null, node.name);
    const inside: Place = { scope, region: scope.region, surrounding: null };
    for (const member of node.members) {
      if (member.kind === 'method') this.#function(member.function, inside, scope, null);
      else if (member.value) {
        this.#nameFunction(member.value, member.name);
        this.#expression(member.value, inside);
        const expression = member.value;
        this.#table.define(
          member.name,
          { kind: 'value', expression, path: [], operator: '=' },
          inside,
          member.end,
          FUNCTION,
        );
      }
    }
  }

  #comprehension(node: Comprehension, place: Place): void {
    const scope = this.#table.newScope('comprehension', node, place.scope, null, null);
    const surrounding: Surrounding = { kind: 'comprehension', node, parent: place.surrounding };
    const inside: Place = { scope, region: scope.region, surrounding };
    node.clauses.forEach((clause, index) => {
      this.#expression(clause.iterable, index === 0 ? place : inside);
      this.#bind(
        clause.target,
        [],
        inside,
        node.start,
        FUNCTION,
        (path) => ({ kind: 'item', iterable: clause.iterable, path }),
        null,
      );
      for (const condition of clause.conditions) this.#expression(condition, inside);
    });
    this.#expression(node.element, inside);
  }

  /** Binds every name in a pattern; assignments to members become mutations or members of the receiver's class. */
  #bind(
    pattern: Pattern,
    path: PatternPath,
    place: Place,
    position: number,
    how: DeclarationKind,
    source: (path: PatternPath) => DefinitionSource,
    annotation: Expression | null,
  ): void {
    switch (pattern.kind) {
      case 'name':
        if (how.isDeclaration) this.#table.define(pattern.name, source(path), place, position, how);
        else this.#table.defer(pattern.name, source(path), place, position);
        return;
      case 'objectPattern': {
        const keys = pattern.entries.flatMap((entry) => (entry.key === null ? [] : [entry.key]));
        for (const entry of pattern.entries) {
          const step =
            entry.key === null
              ? ({ kind: 'rest', excluded: keys } as const)
              : ({ kind: 'key', key: entry.key, default: entry.default } as const);
          if (entry.default) this.#expression(entry.default, place);
          this.#bind(entry.target, [...path, step], place, position, how, source, null);
        }
        return;
      }
      case 'arrayPattern':
        pattern.items.forEach((item, index) => {
          if (item) this.#bind(item, [...path, { kind: 'index', index }], place, position, how, source, null);
        });
        return;
      case 'member':
      case 'index': {
        const definition = source(path);
        const value = definition.kind === 'value' ? definition : null;
        if (pattern.kind === 'member' && this.#isReceiver(pattern.object, place.scope)) {
          if (value) {
            this.#table.assignMember(
              pattern.property,
              { ...value, annotation, scope: place.scope, region: place.region },
              place.scope,
            );
          } else if (definition.kind === 'context') {
            const { expression } = definition;
            this.#table.assignMember(
              pattern.property,
              { expression, path, operator: '=', annotation, scope: place.scope, region: place.region },
              place.scope,
            );
          }
          return;
        }
        this.#expression(pattern.object, place);
        if (value && value.path.length === 0 && value.operator === '=') {
          this.#mutate(pattern, { operation: 'set', keys: [], value: value.expression }, place, position);
        }
        return;
      }
    }
  }

  #isReceiver(object: Expression, scope: Scope): boolean {
    if (object.kind !== 'name') return false;
    const owner = receiverScope(object.name, scope);
    return owner !== null;
  }
}
