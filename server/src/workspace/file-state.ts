/** All that a workspace knows of one path: its text, its module, what was found in it, and what that depends on. */
import type { LlmCall } from '../calls/call.ts';
import type { FunctionCall } from '../calls/call-index.ts';
import type { ModuleWrappers } from '../calls/wrappers/analyse-wrappers.ts';
import type { LoadedModule, Resolution } from '../evaluate/modules.ts';
import type { Stamp } from '../files/file-fingerprint.ts';
import type { Frontend, Lower } from '../frontends/frontend.ts';
import type { Positions } from '../ir/positions.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { Directive } from '../lint/directives.ts';
import type { LintResult } from '../lint/run.ts';
import type { NotebookText } from './sources.ts';

/** What the analysis of one file found, before any rule ran. */
export interface FileAnalysis {
  /** Requests and feature calls, in the order of the code. */
  readonly calls: readonly LlmCall[];
  /** Why the file could not be read or analysed completely; null if it could. */
  readonly problem: string | null;
  /** False if the prefilter found neither a call nor a comment to Farthing in the file: it was not parsed. */
  readonly isRelevant: boolean;
}

export interface LintedFile extends LintResult {
  /** The calls of any file that the findings may speak of besides the file's own. */
  readonly around: readonly LlmCall[];
}

/** What was said of a file before something that it rests on changed. */
export interface OutdatedResults {
  readonly analysis: FileAnalysis;
  readonly findings: readonly Diagnostic[];
}

export interface FileState {
  /** Absolute POSIX path. */
  readonly path: string;
  /** Text from an editor or standard input that replaces the file's own; null if the file on disk counts. */
  overlay: string | NotebookText | null;
  /** Lowers what an editor holds, with what is known of the text before. */
  editing: { readonly frontend: Frontend; readonly lower: Lower } | null;
  /** How the file looked when it was read: null if it did not exist, undefined if it was not read. */
  stamp: Stamp | null | undefined;
  /** Packages for language models that its text imports and that no descriptor describes. */
  unread: readonly string[];
  /** Text that was read and is not lowered yet. */
  primed: string | null;
  /** Null if it cannot be read or parsed; undefined if it is not loaded. */
  module: LoadedModule | null | undefined;
  /** The modules of the project that its text may import; null where they were not looked for. */
  mayImport: readonly string[] | null;
  positions: Positions | null;
  directives: readonly Directive[] | null;
  /** What was wrong with the module when it was loaded; null if nothing. */
  moduleProblem: string | null;
  /** Null if unknown or out of date. */
  analysis: FileAnalysis | null;
  /** Shown in lists of everything until the file has its results again; null where these are at hand, or not awaited. */
  outdated: OutdatedResults | null;
  /** Null where no wrappers were looked for in the file. */
  wrappers: ModuleWrappers | null;
  /** The version of the index of wrappers by which they were found; null where none were looked for. */
  wrappersAsOf: number | null;
  /** True once its wrappers are found as far as its imports lead to them. */
  areWrappersFound: boolean;
  /** True once the file was looked through for the names of all wrappers that are known to the workspace. */
  isSearched: boolean;
  /** False for a file that is only known because others need it: it is in no report. */
  isAskedFor: boolean;
  /** Null if no rule has run on the calls, or on other calls than these. */
  linted: LintedFile | null;
  functionCalls: readonly FunctionCall[] | null;
  /** Of fixes that were asked about: whether their operations in this file can be carried out, by the operations. */
  readonly editability: Map<string, boolean>;
  /** The imports that were resolved in this module: specifier -> what it names. */
  readonly imports: Map<string, Resolution>;
  /** Modules that its analysis loaded, and other files that it read. */
  readonly loads: Set<string>;
  readonly reads: Set<string>;
  /** Modules whose functions its feature calls and wrappers lead to: dispatch finds them without an import. */
  readonly follows: Set<string>;
  /**
   * The same edges in the other direction: what imported or loaded this module, whose analysis read this text, and whose
   * feature calls lead to functions of this module.
   */
  readonly users: Set<string>;
  readonly readers: Set<string>;
  readonly followers: Set<string>;
}

export interface FileStates {
  /** The state of the path, created if there is none yet. */
  readonly of: (path: string) => FileState;
  /** Null if nothing is known about the path. */
  readonly known: (path: string) => FileState | null;
  readonly all: () => Iterable<FileState>;
  /** True while nothing was asked about any path. */
  readonly isEmpty: () => boolean;
}

export function createFileStates(): FileStates {
  const states = new Map<string, FileState>();
  return {
    of: (path) => {
      const known = states.get(path);
      if (known) return known;
      const state = new LazyState(path);
      states.set(path, state);
      return state;
    },
    known: (path) => states.get(path) ?? null,
    all: () => states.values(),
    isEmpty: () => states.size === 0,
  };
}

/** Notes how the file looked when it was read; the first look at its whole content counts, since results rest on it. */
export function noteStamp(state: FileState, stamp: Stamp | null): void {
  if (state.stamp === undefined || state.stamp?.hash === '') state.stamp = stamp;
}

/** Forgets what was made of the file's text: it may be another one now. What others rest on stays noted. */
export function forgetText(state: FileState): void {
  state.stamp = undefined;
  state.unread = [];
  state.primed = null;
  state.module = undefined;
  state.mayImport = null;
  state.positions = null;
  state.directives = null;
  state.moduleProblem = null;
  state.editability.clear();
}

/** Forgets which functions of the file lead to requests: its text is another one. */
export function forgetWrappers(state: FileState): void {
  forgetFeatures(state);
  state.areWrappersFound = false;
  state.wrappers = null;
}

/**
 * Forgets the file's feature calls, and what it calls: something that they rest on is another one. Which functions of it
 * lead to requests stays known, since looking for all callers again would take a scan; each call is followed anew.
 */
export function forgetFeatures(state: FileState): void {
  state.functionCalls = null;
  state.isSearched = false;
  state.wrappersAsOf = null;
}

/** Most files of a code base hold no call and import nothing that matters: their tables are made when first asked for. */
class LazyState implements FileState {
  readonly path: string;
  overlay: FileState['overlay'] = null;
  editing: FileState['editing'] = null;
  stamp: FileState['stamp'];
  unread: FileState['unread'] = [];
  primed: FileState['primed'] = null;
  module: FileState['module'];
  mayImport: FileState['mayImport'] = null;
  positions: FileState['positions'] = null;
  directives: FileState['directives'] = null;
  moduleProblem: FileState['moduleProblem'] = null;
  analysis: FileState['analysis'] = null;
  outdated: FileState['outdated'] = null;
  wrappers: FileState['wrappers'] = null;
  wrappersAsOf: FileState['wrappersAsOf'] = null;
  areWrappersFound = false;
  isSearched = false;
  isAskedFor = false;
  linted: FileState['linted'] = null;
  functionCalls: FileState['functionCalls'] = null;
  #editability: FileState['editability'] | null = null;
  #edges: Edges | null = null;

  constructor(path: string) {
    this.path = path;
  }

  get editability(): FileState['editability'] {
    this.#editability ??= new Map();
    return this.#editability;
  }

  get #made(): Edges {
    this.#edges ??= {
      imports: new Map(),
      loads: new Set(),
      reads: new Set(),
      follows: new Set(),
      users: new Set(),
      readers: new Set(),
      followers: new Set(),
    };
    return this.#edges;
  }

  get imports(): FileState['imports'] {
    return this.#made.imports;
  }

  get loads(): FileState['loads'] {
    return this.#made.loads;
  }

  get reads(): FileState['reads'] {
    return this.#made.reads;
  }

  get follows(): FileState['follows'] {
    return this.#made.follows;
  }

  get users(): FileState['users'] {
    return this.#made.users;
  }

  get readers(): FileState['readers'] {
    return this.#made.readers;
  }

  get followers(): FileState['followers'] {
    return this.#made.followers;
  }
}

type Edges = Pick<FileState, 'imports' | 'loads' | 'reads' | 'follows' | 'users' | 'readers' | 'followers'>;
