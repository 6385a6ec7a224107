/**
 * The demand-driven evaluator: what an expression can be, across scopes, files and languages. It starts at a given
 * expression, resolves only what that needs, and returns `unknown` instead of guessing.
 */
import type { Call, Conditional, Expression, FunctionNode, Member, Span } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import { basesOf } from './classes/class-members.ts';
import { fieldAt, objectAt } from './classes/object-changes.ts';
import { isBound, knownTruthOf, unaryValue } from './conditions/conditions.ts';
import { PRISMA_CLIENT } from './defaults/schema-columns.ts';
import { lazyEntry, setEntry } from './entries.ts';
import { Activations, createFrame, type Frame } from './frame.ts';
import { argumentsOf, callValue } from './invoke.ts';
import {
  array,
  concatenate,
  external,
  listed,
  literalText,
  mapAlternatives,
  mergeInto,
  NULL,
  OPAQUE,
  oneOf,
  segmentsOf,
  text,
  unknown,
  withStep,
} from './lattice.ts';
import { itemBy } from './lists/collections.ts';
import { comprehensionValue } from './lists/comprehensions.ts';
import { elementOf, memberOf, partOfUnknown } from './members.ts';
import type { ModuleHost } from './modules.ts';
import { lookUp } from './names.ts';
import { narrowed } from './narrowing.ts';
import { binary, logical } from './operators.ts';
import { Progress } from './progress/progress.ts';
import { buildModuleScope } from './scopes/build-scope.ts';
import type { Use } from './scopes/reaching.ts';
import type { ModuleScope, Scope } from './scopes/scope.ts';
import type { ClassValue, Entry, Segment, Value } from './values.ts';

/** Calls of project functions within calls: wrappers around wrappers. */
const MAX_CALL_DEPTH = 10;
export class Evaluator {
  readonly host: ModuleHost;
  readonly activations = new Activations();
  readonly #modules = new Map<string, ModuleScope | null>();
  readonly #frames = new Map<Scope, Frame>();
  readonly #progress = new Progress();
  #callDepth = 0;

  constructor(host: ModuleHost) {
    this.host = host;
  }

  /** How many expressions were evaluated so far: what the analysis costs. */
  get evaluations(): number {
    return this.#progress.count;
  }

  /** Gives the next question its own budget. */
  startQuery(): void {
    this.#progress.restart();
    this.#callDepth = 0;
  }

  /** Evaluates a function's body, unless calls nest too deep or the question has followed too many. */
  within(body: () => Value): Value {
    if (this.#callDepth >= MAX_CALL_DEPTH) {
      this.#progress.cut();
      return OPAQUE;
    }
    if (!this.#progress.enterBody()) return OPAQUE;
    this.#callDepth++;
    const value = body();
    this.#callDepth--;
    return value;
  }

  isLoaded(path: string): boolean {
    return this.#modules.has(path);
  }

  module(path: string): ModuleScope | null {
    const known = this.#modules.get(path);
    if (known !== undefined) return known;
    const loaded = this.host.load(path);
    const scope = loaded ? buildModuleScope(loaded) : null;
    this.#modules.set(path, scope);
    return scope;
  }

  /** The frame that represents every activation of `scope`. */
  frameOf(scope: Scope): Frame {
    const known = this.#frames.get(scope);
    if (known) return known;
    const parent = scope.parent ? this.frameOf(scope.parent) : null;
    const frame = createFrame(scope, parent, this.#defaultReceiver(scope, parent));
    this.#frames.set(scope, frame);
    return frame;
  }

  #defaultReceiver(scope: Scope, parent: Frame | null): Value | null {
    // A field's initialiser, and an arrow function in it, sees the object as `this`.
    if (scope.kind === 'class') return { kind: 'instance', class: this.classValue(scope), args: null };
    if (scope.kind !== 'function' || !scope.ownerClass || !parent) return null;
    const node = scope.node as FunctionNode;
    if (node.receiver === null) return null;
    const owner = this.classValue(scope.ownerClass);
    return node.receiverIsClass ? owner : { kind: 'instance', class: owner, args: null };
  }

  classValue(scope: Scope): ClassValue {
    const parent = scope.parent as Scope;
    return { kind: 'class', node: scope.node as ClassValue['node'], frame: this.frameOf(parent) };
  }

  evaluate(node: Expression, frame: Frame): Value {
    const known = this.#progress.known(node, frame);
    if (known) return known;
    for (let isLast = false; ; ) {
      if (!this.#progress.begin(node)) return OPAQUE;
      const value = this.#evaluate(node, frame);
      const first = this.#progress.end(node, frame, value, isLast);
      if (first === null) return value;
      this.evaluate(first.node, first.frame);
      // A limit was reached on the way.
      isLast = !first.frame.memo.has(first.node);
    }
  }

  /** Runs `evaluate` unless the same `key` is being evaluated already: modules may import each other in a circle. */
  once(key: string, evaluate: () => Value): Value | null {
    if (!this.#progress.beginKey(key)) return OPAQUE;
    const value = evaluate();
    this.#progress.endKey(key);
    return value;
  }

  origin(node: Span, frame: Frame): Origin {
    return { path: frame.scope.module.loaded.path, start: node.start, end: node.end };
  }

  #evaluate(node: Expression, frame: Frame): Value {
    switch (node.kind) {
      case 'string':
        return text(node.value, this.origin(node, frame));
      case 'number':
      case 'boolean':
        return { kind: node.kind, value: node.value, origin: this.origin(node, frame) } as Value;
      case 'null':
        return NULL;
      case 'name':
        return this.#narrowed(node, lookUp(this, node.name, node.start, frame), frame);
      case 'member': {
        const read = () => this.member(this.objectOf(node, frame), node.property, this.origin(node, frame));
        const own = ownActivation(node, frame);
        const value = own === null ? read() : fieldAt(this, own.frame, node.property, read, own);
        return this.#narrowed(node, value, frame);
      }
      case 'index':
        return this.#index(
          this.evaluate(node.object, frame),
          this.evaluate(node.index, frame),
          this.origin(node, frame),
        );
      case 'call':
        return this.#call(node, frame);
      case 'template': {
        const origin = this.origin(node, frame);
        const parts = node.parts.map((part): readonly Segment[] =>
          part.kind === 'text'
            ? [{ kind: 'literal', text: part.value, origin: this.origin(part, frame) }]
            : segmentsOf(this.evaluate(part.expression, frame), this.origin(part.expression, frame)),
        );
        return concatenate(parts, origin);
      }
      case 'object':
        return this.#object(node, frame);
      case 'array': {
        const items: Value[] = [];
        const open: Value[] = [];
        for (const item of node.items) {
          if (item.kind !== 'spread') {
            items.push(this.evaluate(item, frame));
            continue;
          }
          const spread = this.evaluate(item.value, frame);
          if (spread.kind === 'array') {
            items.push(...spread.items);
            open.push(...spread.open);
          } else if (spread.kind !== 'null') open.push(spread);
        }
        return array(items, open, this.origin(node, frame));
      }
      case 'conditional':
        return this.#conditional(node, frame);
      case 'logical':
        return logical(node.operator, this.evaluate(node.left, frame), () => this.evaluate(node.right, frame));
      case 'binary':
        return binary(
          node.operator,
          this.evaluate(node.left, frame),
          this.evaluate(node.right, frame),
          this.origin(node, frame),
          frame.scope.module.loaded.path,
        );
      case 'unary': {
        const value = unaryValue(this, node, frame);
        const origin = this.origin(node, frame);
        if (value === null) return OPAQUE;
        return typeof value === 'string' ? text(value, origin) : { kind: 'boolean', value, origin };
      }
      case 'function':
        return { kind: 'function', node, frame, receiver: null };
      case 'class':
        return { kind: 'class', node, frame };
      case 'assignment':
        return node.operator === '=' ? this.evaluate(node.value, frame) : OPAQUE;
      case 'comprehension':
        return comprehensionValue(this, node, frame);
      case 'import':
        return this.importModule(frame.scope.module.loaded.path, node.module, this.origin(node, frame));
      case 'super':
        return this.#super(frame);
      default:
        return OPAQUE;
    }
  }

  /** The object of a member; a method's own object is what the method has made of it so far. */
  objectOf({ object, property, start }: Member, frame: Frame): Value {
    const value = this.evaluate(object, frame);
    const own = ownActivation({ object, start }, frame);
    return own === null ? value : objectAt(this, own.frame, value, property, own.offset);
  }

  #narrowed(node: Expression, value: Value, frame: Frame): Value {
    return value.kind === 'oneOf' ? narrowed(this, node, value, frame) : value;
  }

  #conditional({ test, then, otherwise }: Conditional, frame: Frame): Value {
    const truth = isBound(frame) || test.kind === 'boolean' ? knownTruthOf(this, test, frame) : null;
    if (truth !== null) return this.evaluate(truth ? then : otherwise, frame);
    return oneOf([this.evaluate(then, frame), this.evaluate(otherwise, frame)]);
  }

  /** The object as its first base class sees it. */
  #super(frame: Frame): Value {
    for (let current: Frame | null = frame; current; current = current.parent) {
      const { receiver, scope } = current;
      if (receiver?.kind !== 'instance' || !scope.ownerClass) continue;
      const [base] = basesOf(this, this.classValue(scope.ownerClass));
      if (base?.kind === 'class') return { kind: 'instance', class: base, args: null };
      return base?.kind === 'external' ? withStep(base, { kind: 'call', args: null, isNew: true }) : OPAQUE;
    }
    return OPAQUE;
  }

  /** What a specifier names: a module of the project, or a package. */
  importModule(from: string, specifier: string, origin: Origin): Value {
    const resolution = this.host.resolve(from, specifier);
    if (resolution.kind === 'external') return external(resolution.module, [], origin);
    if (resolution.kind === 'module') return { kind: 'module', path: resolution.path };
    // A generated client is not in the repository.
    if (PRISMA_CLIENT.test(specifier)) return external(specifier, [], origin);
    return unknown('opaque', null, origin);
  }

  member(value: Value, name: string, origin: Origin): Value {
    return memberOf(this, value, name, origin);
  }

  #call(node: Call, frame: Frame): Value {
    const origin = this.origin(node, frame);
    return callValue(this, node, frame, origin);
  }

  #index(value: Value, index: Value, origin: Origin): Value {
    if (index.kind === 'oneOf') return oneOf(index.alternatives.map((one) => this.#index(value, one, origin)));
    const key = literalText(index);
    if (key !== null) return elementOf(this, value, key, origin);
    if (index.kind === 'number') return elementOf(this, value, index.value, origin);
    // Python names type arguments in the same way: `Agent[Deps, Answer](...)` makes an `Agent`.
    if (isClass(value) && isTypeArgument(index)) return value;
    // A look-up by a key that is not known: any of the values, in one place.
    return mapAlternatives(value, (alternative) => {
      if (alternative.kind === 'object') {
        const values = [...alternative.entries.values()].map((entry) => entry.value);
        return alternative.open.length > 0 ? unknown('configuration', oneOf(values), origin) : listed(values, origin);
      }
      if (alternative.kind === 'array') return itemBy(alternative, origin);
      if (alternative.kind === 'external') return withStep(alternative, { kind: 'member', name: '[]' }, origin);
      return alternative.kind === 'unknown'
        ? partOfUnknown(alternative, (known) => this.#index(known, index, origin), origin)
        : OPAQUE;
    });
  }

  #object(node: Extract<Expression, { kind: 'object' }>, frame: Frame): Value {
    const origin = this.origin(node, frame);
    let entries = new Map<string, Entry>();
    let open: readonly Value[] = [];
    for (const entry of node.entries) {
      if (entry.kind === 'spread') {
        const merged = mergeInto({ kind: 'object', entries, open, origin }, this.evaluate(entry.value, frame));
        entries = new Map(merged.entries);
        open = merged.open;
        continue;
      }
      const key = typeof entry.key === 'string' ? entry.key : literalText(this.evaluate(entry.key, frame));
      if (key === null) open = [...open, OPAQUE];
      else setEntry(entries, key, this.#lazyEntry(entry, frame), true);
    }
    return { kind: 'object', entries, open, origin };
  }

  #lazyEntry(entry: { readonly value: Expression; readonly isGetter: boolean }, frame: Frame): Entry {
    return lazyEntry(() => {
      const value = this.evaluate(entry.value, frame);
      return entry.isGetter && value.kind === 'function' ? this.invokeWith(value, []) : value;
    });
  }

  /** Calls a function of the project with values. */
  invokeWith(value: Value, positional: readonly Value[]): Value {
    const args = { positional, named: new Map<string, Entry>(), open: [], node: null, path: '' };
    return callValue.withArguments(this, value, args, false, null);
  }

  arguments(node: Call, frame: Frame): ReturnType<typeof argumentsOf> {
    return argumentsOf(this, node.arguments, node, frame);
  }
}

/** The method's activation, and the place in it, where a method or a closure in it reads a member of the method's object. */
function ownActivation(
  { object, start }: Pick<Member, 'object' | 'start'>,
  frame: Frame,
): (Use & { readonly frame: Frame }) | null {
  if (object.kind !== 'name') return null;
  let offset = start;
  let isLater = false;
  for (let current: Frame | null = frame; current; current = current.parent) {
    const { scope } = current;
    if (receiverOf(scope) === object.name) return { frame: current, offset, isLater };
    if (scope.kind === 'module' || scope.kind === 'class' || scope.definitions.has(object.name)) return null;
    if ('start' in scope.node) offset = scope.node.start;
    isLater ||= scope.kind === 'function';
  }
  return null;
}

/** What the object of a method is called in it. */
function receiverOf({ kind, node }: Scope): string | null {
  return kind === 'function' ? (node as FunctionNode).receiver : null;
}

/** A class of the project, or what a package exports under a class's name. */
function isClass(value: Value): boolean {
  if (value.kind !== 'external') return value.kind === 'class';
  const last = value.steps.at(-1);
  return (
    last?.kind === 'member' && /^[A-Z].*[a-z]/.test(last.name) && value.steps.every(({ kind }) => kind === 'member')
  );
}

function isTypeArgument(index: Value): boolean {
  return index.kind !== 'unknown' || index.reason === 'opaque';
}
