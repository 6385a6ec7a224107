/**
 * The dependency graph between two scans: the results of each file and everything they depended on, as stored on disk.
 * The next scan of the same roots loads it and treats everything that differs as changed: results that depend on it are
 * computed again, as after an edit.
 *
 * A file counts as unchanged if its size and times are the same and were older than the clock's resolution when they
 * were recorded; otherwise its content is compared. The same check is used for the prefilter's verdicts, except that a
 * file in doubt is read again, because the verdict would only have saved reading it.
 */
import type { LlmCall } from '../calls/call.ts';
import type { ModuleWrappers } from '../calls/wrappers/analyse-wrappers.ts';
import type { WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import type { Resolution } from '../evaluate/modules.ts';
import { isProvenSame, type Stamp, stampAt } from '../files/file-fingerprint.ts';
import { NOTEBOOK_LIMIT, readWhole } from '../files/read.ts';
import type { Directive } from '../lint/directives.ts';
import type { Dependencies } from './dependencies.ts';
import { type FileAnalysis, type FileState, type FileStates, forgetText } from './file-state.ts';
import { hasMoved, type Modules } from './modules.ts';
import { describeWorld, isSameWorld, type World } from './stored-world.ts';
import type { SearchedNames } from './wrapper-rounds.ts';

interface StoredFile {
  readonly calls: readonly LlmCall[];
  readonly directives: readonly Directive[];
  readonly problem: string | null;
  readonly wrappers: ModuleWrappers | null;
}

export interface StoredGraph {
  /** When the scan began, in milliseconds: no file had been read yet. */
  readonly taken: number;
  readonly world: World;
  /** Of the files that were read; null for one that was not there. */
  readonly stamps: Readonly<Record<string, Stamp | null>>;
  /** Files that hold no call by the prefilter's word, with what was wrong with them. */
  readonly irrelevant: Readonly<Record<string, string | null>>;
  readonly files: Readonly<Record<string, StoredFile>>;
  /** Packages that no descriptor describes, by the file that imports them. */
  readonly unread: Readonly<Record<string, readonly string[]>>;
  readonly imports: Readonly<Record<string, readonly (readonly [string, Resolution])[]>>;
  readonly loads: Readonly<Record<string, readonly string[]>>;
  readonly reads: Readonly<Record<string, readonly string[]>>;
  readonly follows: Readonly<Record<string, readonly string[]>>;
  readonly editability: Readonly<Record<string, readonly (readonly [string, boolean])[]>>;
  readonly searched: SearchedNames;
}

export interface GraphParts {
  readonly states: FileStates;
  readonly dependencies: Dependencies;
  readonly modules: Pick<Modules, 'files' | 'mayRead' | 'peek'>;
  readonly wrappers: WrapperIndex;
  /** Forgets the results that rest on these paths, which are not what they were; returns the files whose they were. */
  readonly forget: (paths: Iterable<string>) => ReadonlySet<string>;
}

export interface RestoredGraph {
  readonly world: World | null;
  readonly searched: SearchedNames | null;
  /** The prefilter's verdict on a file that does not have to be read; null if it must be read. */
  readonly verdict: (state: FileState) => FileAnalysis | null;
  /** True if a graph of this many files, none of which was analysed since, is already stored. */
  readonly isUpToDate: (count: number) => boolean;
}

export const NOTHING_RESTORED: RestoredGraph = {
  world: null,
  searched: null,
  verdict: () => null,
  isUpToDate: () => false,
};

/** Restores what was stored, as far as it is still true. Data that has another shape than this version writes is ignored. */
export function restoreGraph(stored: unknown, parts: GraphParts): RestoredGraph {
  if (stored === null) return NOTHING_RESTORED;
  try {
    return restore(stored as StoredGraph, parts);
  } catch {
    discard([...parts.states.all()], parts);
    return NOTHING_RESTORED;
  }
}

function restore(stored: StoredGraph, parts: GraphParts): RestoredGraph {
  const { states, dependencies, modules } = parts;
  const { taken, irrelevant, stamps, unread } = stored;
  noteEdges(stored, dependencies);
  for (const [path, { calls, directives, problem, wrappers }] of Object.entries(stored.files)) {
    const state = states.of(path);
    state.analysis = { calls, problem, isRelevant: true };
    state.unread = unread[path] ?? [];
    state.directives = directives;
    state.wrappers = wrappers;
    parts.wrappers.set(path, wrappers?.names ?? []);
  }
  for (const [path, known] of Object.entries(stored.editability)) {
    for (const [operations, isEditable] of known) states.of(path).editability.set(operations, isEditable);
  }

  let unproven = 0;
  const isUnchanged = (state: FileState): boolean => {
    const then = stamps[state.path];
    // A module that an import names but that was never loaded cannot have mattered.
    if (then === undefined) return true;
    // What may no longer be read is as good as gone.
    const found = modules.mayRead(state.path) ? stampAt(state.path) : null;
    state.stamp = found;
    if (then === null || found === null) return then === found;
    if (isProvenSame(then, found, taken)) {
      state.stamp = then;
      return true;
    }
    unproven++;
    const { stamp } = readWhole(state.path, NOTEBOOK_LIMIT);
    state.stamp = stamp;
    // A file that was too large to be read still is, if it has its size.
    return stamp !== null && (then.hash === '' ? stamp.size === then.size : stamp.hash === then.hash);
  };

  const known = [...states.all()];
  const isSame = isSameWorld(stored.world, modules.files(), taken);
  const changed = known.filter((state) => !isUnchanged(state));
  const moved = isSame ? [] : known.filter(({ path, imports }) => hasMoved(path, imports, modules.peek));
  discard([...changed, ...moved], parts);
  const count = Object.keys(stored.files).length + Object.keys(irrelevant).length;

  return {
    world: isSame ? stored.world : null,
    searched: stored.searched,
    verdict: (state) => {
      const problem = irrelevant[state.path];
      const then = stamps[state.path];
      if (problem === undefined || !then) return null;
      const found = stampAt(state.path);
      if (!found || !isProvenSame(then, found, taken)) return null;
      state.stamp = then;
      state.unread = unread[state.path] ?? [];
      return { calls: [], problem, isRelevant: false };
    },
    isUpToDate: (now) => isSame && unproven === 0 && now === count,
  };
}

/** Forgets everything that was known of these files, and every result that depends on them. */
function discard(changed: readonly FileState[], { dependencies, forget }: GraphParts): void {
  const stale = forget(changed.map(({ path }) => path));
  for (const state of changed) {
    dependencies.forget(state.path);
    forgetText(state);
  }
  // What their analysis asked for is noted again when it runs again.
  for (const path of stale) dependencies.forgetLoads(path);
}

function noteEdges({ imports, loads, reads, follows }: StoredGraph, dependencies: Dependencies): void {
  for (const [path, targets] of Object.entries(imports)) {
    for (const [specifier, target] of targets) dependencies.noteResolution(path, specifier, target);
  }
  for (const [path, modules] of Object.entries(loads)) {
    dependencies.during(path, () => modules.forEach(dependencies.noteModule));
  }
  for (const [path, texts] of Object.entries(reads)) {
    dependencies.during(path, () => texts.forEach(dependencies.noteText));
  }
  for (const [path, modules] of Object.entries(follows)) {
    dependencies.during(path, () => dependencies.noteFollowed(modules));
  }
}

/** What was found in the files at `paths`, and the part of the graph that it depends on. */
export function describeGraph(
  paths: Iterable<string>,
  { states, modules }: Pick<GraphParts, 'states' | 'modules'>,
  { taken, world, searched }: Pick<StoredGraph, 'taken' | 'searched'> & { readonly world: World | null },
): StoredGraph {
  const files: Record<string, StoredFile> = {};
  const irrelevant: Record<string, string | null> = {};
  const stamps: Record<string, Stamp | null> = {};
  const unread: Record<string, readonly string[]> = {};
  for (const path of paths) {
    const { analysis, directives, stamp, wrappers, unread: names } = states.of(path);
    if (names.length > 0) unread[path] = names;
    if (analysis?.isRelevant) {
      const { calls, problem } = analysis;
      files[path] = { calls, directives: directives ?? [], problem, wrappers };
    } else if (analysis) {
      irrelevant[path] = analysis.problem;
      if (stamp) stamps[path] = stamp;
    }
  }
  const rest = describeEdges(Object.keys(files), states);
  for (const path of rest.paths) {
    const { stamp } = states.of(path);
    if (stamp !== undefined) stamps[path] = stamp;
  }
  return {
    taken,
    world: describeWorld(modules.files(), world),
    stamps,
    irrelevant,
    files,
    unread,
    searched,
    ...rest.tables,
  };
}

type EdgeTables = Pick<StoredGraph, 'imports' | 'loads' | 'reads' | 'follows' | 'editability'>;

/** Everything reachable from the analysed files. */
function describeEdges(
  analysed: readonly string[],
  states: FileStates,
): { readonly paths: ReadonlySet<string>; readonly tables: EdgeTables } {
  const paths = new Set(analysed);
  const imports: Record<string, readonly (readonly [string, Resolution])[]> = {};
  const loads: Record<string, readonly string[]> = {};
  const reads: Record<string, readonly string[]> = {};
  const follows: Record<string, readonly string[]> = {};
  const editability: Record<string, readonly (readonly [string, boolean])[]> = {};
  // A set yields what is added while it is walked.
  for (const path of paths) {
    const state = states.of(path);
    if (state.imports.size > 0) imports[path] = [...state.imports];
    if (state.loads.size > 0) loads[path] = [...state.loads];
    if (state.reads.size > 0) reads[path] = [...state.reads];
    if (state.follows.size > 0) follows[path] = [...state.follows];
    if (state.editability.size > 0) editability[path] = [...state.editability];
    for (const target of state.imports.values()) if (target.kind === 'module') paths.add(target.path);
    for (const other of [...state.loads, ...state.reads, ...state.follows]) paths.add(other);
  }
  return { paths, tables: { imports, loads, reads, follows, editability } };
}
