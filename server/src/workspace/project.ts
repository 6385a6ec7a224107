/**
 * The files of a scan or an editor session as the evaluator sees them: modules lowered on demand, imports resolved,
 * positions computed. It reads, and never writes.
 */
import { isSameResolution, type LoadedModule, type ModuleHost, type Resolution } from '../evaluate/modules.ts';
import type { Discovery } from '../files/discover.ts';
import type { Stamp } from '../files/file-fingerprint.ts';
import { createFiles, type Files } from '../files/file-system.ts';
import { repositoryTop } from '../files/gitignore.ts';
import { absolute, folderOf, isNotebook } from '../files/paths.ts';
import { describeFailure, type Problem } from '../files/problem.ts';
import { NOTEBOOK_LIMIT, readWhole, SOURCE_LIMIT } from '../files/read.ts';
import { createReadPolicy, type ReadPolicy } from '../files/read-policy.ts';
import type { Frontend, Lower } from '../frontends/frontend.ts';
import type { ModuleNode } from '../ir/nodes.ts';
import type { Origin } from '../ir/origin.ts';
import { type Directive, directivesOf } from '../lint/directives.ts';
import { type CellStart, createPositions, type Position, type Positions } from '../report/positions.ts';
import { createResolver, type Resolve, type ResolverOptions } from '../resolve/resolve.ts';
import { createDependencies, type Dependencies } from './dependencies.ts';

/** A notebook's code cells as one module's text. */
export interface NotebookText {
  readonly text: string;
  readonly language: ModuleNode['language'];
  readonly cells: readonly CellStart[];
  /** Why it could not be read, or what was left out of it; null where nothing is wrong. */
  readonly problem: string | null;
}

export interface ProjectOptions {
  /** Absolute or relative to the working directory. */
  readonly roots: readonly string[];
  readonly frontends: readonly Frontend[];
  /** Reads a notebook's JSON. */
  readonly notebook: (json: string) => NotebookText;
  /** What discovery walked; without it every folder is listed when it is first asked about. */
  readonly discovery?: Pick<Discovery, 'folders'>;
  readonly isPublished?: ResolverOptions['isPublished'];
  /** Is told what failed through a fault of the program, as soon as it does; reports have it in any case. */
  readonly onFailure?: (failure: Problem) => void;
}

export interface Project extends ModuleHost {
  readonly files: Files;
  readonly dependencies: Dependencies;
  /** Of what code names: the repository's own files, but for those that hold secrets. */
  readonly mayRead: ReadPolicy;
  /** As `resolve`, without becoming a dependency. */
  readonly peek: Resolve;
  /**
   * Text that stands for the file's own, from an editor or standard input; null gives the file back to the disk. What
   * was known of the file is forgotten in any case. A notebook's text is its JSON, or its cells as an editor holds them.
   */
  readonly setText: (path: string, text: string | NotebookText | null) => void;
  /** The text that was set for a file: of a notebook that of its cells; null where the disk has it. */
  readonly overlaid: (path: string) => string | null;
  /**
   * Looks at the disk again after files came or went, or a file that says what imports mean changed. Returns the modules
   * in which an import now leads elsewhere.
   */
  readonly refresh: () => readonly string[];
  /** Hands over what was read already, so that the file is not read twice. */
  readonly prime: (path: string, text: string, stamp: Stamp | null) => void;
  /** What is wrong with a module that was loaded: it could not be parsed as a whole; null where nothing is. */
  readonly problemWith: (path: string) => string | null;
  readonly position: (path: string, offset: number) => Position;
  readonly positions: (path: string) => Positions;
  /** Comments that speak to Farthing; loads the module where it was not yet. */
  readonly directives: (path: string) => readonly Directive[];
  /** Puts back directives that were computed in an earlier run. */
  readonly setDirectives: (path: string, directives: readonly Directive[]) => void;
  /** Calls a month that a comment at the call declares; null where none does. */
  readonly volumeAt: (call: Origin) => number | null;
  /** How each file that was read looked then; null for one that was not there. Others were never asked for. */
  readonly stamps: ReadonlyMap<string, Stamp | null>;
  /** UTF-16 units of the modules in memory, and modules lowered since the project was made. */
  readonly loadedUnits: () => number;
  readonly lowered: () => number;
  /** Drops all modules: an evaluator that still holds some keeps them alive. */
  readonly release: () => void;
}

/** Text files that a program reads are read up to this many bytes. */
const TEXT_LIMIT = 1024 * 1024;
const EMPTY_PACKAGE: ModuleNode = { language: 'python', body: [], comments: [], syntaxError: null };
/** Makes a JSON document the default export of a module. */
const JSON_PREFIX = 'export default ';

interface Source {
  readonly text: string;
  /** Of a notebook; null where the file's name tells. */
  readonly language: ModuleNode['language'] | null;
  readonly cells: readonly CellStart[] | null;
  readonly problem: string | null;
}

export function createProject(options: ProjectOptions): Project {
  let files = createFiles(options.discovery?.folders);
  const roots = options.roots.map((root) => absolute(root));
  const tops = [
    ...new Set(roots.map((root) => repositoryTop(root) ?? (files.isDirectory(root) ? root : folderOf(root)))),
  ];
  const resolverOf = (disk: Files): Resolve =>
    createResolver({ files: disk, tops, ...(options.isPublished ? { isPublished: options.isPublished } : {}) });
  let resolveImport = resolverOf(files);
  let mayRead = createReadPolicy(roots);
  const frontends = new Map(
    options.frontends.flatMap((frontend) => frontend.extensions.map((extension) => [extension, frontend] as const)),
  );
  const dependencies = createDependencies();
  const modules = new Map<string, LoadedModule | null>();
  const primed = new Map<string, string>();
  const overlay = new Map<string, string | NotebookText>();
  /** Of what an editor holds: each text is lowered with what is known of the one before. */
  const editing = new Map<string, { readonly frontend: Frontend; readonly lower: Lower }>();
  /** Every name that a barrel passes on is looked for in the text of the modules behind it. */
  const texts = new Map<string, string | null>();
  const problems = new Map<string, string>();
  const tables = new Map<string, Positions>();
  const directives = new Map<string, readonly Directive[]>();
  const stamps = new Map<string, Stamp | null>();
  let units = 0;
  let lowered = 0;

  const textOf = (path: string): string | null => {
    const given = primed.get(path) ?? texts.get(path);
    if (typeof given === 'string') return given;
    if (!mayRead(path)) {
      stamps.set(path, null);
      return null;
    }
    const { text, stamp } = readWhole(path, isNotebook(path) ? NOTEBOOK_LIMIT : SOURCE_LIMIT);
    if (!stamps.has(path)) stamps.set(path, stamp);
    return text;
  };

  const sourceOf = (path: string): Source | null => {
    const given = overlay.get(path);
    if (typeof given === 'object') return given;
    const text = given ?? textOf(path);
    if (text === null) return null;
    if (isNotebook(path)) return options.notebook(text);
    return { text: path.endsWith('.json') ? JSON_PREFIX + text : text, language: null, cells: null, problem: null };
  };

  const frontendOf = (path: string, language: Source['language']): Frontend | undefined => {
    if (language !== null) return options.frontends.find((frontend) => frontend.language === language);
    return frontends.get(path.endsWith('.json') ? '.js' : (/\.[^./]+$/.exec(path)?.[0] ?? ''));
  };

  const lowerOf = (path: string, frontend: Frontend): Lower => {
    if (!overlay.has(path)) return frontend.lower;
    const known = editing.get(path);
    if (known?.frontend === frontend) return known.lower;
    const lower = frontend.createEditing();
    editing.set(path, { frontend, lower });
    return lower;
  };

  const lower = (path: string): LoadedModule | null => {
    if (files.isDirectory(path)) return { path, text: '', node: EMPTY_PACKAGE };
    const source = sourceOf(path);
    primed.delete(path);
    if (source === null) return null;
    const { text, language, cells } = source;
    const frontend = frontendOf(path, language);
    if (frontend === undefined) return null;
    const node = lowerOf(path, frontend)(text, path.endsWith('.json') ? `${path}.js` : path);
    lowered++;
    units += text.length;
    if (node.comments.length || cells) {
      const positions = createPositions(text, cells);
      tables.set(path, positions);
      directives.set(path, directivesOf(node, text, positions));
    }
    const problem = source.problem ?? syntaxProblem(path, text, cells, node);
    if (problem !== null) problems.set(path, problem);
    return { path, text, node };
  };

  const syntaxProblem = (path: string, text: string, cells: Source['cells'], node: ModuleNode): string | null => {
    if (node.syntaxError === null || path.endsWith('.json')) return null;
    const { cell, line } = createPositions(text, cells).at(node.syntaxError.start);
    const where =
      cell === null ? `line ${line.toLocaleString('en')}` : `cell ${cell}, line ${line.toLocaleString('en')}`;
    return `syntax error at ${where}: what could be parsed was analysed. Correct it to see every call.`;
  };

  const load = (path: string): LoadedModule | null => {
    dependencies.noteModule(path);
    const known = modules.get(path);
    if (known !== undefined) return known;
    let module: LoadedModule | null = null;
    try {
      module = lower(path);
    } catch (error) {
      const message = `not analysed: ${describeFailure(error)}. Everything else was scanned.`;
      problems.set(path, message);
      options.onFailure?.({ path, message });
    }
    modules.set(path, module);
    return module;
  };

  const resolve = (from: string, specifier: string): Resolution => {
    const known = dependencies.importsOf(from).get(specifier);
    if (known) return known;
    const resolution = resolveImport(from, specifier);
    dependencies.noteResolution(from, specifier, resolution);
    return resolution;
  };

  const readText = (path: string): string | null => {
    const target = absolute(path);
    dependencies.noteText(target);
    if (!mayRead(target)) {
      stamps.set(target, null);
      return null;
    }
    const given = overlay.get(target);
    if (typeof given === 'string') return given;
    const known = texts.get(target);
    if (known !== undefined) return known;
    const { text, stamp } = readWhole(target, TEXT_LIMIT);
    stamps.set(target, stamp);
    texts.set(target, text);
    return text;
  };

  const positions = (path: string): Positions => {
    const known = tables.get(path);
    if (known) return known;
    const loaded = modules.get(path);
    const source = loaded && !isNotebook(path) ? { text: loaded.text, cells: null } : sourceOf(path);
    const table = createPositions(source?.text ?? '', source?.cells ?? null);
    tables.set(path, table);
    return table;
  };

  const directivesAt = (path: string): readonly Directive[] => {
    if (!directives.has(path)) {
      load(path);
      if (!directives.has(path)) directives.set(path, []);
    }
    return directives.get(path) ?? [];
  };

  const refresh = (): readonly string[] => {
    const added = [...overlay.keys()];
    files = createFiles();
    for (const path of added) files.add(path);
    resolveImport = resolverOf(files);
    mayRead = createReadPolicy(roots);
    const moved = [...dependencies.importers()].filter((from) =>
      [...dependencies.importsOf(from)].some(
        ([specifier, then]) => !isSameResolution(resolveImport(from, specifier), then),
      ),
    );
    for (const from of moved) dependencies.forgetImports(from);
    return moved;
  };

  return {
    get files() {
      return files;
    },
    dependencies,
    mayRead: (path) => mayRead(path),
    stamps,
    load,
    resolve,
    refresh,
    peek: (from, specifier) => resolveImport(from, specifier),
    overlaid: (path) => {
      const given = overlay.get(path);
      return typeof given === 'object' ? given.text : (given ?? null);
    },
    readText,
    positions,
    directives: directivesAt,
    position: (path, offset) => positions(path).at(offset),
    setText: (path, text) => {
      if (text === null) {
        overlay.delete(path);
        editing.delete(path);
      } else overlay.set(path, text);
      if (text !== null) files.add(path);
      for (const table of [modules, primed, tables, directives, problems, stamps]) table.delete(path);
      // Text files are nobody's modules: whether one of them changed too is not always said.
      texts.clear();
      dependencies.forget(path);
    },
    prime: (path, text, stamp) => {
      primed.set(path, text);
      stamps.set(path, stamp);
    },
    problemWith: (path) => problems.get(path) ?? null,
    setDirectives: (path, known) => {
      directives.set(path, known);
    },
    volumeAt: (call) => {
      const volumes = directivesAt(call.path).filter((directive) => directive.kind === 'volume');
      if (volumes.length === 0) return null;
      const lines = [call.start, call.end].map((offset) => positions(call.path).lineOf(offset));
      const found = volumes.find(({ from, to }) => lines.some((line) => from <= line && line <= to));
      return found?.callsPerMonth ?? null;
    },
    loadedUnits: () => units,
    lowered: () => lowered,
    release: () => {
      modules.clear();
      primed.clear();
      texts.clear();
      units = 0;
    },
  };
}
