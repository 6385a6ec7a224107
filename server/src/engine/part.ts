/**
 * A part of a scan: some of its files analysed, and everything that the rest of the scan must know of it as plain data,
 * so that a part can be done on another thread.
 */
import type { LlmCall } from '../calls/call.ts';
import type { Resolution } from '../evaluate/modules.ts';
import type { FileResult } from './cache.ts';
import { describeFailure } from './problem.ts';
import type { Project } from './project.ts';
import type { Stamp } from './stamp.ts';

export interface Part {
  readonly results: readonly (readonly [string, FileResult])[];
  readonly imports: readonly (readonly [string, readonly (readonly [string, Resolution])[]])[];
  readonly loaded: readonly (readonly [string, readonly string[]])[];
  readonly texts: readonly (readonly [string, readonly string[]])[];
  readonly stamps: readonly (readonly [string, Stamp | null])[];
  /** What import resolution looked at beyond the folders that were walked. */
  readonly consulted: { readonly folders: readonly string[]; readonly files: readonly string[] };
  readonly lowered: number;
}

/** A file to analyse, and what reading it said. */
export interface Relevant {
  readonly path: string;
  readonly bytes: number;
  readonly problem: string | null;
}

/** UTF-16 units of source whose modules are held at once: their IR is about nine times that in bytes. */
const MAX_LOADED_UNITS = 3_000_000;

/** Finds the calls of each file. `createAnalysis` may remember modules: it is made anew when too many are held. */
export function analyseFiles(
  files: readonly Relevant[],
  project: Project,
  createAnalysis: () => (path: string) => readonly LlmCall[],
  onProgress: (done: number) => void = () => {},
): readonly (readonly [string, FileResult])[] {
  let analyse = createAnalysis();
  return files.map((file, index) => {
    onProgress(index);
    const result = analyseFile(file, project, analyse);
    if (project.loadedUnits() > MAX_LOADED_UNITS) {
      project.release();
      analyse = createAnalysis();
    }
    return [file.path, result];
  });
}

/** A file that breaks the analysis is one line in the report, and the scan goes on. */
function analyseFile(file: Relevant, project: Project, analyse: (path: string) => readonly LlmCall[]): FileResult {
  const { path } = file;
  let calls: readonly LlmCall[] = [];
  let failure: string | null = null;
  try {
    calls = project.dependencies.during(path, () => {
      project.load(path);
      return analyse(path);
    });
  } catch (error) {
    failure = `not analysed: ${describeFailure(error)}. Everything else was scanned.`;
  }
  const problem = failure ?? file.problem ?? project.problemWith(path);
  return { calls, directives: project.directives(path), problem };
}

/** Everything that `project` learnt while it analysed `results`. */
export function describePart(results: Part['results'], project: Project): Part {
  const { dependencies, files } = project;
  const paths = results.map(([path]) => path);
  const { folders, files: documents } = files.consulted();
  return {
    results,
    imports: [...dependencies.importers()].map((path) => [path, [...dependencies.importsOf(path)]]),
    loaded: paths.map((path) => [path, [...dependencies.loadedFor(path)]]),
    texts: paths.map((path) => [path, [...dependencies.textsFor(path)]]),
    stamps: [...project.stamps],
    consulted: { folders: [...folders].map(([path]) => path), files: [...documents].map(([path]) => path) },
    lowered: project.lowered(),
  };
}

/** Makes `project` know what another one learnt. */
export function adoptPart(part: Part, project: Project): void {
  const { dependencies, files } = project;
  for (const [path, targets] of part.imports) {
    for (const [specifier, target] of targets) dependencies.noteResolution(path, specifier, target);
  }
  const loaded = new Map(part.loaded);
  const texts = new Map(part.texts);
  for (const [path, { directives }] of part.results) {
    project.setDirectives(path, directives);
    dependencies.during(path, () => {
      for (const module of loaded.get(path) ?? []) dependencies.noteModule(module);
      for (const text of texts.get(path) ?? []) dependencies.noteText(text);
    });
  }
  project.adoptStamps(part.stamps, part.lowered);
  for (const folder of part.consulted.folders) files.list(folder);
  for (const path of part.consulted.files) files.readText(path);
}

/** Cuts a list of files in two of about the same bytes. Neighbours stay together: they import each other. */
export function halves(files: readonly Relevant[]): readonly [readonly Relevant[], readonly Relevant[]] {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let sum = 0;
  const cut = files.findIndex((file) => {
    sum += file.bytes;
    return sum > total / 2;
  });
  return [files.slice(0, cut), files.slice(cut)];
}
