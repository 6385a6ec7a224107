/** Which methods of the project a call may run whose receiver is known by its declared type, or only by its name. */

import { basesOf } from '../../evaluate/classes/class-members.ts';
import type { Evaluator } from '../../evaluate/evaluator.ts';
import { alternativesOf, GLOBAL } from '../../evaluate/lattice.ts';
import type { Scope } from '../../evaluate/scopes/scope.ts';
import type { ClassValue, ExternalValue, FunctionValue, Value } from '../../evaluate/values.ts';
import type { Expression, ModuleNode } from '../../ir/nodes.ts';
import { nameWords } from '../../sdks/distinctive.ts';
import { functionValueOf } from './callable-objects.ts';
import { tableOf } from './function-tables.ts';
import { CALLED, type WrapperIndex, type WrapperMethod } from './wrapper-index.ts';

/** Implementations of one method that are followed: a project with more of them has as many providers. */
const MAX_IMPLEMENTATIONS = 3;
/** Classes that have nothing in common but the method's name; with more of them a short name tells nothing. */
const MAX_UNRELATED = 3;
const MAX_BASES = 10;
/** Packages whose classes stand above classes that have nothing to do with each other. */
const GENERAL_MODULES = new Set([GLOBAL, 'abc', 'typing', 'typing_extensions', 'pydantic', 'enum', 'events', 'react']);
/** What the object that asks a model is called. */
const MODEL_WORDS = [
  'llm',
  'ai',
  'model',
  'agent',
  'chat',
  'completion',
  'gpt',
  'openai',
  'claude',
  'generator',
  'assistant',
  'bot',
  'lm',
];
/** Words of these that leave no doubt, however many classes have a method of the name. */
const CLEAR_WORDS = ['llm', 'lm', 'gpt', 'openai', 'claude'];
/** The same for what may just as well ask a database: the method's name has to say that it asks. */
const CLIENT_WORDS = ['client', 'engine', 'provider', 'connector', 'api'];
const ASKING_WORDS = [
  'ask',
  'answer',
  'chat',
  'complete',
  'completion',
  'completions',
  'generate',
  'invoke',
  'predict',
  'prompt',
  'respond',
  'response',
  'stream',
  'think',
  'create',
  'call',
  'run',
];
/** A name of several words is unlikely to mean something else in another class. */
const TELLING_NAME = /[a-z][A-Z]|[a-z]_[a-z]/;

export interface Implementations {
  readonly functions: readonly FunctionValue[];
  /** True if there are more than are followed. */
  readonly isCut: boolean;
}

const NONE: Implementations = { functions: [], isCut: false };

/** Where dispatch looks for methods. */
export interface DispatchHost {
  readonly index: WrapperIndex;
  readonly evaluator: Evaluator;
  /** Of the caller: no call leads into another language. */
  readonly language: ModuleNode['language'];
}

/** The methods that implement `name` in classes below the declared class of `receiver`. */
export function implementationsOf(receiver: Value, name: string, host: DispatchHost): Implementations {
  const declared = declaredName(receiver);
  if (declared === null) return NONE;
  const below = host.index.methods(name).filter(({ ancestors }) => ancestors.includes(declared));
  return followed(below, name, host);
}

function followed(
  methods: readonly WrapperMethod[],
  name: string,
  { evaluator, language }: DispatchHost,
): Implementations {
  const taken: WrapperMethod[] = [];
  // Asking for its language loads a module: no more of them than are needed.
  for (const method of methods) {
    if (taken.length === MAX_IMPLEMENTATIONS) break;
    if (evaluator.module(method.path)?.loaded.node.language === language) taken.push(method);
  }
  return {
    functions: taken.flatMap((method) => methodOf(method, name, evaluator) ?? []),
    isCut: taken.length === MAX_IMPLEMENTATIONS && methods.length > MAX_IMPLEMENTATIONS,
  };
}

/** The name of the class or interface that `value` is declared to be of; null where it is made here, or anything else. */
export function declaredName(value: Value): string | null {
  if (value.kind === 'instance') return value.args === null ? value.class.node.name : null;
  if (value.kind !== 'external') return null;
  const made = value.steps.at(-1);
  return made?.kind === 'call' && made.isNew && made.args === null ? classNameOf(value, -1) : null;
}

/** The name of a package's class, before `steps` further steps. */
function classNameOf({ module, steps }: ExternalValue, end?: number): string | null {
  const last = steps.slice(0, end).at(-1);
  return last?.kind === 'member' && !GENERAL_MODULES.has(module) ? last.name : null;
}

/** The methods called `name`, where the receiver is not known and is called like something that asks a model. */
export function methodsByName(receiver: Expression, name: string, host: DispatchHost): Implementations {
  const methods = host.index.methods(name);
  if (methods.length === 0 || !isNamedLikeClient(receiver, name)) return NONE;
  const unrelated = new Set(
    methods.map(({ ancestors, path, className }) => ancestors.at(-1) ?? `${path}:${className}`),
  );
  const isClear = TELLING_NAME.test(name) || wordsOf(receiver).some((word) => CLEAR_WORDS.includes(word));
  if (unrelated.size > MAX_UNRELATED && !isClear) return NONE;
  return followed(methods, name, host);
}

/** True for what is called like something that asks a model. */
export function isModelName(name: string): boolean {
  return nameWords(name).some((word) => MODEL_WORDS.includes(word));
}

/** How names of functions begin that give an object or hear of an event, and ask no model. */
const VERBS = /^(?:get|create|make|build|init|load|resolve|use|with|set|new|on|is|has|count|log)$/;
/** What an object that is called like a function may end with, besides what it is called after. */
const ROLES = ['client', 'service', 'handler', 'api', 'caller', 'wrapper', 'fn', 'func'];

/** True for what is clearly called like such an object: `llm_client(prompt)`, `get_llm(config)(prompt)`. */
export function isNamedLikeCallable(callee: Expression): boolean {
  const words = wordsOf(callee);
  const last = words.at(-1) ?? '';
  if (!words.some((word) => CLEAR_WORDS.includes(word)) || !(MODEL_WORDS.includes(last) || ROLES.includes(last))) {
    return false;
  }
  if (callee.kind === 'call') return true;
  const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
  // A class is made an object of (`OpenAI()`).
  return !VERBS.test(words[0] ?? '') && !/^[A-Z]+[a-z]/.test(name);
}

function wordsOf(object: Expression): readonly string[] {
  const table = tableOf(object);
  // One of `providers` is a provider.
  if (table !== null) return wordsOf(table).map((word) => word.replace(/s$/, ''));
  if (object.kind === 'call') return wordsOf(object.callee);
  return nameWords(object.kind === 'name' ? object.name : object.kind === 'member' ? object.property : '');
}

function isNamedLikeClient(receiver: Expression, method: string): boolean {
  const words = wordsOf(receiver);
  if (words.some((word) => MODEL_WORDS.includes(word))) return true;
  const asks = nameWords(method).some((word) => ASKING_WORDS.includes(word));
  return asks && words.some((word) => CLIENT_WORDS.includes(word));
}

function methodOf({ path, className }: WrapperMethod, name: string, evaluator: Evaluator): FunctionValue | null {
  const module = evaluator.module(path);
  const named = module && [...module.scopes.values()].filter((one) => one.qualifiedName === className);
  const scope = named?.find(({ kind }) => kind === 'class');
  if (!scope) {
    const closure = named?.find(({ kind }) => kind === 'function');
    return closure && name === CALLED ? functionValueOf(closure, evaluator) : null;
  }
  const object: Value = { kind: 'instance', class: evaluator.classValue(scope), args: null };
  const method = evaluator.member(object, name, { path, start: 0, end: 0 });
  return method.kind === 'function' ? method : null;
}

/** The names of all that the class `scope` extends or implements, the farthest last. */
export function ancestorsOf(scope: Scope, evaluator: Evaluator): readonly string[] {
  const found: string[] = [];
  let level = [evaluator.classValue(scope)];
  for (let depth = 0; depth < MAX_BASES && level.length > 0; depth++) {
    const next = level.flatMap((one) => [...basesOf(evaluator, one), ...interfacesOf(evaluator, one)]);
    level = next.filter((base) => base.kind === 'class');
    for (const { node } of level) if (node.name !== null && !found.includes(node.name)) found.push(node.name);
    for (const base of next) {
      const name = base.kind === 'external' ? classNameOf(base) : null;
      if (name !== null && !found.includes(name)) found.push(name);
    }
  }
  return found;
}

function interfacesOf(evaluator: Evaluator, { node, frame }: ClassValue): readonly Value[] {
  return node.interfaces.flatMap((type) => alternativesOf(evaluator.evaluate(type, frame)));
}
