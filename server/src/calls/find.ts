/**
 * Finds every call site of a module: candidates by the name of what is called, then the evaluator's word for what that
 * name is, then the descriptors' word for whether it is a paid call.
 */

import type { ProviderName } from '@farthing/shared/vocabulary';
import { lastName } from '../evaluate/callers.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Frame } from '../evaluate/frame.ts';
import { argumentsOf } from '../evaluate/invoke.ts';
import { alternativesOf, external, GLOBAL, oneOf, withoutNull, withStep } from '../evaluate/lattice.ts';
import { testedMethod } from '../evaluate/narrowing.ts';
import { completedArguments, partialOf } from '../evaluate/partials.ts';
import type { CallRecord, ModuleScope, Scope } from '../evaluate/scopes/scope.ts';
import { definitionsOf } from '../evaluate/scopes/scope-parts.ts';
import type { CallArguments, ExternalValue, Step, Value } from '../evaluate/values.ts';
import type { Argument, Call, Expression } from '../ir/nodes.ts';
import { matchDistinctive } from '../sdks/distinctive.ts';
import { functionsRunBy, runningMethodsOf } from '../sdks/steps/sequences.ts';
import { isSubstitute, isSubstituteName } from '../sdks/substitutes.ts';
import type { SdkCall } from '../sdks/trail-result.ts';
import { answersItself } from '../sdks/trail-state.ts';
import type { Walker } from '../sdks/walk.ts';
import { CallCandidates, isFetchName } from './context/call-candidates.ts';
import { isNeverRun } from './context/dead-code.ts';
import { askedBy, decoratedBy } from './context/decorated-function.ts';
import { SharedSettings } from './context/shared-settings.ts';
import { toldObject } from './context/told-object.ts';
import { UnresolvedPayers } from './context/unresolved-payer.ts';

export interface FoundCall {
  readonly record: CallRecord;
  /** What is called: the method of a chain, or the reference that is passed to another function. */
  readonly callee: Expression;
  readonly call: SdkCall;
}

/** Tells the paid calls of one module. */
export class CallFinder {
  readonly #module: ModuleScope;
  readonly #evaluator: Evaluator;
  readonly #walker: Walker;
  readonly #candidates: CallCandidates;
  readonly #payers: UnresolvedPayers;
  readonly #shared: SharedSettings;
  #found: readonly FoundCall[] | null = null;
  readonly #inGeneral = new Map<CallRecord, readonly FoundCall[]>();
  readonly #runsFunctions = new Map<CallRecord, boolean>();
  /** The methods that run a chain of an SDK that the module imports; null until they are asked for. */
  #runningMethods: ReadonlySet<string> | null = null;
  /** Calls of `partial` that give what the module calls as well: the request is made there. */
  readonly #begun = new Set<Call>();

  constructor(module: ModuleScope, evaluator: Evaluator, walker: Walker) {
    this.#module = module;
    this.#evaluator = evaluator;
    this.#walker = walker;
    this.#candidates = new CallCandidates(module, evaluator, walker);
    this.#payers = new UnresolvedPayers(module, evaluator, walker);
    this.#shared = new SharedSettings(module, evaluator, walker);
  }

  /** Every paid call of the module, in the order of the code. */
  find(): readonly FoundCall[] {
    this.#found ??= this.#find();
    return this.#found;
  }

  #find(): readonly FoundCall[] {
    const all = this.#module.calls.flatMap((record) => this.#generally(record));
    const found = all.filter(({ record }) => !this.#begun.has(record.node));
    return found.sort((a, b) => a.record.node.start - b.record.node.start || b.record.node.end - a.record.node.end);
  }

  /** True where `record` is a paid call, whatever its function is given. No other call of the module is looked at. */
  isPaid(record: CallRecord): boolean {
    return this.#generally(record).length > 0;
  }

  #generally(record: CallRecord): readonly FoundCall[] {
    const known = this.#inGeneral.get(record);
    if (known) return known;
    const found = this.allAt(record, this.#evaluator.frameOf(record.scope));
    this.#inGeneral.set(record, found);
    return found;
  }

  /** Every request of `record`, in the order in which they are made: a chain asks each of its models. */
  allAt(record: CallRecord, frame: Frame): readonly FoundCall[] {
    const found = this.at(record, frame);
    if (found === null) return [];
    return [...(found.call.earlier ?? []).map((call) => ({ ...found, call })), found];
  }

  /** The paid call that `record` is in the activation `frame` of its scope; null if it is not one. */
  at(record: CallRecord, frame: Frame): FoundCall | null {
    const found = this.#called(record, frame) ?? this.#referenced(record, frame);
    if (found === null || isNeverRun(record) || this.#isOnMock(found.callee, frame)) return null;
    const call = this.#shared.applied(found.call, record, frame);
    return call === null ? null : { ...found, call };
  }

  /** True on a mock, and on a client that sends through one. */
  #isOnMock(callee: Expression, frame: Frame): boolean {
    const root = pathOf(callee)[0] ?? '';
    if (MOCKS.test(root) || isSubstituteName(root)) return true;
    const values = alternativesOf(withoutNull(this.#evaluator.evaluate(callee, frame)));
    return values.every((value) => value.kind === 'external' && isSubstitute(value));
  }

  /**
   * True where `record` runs a chain that functions of the project are parts of, for all that is known in general. Looked
   * for where the module imports an SDK that has chains.
   */
  runsFunctions(record: CallRecord): boolean {
    const { callee } = record.node;
    if (callee.kind !== 'member') return false;
    this.#runningMethods ??= runningMethodsOf(this.#candidates.sdks);
    if (!this.#runningMethods.has(callee.property)) return false;
    const known = this.#runsFunctions.get(record);
    if (known !== undefined) return known;
    this.#evaluator.startQuery();
    const value = this.#evaluator.evaluate(callee, this.#evaluator.frameOf(record.scope));
    const runs = functionsRunBy(this.#walker, value).length > 0;
    this.#runsFunctions.set(record, runs);
    return runs;
  }

  /** True where `record` may be a paid call in an activation, though it is none for all that is known in general. */
  mayBecome({ node, scope }: CallRecord): boolean {
    if (!this.#candidates.isCallee(node.callee, scope)) return false;
    return isParameter(rootOf(node.callee), scope) || this.#candidates.isTransport(node.callee);
  }

  /**
   * The paid call that `record` is if what it calls, by a name such as `fetcher`, does what `fetch` does: nothing else is
   * known of it.
   */
  asFetch(record: CallRecord, frame: Frame): FoundCall | null {
    const { node } = record;
    if (!isFetchName(lastName(node.callee)) || isNeverRun(record)) return null;
    this.#evaluator.startQuery();
    const args = argumentsOf(this.#evaluator, node.arguments, node, frame);
    const result = this.#walker.walk(withStep(FETCH, { kind: 'call', args, isNew: false }));
    return result?.kind === 'call' ? { record, callee: node.callee, call: result } : null;
  }

  /** `client.messages.create(...)`, `generateText(...)`. */
  #called(record: CallRecord, frame: Frame): FoundCall | null {
    const { node, scope } = record;
    const { callee } = node;
    if (!this.#candidates.isCallee(callee, scope)) return null;
    this.#evaluator.startQuery();
    const call = this.#match(
      callee,
      frame,
      () => argumentsOf(this.#evaluator, node.arguments, node, frame),
      node.isNew,
    );
    if (call === null) return null;
    const decorated = call.call.decorates === undefined ? null : decoratedBy(node, this.#module);
    return { record, callee, call: decorated === null ? call : askedBy(decorated, call, this.#evaluator, frame) };
  }

  /**
   * `to_thread(client.messages.create, ...)`, `partial(client.converse, ...)`, `retry(func=client.converse, ...)`: the
   * reference is called with what is given beside it.
   */
  #referenced(record: CallRecord, frame: Frame): FoundCall | null {
    const { node, scope } = record;
    for (const [index, argument] of node.arguments.entries()) {
      const { value } = argument;
      if (!this.#candidates.isReference(argument, scope)) continue;
      this.#evaluator.startQuery();
      if (isObject(this.#evaluator.evaluate(value, frame))) continue;
      const rest = () => argumentsOf(this.#evaluator, handedOver(node.arguments, index), node, frame);
      const call = this.#match(value, frame, rest, false);
      if (call && isCarriedOut(call)) return { record, callee: value, call };
    }
    return null;
  }

  /** An object of the project's own class that is a model itself: what it asks in turn is the call. */
  #asksOwnModel(callee: Expression, frame: Frame, { sdk }: SdkCall): boolean {
    if (callee.kind !== 'member' || sdk.answeringMethods === undefined) return false;
    if (this.#candidates.isHeldObject(callee.property)) return false;
    const receivers = alternativesOf(withoutNull(this.#evaluator.evaluate(callee.object, frame)));
    return receivers.every((value) => value.kind === 'instance' && answersItself(value, sdk));
  }

  /** In the code of an SDK itself, an object declared as its interface is of one of the classes beside it. */
  #isOwnInterface({ module, steps }: ExternalValue): boolean {
    const type = steps[steps.findIndex(isDeclaration) - 1];
    if (type?.kind !== 'member') return false;
    const sdk = this.#walker.registry.byModule(module);
    if (sdk?.exports[type.name]?.isInterface !== true) return false;
    const folders = this.#module.loaded.path.split(/[\\/]/).slice(0, -1);
    return sdk.modules.some((name) => folders.includes(name));
  }

  #match(callee: Expression, frame: Frame, args: () => CallArguments, isNew: boolean): SdkCall | null {
    const found = withoutNull(this.#evaluator.evaluate(callee, frame));
    const tested = found.kind === 'unknown' ? testedMethod(this.#evaluator, callee, frame) : null;
    const value = tested ?? found;
    const called: SdkCall[] = [];
    const payers: ProviderName[] = [];
    const unresolved: Value[] = [];
    for (const { value: alternative, begun } of alternativesOf(value).flatMap(withHint).flatMap(withoutPartial)) {
      if (alternative.kind === 'external') {
        if (this.#isOwnInterface(alternative)) {
          unresolved.push(alternative);
          continue;
        }
        // A package that no descriptor knows may have made an SDK's client, or may hold one.
        if (this.#walker.walk(alternative) === null) unresolved.push(alternative);
        const all = begun === null ? args() : completedArguments(begun, args());
        const result = this.#walker.walk(withStep(alternative, { kind: 'call', args: all, isNew }));
        if (result?.kind !== 'call') continue;
        if (begun?.node) this.#begun.add(begun.node);
        called.push(result);
        const isUncertain = isDeclared(alternative) && result.provider === result.sdk.provider;
        payers.push(...(isUncertain ? this.#payers.ofDeclared(result.sdk) : [result.provider]));
      } else if (alternative.kind === 'unknown' || alternative.kind === 'null') {
        unresolved.push(alternative);
      }
    }
    const [first] = called;
    if (first !== undefined && this.#asksOwnModel(callee, frame, first)) return null;
    if (first) return paidTo(first, payers);
    if (unresolved.length === 0 || functionsRunBy(this.#walker, value).length > 0) return null;
    const given = toldObject(callee, this.#candidates.sdks, this.#evaluator, frame);
    if (given !== null) {
      const result = this.#walker.walk(withStep(given, { kind: 'call', args: args(), isNew }));
      if (result?.kind === 'call') return { ...result, receiver: 'distinctive' };
    }
    const recognised = matchDistinctive(this.#walker, pathOf(callee), args(), this.#candidates.packages);
    // What the arguments name (an address, a model with its provider's prefix) holds on any client.
    if (recognised === null || recognised.provider !== recognised.sdk.provider) return recognised;
    return paidTo(recognised, this.#payers.of(recognised.sdk, oneOf(unresolved)));
  }
}

/** The call, paid for at the only one of `providers`; at any of several, of which the model's name may tell which. */
function paidTo(call: SdkCall, providers: readonly ProviderName[]): SdkCall {
  const payers = [...new Set(providers)];
  const [only] = payers;
  if (only === undefined) return { ...call, provider: 'unknown' };
  return payers.length === 1 ? { ...call, provider: only } : { ...call, provider: 'any', payers };
}

/** True for an object of which only the type is known: a parameter's annotation (`client: OpenAI`). */
function isDeclared({ steps }: ExternalValue): boolean {
  return steps.some(isDeclaration);
}

function isDeclaration(step: Step): boolean {
  return step.kind === 'call' && step.isNew && step.args === null;
}

/** The name that a chain of members begins with; null where it begins otherwise. */
function rootOf(callee: Expression): string | null {
  let node = callee;
  while (node.kind === 'member') node = node.object;
  return node.kind === 'name' ? node.name : null;
}

function isParameter(name: string | null, scope: Scope): boolean {
  return name !== null && definitionsOf(name, scope).some(({ source }) => source.kind === 'parameter');
}

/** The global function. */
const FETCH = external(GLOBAL, [{ kind: 'member', name: 'fetch' }]);

/** `mocker.call.models.generate_content(...)` states an expectation, and `mock.chat.completions.create()` sends nothing. */
const MOCKS = /^(?:mocker|mock|jest|vi|sinon)$/;

/** A client that a caller or a configuration may replace is taken to be what it is by default. */
function withHint(value: Value): readonly Value[] {
  return value.kind === 'unknown' && value.hint ? [...alternativesOf(value.hint), value] : [value];
}

/** What a `partial` calls, and the arguments that it has already. */
function withoutPartial(value: Value): readonly { readonly value: Value; readonly begun: CallArguments | null }[] {
  const begun = value.kind === 'external' ? partialOf(value) : null;
  if (begun === null) return [{ value, begun: null }];
  return alternativesOf(begun.callee).map((callee) => ({ value: callee, begun: begun.args }));
}

/** What a function that is given the reference at `index` calls it with: what follows it, or what else is named. */
function handedOver(all: readonly Argument[], index: number): readonly Argument[] {
  const isNamed = all[index]?.kind === 'named';
  const rest = isNamed
    ? all.filter(({ kind }, at) => at !== index && (kind === 'named' || kind === 'namedSpread'))
    : all.slice(index + 1);
  return rest.map(unpacked);
}

/** `Thread(target=f, args=(x,), kwargs={"model": m})`: the arguments of the call as values. */
function unpacked(argument: Argument): Argument {
  if (argument.kind !== 'named') return argument;
  if (argument.name === 'args') return { ...argument, kind: 'spread', name: null };
  return argument.name === 'kwargs' ? { ...argument, kind: 'namedSpread', name: null } : argument;
}

/** True for a client or a model: it is passed on, not called. */
function isObject(value: Value): boolean {
  return alternativesOf(value).some(
    (alternative) => alternative.kind === 'external' && alternative.steps.at(-1)?.kind === 'call',
  );
}

/** A reference that comes with a request is called; one without is only passed on (`mocked(generateText)`). */
function isCarriedOut({ args, roles }: SdkCall): boolean {
  if (!args || (args.positional.length === 0 && args.named.size === 0 && args.open.length === 0)) return false;
  return args.open.length > 0 || EVIDENCE.some((role) => roles.values.get(role)?.from === 'call');
}
const EVIDENCE = ['model', 'messages', 'prompt', 'body', 'variables'] as const;

/** The member names from the receiver outwards; a call in the chain counts as its name. */
function pathOf(callee: Expression): readonly string[] {
  const names: string[] = [];
  let node: Expression = callee;
  for (;;) {
    if (node.kind === 'member') {
      names.unshift(node.property);
      node = node.object;
    } else if (node.kind === 'call') node = node.callee;
    else if (node.kind === 'index') node = node.object;
    else break;
  }
  if (node.kind === 'name') names.unshift(node.name);
  return names;
}
