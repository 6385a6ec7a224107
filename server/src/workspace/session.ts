/**
 * A folder while somebody works in it: results by file, kept until something that they rest on changes. It starts with
 * nothing and analyses what it is asked about; a scan of the folder is asking about every file.
 */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Report } from '@farthing/shared/report';
import type { Severity } from '@farthing/shared/vocabulary';
import type { LlmCall } from '../calls/call.ts';
import { indexCalls } from '../calls/index-calls.ts';
import { discoverFiles } from '../files/discover.ts';
import { absolute, isInside, nameOf } from '../files/paths.ts';
import type { Problem } from '../files/problem.ts';
import { createReader } from '../files/read.ts';
import { offered } from '../fixes/applicable-fixes.ts';
import type { ModuleNode } from '../ir/nodes.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { lint } from '../lint/run.ts';
import { buildReport } from '../report/report.ts';
import type { Rule } from '../rules/rule.ts';
import type { FileResult } from './cache.ts';
import { type CreateAnalysis, createExaminer } from './examine.ts';
import { createProject, type NotebookText, type Project, type ProjectOptions } from './project.ts';

export interface SessionOptions extends Pick<ProjectOptions, 'frontends' | 'notebook' | 'isPublished' | 'onFailure'> {
  /** The folder; its files are analysed as a scan of it analyses them. */
  readonly root: string;
  /** Patterns of files to leave out of a scan, and the folder that they are relative to. */
  readonly ignore: readonly string[];
  readonly ignoreBase: string;
  /** False for text that surely holds neither a call nor a comment to Farthing: it is never parsed. */
  readonly isRelevant: (text: string) => boolean;
  readonly createAnalysis: CreateAnalysis;
  readonly rules: readonly Rule[];
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly catalogue: Catalogue;
  readonly now: () => Date;
  readonly urlOf: (rule: string) => string;
}

/** What is known of one file. */
export interface FileAnalysis {
  readonly calls: readonly LlmCall[];
  readonly diagnostics: readonly Diagnostic[];
  /** What kept the file from being read or analysed as a whole, and rules that failed on it; null where nothing did. */
  readonly problem: string | null;
}

export interface DiskChange {
  /** Absolute POSIX path of a file or a folder. */
  readonly path: string;
  readonly kind: 'changed' | 'created' | 'deleted';
}

export interface ScanStep {
  readonly done: number;
  readonly total: number;
}

export interface Session {
  /** Absolute POSIX path. */
  readonly root: string;
  readonly catalogue: Catalogue;
  readonly project: Pick<Project, 'positions' | 'position' | 'overlaid'>;
  /** What is known of the file at `path`, analysed now where it was not yet. */
  readonly analysisOf: (path: string) => FileAnalysis;
  /** Of a notebook, where its code cells lie in its text; null for a file. */
  readonly cellsOf: (path: string) => readonly { readonly start: number; readonly end: number }[] | null;
  /** The module's text: of a notebook its code cells joined. Null where it cannot be read. */
  readonly textOf: (path: string) => string | null;
  /** Null where it cannot be read. */
  readonly languageOf: (path: string) => ModuleNode['language'] | null;
  /**
   * An editor's text for a file; null gives the file back to the disk. Returns the files whose results are no longer
   * known, the file itself included.
   */
  readonly setText: (path: string, text: string | NotebookText | null) => ReadonlySet<string>;
  /** Files came, went or changed on the disk. Returns the files whose results are no longer known. */
  readonly noteDiskChanges: (changes: readonly DiskChange[]) => ReadonlySet<string>;
  /**
   * Analyses every file of the folder that is not yet known; yields between two files, and may be left at any of these
   * points. Once it has run to its end, running it again brings the results up to date: with `isWalk` false without
   * looking for files that came or went.
   */
  readonly scan: (isWalk: boolean) => Generator<ScanStep, void>;
  /** Schema 1, of every file that is analysed at present. */
  readonly report: () => Report;
  /** Files that are analysed at present and hold calls or findings, with what was found. */
  readonly findings: () => Iterable<readonly [string, FileAnalysis]>;
}

interface Scanned {
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  readonly milliseconds: number;
}

const NOTHING: FileAnalysis = { calls: [], diagnostics: [], problem: null };
/** Files that say what imports mean, in any folder. */
const SAYS_WHAT_IMPORTS_MEAN = /^(?:package\.json|pnpm-workspace\.yaml|[jt]sconfig(?:\..+)?\.json|__init__\.py)$/;

export function createSession(options: SessionOptions): Session {
  const root = absolute(options.root);
  const { catalogue } = options;
  const project = createProject({ ...options, roots: [root] });
  const examiner = createExaminer(project, root, options);
  /** Made when first needed: its buffer is two megabytes. */
  let reader: ReturnType<typeof createReader> | null = null;
  const results = new Map<string, FileAnalysis>();
  let scanned: Scanned | null = null;

  const code: Pick<Session, 'textOf' | 'cellsOf' | 'languageOf'> = {
    textOf: (path) => project.overlaid(path) ?? project.load(path)?.text ?? null,
    cellsOf: (path) => project.positions(path).cells,
    languageOf: (path) => project.load(path)?.node.language ?? null,
  };

  const examine = (path: string): FileResult | null => {
    const open = project.overlaid(path);
    if (open !== null) return options.isRelevant(open) ? examiner.examine(path, null) : null;
    reader ??= createReader(options.isRelevant);
    const { text, stamp, problem } = reader.read(path, false);
    if (text === null) return problem === null ? null : { calls: [], directives: [], problem };
    project.prime(path, text, stamp);
    return examiner.examine(path, problem);
  };

  const lintFile = (path: string, { calls, problem }: FileResult): FileAnalysis => {
    const linted = lint(calls, {
      ...options,
      now: options.now(),
      root,
      project,
      paths: [path],
      index: indexCalls(calls),
    });
    for (const failure of linted.problems) options.onFailure?.(failure);
    const failures = linted.problems.map(({ message }) => message);
    const problems = problem === null ? failures : [problem, ...failures];
    return {
      calls,
      diagnostics: linted.diagnostics.map((diagnostic) => offered(diagnostic, code)),
      problem: problems.join(' ') || null,
    };
  };

  const analysisOf = (path: string): FileAnalysis => {
    const known = results.get(path);
    if (known) return known;
    const result = examine(path);
    const analysis = result === null ? NOTHING : lintFile(path, result);
    results.set(path, analysis);
    return analysis;
  };

  /** Forgets the results of the modules at `paths` and of all that rests on them; returns those that were known. */
  const forget = (paths: Iterable<string>): Set<string> => {
    examiner.renew();
    const stale = new Set<string>();
    for (const path of paths) {
      for (const module of [path, ...project.dependencies.dependentsOf(path)]) {
        if (results.delete(module)) stale.add(module);
      }
    }
    return stale;
  };

  const setText = (path: string, text: string | NotebookText | null): ReadonlySet<string> => {
    const stale = forget([path]);
    project.setText(path, text);
    return stale.add(path);
  };

  const noteDiskChanges = (changes: readonly DiskChange[]): ReadonlySet<string> => {
    // What the editor holds counts until it lets go of it.
    const seen = changes.filter(({ path }) => project.overlaid(path) === null);
    const stale = forget(seen.map(({ path }) => path));
    for (const { path } of seen) project.setText(path, null);
    // A folder that went takes what it held with it.
    const gone = seen.filter(({ kind }) => kind === 'deleted').map(({ path }) => path);
    const held = [...results.keys()].filter((path) => gone.some((folder) => isInside(path, folder)));
    for (const path of forget(held)) stale.add(path);
    for (const path of held) if (project.overlaid(path) === null) project.setText(path, null);
    if (seen.some(({ path, kind }) => kind !== 'changed' || SAYS_WHAT_IMPORTS_MEAN.test(nameOf(path)))) {
      for (const path of forget(project.refresh())) stale.add(path);
    }
    return stale;
  };

  function* scan(isWalk: boolean): Generator<ScanStep, void> {
    const started = performance.now();
    const { ignore, ignoreBase: base } = options;
    const { files, problems } = scanned === null || isWalk ? discoverFiles([root], { ignore, base }) : scanned;
    for (const [done, path] of files.entries()) {
      analysisOf(path);
      yield { done: done + 1, total: files.length };
    }
    scanned = { files, problems, milliseconds: Math.round(performance.now() - started) };
  }

  const report = (): Report => {
    const analyses = [...results.values()];
    const problems = [...results].flatMap(([path, { problem }]) =>
      problem === null ? [] : [{ path, message: problem }],
    );
    return buildReport({
      root,
      prices: { source: catalogue.provenance.source, date: catalogue.provenance.asOf },
      calls: analyses.flatMap(({ calls }) => calls),
      diagnostics: analyses.flatMap(({ diagnostics }) => diagnostics),
      problems: [...(scanned?.problems ?? []), ...problems],
      stats: {
        files: Math.max(scanned?.files.length ?? 0, results.size),
        parsed: project.lowered(),
        bytes: reader?.bytes() ?? 0,
        milliseconds: scanned?.milliseconds ?? 0,
      },
      project,
      urlOf: options.urlOf,
    });
  };

  return {
    root,
    catalogue,
    project,
    analysisOf,
    ...code,
    setText,
    noteDiskChanges,
    scan,
    report,
    findings: () => [...results].filter(([, { calls, diagnostics }]) => calls.length > 0 || diagnostics.length > 0),
  };
}
