/**
 * The files of a workspace as the evaluator sees them: modules lowered on demand, imports resolved, positions computed.
 * It reads, and never writes.
 */
import { isSameResolution, type LoadedModule, type ModuleHost, type Resolution } from '../evaluate/modules.ts';
import type { Discovery } from '../files/discover.ts';
import { createFiles, type Files } from '../files/file-system.ts';
import { repositoryTop } from '../files/git/repository.ts';
import { absolute, folderOf, isNotebook } from '../files/paths.ts';
import { describeFailure, type Problem } from '../files/problem.ts';
import { isSkipped } from '../files/read.ts';
import { createReadPolicy, type ReadPolicy } from '../files/read-policy.ts';
import type { ModuleNode, SyntaxProblem } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import { createPositions, type Positions } from '../ir/positions.ts';
import { type Directive, directivesOf } from '../lint/directives.ts';
import { createResolver, type Resolve, type ResolverOptions } from '../resolve/resolve.ts';
import type { Dependencies } from './dependencies.ts';
import { type FileStates, forgetText } from './file-state.ts';
import { createModuleMemory } from './module-memory.ts';
import { createSettings } from './repository/settings.ts';
import { findTemplates } from './repository/template-files.ts';
import { createSources, isJson, type NotebookText, type Source, type SourceOptions, type Sources } from './sources.ts';

export interface ModulesOptions extends SourceOptions {
  /** Absolute or relative to the working directory. */
  readonly roots: readonly string[];
  readonly isPublished?: ResolverOptions['isPublished'];
  readonly isReadInItsTree?: ResolverOptions['isReadInItsTree'];
  readonly markOf?: ResolverOptions['markOf'];
  readonly isOtherLanguages?: ResolverOptions['isOtherLanguages'];
  /** True while an editor is open, in which time a folder may become a link to another. */
  readonly isLive?: boolean;
  /** Called as soon as something fails because of a bug; reports list it in any case. */
  readonly onFailure?: (failure: Problem) => void;
}

export interface Modules extends ModuleHost {
  /** The repositories, or else the folders, that the roots belong to. */
  readonly tops: readonly string[];
  readonly files: () => Files;
  /** Of what code names: the repository's own files, but for those that hold secrets. */
  readonly mayRead: ReadPolicy;
  /** Takes the folders that discovery walked for what the disk holds. */
  readonly adopt: (discovery: Pick<Discovery, 'folders'>) => void;
  /**
   * The modules of the project that the one at `path` may import: its text is searched and not parsed, so there may be
   * too many. They become dependencies.
   */
  readonly importsOf: (path: string) => readonly string[];
  /** As `resolve`, without becoming a dependency. */
  readonly peek: Resolve;
  /**
   * Text that stands for the file's own, from an editor or standard input; null gives the file back to the disk. What
   * was known of the file is forgotten in any case. A notebook's text is its JSON, or its cells as an editor holds them.
   */
  readonly setOverlay: (path: string, text: string | NotebookText | null) => void;
  /**
   * Looks at the disk again after files came or went, or a file that says what imports mean changed. Returns the modules
   * in which an import now leads elsewhere.
   */
  readonly refresh: () => readonly string[];
  /** The module's text; for a notebook, its joined code cells. Null if it cannot be read. */
  readonly textOf: (path: string) => string | null;
  /** Null if it cannot be read, or if its language is not supported. */
  readonly languageOf: (path: string) => ModuleNode['language'] | null;
  readonly positions: (path: string) => Positions;
  /** Comments to Farthing; loads the module if necessary. */
  readonly directives: (path: string) => readonly Directive[];
  /** Calls per month that a comment at the call declares; null if none does. */
  readonly volumeAt: (call: Origin) => number | null;
  /** UTF-16 units of the modules that were asked for since the last `release`, and modules lowered so far. */
  readonly loadedUnits: () => number;
  readonly lowered: () => number;
  /**
   * Begins to count anew, and drops modules until they are at most `keeping`, in units: the largest, then the oldest. An
   * evaluator that still holds some keeps them alive.
   */
  readonly release: (keeping?: number) => void;
}

const EMPTY_PACKAGE: ModuleNode = { language: 'python', body: [], comments: [], syntaxError: null };
const NO_DIRECTIVES: readonly Directive[] = [];

export function createModules(options: ModulesOptions, states: FileStates, dependencies: Dependencies): Modules {
  let files = createFiles();
  const roots = options.roots.map((root) => absolute(root));
  const tops = [
    ...new Set(roots.map((root) => repositoryTop(root) ?? (files.isDirectory(root) ? root : folderOf(root)))),
  ];
  const { isPublished, isReadInItsTree, markOf, isOtherLanguages } = options;
  const resolverOf = (disk: Files): Resolve =>
    createResolver({ files: disk, tops, isPublished, isReadInItsTree, markOf, isOtherLanguages });
  let resolveImport = resolverOf(files);
  const policyOf = (disk: Files): ReadPolicy =>
    options.isLive ? createReadPolicy(roots) : createReadPolicy(roots, disk.isListedFile);
  let mayRead = policyOf(files);
  const sources = createSources({ ...options, mayRead: (path) => mayRead(path) }, states);
  const readText = (path: string): string | null => {
    const target = absolute(path);
    dependencies.noteText(target);
    return sources.text(target);
  };
  let settings = createSettings({ tops, files, readText });
  let templates = findTemplates(tops, files);
  const memory = createModuleMemory(states);
  let lowered = 0;

  const look = (disk: Files): void => {
    files = disk;
    settings = createSettings({ tops, files, readText });
    templates = findTemplates(tops, files);
    for (const { path, overlay } of states.all()) if (overlay !== null) files.add(path);
    resolveImport = resolverOf(files);
    mayRead = policyOf(files);
  };

  const lower = (path: string): LoadedModule | null => {
    if (files.isDirectory(path)) return { path, text: '', node: EMPTY_PACKAGE };
    const state = states.of(path);
    const source = sources.source(path);
    state.primed = null;
    if (source === null) return null;
    const { text, language, cells } = source;
    const frontend = sources.frontendOf(path, language);
    if (frontend === undefined) return null;
    const node = sources.lowerOf(path, frontend)(text, isJson(path) ? `${path}.js` : path);
    lowered++;
    if (node.comments.length || cells) {
      state.positions = createPositions(text, cells);
      // Findings refer to these objects: a module that is lowered again has the same comments.
      state.directives ??= directivesOf(node, text, state.positions);
    }
    state.moduleProblem = source.problem ?? syntaxProblem(path, source, node) ?? state.moduleProblem;
    return { path, text, node };
  };

  const load = (path: string): LoadedModule | null => {
    dependencies.noteModule(path);
    const state = states.of(path);
    const isNew = state.module === undefined;
    if (isNew) {
      state.module = null;
      try {
        state.module = lower(path);
      } catch (error) {
        const message = `not analysed: ${describeFailure(error)}. Everything else was scanned.`;
        state.moduleProblem = message;
        options.onFailure?.({ path, message });
      }
    }
    const module = state.module ?? null;
    memory.note(path, module, isNew);
    return module;
  };

  const positions = (path: string): Positions => {
    const state = states.of(path);
    if (state.positions !== null) return state.positions;
    const source = state.module && !isNotebook(path) ? { text: state.module.text, cells: null } : sources.source(path);
    state.positions = createPositions(source?.text ?? '', source?.cells ?? null);
    return state.positions;
  };

  const directives = (path: string): readonly Directive[] => {
    const state = states.of(path);
    if (state.directives === null) {
      load(path);
      state.directives ??= NO_DIRECTIVES;
    }
    return state.directives;
  };

  const resolve = (from: string, specifier: string): Resolution => {
    const known = states.known(from)?.imports.get(specifier);
    if (known) return known;
    const resolution = resolveImport(from, specifier);
    dependencies.noteResolution(from, specifier, resolution);
    return resolution;
  };

  return {
    tops,
    files: () => files,
    mayRead: (path) => mayRead(path),
    adopt: ({ folders }) => look(createFiles(folders)),
    load,
    resolve,
    importsOf: (path) => {
      const state = states.of(path);
      state.mayImport ??= findImports(path, { sources, resolve, mayRead });
      return state.mayImport;
    },
    readText,
    templates: (ending) => templates(ending),
    settings: (from, variable) => settings.ofVariable(from, variable),
    columnSettings: (from, column) => settings.ofColumn(from, column),
    fieldSettings: (from, field) => settings.ofField(from, field),
    peek: (from, specifier) => resolveImport(from, specifier),
    setOverlay: (path, text) => {
      const state = states.of(path);
      state.overlay = text;
      if (text === null) state.editing = null;
      else files.add(path);
      forgetText(state);
      sources.forgetTexts();
      dependencies.forget(path);
    },
    refresh: () => {
      look(createFiles());
      for (const state of states.all()) state.mayImport = null;
      const moved = [...states.all()].filter(({ path, imports }) => hasMoved(path, imports, resolveImport));
      for (const { path } of moved) dependencies.forgetImports(path);
      return moved.map(({ path }) => path);
    },
    textOf: (path) => states.known(path)?.module?.text ?? sources.source(path)?.text ?? null,
    languageOf: (path) => {
      const state = states.known(path);
      if (state?.module) return state.module.node.language;
      const source = sources.source(path);
      return source && (sources.frontendOf(path, source.language)?.language ?? null);
    },
    positions,
    directives,
    volumeAt: (call) => volumeAt(call, directives(call.path), () => positions(call.path)),
    loadedUnits: memory.units,
    lowered: () => lowered,
    release: (keeping = 0) => {
      sources.forgetTexts();
      memory.release(keeping);
    },
  };
}

interface ImportParts {
  readonly sources: Sources;
  readonly resolve: Resolve;
  readonly mayRead: ReadPolicy;
}

/** The files that the text of the module at `path` imports. */
function findImports(path: string, { sources, resolve, mayRead }: ImportParts): readonly string[] {
  const source = sources.source(path);
  const frontend = source && sources.frontendOf(path, source.language);
  if (!source || !frontend || isSkipped(path, source.text)) return [];
  const targets = frontend.importsIn(source.text).map((specifier) => resolve(path, specifier));
  const paths = new Set(targets.flatMap((target) => (target.kind === 'module' ? [target.path] : [])));
  return [...paths].filter((target) => target !== path && mayRead(target));
}

function volumeAt(call: Origin, directives: readonly Directive[], positions: () => Positions): number | null {
  const volumes = directives.filter((directive) => directive.kind === 'volume');
  if (volumes.length === 0) return null;
  const lines = [call.start, call.end].map((offset) => positions().lineOf(offset));
  const found = volumes.find(({ from, to }) => lines.some((line) => from <= line && line <= to));
  return found?.callsPerMonth ?? null;
}

/** True if an import of the module at `from` now leads elsewhere. */
export function hasMoved(from: string, imports: ReadonlyMap<string, Resolution>, resolve: Resolve): boolean {
  for (const [specifier, then] of imports) if (!isSameResolution(resolve(from, specifier), then)) return true;
  return false;
}

function syntaxProblem(path: string, { text, cells }: Source, node: ModuleNode): string | null {
  if (node.syntaxError === null || isJson(path)) return null;
  const { cell, line } = createPositions(text, cells).at(node.syntaxError.start);
  const where =
    cell === null ? `line ${line.toLocaleString('en')}` : `cell ${cell + 1}, line ${line.toLocaleString('en')}`;
  return PROBLEMS[node.syntaxError.cause](where);
}

const PROBLEMS: Readonly<Record<SyntaxProblem['cause'], (where: string) => string>> = {
  syntax: (where) => `syntax error at ${where}: what could be parsed was analysed. Correct it to see every call.`,
  parser: (where) => `Farthing's parser stopped at ${where}; calls after it may be missing.`,
  depth: (where) => `the code at ${where} nests too deep to be read; calls in it may be missing.`,
};
