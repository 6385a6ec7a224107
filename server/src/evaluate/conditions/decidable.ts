/**
 * Whether a condition can be known in an activation at all: only what the caller's arguments decide is. A look at names
 * costs a hundredth of evaluating the condition, and most conditions of most functions have nothing to do with them.
 */
import type { Expression, Name } from '../../ir/nodes.ts';
import { nodesWithin } from '../../ir/walk.ts';
import type { Frame } from '../frame.ts';
import type { Definition, Region } from '../scopes/scope.ts';
import type { Value } from '../values.ts';

/** True where `test` reads something that is known of the caller's arguments, or is written out. */
export function isDecidable(test: Expression, frame: Frame): boolean {
  return new Search().isDecidable(test, frame);
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

/** What was found out about names of an activation. */
const knownNames = new WeakMap<Frame, Map<string, boolean>>();

/** Looks at each variable once, since variables may be computed from each other in a circle. */
class Search {
  readonly #seen = new Map<Frame, Set<string>>();

  isDecidable(test: Expression, frame: Frame): boolean {
    const names = namesIn(test);
    return names.length === 0 || names.some((name) => this.#isKnown(name, frame));
  }

  #isKnown(name: string, frame: Frame): boolean {
    for (let current: Frame | null = frame; current; current = current.parent) {
      if (isReceiver(name, current)) return current.receiver?.kind === 'instance' && current.receiver.args !== null;
      const definitions = current.scope.definitions.get(name);
      if (!definitions) continue;
      return current.scope.parent !== null && this.#isKnownVariable(name, definitions, current);
    }
    return false;
  }

  #isKnownVariable(name: string, definitions: readonly Definition[], home: Frame): boolean {
    const before = knownNames.get(home)?.get(name);
    if (before !== undefined) return before;
    const isOutermost = this.#seen.size === 0;
    const seen = this.#seen.get(home) ?? new Set<string>();
    this.#seen.set(home, seen);
    // A variable that is computed from itself adds nothing to what it is computed from otherwise.
    if (seen.has(name)) return false;
    seen.add(name);
    const isKnown = definitions.some((definition) => this.#isKnownDefinition(definition, home));
    // Within a circle, that something is not known may only mean that it was being looked at.
    if (isKnown) note(home, name, true);
    else if (isOutermost) for (const [frame, names] of this.#seen) for (const one of names) note(frame, one, false);
    return isKnown;
  }

  #isKnownDefinition(definition: Definition, frame: Frame): boolean {
    const bound = frame.bound?.get(definition);
    if (bound) return isKnownValue(bound);
    const { source, region } = definition;
    if (source.kind !== 'value') return false;
    // A counter or a flag that starts with a literal is the same for every caller, until a branch gives it another value.
    if (namesIn(source.expression).length === 0) return this.#isInDecidableBranch(region, frame);
    return this.isDecidable(source.expression, frame);
  }

  #isInDecidableBranch(region: Region, frame: Frame): boolean {
    for (let current: Region | null = region; current; current = current.parent) {
      const tests = current.branch?.tests ?? [];
      if (tests.some((test) => namesIn(test).length > 0 && this.isDecidable(test, frame))) return true;
    }
    return false;
  }
}

function note(frame: Frame, name: string, isKnown: boolean): void {
  const known = knownNames.get(frame) ?? new Map<string, boolean>();
  known.set(name, isKnown);
  knownNames.set(frame, known);
}

function isReceiver(name: string, { scope, receiver }: Frame): boolean {
  if (scope.kind === 'class') return name === 'this' && receiver !== null;
  return scope.kind === 'function' && (scope.node as { receiver: string | null }).receiver === name;
}

/** What is not known, or belongs to a package, decides nothing. */
function isKnownValue(value: Value): boolean {
  return value.kind !== 'unknown' && value.kind !== 'external';
}
