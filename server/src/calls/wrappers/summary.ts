/** What a function of the project does with its parameters on the way to a request, for any caller. */
import { argumentFromCallers } from '../../evaluate/callers.ts';
import { constructorIn } from '../../evaluate/classes/constructors.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { createFrame, type Frame } from '../../evaluate/frame.ts';
import {
  alternativesOf,
  isSameOrigin,
  joinOrigins,
  mapAlternatives,
  NULL,
  object,
  oneOf,
  text,
  unknown,
} from '../../evaluate/lattice.ts';
import { destructure } from '../../evaluate/names.ts';
import type { Definition, ModuleScope, Scope } from '../../evaluate/scopes/scope.ts';
import { sourcesOf } from '../../evaluate/sources.ts';
import type { ClassValue, FunctionValue, InstanceValue, UnknownValue, Value } from '../../evaluate/values.ts';
import type { ClassNode, FunctionNode } from '../../ir/nodes.ts';
import type { Origin } from '../../ir/origin.ts';
import type { Role } from '../../sdks/descriptor.ts';
import type { SdkCall } from '../../sdks/trail-result.ts';
import type { Walker } from '../../sdks/walk.ts';
import { ADDRESS_NAMES } from './addressed-functions.ts';
import { asHandedOver, conversationsOn } from './handed-over.ts';
import type { Request, RequestFinder } from './requests.ts';
import type { StoredSummary, Summary, SummaryStore } from './summary-store.ts';
import {
  lengthOf,
  lengthOfRequest,
  literalsOf,
  MIN_OWN_TEXT,
  promptOf,
  segmentsIn,
  TEXT_ROLES,
  unseenTextsIn,
  wholeTextsIn,
} from './texts.ts';
import { typedParameters } from './typed-parameters.ts';
import type { WrapperIndex } from './wrapper-index.ts';

const NO_FLOWS: StoredSummary = {
  flows: new Set(),
  sendsFields: false,
  literals: new Set(),
  writesPrompt: false,
  makesPrompt: false,
  basis: { passedOver: new Set(), names: new Set(), version: 0, modules: new Set() },
};

/** The same of a function for as long as it is written like this. */
function nothingFlows({ module }: Scope): StoredSummary {
  return { ...NO_FLOWS, basis: { ...NO_FLOWS.basis, modules: new Set([module.loaded.path]) } };
}

/** Summaries that are asked for one inside the other: each takes a good part of the stack. */
const MAX_NESTED = 6;

export class Summaries {
  readonly #evaluator: Evaluator;
  readonly #walker: Walker;
  readonly #requests: RequestFinder;
  readonly #index: WrapperIndex;
  readonly #store: SummaryStore;
  /** The functions that are being summarised, one inside the other, and how deep. */
  readonly #underWay = new Map<string, number>();
  /** By depth: summaries that were cut short by the one there. */
  readonly #partials: Map<string, StoredSummary>[] = [];
  /** The first that was asked for too deep inside others. */
  #tooDeep: FunctionValue | null = null;
  /** Those that are asked for by themselves, since others need them. */
  readonly #wanted = new Set<string>();
  /** The depth of the outermost that the present one was cut short by. */
  #cutAt = Number.POSITIVE_INFINITY;

  constructor(evaluator: Evaluator, walker: Walker, requests: RequestFinder, index: WrapperIndex, store: SummaryStore) {
    this.#evaluator = evaluator;
    this.#walker = walker;
    this.#requests = requests;
    this.#index = index;
    this.#store = store;
  }

  /** A method's summary depends on the class of the object that it is called on. */
  of(fn: FunctionValue): Summary {
    const key = keyOfFunction(fn);
    const known = this.#store.get(key, this.#index) ?? this.#partial(key);
    if (known) {
      this.#requests.noteBasis(known.basis);
      return known;
    }
    const since = this.#underWay.get(key);
    if (since !== undefined) return this.#cutShort(since);
    if (this.#underWay.size >= MAX_NESTED) {
      this.#tooDeep ??= fn;
      return this.#cutShort(0);
    }
    return this.#underWay.size === 0 ? this.#whole(key, fn) : this.#begin(key, fn);
  }

  #cutShort(depth: number): Summary {
    this.#cutAt = Math.min(this.#cutAt, depth);
    return NO_FLOWS;
  }

  /** What takes too much of the stack inside another is asked for by itself, and is known the next time. */
  #whole(key: string, fn: FunctionValue): Summary {
    for (;;) {
      this.#tooDeep = null;
      const summary = this.#begin(key, fn);
      const next = this.#tooDeep as FunctionValue | null;
      const nextKey = next && keyOfFunction(next);
      if (next === null || nextKey === null || this.#wanted.has(nextKey)) return summary;
      this.#wanted.add(nextKey);
      this.of(next);
      this.#wanted.delete(nextKey);
    }
  }

  /**
   * Functions may lead to each other in a circle. A summary that was cut short by one that is under way would be another
   * one if it were asked for first: it is remembered only until that one has ended.
   */
  #begin(key: string, fn: FunctionValue): Summary {
    const depth = this.#underWay.size;
    // What ended in an exception has left its own behind.
    const around = depth === 0 ? Number.POSITIVE_INFINITY : this.#cutAt;
    this.#cutAt = Number.POSITIVE_INFINITY;
    const summary = this.#summariseAt(depth, key, fn);
    if (this.#cutAt >= depth) {
      this.#store.set(key, summary);
      this.#cutAt = around;
      return summary;
    }
    this.#partials[this.#cutAt]?.set(key, summary);
    this.#cutAt = Math.min(around, this.#cutAt);
    return summary;
  }

  #summariseAt(depth: number, key: string, fn: FunctionValue): StoredSummary {
    this.#partials[depth] = new Map();
    this.#underWay.set(key, depth);
    try {
      return this.#summarise(fn);
    } finally {
      this.#underWay.delete(key);
      this.#partials.length = depth;
    }
  }

  #partial(key: string): StoredSummary | null {
    for (const [depth, known] of this.#partials.entries()) {
      const partial = known?.get(key);
      if (!partial) continue;
      this.#cutAt = Math.min(this.#cutAt, depth);
      return partial;
    }
    return null;
  }

  #summarise(fn: FunctionValue): StoredSummary {
    const scope = fn.frame.scope.module.scopes.get(fn.node);
    if (!scope) return NO_FLOWS;
    const own = parametersAround(scope);
    // Its callers decide nothing, whatever it does.
    if (own.length === 0 && objectsAround(this.#evaluator.frameOf(scope)).length === 0) return nothingFlows(scope);
    const { found, basis } = this.#requests.ask(() => {
      this.#evaluator.startQuery();
      const frame = this.#markedFrame(scope, fn.receiver);
      const requests = this.#requests.requestsIn(fn, frame);
      const state = objectsAround(frame).map(({ class: type }) => originOf(type));
      return {
        flows: new Set(requests.flatMap((request) => flowsOf(request, own))),
        sendsFields: requests.some(({ found: { call } }) => sends(call, state)),
        literals: new Set(requests.flatMap((request) => literalsOf(request.found.call, conversationsOn(request)))),
        writesPrompt: requests.some(handsOverPrompt),
        makesPrompt: makesEveryPrompt(requests, fn.node, own),
      };
    });
    return { ...found, basis };
  }

  /** An activation by any caller: the function's parameters, and those of the functions around it, are markers. */
  #markedFrame(scope: Scope, receiver: Value | null): Frame {
    const every = this.#evaluator.frameOf(scope);
    if (scope.kind !== 'function' || scope.parent === null) return every;
    const parent = this.#markedFrame(scope.parent, null);
    const object = receiver ?? every.receiver;
    const any = object?.kind === 'instance' ? anyObjectOf(object) : object;
    return createFrame(scope, parent, any, this.#markers(scope));
  }

  /** Every parameter as something that is not known but for where it comes from, and for what its type lets one call. */
  #markers(scope: Scope): ReadonlyMap<Definition, Value> {
    const typed = typedParameters(this.#evaluator, this.#walker, this.#index, scope);
    const bound = new Map<Definition, Value>();
    const frame = this.#evaluator.frameOf(scope);
    for (const definition of [...scope.definitions.values()].flat()) {
      const { source } = definition;
      if (source.kind !== 'parameter') continue;
      const origin = this.#evaluator.origin(source.parameter, frame);
      const byDefault = source.parameter.default
        ? this.#evaluator.evaluate(source.parameter.default, frame.parent ?? frame)
        : null;
      const hint = byDefault === null || byDefault.kind === 'null' ? this.#addressGiven(scope, source) : byDefault;
      const value = destructure(
        this.#evaluator,
        unknown('parameter', hint, origin, () => [origin]),
        source.path,
        frame,
      );
      bound.set(definition, typed.get(definition) ?? value);
    }
    return bound;
  }

  /**
   * What calls give for an address, in the module or in others: whether a request is one to a model depends on it
   * (`post(url, body)`). Everything else is what any caller gives.
   */
  #addressGiven(scope: Scope, { parameter, index }: ParameterSource): Value | null {
    const { pattern } = parameter;
    const elsewhere = this.#addressesElsewhere(scope, index);
    if (elsewhere !== null) return elsewhere;
    if (pattern.kind !== 'name' || !ADDRESS_NAMES.test(pattern.name)) return null;
    const given = argumentFromCallers(this.#evaluator, scope, parameter, index);
    return given !== null && alternativesOf(given).some(({ kind }) => kind === 'text') ? given : null;
  }

  #addressesElsewhere({ name }: Scope, index: number): Value | null {
    if (name === null) return null;
    this.#requests.noteName(name);
    const given = this.#index.addressesGiven(name).filter((one) => one.index === index);
    if (given.length === 0) return null;
    return oneOf(given.map(({ field, text: url }) => (field === null ? text(url) : object([[field, text(url)]]))));
  }
}

type ParameterSource = Extract<Definition['source'], { kind: 'parameter' }>;

/** An object of the class whose fields hold, besides what they hold at first, anything that its methods put in. */
function anyObjectOf({ class: type }: InstanceValue): InstanceValue {
  const put = unknown('parameter', null, null, () => [originOf(type)]);
  const apply = (_: InstanceValue, __: string, before: Value): Value =>
    mapAlternatives(before, (one) => withItem(one, put));
  return { kind: 'instance', class: type, args: null, changes: [{ field: null, apply }] };
}

/** A list, or what is one by default, with an item more. */
function withItem(value: Value, item: UnknownValue): Value {
  if (value.kind === 'array') return { ...value, open: [...value.open, item] };
  if (value.kind !== 'unknown' || !alternativesOf(value.hint ?? NULL).some(({ kind }) => kind === 'array'))
    return value;
  return { ...value, from: () => joinOrigins(value.from(), item.from()) };
}

function originOf({ node, frame }: ClassValue): Origin {
  return { path: frame.scope.module.loaded.path, start: node.start, end: node.end };
}

function sends({ roles }: SdkCall, sources: readonly Origin[]): boolean {
  const values = TEXT_ROLES.flatMap((role) => [roles.values.get(role)?.value ?? NULL, ...(roles.open.get(role) ?? [])]);
  return values.some((value) => isFromAny(value, sources));
}

/** The objects whose methods a function is, or is written in. */
function objectsAround(frame: Frame): readonly InstanceValue[] {
  const objects: InstanceValue[] = [];
  for (let current: Frame | null = frame; current?.scope.kind === 'function'; current = current.parent) {
    if (current.receiver?.kind === 'instance') objects.push(current.receiver);
  }
  return objects;
}

/**
 * True where a call of `fn` may decide what is sent: by its arguments, or by what its object's methods have put in. What a
 * closure sends, the method around it may have put in as well.
 */
export function mayDecide({ receiver }: FunctionValue, { flows, sendsFields }: Summary): boolean {
  if (flows.size > 0) return true;
  const isChanged = receiver?.kind !== 'instance' || (receiver.changes?.length ?? 0) > 0;
  return sendsFields && isChanged;
}

function keyOfFunction({ node, frame, receiver }: FunctionValue): string {
  const place = (module: ModuleScope, start: number) => `${module.loaded.path}:${start}`;
  const own = place(frame.scope.module, node.start);
  if (receiver?.kind !== 'instance') return own;
  return `${own} ${place(receiver.class.frame.scope.module, receiver.class.node.start)}`;
}

/** True where a function on the way is handed a text that says as much as a prompt does, or a conversation with one. */
function handsOverPrompt(request: Request): boolean {
  const texts = request.given.flatMap(({ positional, named }) =>
    [...positional, ...[...named.values()].map(({ value }) => value)].filter(isText),
  );
  return [...texts, ...conversationsOn(request)].some((value) => {
    const literals = segmentsIn(value).flatMap((segment) => (segment.kind === 'literal' ? [segment] : []));
    return lengthOf([{ segments: literals }]) >= MIN_OWN_TEXT;
  });
}

/** Parameters for a prompt or a conversation: what a function makes of them is still what its callers say. */
const CARRIER_NAMES = /prompt|instruction|system|message|convo|conversation|dialog/i;

/** True where each request has its prompt from inside, and at least one a prompt whose text is not known. */
function makesEveryPrompt(requests: readonly Request[], node: FunctionNode, own: readonly OwnParameter[]): boolean {
  const others = requests.filter((request) => !isPromptMadeIn(request, node, own));
  return others.length < requests.length && others.every((request) => flowsOf(request, own).length === 0);
}

/**
 * True where the request's prompt is made inside, of a file, a template or settings, so that its text is not known, and
 * nothing in it is handed in as a prompt: what the function is given is data then.
 */
function isPromptMadeIn(request: Request, { parameters }: FunctionNode, own: readonly OwnParameter[]): boolean {
  const call = asHandedOver(request);
  const unseen = TEXT_ROLES.flatMap((role) => unseenTextsIn(call.roles.values.get(role)?.value ?? NULL));
  const carriers = own.filter(
    ({ name, start }) => name !== null && CARRIER_NAMES.test(name) && parameters.some((one) => one.start === start),
  );
  if (unseen.some(({ value }) => isFromAny(value, carriers))) return false;
  return unseen.some(({ value, isPlaced }) => {
    if (value.kind === 'unknown' && value.reason !== 'opaque' && value.isFilled?.() !== true) return false;
    return isPlaced || isFromAny(value, own);
  });
}

function isText(value: Value): boolean {
  return alternativesOf(value).some(({ kind }) => kind === 'text');
}

/**
 * Where the function writes the prompt itself, what its callers give it as a part of a text is data. Whole messages are
 * theirs all the same, and so is what they are asked for as a prompt.
 */
function flowsOf({ found: { call } }: Request, own: readonly OwnParameter[]): readonly Role[] {
  const holds = (value: Value) => isFromAny(value, own);
  const roleValue = (role: Role) => call.roles.values.get(role)?.value;
  if (lengthOfRequest(call) < MIN_OWN_TEXT) {
    return TEXT_ROLES.filter((role) => [roleValue(role) ?? NULL, ...(call.roles.open.get(role) ?? [])].some(holds));
  }
  const { parts } = promptOf(call);
  const system = parts.filter(({ role }) => role === 'system');
  const holes = system.flatMap(({ segments }) => (lengthOf([{ segments }]) >= MIN_OWN_TEXT ? [] : segments));
  const roles: Role[] = holes.some((segment) => segment.kind === 'hole' && holds(segment.value)) ? ['system'] : [];
  const whole = (['messages', 'prompt'] as const).filter((role) => wholeTextsIn(roleValue(role) ?? NULL).some(holds));
  const prompts = own.filter(({ name }) => name !== null && PROMPT_NAMES.test(name));
  const isPart = parts.some(({ segments }) =>
    segments.some((one) => one.kind === 'hole' && isFromAny(one.value, prompts)),
  );
  return [...roles, ...whole, ...(isPart ? (['prompt'] as const) : [])];
}

function isFromAny(value: Value, parameters: readonly Origin[]): boolean {
  return sourcesOf(value).some((source) => parameters.some((origin) => isSameOrigin(source, origin)));
}

/** Parameters for the text that the model reads. */
export const PROMPT_NAMES = /prompt|instruction/i;

export interface OwnParameter extends Origin {
  /** Null for an object that is destructured. */
  readonly name: string | null;
  /** True for an object of which the function takes several values. */
  readonly isTakenApart: boolean;
  /** True where the name of a file is its default: the file is chosen here, unless a caller knows better. */
  readonly isFileByDefault: boolean;
}

const FILE_NAME = /^[^\s]+\.\w{1,8}$/;

/** The parameters of the functions around a place: its own function's, and of those that it is written in. */
export function parametersAround(scope: Scope): readonly OwnParameter[] {
  const found: OwnParameter[] = [];
  const { path } = scope.module.loaded;
  const add = (node: FunctionNode) => {
    for (const { start, end, pattern, default: byDefault } of node.parameters) {
      const name = pattern.kind === 'name' ? pattern.name : null;
      const isFileByDefault = byDefault?.kind === 'string' && FILE_NAME.test(byDefault.value);
      found.push({
        path,
        start,
        end,
        name,
        isTakenApart: name === null,
        isFileByDefault,
      });
    }
  };
  for (let current: Scope | null = scope; current; current = current.parent) {
    if (current.kind === 'function') add(current.node as FunctionNode);
    // The arguments that an object was made with belong to the code that made it.
    if (current.kind === 'class') {
      const made = constructorIn(current.node as ClassNode);
      if (made !== null) add(made);
    }
  }
  return found;
}
