/** The requests that calling a function of the project leads to, over any number of hops, with the caller's arguments in them. */

import { callsOfHandedOver } from '../../evaluate/activations/callbacks.ts';
import { bindArguments } from '../../evaluate/bind-arguments.ts';
import { passesOn } from '../../evaluate/callers.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { createFrame, type Frame } from '../../evaluate/frame.ts';
import { argumentsOf } from '../../evaluate/invoke.ts';
import { alternativesOf, hintedText, literalText, OPAQUE, withoutNull } from '../../evaluate/lattice.ts';
import { completedArguments, partialOf } from '../../evaluate/partials.ts';
import type { CallRecord, Definition, ModuleScope } from '../../evaluate/scopes/scope.ts';
import { receiverScope } from '../../evaluate/scopes/scope-parts.ts';
import type { CallArguments, FunctionValue, UnknownValue, Value } from '../../evaluate/values.ts';
import type { Argument, Call, Expression, FunctionNode } from '../../ir/nodes.ts';
import { functionsRunBy, inputOf } from '../../sdks/steps/sequences.ts';
import type { Walker } from '../../sdks/walk.ts';
import { finderOf } from '../analyse.ts';
import type { Hop } from '../call.ts';
import type { CallFinder, FoundCall } from '../find.ts';
import { isHandedOver, namesIn, type WrapperCandidates } from './called-name.ts';
import { callsWithin } from './calls-within.ts';
import {
  type DispatchHost,
  declaredName,
  type Implementations,
  implementationsOf,
  isNamedLikeCallable,
  methodsByName,
} from './dispatch.ts';
import { forwardedFunction, wrappedFunctions } from './held-functions.ts';
import { typedParameters } from './typed-parameters.ts';
import { CALLED, type WrapperIndex } from './wrapper-index.ts';

/** A request that a function leads to. */
export interface Request {
  readonly found: FoundCall;
  /** From the function down to the request, which is the last hop. */
  readonly via: readonly Hop[];
  /** The calls of `via`, from the request outwards. */
  readonly records: readonly CallRecord[];
  /** True if a method on the way was found by its name alone. */
  readonly isAssumed: boolean;
  /** What each function on the way was called with, the first one included. */
  readonly given: readonly CallArguments[];
}

/** A function of the project that a call may run, with what the call gives it. */
export interface Target {
  readonly function: FunctionValue;
  readonly args: CallArguments;
  /** True if it was found by its name alone. */
  readonly isAssumed: boolean;
  /** The call that runs it, where that is in another function of the project, which it is handed to. */
  readonly through?: CallRecord;
}

type HandedOverCall = Pick<Target, 'args' | 'through'>;

interface CalledFunctions {
  readonly functions: readonly FunctionValue[];
  readonly isAssumed: boolean;
}

/** Wrappers around wrappers: no product was seen with more than six. */
export const MAX_HOPS = 8;
/** Requests behind one call: a switch over every provider. */
const MAX_REQUESTS = 4;
/** Functions that are entered for one question. */
const MAX_ACTIVATIONS = 24;

/** What an answer rests on: it is out of date once one of the names means other wrappers, or a module changes. */
export interface Basis {
  /** The names of all that was called on the way, whether wrappers have them or not. */
  readonly names: Set<string>;
  /** Those that no wrapper had. */
  readonly passedOver: Set<string>;
  /** Of the index, when the question was asked. */
  readonly version: number;
  /** Paths of the modules whose functions were entered. */
  readonly modules: Set<string>;
}

interface Question {
  readonly running: Set<FunctionNode>;
  readonly basis: Basis;
  /** What is part of `basis` already. */
  readonly joined: Set<Basis>;
  activations: number;
  /** True once something was not followed because of a limit. */
  isCut: boolean;
}

function newQuestion(version: number): Question {
  return {
    running: new Set(),
    basis: { passedOver: new Set(), names: new Set(), version, modules: new Set() },
    joined: new Set(),
    activations: 0,
    isCut: false,
  };
}

function join(into: Basis, { passedOver, names, modules }: Basis): void {
  for (const name of names) into.names.add(name);
  for (const name of passedOver) into.passedOver.add(name);
  for (const path of modules) into.modules.add(path);
}

export class RequestFinder {
  readonly #evaluator: Evaluator;
  readonly #walker: Walker;
  readonly #index: WrapperIndex;
  readonly #candidates: WrapperCandidates;
  readonly #mayFlow: (fn: FunctionValue) => boolean;
  #question: Question = newQuestion(0);

  /** `mayFlow` is false for a function whose callers decide nothing of what it sends: it is not followed. */
  constructor(
    evaluator: Evaluator,
    walker: Walker,
    index: WrapperIndex,
    candidates: WrapperCandidates,
    mayFlow: (fn: FunctionValue) => boolean,
  ) {
    this.#evaluator = evaluator;
    this.#walker = walker;
    this.#index = index;
    this.#candidates = candidates;
    this.#mayFlow = mayFlow;
  }

  /**
   * Asks a question whose limits start anew, whatever question is being asked around it. Returns what the answer rests
   * on, and whether a limit was reached: there may be further requests then.
   */
  ask<T>(find: () => T): { readonly found: T; readonly basis: Basis; readonly isCut: boolean } {
    const around = this.#question;
    this.#question = newQuestion(this.#index.version);
    try {
      const found = find();
      const { basis, isCut } = this.#question;
      return { found, basis, isCut };
    } finally {
      join(around.basis, this.#question.basis);
      this.#question = around;
    }
  }

  /** What is being asked rests on what the index has of this name. */
  noteName(name: string): void {
    this.#question.basis.names.add(name);
  }

  /** What is being asked rests on this as well. */
  noteBasis(basis: Basis): void {
    const { joined, basis: whole } = this.#question;
    if (joined.has(basis)) return;
    joined.add(basis);
    join(whole, basis);
  }

  /** The functions of the project that `record` calls, or hands over to be called (`to_thread(ask, prompt)`). */
  targetsOf(record: CallRecord, frame: Frame): readonly Target[] {
    const { node, scope } = record;
    const { callee } = node;
    if (this.mayRunChain(record)) {
      const targets = this.#chainTargets(record, frame);
      if (targets.length > 0) return targets;
    }
    if (this.#candidates.mayBe(callee, scope.module)) {
      this.#evaluator.startQuery();
      const args = argumentsOf(this.#evaluator, node.arguments, node, frame);
      const targets = this.#calledTargets(callee, frame, args);
      if (targets.length > 0) return targets;
    }
    return node.arguments.flatMap((argument, index): readonly Target[] => {
      const { value } = argument;
      if (!isHandedOver(record, index) || !this.#candidates.mayBe(value, scope.module)) return [];
      this.#evaluator.startQuery();
      return this.#callsOfHandedOver(record, argument, frame).flatMap(({ args, through }) =>
        this.#calledTargets(value, frame, args).map((target) => (through ? { ...target, through } : target)),
      );
    });
  }

  /** True where `record` may run a chain of an SDK that functions of the project are parts of. */
  mayRunChain(record: CallRecord): boolean {
    return this.#finderOf(record.scope.module).runsFunctions(record);
  }

  /** Of `(prompt | ask | parser).invoke(input)`: `ask` is called with the filled prompt. */
  #chainTargets({ node }: CallRecord, frame: Frame): readonly Target[] {
    this.#evaluator.startQuery();
    const callee = this.#evaluator.evaluate(node.callee, frame);
    const args = argumentsOf(this.#evaluator, node.arguments, node, frame);
    return functionsRunBy(this.#walker, callee).flatMap(({ value, before }) => {
      const input = inputOf(this.#walker, before, args);
      const given: CallArguments = { ...args, positional: [input], named: new Map(), open: [], node: null };
      return this.#functionsOf(value).map((found) => ({ function: found, args: given, isAssumed: false }));
    });
  }

  /** How a function is called that is handed over: as the receiver does, or with what stands after it. */
  #callsOfHandedOver(record: CallRecord, argument: Argument, frame: Frame): readonly HandedOverCall[] {
    const { node, scope } = record;
    const receiver = this.#evaluator.evaluate(node.callee, frame);
    const inside = this.#functionsOf(receiver).flatMap((fn) =>
      callsOfHandedOver(this.#evaluator, fn, { record, argument }, frame),
    );
    // What is handed over alone may as well be kept, to be called with what others give it.
    const isAlone = node.arguments.length === 1;
    const calls = isAlone ? inside.filter((call) => call.record.node.arguments.length === 0) : inside;
    if (calls.length > 0) {
      return calls.map((call) => ({
        args: argumentsOf(this.#evaluator, call.record.node.arguments, call.record.node, call.frame),
        through: call.record,
      }));
    }
    if (isAlone) return [];
    if (!passesOn(receiver)) {
      return [{ args: { positional: [], named: new Map(), open: [OPAQUE], node, path: scope.module.loaded.path } }];
    }
    const after = node.arguments.slice(node.arguments.indexOf(argument) + 1);
    return [{ args: argumentsOf(this.#evaluator, after, node, frame) }];
  }

  #calledTargets(callee: Expression, frame: Frame, args: CallArguments): readonly Target[] {
    const { functions, isAssumed } = this.#calledFunctions(callee, frame);
    const called = functions.map((found) => {
      const inner = frameOfImplementation(found, callee, frame);
      const given = inner && args.node ? this.#argumentsIn(inner, args.node) : args;
      return { function: forwardedFunction(found) ?? found, args: given, isAssumed };
    });
    return [...called, ...this.#begunTargets(this.#evaluator.evaluate(callee, frame), args)];
  }

  #argumentsIn(frame: Frame, node: Call): CallArguments {
    return argumentsOf(this.#evaluator, node.arguments, node, this.#evaluator.activations.like(frame));
  }

  /** Of calls that a `partial` began. */
  #begunTargets(callee: Value, args: CallArguments): readonly Target[] {
    return alternativesOf(callee).flatMap((value) => {
      const begun = value.kind === 'external' ? partialOf(value) : null;
      if (begun === null) return [];
      const all = completedArguments(begun.args, args);
      return this.#functionsOf(begun.callee).map((found) => ({ function: found, args: all, isAssumed: false }));
    });
  }

  #calledFunctions(callee: Expression, frame: Frame): CalledFunctions {
    const { language } = frame.scope.module.loaded.node;
    const host: DispatchHost = { index: this.#index, evaluator: this.#evaluator, language };
    const value = this.#evaluator.evaluate(callee, frame);
    const called = this.#functionsOf(value);
    const isMethod = callee.kind === 'member' && called.some(({ node }) => node.name !== CALLED);
    if (!isMethod) {
      const objects = this.#calledObjects(callee, value, called, host);
      if (objects.functions.length > 0 || callee.kind !== 'member') return objects;
    }
    const { object, property } = callee;
    const receiver = withoutNull(this.#evaluator.evaluate(object, frame));
    const promised = alternativesOf(receiver).flatMap((value) =>
      value.kind === 'unknown' ? (value.declared?.() ?? []) : [],
    );
    const found = [...called, ...promised.flatMap((value) => this.#methodOf(value, property))];
    const typed = [...alternativesOf(receiver), ...promised].filter((value) => declaredName(value) !== null);
    const below = [...new Set([...typed, ...found.flatMap((one) => one.receiver ?? [])])].flatMap((value) =>
      this.#followed(implementationsOf(value, property, host)),
    );
    if (found.length === 0 && typed.length === 0 && mayBeObject(receiver)) {
      const functions = this.#followed(methodsByName(object, property, host));
      return { functions, isAssumed: true };
    }
    const nodes = new Set(found.map(({ node }) => node));
    const others = below.filter(({ node }) => !nodes.has(node) && nodes.add(node));
    return { functions: [...found, ...others], isAssumed: false };
  }

  /** Objects that are called like functions (`self.llm(prompt)`), besides the functions that are known. */
  #calledObjects(
    callee: Expression,
    value: Value,
    called: readonly FunctionValue[],
    host: DispatchHost,
  ): CalledFunctions {
    const known = { functions: called, isAssumed: false };
    if (!this.#index.has(CALLED)) return known;
    const objects = alternativesOf(withoutNull(value)).flatMap((one) =>
      one.kind === 'unknown' ? (one.declared?.() ?? one) : one,
    );
    const typed = objects.filter((one) => declaredName(one) !== null);
    const nodes = new Set(called.map(({ node }) => node));
    const below = typed
      .flatMap((one) => this.#followed(implementationsOf(one, CALLED, host)))
      .filter(({ node }) => !nodes.has(node) && nodes.add(node));
    if (called.length > 0 || typed.length > 0 || !mayBeObject(value) || !isNamedLikeCallable(callee)) {
      return { ...known, functions: [...called, ...below] };
    }
    const functions = this.#followed(methodsByName(callee, CALLED, host));
    return { functions, isAssumed: true };
  }

  #followed({ functions, isCut }: Implementations): readonly FunctionValue[] {
    this.#question.isCut ||= isCut;
    return functions;
  }

  #methodOf(value: Value, name: string): readonly FunctionValue[] {
    return this.#functionsOf(this.#evaluator.member(value, name, { path: '', start: 0, end: 0 }));
  }

  #functionsOf(callee: Value): readonly FunctionValue[] {
    return alternativesOf(withoutNull(callee)).flatMap((value): readonly FunctionValue[] => {
      if (value.kind === 'function') return [value];
      if (value.kind === 'unknown' && value.hint) return this.#functionsOf(value.hint);
      if (value.kind === 'external') return wrappedFunctions(value);
      return value.kind === 'instance' ? this.#methodOf(value, CALLED).slice(0, 1) : [];
    });
  }

  /** The requests of running `target`, with its arguments: the first `room` of them. */
  requestsOf(target: Target, room = MAX_REQUESTS): readonly Request[] {
    if (this.#question.activations >= MAX_ACTIVATIONS) return this.#cut();
    this.#question.activations++;
    const frame = this.#frameOf(target);
    if (frame === null) return [];
    const { through } = target;
    return this.requestsIn(target.function, frame, room).map((request) => ({
      ...request,
      via: through ? [hopAt(through), ...request.via] : request.via,
      records: through ? [...request.records, through] : request.records,
      given: [target.args, ...request.given],
      isAssumed: request.isAssumed || target.isAssumed,
    }));
  }

  #cut(): readonly Request[] {
    this.#question.isCut = true;
    return [];
  }

  #frameOf({ function: fn, args }: Target): Frame | null {
    const scope = fn.frame.scope.module.scopes.get(fn.node);
    if (!scope) return null;
    this.#evaluator.startQuery();
    const all = typedParameters(this.#evaluator, this.#walker, this.#index, scope);
    // The arguments have limits of their own: the types are remembered.
    this.#evaluator.startQuery();
    const frame = bindArguments(this.#evaluator, fn, args);
    if (frame === null) return null;
    // Where an argument's value is unknown, its declared type may tell.
    const typed = [...all].flatMap(([definition, type]): [Definition, Value][] => {
      const given = frame.bound?.get(definition);
      if (given === undefined) return [[definition, type]];
      return given.kind === 'unknown' && given.hint === null ? [[definition, comingFrom(given, type)]] : [];
    });
    // The activation may be one that was looked at before, with what was evaluated in it.
    if (typed.length === 0) return frame;
    const bound = new Map([...(frame.bound ?? []), ...typed]);
    return this.#evaluator.activations.like(createFrame(frame.scope, frame.parent, frame.receiver, bound));
  }

  /** The requests of the activation `frame` of `fn`. */
  requestsIn(fn: FunctionValue, frame: Frame, room = MAX_REQUESTS): readonly Request[] {
    const { running, basis } = this.#question;
    if (running.has(fn.node)) return [];
    if (running.size >= MAX_HOPS) return this.#cut();
    running.add(fn.node);
    basis.modules.add(frame.scope.module.loaded.path);
    const requests: Request[] = [];
    const finder = this.#finderOf(frame.scope.module);
    const isWanted = (record: CallRecord): boolean => {
      for (const name of namesIn(record)) {
        basis.names.add(name);
        if (!this.#index.has(name)) basis.passedOver.add(name);
      }
      if (this.#candidates.mayLead(record) || finder.runsFunctions(record)) return true;
      return finder.isPaid(record) || finder.mayBecome(record);
    };
    for (const { record, frame: inner } of callsWithin(frame, this.#evaluator, isWanted)) {
      if (requests.length >= room) {
        this.#cut();
        break;
      }
      requests.push(...this.#requestsAt(record, inner, room - requests.length));
    }
    running.delete(fn.node);
    return requests;
  }

  #requestsAt(record: CallRecord, frame: Frame, room: number): readonly Request[] {
    const { scope } = record;
    const hop = hopAt(record);
    const finder = this.#finderOf(scope.module);
    const isRequest = finder.isPaid(record) || finder.mayBecome(record);
    const found = isRequest ? finder.allAt(record, frame) : [];
    if (found.length > 0) {
      const here = { via: [hop], records: [record], given: [], isAssumed: false };
      return found.filter(isWritten).map((one) => ({ ...here, found: one }));
    }
    const requests: Request[] = [];
    for (const target of this.targetsOf(record, frame)) {
      if (requests.length >= room) {
        this.#cut();
        break;
      }
      if (!this.#mayFlow(target.function)) continue;
      for (const request of this.requestsOf(target, room - requests.length)) {
        requests.push({ ...request, via: [hop, ...request.via], records: [...request.records, record] });
      }
    }
    if (requests.length > 0) return requests;
    const sent = finder.asFetch(record, frame);
    return sent === null ? requests : [{ via: [hop], records: [record], given: [], isAssumed: false, found: sent }];
  }

  #finderOf(module: ModuleScope): CallFinder {
    return finderOf(module, { evaluator: this.#evaluator, walker: this.#walker });
  }
}

function hopAt({ scope, node }: CallRecord): Hop {
  return {
    origin: { path: scope.module.loaded.path, start: node.start, end: node.end },
    function: scope.qualifiedName,
  };
}

/**
 * `self.ask(self.rules())` in a class whose subclasses have `ask`: an activation of the method around it on an object of
 * the subclass whose `ask` is called, since that object has its own `rules` too. Null where the class is the same.
 */
function frameOfImplementation({ receiver }: FunctionValue, callee: Expression, frame: Frame): Frame | null {
  if (callee.kind !== 'member' || callee.object.kind !== 'name') return null;
  const object = frame.receiver;
  if (receiver?.kind !== 'instance' || object?.kind !== 'instance') return null;
  if (receiver.class.node === object.class.node) return null;
  if (receiverScope(callee.object.name, frame.scope) !== frame.scope) return null;
  return createFrame(frame.scope, frame.parent, receiver, frame.bound);
}

/** The object that a parameter's type declares, as what the caller gives for it: the caller's own parameter, if it is one. */
function comingFrom(given: UnknownValue, declared: Value): Value {
  const [parameter] = given.from();
  return declared.kind === 'instance' && parameter ? { ...declared, parameter } : declared;
}

/** False for texts to be embedded, images and sounds: they are data, and no prompt. */
function isWritten({ call: { call, roles }, record }: FoundCall): boolean {
  if (call.family !== 'text') return call.family === 'agent';
  if (call.sendsPromptAsIs !== true) return true;
  // Bedrock has one method for models of all kinds: names tell.
  const model = roles.values.get('model')?.value;
  return ![literalText(model) ?? hintedText(model), record.scope.qualifiedName].some((name) =>
    /embed/i.test(name ?? ''),
  );
}

/** False for data and for what a package made: its methods are its own. */
function mayBeObject(receiver: Value): boolean {
  return alternativesOf(receiver).some(({ kind }) => kind === 'unknown');
}
