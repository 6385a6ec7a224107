/** What a name is: through scopes, imports and exports. */

import type { Expression, Parameter } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import { annotatedValue, asDeclaredText, promisedObject } from './annotations.ts';
import { moduleGlobal } from './builtins.ts';
import { argumentFromCallers } from './callers.ts';
import { isBound, runs } from './conditions/conditions.ts';
import { decoratedOption } from './defaults/command-options.ts';
import { unwrappedDefault } from './defaults/parameter-defaults.ts';
import { enumeratedBy } from './enumerations.ts';
import type { Evaluator } from './evaluator.ts';
import type { Frame } from './frame.ts';
import {
  alternativesOf,
  array,
  concatenate,
  external,
  GLOBAL,
  joinOrigins,
  literalText,
  NULL,
  OPAQUE,
  oneOf,
  segmentsOf,
  text,
  unknown,
  withHint,
  withStep,
} from './lattice.ts';
import { someItem } from './lists/collections.ts';
import { elementOf, memberOf } from './members.ts';
import { applyMutations } from './mutations.ts';
import { reachingDefinitions, type Use } from './scopes/reaching.ts';
import type { Definition, ModuleExport, PatternPath, Region, Scope } from './scopes/scope.ts';
import { sourcesOf } from './sources.ts';
import type { Value } from './values.ts';

export function lookUp(evaluator: Evaluator, name: string, use: number, frame: Frame): Value {
  let isClosure = false;
  let offset = use;
  for (let current: Frame | null = frame; current; current = current.parent) {
    const { scope } = current;
    if (isReceiver(scope, name)) return current.receiver ?? unknown('parameter');
    if (scope.kind === 'class' && name === 'this' && current.receiver) return current.receiver;
    const definitions = scope.definitions.get(name);
    // A class's own names are visible in its body, not in its methods.
    if (definitions && (scope.kind !== 'class' || !isClosure)) {
      return defined(evaluator, definitions, scope, { offset, isLater: isClosure }, current);
    }
    // A comprehension runs in place.
    if (scope.kind !== 'comprehension') {
      isClosure = true;
      if ('start' in scope.node) offset = scope.node.start;
    }
  }
  const fromStar = starImport(evaluator, name, frame);
  if (fromStar) return fromStar;
  const origin = evaluator.origin({ start: use, end: use + name.length }, frame);
  return moduleGlobal(name, origin.path, origin) ?? external(GLOBAL, [{ kind: 'member', name }], origin);
}

function isReceiver(scope: Scope, name: string): boolean {
  return scope.kind === 'function' && (scope.node as { receiver: string | null }).receiver === name;
}

function defined(
  evaluator: Evaluator,
  definitions: readonly Definition[],
  scope: Scope,
  use: Use | null,
  frame: Frame,
): Value {
  const verdict =
    definitions.length > 1 && isBound(frame) ? (region: Region) => runs(evaluator, region, frame) : undefined;
  const { values, mutations } = reachingDefinitions(definitions, scope, use, verdict);
  let value =
    values.length > 0 ? oneOf(values.map((definition) => definitionValue(evaluator, definition, frame))) : NULL;
  if (value.kind === 'null' || values.length === 0) {
    const declared = definitions.find(({ source }) => source.kind === 'declared');
    if (declared?.source.kind === 'declared' && declared.source.annotation) {
      value = annotatedValue(evaluator, declared.source.annotation, frame) ?? value;
    }
  }
  return mutations.length === 0 ? value : applyMutations(evaluator, value, mutations, frame);
}

function definitionValue(evaluator: Evaluator, definition: Definition, frame: Frame): Value {
  const bound = frame.bound?.get(definition);
  const { source } = definition;
  if (bound)
    return source.kind === 'parameter' && source.path.length === 0
      ? asDeclaredText(bound, typeOfOne(source.parameter))
      : bound;
  const home = definition.scope === frame.scope ? frame : evaluator.frameOf(definition.scope);
  switch (source.kind) {
    case 'value':
      return destructure(
        evaluator,
        shaped(evaluator, evaluator.evaluate(source.expression, home), source.annotation ?? null, home),
        source.path,
        home,
      );
    case 'parameter':
      return destructure(
        evaluator,
        parameterValue(evaluator, definition.scope, source.parameter, source.index, home),
        source.path,
        home,
      );
    case 'item': {
      const iterable = evaluator.evaluate(source.iterable, home);
      return destructure(evaluator, itemOf(iterable, evaluator.origin(source.iterable, home)), source.path, home);
    }
    case 'context':
      return destructure(
        evaluator,
        entered(evaluator, evaluator.evaluate(source.expression, home), home),
        source.path,
        home,
      );
    case 'import':
      return imported(
        evaluator,
        source.statement.module,
        source.name.imported,
        evaluator.origin(source.statement, home),
      );
    default:
      return OPAQUE;
  }
}

/** The type of a parameter that is one argument; null for those that take the rest. */
function typeOfOne({ kind, annotation }: Parameter): Expression | null {
  return kind === 'rest' || kind === 'namedRest' ? null : annotation;
}

/** A value of which only the type is known (`const body: Body = await request.json()`): its members have theirs. */
function shaped(evaluator: Evaluator, value: Value, annotation: Expression | null, frame: Frame): Value {
  if (annotation === null) return value;
  if (value.kind !== 'unknown') return promisedObject(evaluator, value, annotation, frame) ?? value;
  if (value.hint !== null || value.among !== undefined) return asDeclaredText(value, annotation);
  const among = enumeratedBy(evaluator, annotation, frame);
  return among === null
    ? asDeclaredText({ ...value, shape: () => annotatedValue(evaluator, annotation, frame) }, annotation)
    : { ...value, among, isClaimed: true };
}

/** A parameter of an activation that is not known: its annotation's object, or its default or what callers pass as a hint. */
export function parameterValue(
  evaluator: Evaluator,
  scope: Scope,
  parameter: Parameter,
  index: number,
  frame: Frame,
): Value {
  const origin = evaluator.origin(parameter, frame);
  const among = parameter.annotation ? enumeratedBy(evaluator, parameter.annotation, frame) : null;
  const type = typeOfOne(parameter);
  if (type !== null && among === null) {
    const value = annotatedValue(evaluator, type, frame);
    if (value) return value.kind === 'instance' ? { ...value, parameter: origin } : value;
  }
  const outer = frame.parent ?? frame;
  const option =
    parameter.pattern.kind === 'name' ? decoratedOption(evaluator, scope, parameter.pattern.name, origin) : null;
  if (option) return option;
  const byDefault = parameter.default ? unwrappedDefault(evaluator.evaluate(parameter.default, outer)) : null;
  const hint =
    byDefault && byDefault.kind !== 'null' ? byDefault : argumentFromCallers(evaluator, scope, parameter, index);
  const value = unknown('parameter', hint, origin, () => [origin]);
  return among === null ? asDeclaredText(value, type) : { ...value, among };
}

/** Follows a destructuring pattern into a value. */
export function destructure(evaluator: Evaluator, value: Value, path: PatternPath, frame: Frame): Value {
  let current = value;
  for (const step of path) {
    const origin = evaluator.origin({ start: 0, end: 0 }, frame);
    if (step.kind === 'index') current = elementOf(evaluator, current, step.index, origin);
    else if (step.kind === 'rest') current = restOf(current, step.excluded);
    else {
      const part = memberOf(evaluator, current, step.key, origin);
      if (step.default && (part.kind === 'null' || part.kind === 'unknown')) {
        const fallback = evaluator.evaluate(step.default, frame);
        current = part.kind === 'null' ? fallback : part.hint ? part : withHint(part, fallback);
      } else current = part;
    }
  }
  return current;
}

function restOf(value: Value, excluded: readonly string[]): Value {
  if (value.kind !== 'object') return value.kind === 'unknown' ? unknown(value.reason, null, null, value.from) : OPAQUE;
  const entries = new Map([...value.entries].filter(([key]) => !excluded.includes(key)));
  return { ...value, entries };
}

/** An element of what a loop runs over. Streams and query results of an SDK give parts of a response. */
function itemOf(iterable: Value, origin: Origin): Value {
  if (iterable.kind === 'array') return someItem(iterable, origin);
  const item = unknown('item', null, origin, () => sourcesOf(iterable));
  if (iterable.kind !== 'unknown') return item;
  const { record, isFilled } = iterable;
  return { ...item, ...(record ? { record } : {}), ...(isFilled ? { isFilled } : {}) };
}

/** What `with x as y` binds: `__enter__` of a project's class, else the object itself, as every SDK client does. */
function entered(evaluator: Evaluator, value: Value, frame: Frame): Value {
  if (value.kind !== 'instance') return value;
  for (const name of ['__enter__', '__aenter__']) {
    const method = memberOf(evaluator, value, name, evaluator.origin({ start: 0, end: 0 }, frame));
    if (method.kind === 'function') return evaluator.invokeWith(method, []);
  }
  return value;
}

/** The value of `imported` from the module that `specifier` names in the module at `origin.path`. */
export function imported(evaluator: Evaluator, specifier: string, name: string, origin: Origin): Value {
  const module = evaluator.importModule(origin.path, specifier, origin);
  if (name === '*') return module;
  if (module.kind === 'external') return withStep(module, { kind: 'member', name }, origin);
  if (module.kind === 'module') {
    const value = exportOf(evaluator, module.path, name);
    if (value.kind !== 'unknown' || value.hint !== null) return value;
    const submodule = importSubmodule(evaluator, origin.path, specifier, name);
    return submodule ?? value;
  }
  return importSubmodule(evaluator, origin.path, specifier, name) ?? module;
}

/** Python's `from package import submodule`. */
function importSubmodule(evaluator: Evaluator, from: string, specifier: string, name: string): Value | null {
  const separator = specifier.endsWith('.') ? '' : '.';
  const resolution = evaluator.host.resolve(from, `${specifier}${separator}${name}`);
  return resolution.kind === 'module' ? { kind: 'module', path: resolution.path } : null;
}

/** How many re-exports are followed. */
const MAX_REEXPORTS = 12;

export function exportOf(evaluator: Evaluator, path: string, name: string, depth = 0): Value {
  if (depth > MAX_REEXPORTS) return OPAQUE;
  return evaluator.once(`${path}\n${name}`, () => findExport(evaluator, path, name, depth)) ?? OPAQUE;
}

function findExport(evaluator: Evaluator, path: string, name: string, depth: number): Value {
  const module = evaluator.module(path);
  if (!module) return OPAQUE;
  const frame = evaluator.frameOf(module.root);
  const found = module.exports.get(name);
  if (found) return exportedValue(evaluator, found, frame);
  const definitions = module.root.definitions.get(name);
  if (definitions) return defined(evaluator, definitions, module.root, null, frame);
  const whole = module.exports.get('default');
  if (whole?.expression) {
    // `module.exports = {name: ...}`, and the default import of a CommonJS module.
    const value = evaluator.evaluate(whole.expression, frame);
    if (value.kind === 'object' && value.entries.has(name)) return value.entries.get(name)?.value ?? OPAQUE;
    if (value.kind === 'external' && name !== 'default') return withStep(value, { kind: 'member', name });
  }
  for (const specifier of module.stars) {
    const target = evaluator.host.resolve(path, specifier);
    if (target.kind !== 'module' || !mayExport(evaluator, target.path, name)) continue;
    const value = exportOf(evaluator, target.path, name, depth + 1);
    if (value !== OPAQUE) return value;
  }
  const externals = module.stars.flatMap((specifier) => {
    const target = evaluator.host.resolve(path, specifier);
    return target.kind === 'external' ? [target.module] : [];
  });
  const [only] = externals;
  return externals.length === 1 && only !== undefined ? external(only, [{ kind: 'member', name }]) : OPAQUE;
}

function exportedValue(evaluator: Evaluator, found: ModuleExport, frame: Frame): Value {
  if (found.expression) return evaluator.evaluate(found.expression, frame);
  const origin = evaluator.origin({ start: 0, end: 0 }, frame);
  if (found.module !== null) return imported(evaluator, found.module, found.imported ?? '*', origin);
  const definitions = frame.scope.definitions.get(found.local ?? '');
  return definitions ? defined(evaluator, definitions, frame.scope, null, frame) : OPAQUE;
}

/**
 * Searching the text avoids parsing every module behind a barrel: a module that exports a name contains it, or another
 * star export.
 */
function mayExport(evaluator: Evaluator, path: string, name: string): boolean {
  if (evaluator.isLoaded(path)) return true;
  const text = evaluator.host.readText(path);
  return text === null || text.includes(name) || /\b(?:ex|im)port\s*\*/.test(text);
}

function starImport(evaluator: Evaluator, name: string, frame: Frame): Value | null {
  const { stars, loaded } = frame.scope.module;
  for (const specifier of stars) {
    const target = evaluator.host.resolve(loaded.path, specifier);
    if (target.kind !== 'module' || !mayExport(evaluator, target.path, name)) continue;
    const value = exportOf(evaluator, target.path, name, 1);
    if (value !== OPAQUE) return value;
  }
  return null;
}

/** How often `x += y` has run by the time that `x` is read. */
export type Repetition = 'once' | 'at most once' | 'any number';

/** `x += y` where x is text or a list: every augmentation that may have run. */
export function augmented(value: Value, added: Value, repetition: Repetition, origin: Origin): Value {
  const isCertain = repetition === 'once';
  if (value.kind === 'text') {
    return concatenate(
      [value.segments, segmentsOf(isCertain ? added : optional(added, repetition, origin), origin)],
      origin,
    );
  }
  if (value.kind === 'array') {
    const items = alternativesOf(added).flatMap((alternative) =>
      alternative.kind === 'array' ? alternative.items : [],
    );
    return isCertain && added.kind === 'array'
      ? array([...value.items, ...added.items], [...value.open, ...added.open], value.origin)
      : array(value.items, [...value.open, ...(items.length > 0 ? items : [added])], value.origin);
  }
  // A list that is not known, and what is known to be in it besides.
  if ((value.kind === 'unknown' || value.kind === 'external') && isCertain && added.kind === 'array') {
    return array(added.items, [value, ...added.open], origin);
  }
  return unknown('opaque', null, null, () => joinOrigins(sourcesOf(value), sourcesOf(added)));
}

/** Text that is left out on some paths, or is there more than once. */
function optional(added: Value, repetition: Repetition, origin: Origin): Value {
  if (literalText(added) === null) return added;
  return repetition === 'at most once'
    ? oneOf([text(''), added])
    : unknown('item', added, origin, () => sourcesOf(added));
}
