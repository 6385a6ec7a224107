/**
 * Whether a condition can be known in an activation at all: only what the caller's arguments decide is. A look at names
 * costs a hundredth of evaluating the condition, and most conditions of most functions have nothing to do with them.
 */
import type { Expression, Name } from '../../ir/nodes.ts';
import { nodesWithin } from '../../ir/walk.ts';
import type { Frame } from '../frame.ts';
import type { Definition, Region } from '../scopes/scope.ts';
import type { Value } from '../values.ts';

/** Variables that are computed from variables. */
const MAX_DEPTH = 6;

/** True where `test` reads something that is known of the caller's arguments, or is written out. */
export function isDecidable(test: Expression, frame: Frame, depth = 0): boolean {
  const names = namesIn(test);
  return names.length === 0 || names.some((name) => isKnown(name, frame, depth));
}

const namesOf = new WeakMap<Expression, readonly string[]>();

function namesIn(test: Expression): readonly string[] {
  const known = namesOf.get(test);
  if (known) return known;
  const found = nodesWithin(test).filter((node): node is Name => node.kind === 'name');
  const names = [...new Set(found.map(({ name }) => name))];
  namesOf.set(test, names);
  return names;
}

const knownNames = new WeakMap<Frame, Map<string, boolean>>();

function isKnown(name: string, frame: Frame, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  for (let current: Frame | null = frame; current; current = current.parent) {
    if (isReceiver(name, current)) return current.receiver?.kind === 'instance' && current.receiver.args !== null;
    const definitions = current.scope.definitions.get(name);
    if (!definitions) continue;
    if (current.scope.parent === null) return false;
    const known = knownNames.get(current) ?? new Map<string, boolean>();
    knownNames.set(current, known);
    const before = known.get(name);
    if (before !== undefined) return before;
    // A variable that is computed from itself adds nothing to what it is computed from otherwise.
    known.set(name, false);
    const home = current;
    const result = definitions.some((definition) => isKnownDefinition(definition, home, depth));
    known.set(name, result);
    return result;
  }
  return false;
}

function isReceiver(name: string, { scope, receiver }: Frame): boolean {
  if (scope.kind === 'class') return name === 'this' && receiver !== null;
  return scope.kind === 'function' && (scope.node as { receiver: string | null }).receiver === name;
}

function isKnownDefinition(definition: Definition, frame: Frame, depth: number): boolean {
  const bound = frame.bound?.get(definition);
  if (bound) return isKnownValue(bound);
  const { source, region } = definition;
  if (source.kind !== 'value') return false;
  // A counter or a flag that starts with a literal is the same for every caller, until a branch gives it another value.
  if (namesIn(source.expression).length === 0) return isInDecidableBranch(region, frame, depth + 1);
  return isDecidable(source.expression, frame, depth + 1);
}

function isInDecidableBranch(region: Region, frame: Frame, depth: number): boolean {
  for (let current: Region | null = region; current; current = current.parent) {
    const tests = current.branch?.tests ?? [];
    if (tests.some((test) => namesIn(test).length > 0 && isDecidable(test, frame, depth))) return true;
  }
  return false;
}

/** What is not known, or belongs to a package, decides nothing. */
function isKnownValue(value: Value): boolean {
  return value.kind !== 'unknown' && value.kind !== 'external';
}
