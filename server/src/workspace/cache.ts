/**
 * The disk cache: what a scan found in each file, and everything that finding it rested on. The next scan of the same
 * roots keeps what still holds and analyses the rest.
 *
 * A file's calls hold while the file, every module that its analysis may rest on and every text that it read are
 * unchanged, and every import among them still leads where it led. Unchanged means: same size and times, and older than
 * the clock's grain when that was noted; else the content is compared. The same check serves the prefilter's verdicts,
 * except that a file in doubt is read again, since reading is all that the verdict would have saved.
 */
import type { LlmCall } from '../calls/call.ts';
import { isSameResolution, type Resolution } from '../evaluate/modules.ts';
import type { CacheStore } from '../files/cache-store.ts';
import { isProvenSame, type Stamp, stampAt } from '../files/file-fingerprint.ts';
import { NOTEBOOK_LIMIT, readWhole } from '../files/read.ts';
import type { Directive } from '../lint/directives.ts';
import { describeWorld, isSameWorld, type World } from './cache-world.ts';
import type { Dependencies } from './dependencies.ts';
import type { Project } from './project.ts';

/** What the scan of one file found, before any rule ran. */
export interface FileResult {
  readonly calls: readonly LlmCall[];
  readonly directives: readonly Directive[];
  readonly problem: string | null;
}

interface StoredScan {
  /** When the scan began, in milliseconds: no file had been read yet. */
  readonly taken: number;
  readonly world: World;
  /** Of the files that were read; null for one that was not there. */
  readonly stamps: Readonly<Record<string, Stamp | null>>;
  /** Files that hold no call by the prefilter's word, with what was wrong with them. */
  readonly irrelevant: Readonly<Record<string, string | null>>;
  readonly results: Readonly<Record<string, FileResult>>;
  readonly imports: Readonly<Record<string, readonly (readonly [string, Resolution])[]>>;
  readonly loaded: Readonly<Record<string, readonly string[]>>;
  readonly texts: Readonly<Record<string, readonly string[]>>;
}

export interface ScanCache {
  /** What is wrong with a file that needs no reading, or null where nothing is; undefined where it must be read. */
  readonly irrelevant: (path: string) => string | null | undefined;
  /** What was found in a file, where it still holds. */
  readonly result: (path: string) => FileResult | null;
  readonly noteIrrelevant: (path: string, stamp: Stamp | null, problem: string | null) => void;
  readonly noteResult: (path: string, result: FileResult) => void;
  /** Stores what this scan found, unless nothing differs from what is stored. */
  readonly save: () => void;
}

/** Reads the cache and checks it against the disk as `project` sees it. */
export function openCache(store: CacheStore, project: Project, now: () => number = Date.now): ScanCache {
  const taken = now();
  const earlier = store.read() as StoredScan | null;
  const state = earlier === null ? null : tryValidate(earlier, project);
  const irrelevant: Record<string, string | null> = {};
  const results: Record<string, FileResult> = {};
  const stamps: Record<string, Stamp | null> = {};
  let isChanged = state === null;

  return {
    irrelevant: (path) => {
      const problem = state?.irrelevant[path];
      if (problem === undefined) return undefined;
      const then = state?.stamps[path];
      const found = stampAt(path);
      if (!then || !found || !isProvenSame(then, found, state.taken)) return undefined;
      irrelevant[path] = problem;
      stamps[path] = then;
      return problem;
    },
    result: (path) => {
      const result = state?.valid.get(path);
      if (!result) return null;
      results[path] = result;
      return result;
    },
    noteIrrelevant: (path, stamp, problem) => {
      isChanged = true;
      irrelevant[path] = problem;
      if (stamp) stamps[path] = stamp;
    },
    noteResult: (path, result) => {
      isChanged = true;
      results[path] = result;
    },
    save: () => {
      const count = Object.keys(results).length + Object.keys(irrelevant).length;
      const isSame = !isChanged && state?.isSameWorld && count === state.count && state.unproven === 0;
      if (isSame) return;
      const rest = dependenciesOf(project.dependencies, Object.keys(results));
      for (const path of rest.paths) {
        const stamp = project.stamps.has(path) ? project.stamps.get(path) : state?.current.get(path);
        if (stamp !== undefined) stamps[path] = stamp;
      }
      const world = describeWorld(project.files, state?.isSameWorld ? state.world : null);
      store.write({ taken, world, stamps, irrelevant, results, ...rest.tables } satisfies StoredScan);
    },
  };
}

interface Validated {
  readonly taken: number;
  readonly world: World;
  readonly isSameWorld: boolean;
  readonly irrelevant: StoredScan['irrelevant'];
  readonly stamps: StoredScan['stamps'];
  readonly valid: ReadonlyMap<string, FileResult>;
  /** Stamps of the files that valid results rest on, as they are now. */
  readonly current: ReadonlyMap<string, Stamp | null>;
  /** Files whose content had to be compared: storing their new stamps spares the next scan that. */
  readonly unproven: number;
  readonly count: number;
}

/** A cache of another shape than this version writes is no cache. */
function tryValidate(stored: StoredScan, project: Project): Validated | null {
  try {
    return validate(stored, project);
  } catch {
    return null;
  }
}

function validate(stored: StoredScan, project: Project): Validated {
  const isSame = isSameWorld(stored.world, project.files, stored.taken);
  const current = new Map<string, Stamp | null>();
  let unproven = 0;

  const isUnchanged = (path: string): boolean => {
    const then = stored.stamps[path];
    // A module that an import names but that nobody loaded cannot have mattered.
    if (then === undefined) return true;
    // What may no longer be read is as good as gone.
    const found = project.mayRead(path) ? stampAt(path) : null;
    if (then === null || found === null) {
      current.set(path, found);
      return then === found;
    }
    if (isProvenSame(then, found, stored.taken)) {
      current.set(path, then);
      return true;
    }
    unproven++;
    const { stamp } = readWhole(path, NOTEBOOK_LIMIT);
    current.set(path, stamp);
    // A file that was too large to be read still is, if it has its size.
    return stamp !== null && (then.hash === '' ? stamp.size === then.size : stamp.hash === then.hash);
  };

  const leadsWhereItLed = (from: string): boolean =>
    isSame ||
    (stored.imports[from] ?? []).every(([specifier, then]) => isSameResolution(project.peek(from, specifier), then));

  const modules = new Set([...Object.keys(stored.results), ...Object.keys(stored.imports)]);
  for (const imports of Object.values(stored.imports)) {
    for (const [, target] of imports) if (target.kind === 'module') modules.add(target.path);
  }
  for (const paths of Object.values(stored.loaded)) for (const path of paths) modules.add(path);
  const broken = new Set([...modules].filter((path) => !isUnchanged(path) || !leadsWhereItLed(path)));

  const dependents = new Map<string, string[]>();
  const depend = (from: string, on: string): void => {
    const known = dependents.get(on);
    if (known) known.push(from);
    else dependents.set(on, [from]);
  };
  for (const [from, imports] of Object.entries(stored.imports)) {
    for (const [, target] of imports) if (target.kind === 'module') depend(from, target.path);
  }
  for (const [from, paths] of Object.entries(stored.loaded)) for (const path of paths) depend(from, path);
  // Which module of an analysis read the text is not known: all of them are taken to have.
  const closure = closureIn(stored);
  for (const [reader, texts] of Object.entries(stored.texts)) {
    if (!texts.every(isUnchanged)) for (const path of closure(reader)) broken.add(path);
  }
  // A set yields what is added while it is walked.
  for (const path of broken) for (const dependent of dependents.get(path) ?? []) broken.add(dependent);

  const valid = new Map(Object.entries(stored.results).filter(([path]) => !broken.has(path)));
  restore(stored, valid, closure, project.dependencies);
  const count = Object.keys(stored.results).length + Object.keys(stored.irrelevant).length;
  const { taken, world, irrelevant, stamps } = stored;
  return { taken, world, isSameWorld: isSame, irrelevant, stamps, valid, current, unproven, count };
}

/** What valid results rest on is noted as if it had been asked again, so that it is stored again. */
function restore(
  stored: StoredScan,
  valid: ReadonlyMap<string, FileResult>,
  closure: (path: string) => ReadonlySet<string>,
  dependencies: Dependencies,
): void {
  const kept = new Set([...valid.keys()].flatMap((path) => [...closure(path)]));
  for (const path of kept) {
    for (const [specifier, target] of stored.imports[path] ?? []) dependencies.noteResolution(path, specifier, target);
  }
  for (const path of valid.keys()) {
    dependencies.during(path, () => {
      for (const module of stored.loaded[path] ?? []) dependencies.noteModule(module);
      for (const text of stored.texts[path] ?? []) dependencies.noteText(text);
    });
  }
}

function closureIn(stored: StoredScan): (path: string) => ReadonlySet<string> {
  return (path) => {
    const reached = new Set([path, ...(stored.loaded[path] ?? [])]);
    for (const module of reached) {
      for (const [, target] of stored.imports[module] ?? []) if (target.kind === 'module') reached.add(target.path);
    }
    return reached;
  };
}

function dependenciesOf(
  dependencies: Dependencies,
  analysed: readonly string[],
): { paths: ReadonlySet<string>; tables: Pick<StoredScan, 'imports' | 'loaded' | 'texts'> } {
  const paths = new Set<string>(analysed);
  const imports: Record<string, [string, Resolution][]> = {};
  const loaded: Record<string, string[]> = {};
  const texts: Record<string, string[]> = {};
  for (const path of dependencies.importers()) {
    paths.add(path);
    const targets = [...dependencies.importsOf(path)];
    imports[path] = targets;
    for (const [, target] of targets) if (target.kind === 'module') paths.add(target.path);
  }
  for (const path of analysed) {
    const modules = [...dependencies.loadedFor(path)];
    if (modules.length) loaded[path] = modules;
    const read = [...dependencies.textsFor(path)];
    if (read.length) texts[path] = read;
    for (const other of [...modules, ...read]) paths.add(other);
  }
  return { paths, tables: { imports, loaded, texts } };
}
