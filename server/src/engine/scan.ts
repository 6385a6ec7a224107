/** A whole scan: discover, read, analyse, lint, report. Synchronous, and nothing leaves the machine. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Report } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import type { Origin } from '../evaluate/values.ts';
import type { Rule } from '../rules/rule.ts';
import { type FileResult, openCache, type ScanCache } from './cache.ts';
import { createCacheStore } from './cache-store.ts';
import { type Discovery, discoverFiles } from './discover.ts';
import { type Diagnostic, lint } from './lint.ts';
import { adoptPart, analyseFiles, halves, type Part, type Relevant } from './part.ts';
import { absolute, relativeTo } from './paths.ts';
import { createPrefilter, type PrefilterOptions } from './prefilter.ts';
import type { Problem } from './problem.ts';
import { createProject, type Project, type ProjectOptions } from './project.ts';
import { createReader } from './read.ts';
import { buildReport } from './report.ts';

/** What an analysis of a module needs of the scan around it. */
export interface AnalysisHost {
  readonly project: Project;
  /** POSIX path relative to the report's root, as call ids have it. */
  readonly relativePath: (path: string) => string;
  /** Calls a month that a comment at the call declares; null where none does. */
  readonly volumeAt: (call: Origin) => number | null;
}

/** Makes a function that finds the calls of the module at a path. It may remember modules: it is made anew when too many are. */
export type CreateAnalysis = (host: AnalysisHost) => (path: string) => readonly LlmCall[];

export interface ScanOptions extends Pick<ProjectOptions, 'frontends' | 'notebook' | 'isPublished'>, PrefilterOptions {
  /** Files and folders to scan; absolute, or relative to the working directory. */
  readonly paths: readonly string[];
  /** The folder that the report's paths are relative to. */
  readonly root: string;
  /** Patterns of files to leave out, and the folder that they are relative to. */
  readonly ignore?: readonly string[];
  readonly ignoreBase?: string;
  readonly createAnalysis: CreateAnalysis;
  readonly rules: readonly Rule[];
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly catalogue: Catalogue;
  readonly now: Date;
  readonly urlOf: (rule: string) => string;
  /** Text on standard input, and the path under which it is analysed instead of what `paths` name. */
  readonly stdin?: { readonly path: string; readonly text: string } | null;
  /** Where results are kept between scans; `key` is everything but the files that decides them. Null keeps nothing. */
  readonly cache?: { readonly directory: string; readonly key: string } | null;
  /** Both in files; `done` may be a fraction. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Starts the analysis of some files on another thread; without it one thread does all. */
  readonly startPart?: StartPart;
}

export type StartPart = (task: PartTask) => RunningPart;
/** What a thread needs besides what it was started with: plain data. */
export interface PartTask {
  readonly files: readonly Relevant[];
  readonly folders: Discovery['folders'];
}
export interface RunningPart {
  /** Waits for the part; null where the thread failed. */
  readonly finish: () => Part | null;
}

export interface ScanResult {
  readonly report: Report;
  /** Sorted as the report's. */
  readonly calls: readonly LlmCall[];
  readonly diagnostics: readonly Diagnostic[];
  readonly project: Project;
}

/** More source than this is worth a second thread, which takes about a tenth of a second to start. */
const WORTH_A_THREAD = 2_000_000;
/** Text read ahead of the analysis that is kept until then, in UTF-16 units. */
const MAX_PRIMED = 4_000_000;
/** Of a scan's time, as progress counts it: finding out which files matter. */
const SURVEY_SHARE = 0.1;

export function scan(options: ScanOptions): ScanResult {
  const started = performance.now();
  const root = absolute(options.root);
  const discovery = options.stdin ? discoveryOf(absolute(options.stdin.path)) : discover(options);
  const roots = options.stdin ? discovery.files : options.paths;
  const project = createProject({ ...options, roots, ...(options.stdin ? {} : { discovery }) });
  if (options.stdin) project.setText(absolute(options.stdin.path), options.stdin.text);
  const cache = options.cache && !options.stdin ? open(options.cache, options, root, project) : null;

  const problems: Problem[] = [...discovery.problems];
  const results = new Map<string, FileResult>();
  const reader = createReader(createPrefilter(options));
  const host: AnalysisHost = {
    project,
    relativePath: (path) => relativeTo(path, root),
    volumeAt: project.volumeAt,
  };

  const relevant: Relevant[] = [];
  let primed = 0;
  /** What is known of a file without analysing it; undefined where it has to be analysed. */
  const survey = (path: string): FileResult | null | undefined => {
    const known = cache?.irrelevant(path);
    if (known !== undefined) {
      if (known !== null) problems.push({ path, message: known });
      return null;
    }
    const stored = cache?.result(path);
    if (stored) {
      project.setDirectives(path, stored.directives);
      return stored;
    }
    if (options.stdin) {
      relevant.push({ path, bytes: options.stdin.text.length, problem: null });
      return undefined;
    }
    const isExplicit = discovery.explicit.has(path);
    const { text, stamp, problem } = reader.read(path, isExplicit);
    if (text === null) {
      cache?.noteIrrelevant(path, stamp, problem);
      if (problem !== null) problems.push({ path, message: problem });
      return null;
    }
    relevant.push({ path, bytes: text.length, problem });
    primed += text.length;
    // A file that was named may be larger than others are read.
    if (isExplicit || primed <= MAX_PRIMED) project.prime(path, text, stamp);
    return undefined;
  };

  const total = discovery.files.length;
  for (const [index, path] of discovery.files.entries()) {
    options.onProgress?.(index * SURVEY_SHARE, total);
    const result = survey(path);
    if (result) results.set(path, result);
  }
  const isWorthIt = options.startPart !== undefined && primed > WORTH_A_THREAD;
  const [own, others] = isWorthIt ? halves(relevant) : [relevant, []];
  const other = others.length > 0 ? options.startPart?.({ files: others, folders: discovery.folders }) : null;
  const analysed = analyseFiles(
    own,
    project,
    () => options.createAnalysis(host),
    (done) => {
      const share = SURVEY_SHARE + (1 - SURVEY_SHARE) * (done / own.length);
      options.onProgress?.(total * share, total);
    },
  );
  const part = other?.finish() ?? null;
  if (part) adoptPart(part, project);
  // A thread that could not be used costs time, not results.
  const rest = part?.results ?? analyseFiles(others, project, () => options.createAnalysis(host));
  for (const [path, result] of [...analysed, ...rest]) {
    results.set(path, result);
    cache?.noteResult(path, result);
  }
  for (const [path, { problem }] of results) if (problem !== null) problems.push({ path, message: problem });
  options.onProgress?.(total, total);
  cache?.save();

  const calls = [...results.values()].flatMap((result) => result.calls);
  const linted = lint(calls, { ...options, root, project, paths: [...results.keys()] });
  const report = buildReport({
    root,
    prices: { source: options.catalogue.provenance.source, date: options.catalogue.provenance.asOf },
    calls,
    diagnostics: linted.diagnostics,
    problems: [...problems, ...linted.problems],
    stats: {
      files: total,
      parsed: project.lowered(),
      bytes: reader.bytes(),
      milliseconds: Math.round(performance.now() - started),
    },
    project,
    urlOf: options.urlOf,
  });
  return { report, calls, diagnostics: linted.diagnostics, project };
}

function discover(options: ScanOptions): Discovery {
  const { paths, ignore = [], ignoreBase = options.root } = options;
  return discoverFiles(paths, { ignore, base: ignoreBase });
}

function discoveryOf(path: string): Discovery {
  return { files: [path], explicit: new Set([path]), folders: new Map(), problems: [] };
}

function open(
  cache: { directory: string; key: string },
  options: ScanOptions,
  root: string,
  project: Project,
): ScanCache {
  const { ignore = [], ignoreBase = root, markers, words } = options;
  const paths = options.paths.map((path) => absolute(path));
  const day = options.now.toISOString().slice(0, 10);
  const key = JSON.stringify([cache.key, day, ignore, ignoreBase, `${markers}`, `${words}`]);
  return openCache(createCacheStore(cache.directory, JSON.stringify([root, paths]), key), project);
}
