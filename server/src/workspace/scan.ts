/** A whole scan: discover, read, analyse, lint, report. Synchronous, and nothing leaves the machine. */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Report } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import { indexCalls } from '../calls/index-calls.ts';
import { createCacheStore } from '../files/cache-store.ts';
import { type Discovery, discoverFiles } from '../files/discover.ts';
import { absolute, isInside } from '../files/paths.ts';
import type { Problem } from '../files/problem.ts';
import { createReader } from '../files/read.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { lint } from '../lint/run.ts';
import { buildReport } from '../report/report.ts';
import type { Rule } from '../rules/rule.ts';
import { type FileResult, openCache, type ScanCache } from './cache.ts';
import { type CreateAnalysis, createExaminer } from './examine.ts';
import { createProject, type Project, type ProjectOptions } from './project.ts';

export interface ScanOptions extends Pick<ProjectOptions, 'frontends' | 'notebook' | 'isPublished'> {
  /** Files and folders to scan; absolute, or relative to the working directory. */
  readonly paths: readonly string[];
  /** The folder that the report's paths are relative to. */
  readonly root: string;
  /** Patterns of files to leave out, and the folder that they are relative to. */
  readonly ignore?: readonly string[];
  readonly ignoreBase?: string;
  /** False for text, read as latin1, that surely holds neither a call nor a comment to Farthing: it is never parsed. */
  readonly isRelevant: (latin1: string) => boolean;
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
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ScanResult {
  readonly report: Report;
  /** Sorted as the report's. */
  readonly calls: readonly LlmCall[];
  readonly diagnostics: readonly Diagnostic[];
  readonly project: Project;
}

export function scan(options: ScanOptions): ScanResult {
  const started = performance.now();
  const root = absolute(options.root);
  const discovery = options.stdin ? discoveryOf(absolute(options.stdin.path)) : discover(options);
  // Text on standard input is analysed as the file would be in a scan of the root, or by itself where it lies outside.
  const roots = options.stdin ? [rootOf(options.stdin.path, root)] : options.paths;
  const project = createProject({ ...options, roots, ...(options.stdin ? {} : { discovery }) });
  if (options.stdin) project.setText(absolute(options.stdin.path), options.stdin.text);
  const cache = options.cache && !options.stdin ? open(options.cache, options, root, project) : null;

  const problems: Problem[] = [...discovery.problems];
  const results = new Map<string, FileResult>();
  const reader = createReader(options.isRelevant);
  const examiner = createExaminer(project, root, options);

  const examine = (path: string): FileResult | null => {
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
    let readProblem: string | null = null;
    if (options.stdin) {
      if (!options.isRelevant(options.stdin.text)) return null;
    } else {
      const { text, stamp, problem } = reader.read(path, discovery.explicit.has(path));
      if (text === null) {
        cache?.noteIrrelevant(path, stamp, problem);
        if (problem !== null) problems.push({ path, message: problem });
        return null;
      }
      readProblem = problem;
      project.prime(path, text, stamp);
    }
    const result = examiner.examine(path, readProblem);
    cache?.noteResult(path, result);
    return result;
  };

  const total = discovery.files.length;
  for (const [index, path] of discovery.files.entries()) {
    options.onProgress?.(index, total);
    const result = examine(path);
    if (!result) continue;
    results.set(path, result);
    if (result.problem !== null) problems.push({ path, message: result.problem });
  }
  options.onProgress?.(total, total);
  cache?.save();

  const calls = [...results.values()].flatMap((result) => result.calls);
  const linted = lint(calls, { ...options, root, project, paths: [...results.keys()], index: indexCalls(calls) });
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

function rootOf(path: string, root: string): string {
  const file = absolute(path);
  return isInside(file, root) ? root : file;
}

function open(
  cache: { directory: string; key: string },
  options: ScanOptions,
  root: string,
  project: Project,
): ScanCache {
  const { ignore = [], ignoreBase = root } = options;
  const paths = options.paths.map((path) => absolute(path));
  const day = options.now.toISOString().slice(0, 10);
  const key = JSON.stringify([cache.key, day, ignore, ignoreBase]);
  return openCache(createCacheStore(cache.directory, JSON.stringify([root, paths]), key), project);
}
