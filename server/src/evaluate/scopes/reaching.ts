/**
 * Which definitions of a name can hold at a place: an approximation of reaching definitions over regions instead of a
 * control-flow graph. It never drops a definition that may hold; it may keep one that cannot.
 */
import type { Definition, Region, Scope } from './scope.ts';

export interface Reaching {
  /** The definitions that give a whole value, in order; one of them holds. */
  readonly values: readonly Definition[];
  /** What changes that value afterwards, in order, and whether it surely happened. */
  readonly mutations: readonly { readonly definition: Definition; readonly isCertain: boolean }[];
}

/** The innermost region of `scope` around `offset`. */
export function regionAt(scope: Scope, offset: number): Region {
  let region = scope.region;
  descend: for (;;) {
    for (const child of region.children) {
      if (offset >= child.start && offset < child.end) {
        region = child;
        continue descend;
      }
    }
    return region;
  }
}

/** Where a name is read, in the scope that defines it. */
export interface Use {
  readonly offset: number;
  /** True if it is read from a function at `offset`, which runs at another time: the state at the end then counts. */
  readonly isLater: boolean;
}

/**
 * `use` is null if the name is read from another module, after everything here has run. `runs` says whether a region of
 * `scope` certainly runs (true), or cannot (false). It may have to evaluate conditions, and is asked only about
 * definitions that can decide the value.
 */
export function reachingDefinitions(
  all: readonly Definition[],
  scope: Scope,
  use: Use | null,
  runs?: (region: Region) => boolean | null,
): Reaching {
  const candidates = candidatesAt(all, scope, use);
  if (runs !== undefined) return reachingAmong(candidates, scope, runs);
  candidates.reaching ??= shared(reachingAmong(candidates, scope, () => null));
  return candidates.reaching;
}

const wholes = new WeakMap<Definition, Reaching>();

/** One answer for all places where one definition is all that holds: a name is read in many. */
function shared(reaching: Reaching): Reaching {
  const [only, ...others] = reaching.values;
  if (only === undefined || others.length > 0 || reaching.mutations.length > 0) return reaching;
  const known = wholes.get(only) ?? reaching;
  wholes.set(only, known);
  return known;
}

function reachingAmong(
  { visible, relevant, region, position }: Candidates,
  scope: Scope,
  runs: (region: Region) => boolean | null,
): Reaching {
  const isRunning = (definition: Definition): boolean | null =>
    definition.scope === scope ? runs(definition.region) : null;
  const isCertain = (definition: Definition, isRun: boolean | null): boolean =>
    definition.position <= position && (isRun === true || isUnconditional(definition, scope, region));
  let live = liveDefinitions(relevant, isRunning, isCertain);
  // A function that is declared below its use, or a name that only a loop's earlier round defines.
  if (!live.some(({ definition }) => givesValue(definition))) live = liveDefinitions(visible, isRunning, isCertain);
  const [first] = live;
  const startsUnconditional = first?.isCertain === true && givesValue(first.definition);
  const values = live.flatMap(({ definition }) => (givesValue(definition) ? [definition] : []));
  return {
    values: dropOverridden(values, startsUnconditional),
    mutations: live.filter(({ definition }) => !givesValue(definition)),
  };
}

/** What the place alone decides, whatever the activation. */
interface Candidates {
  readonly visible: readonly Definition[];
  readonly relevant: readonly Definition[];
  readonly region: Region;
  readonly position: number;
  /** Which of them hold in any activation; null until that is asked for. */
  reaching: Reaching | null;
}

/** By the list of a name's definitions, which grows no more once its module is built, and by the place that reads it. */
const candidates = new WeakMap<readonly Definition[], Map<number, Candidates>>();
const ELSEWHERE = -1;

function candidatesAt(all: readonly Definition[], scope: Scope, use: Use | null): Candidates {
  const byPlace = candidates.get(all) ?? new Map<number, Candidates>();
  candidates.set(all, byPlace);
  const place = use === null ? ELSEWHERE : use.offset * 2 + (use.isLater ? 1 : 0);
  const known = byPlace.get(place);
  if (known) return known;
  const block = use === null ? scope.region : regionAt(scope, use.offset);
  const isLater = use === null || use.isLater;
  const region = isLater ? scope.region : block;
  const position = isLater ? Number.POSITIVE_INFINITY : use.offset;
  const visible = all.filter((definition) => isVisible(definition, scope, block));
  const relevant = visible.filter(
    // What a block around the function declares is there whenever the function runs.
    (definition) => (isLater && definition.isBlockScoped) || reaches(definition, scope, region, position),
  );
  // Most names have one definition: the second list of the same would be kept for each of their uses.
  const rest = relevant.length === visible.length ? visible : relevant;
  const found: Candidates = { visible, relevant: rest, region, position, reaching: null };
  byPlace.set(place, found);
  return found;
}

type LiveDefinition = Reaching['mutations'][number];

/** Those that can run, in order, from the last one on that certainly gives a value: it hides what is before it. */
function liveDefinitions(
  definitions: readonly Definition[],
  isRunning: (definition: Definition) => boolean | null,
  isCertain: (definition: Definition, isRun: boolean | null) => boolean,
): readonly LiveDefinition[] {
  const live: LiveDefinition[] = [];
  for (const definition of definitions.toReversed()) {
    const isRun = isRunning(definition);
    if (isRun === false) continue;
    const found = { definition, isCertain: isCertain(definition, isRun) };
    live.push(found);
    if (found.isCertain && givesValue(definition)) break;
  }
  return live.reverse();
}

/** `+=` reads the earlier value, a mutation changes it, a declaration without a value gives none. */
export function givesValue({ source }: Definition): boolean {
  if (source.kind === 'mutation' || source.kind === 'declared') return false;
  return source.kind !== 'value' || source.operator === '=';
}

function reaches(definition: Definition, scope: Scope, region: Region, position: number): boolean {
  if (definition.scope !== scope) return true;
  if (definition.position > position && !isCarriedByLoop(definition, region)) return false;
  if (definition.region === region) return true;
  const common = commonRegion(definition.region, region);
  const branchOfDefinition = childTowards(common, definition.region);
  const branchOfUse = childTowards(common, region);
  if (branchOfDefinition?.branch && branchOfDefinition.branch === branchOfUse?.branch) {
    return branchOfDefinition.alternative === branchOfUse.alternative;
  }
  return !exitsBefore(definition.region, common);
}

function isVisible(definition: Definition, scope: Scope, region: Region): boolean {
  return !definition.isBlockScoped || definition.scope !== scope || contains(definition.region, region);
}

/** True if the definition has always run before the use. */
function isUnconditional(definition: Definition, scope: Scope, region: Region): boolean {
  return definition.scope === scope && contains(flowRegion(definition.region), region);
}

/** True for a region of `scope` that runs whenever the scope does. */
export function runsAlways(region: Region, scope: Scope): boolean {
  return flowRegion(region) === scope.region;
}

function flowRegion(region: Region): Region {
  let current = region;
  while (current.kind === 'block' && current.parent) current = current.parent;
  return current;
}

function isCarriedByLoop(definition: Definition, region: Region): boolean {
  for (let current: Region | null = region; current; current = current.parent) {
    if (current.kind === 'loop' && contains(current, definition.region)) return true;
  }
  return false;
}

function contains(outer: Region, inner: Region): boolean {
  for (let current: Region | null = inner; current; current = current.parent) if (current === outer) return true;
  return false;
}

function commonRegion(a: Region, b: Region): Region | null {
  for (let current: Region | null = a; current; current = current.parent) if (contains(current, b)) return current;
  return null;
}

function childTowards(ancestor: Region | null, region: Region): Region | null {
  let current: Region | null = region;
  while (current && current.parent !== ancestor) current = current.parent;
  return current === ancestor ? null : current;
}

function exitsBefore(region: Region, ancestor: Region | null): boolean {
  for (let current: Region | null = region; current && current !== ancestor; current = current.parent) {
    if (current.exits) return true;
  }
  return false;
}

/** Where every alternative of an exhaustive branch defines the name, the value from before the branch is gone. */
function dropOverridden(values: readonly Definition[], startsUnconditional: boolean): readonly Definition[] {
  if (!startsUnconditional || values.length < 3) return values;
  const [base, ...rest] = values;
  const byBranch = new Map<object, Set<number>>();
  for (const { region } of rest) {
    if (!region.branch) continue;
    const seen = byBranch.get(region.branch) ?? new Set();
    byBranch.set(region.branch, seen.add(region.alternative));
    if (region.branch.isExhaustive && seen.size === region.branch.alternatives.length) return rest;
  }
  return base ? values : rest;
}
