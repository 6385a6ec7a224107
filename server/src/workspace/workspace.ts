/**
 * A folder of code and everything known about it: it drives both scans and editor sessions. It starts empty, analyses
 * what it is asked about, and keeps the results until something that they depend on changes. A scan opens one, asks for
 * everything and discards it; an editor keeps one open.
 */
import type { Catalogue } from '@farthing/shared/catalogue/catalogue';
import type { Language } from '@farthing/shared/language';
import type { MeasuredSite } from '@farthing/shared/measured/measured';
import type { Report } from '@farthing/shared/report';
import type { CallIndex } from '../calls/call-index.ts';
import { SummaryStore } from '../calls/wrappers/summary-store.ts';
import { WrapperIndex } from '../calls/wrappers/wrapper-index.ts';
import type { FileEdit, Fix } from '../edits/fix.ts';
import { absolute, byText, isInside } from '../files/paths.ts';
import { canApply, type EditableCode, editsOf } from '../fixes/edits-of.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import type { LintContext } from '../lint/run.ts';
import { buildReport } from '../report/report.ts';
import { reportUnjoined } from '../report/report-measured.ts';
import { type AnalyserOptions, createAnalyser } from './analyse-file.ts';
import { createCallerSearch } from './caller-search.ts';
import { createDependencies } from './dependencies.ts';
import { applyDiskChanges, type DiskChange } from './disk-changes.ts';
import { createFileList, type FileListOptions } from './file-list.ts';
import { createFileStates, type FileAnalysis } from './file-state.ts';
import { createGraphStore } from './graph-store.ts';
import { createModules, type Modules, type ModulesOptions } from './modules.ts';
import { createResults, type Results } from './results.ts';
import type { NotebookText } from './sources.ts';
import { createTexts } from './texts.ts';
import { createWrapperRounds } from './wrapper-rounds.ts';

export interface WorkspaceOptions
  extends Omit<ModulesOptions, 'roots'>,
    Omit<AnalyserOptions, 'root'>,
    FileListOptions,
    Pick<LintContext, 'rules' | 'policyAt' | 'includesTests' | 'minSaving'> {
  /** The folder that the report's paths are relative to. */
  readonly root: string;
  readonly now: () => Date;
  readonly urlOf: (rule: string) => string;
  /** What was measured of calls that belong to this workspace, if to any. Default: nothing. */
  readonly measuredSites?: readonly MeasuredSite[];
  /**
   * Where results are kept between scans; `key` is everything but the files that decides them, as it is known after the
   * walk. Null keeps nothing.
   */
  readonly cache?: { readonly directory: string; readonly key: () => string } | null;
  /**
   * True for an editor, whose answers must come at once, and which is only told about changes in its own folder. A scan
   * of a part of a repository also reads the rest of it if a fix changes something that the rest may use.
   */
  readonly isLive: boolean;
}

export interface ScanStep {
  readonly done: number;
  readonly total: number;
}

/** The code as it was analysed. */
export interface Code extends EditableCode, Pick<Modules, 'positions'> {}

export interface Workspace {
  /** Absolute POSIX path. */
  readonly root: string;
  /** Of the configuration that holds for the folder itself. */
  readonly catalogue: Catalogue;
  /** Of the one that holds for a file. */
  readonly catalogueAt: (path: string) => Catalogue;
  readonly code: Code;
  /**
   * An editor's text for a file; null returns the file to the disk. Returns the files whose results are out of date,
   * including the file itself.
   */
  readonly setOverlay: (path: string, text: string | NotebookText | null) => ReadonlySet<string>;
  /** Files were added, removed or changed on disk. Returns the files whose results are out of date. */
  readonly noteDiskChanges: (changes: readonly DiskChange[]) => ReadonlySet<string>;
  /** The results of the file at `path`, analysed now if necessary. */
  readonly file: (path: string) => FileAnalysis;
  /**
   * The same in steps, for a file that many others may have to be looked at for: yields between two files. Afterwards,
   * `file` has its answer at hand.
   */
  readonly settle: (path: string) => Generator<void, void>;
  /**
   * Finds who calls the functions of the file at `path` that lead to a request, in all files of the workspace; yields
   * between two files, and may be left at any of these points.
   */
  readonly findCallers: (path: string) => Generator<ScanStep, void>;
  /** The findings in it. The same list while nothing changes. */
  readonly findings: (path: string) => readonly Diagnostic[];
  /** All files that were looked for, in code-unit order. */
  readonly paths: () => readonly string[];
  /** Packages for language models that the file imports and that no descriptor describes, as it was read. */
  readonly unreadIn: (path: string) => readonly string[];
  /** Files that are known to hold calls or findings, in code-unit order. */
  readonly found: () => readonly string[];
  /**
   * What is known of one of them. Of a scanned workspace that is what was said before, where a file will get its results
   * again because something that it rests on has changed; nothing vanishes until then.
   */
  readonly shown: Results['shown'];
  /**
   * Analyses every file that is not yet known; yields between two files, and may be left at any of these points. Once it
   * has run to its end, running it again brings the results up to date: with `isWalk` false without looking for files
   * that came or went.
   */
  readonly scan: (isWalk?: boolean) => Generator<ScanStep, void>;
  /** All calls that are known. A few files that are out of date are analysed again first. */
  readonly calls: () => CallIndex;
  /** The same as it is, at no cost. */
  readonly known: CallIndex;
  /** True for the files that a fix may change: those of the workspace, and what an editor holds. */
  readonly mayChange: (path: string) => boolean;
  /** The edits of a fix; null if the code is not written in a form that can be edited with certainty. */
  readonly editsOf: (fix: Fix) => readonly FileEdit[] | null;
  /** In schema 2, of every file that is known, as `shown` has it. */
  readonly report: (language?: Language) => Report;
}

/** Modules that an editor analyses at once when a user asks for fixes of a shared name: half a second's work. */
const MAX_LIVE_CATCH_UP = 300;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const root = absolute(options.root);
  const { catalogue } = options.policyAt(root);
  const states = createFileStates();
  const dependencies = createDependencies(states);
  const list = createFileList(options, (path) => states.known(path)?.analysis != null);
  const roots = options.onlyFile ? [rootOf(options.onlyFile, root)] : options.paths;
  const modules = createModules({ ...options, roots }, states, dependencies);
  const texts = createTexts(states);
  const wrappers = new WrapperIndex();
  const summaries = new SummaryStore();
  const analyser = createAnalyser(modules, states, dependencies, texts, wrappers, summaries, { ...options, root });
  const graph = createGraphStore(options, { states, dependencies, modules, wrappers });
  const code = codeOf(modules);
  const mayChange = (path: string): boolean =>
    states.known(path)?.overlay != null || (options.isLive ? isInside(path, root) : list.has(path));
  const results = createResults({
    states,
    dependencies,
    list,
    analyser,
    verdict: graph.verdict,
    summaries,
    wrappers,
    settle: (path) => rounds.settle(path),
    maxCatchUp: options.isLive ? MAX_LIVE_CATCH_UP : Number.POSITIVE_INFINITY,
    lint: {
      ...options,
      root,
      code: modules,
      isApplicable: (fix) => canApply(fix, { code, mayChange, knownIn: (path) => states.of(path).editability }),
    },
  });
  const rounds = createWrapperRounds({ root, states, dependencies, modules, list, wrappers, texts, results });
  const callers = createCallerSearch({ root, list, texts, wrappers, rounds, analyser });
  /** Of the last scan that ran to its end. */
  let scanned = { files: 0, milliseconds: 0 };

  const known = (isWanted: (analysis: FileAnalysis) => boolean): readonly string[] =>
    [...states.all()]
      .filter(({ analysis, isAskedFor, outdated }) => {
        const known = outdated?.analysis ?? (isAskedFor ? analysis : null);
        return known !== null && isWanted(known);
      })
      .map(({ path }) => path)
      .sort(byText);

  const start = (isWalk: boolean): void => {
    const isFirst = !list.isWalked();
    const isFresh = states.isEmpty();
    if (isFirst || isWalk) {
      const discovery = list.walk();
      if (isFresh) modules.adopt(discovery);
    }
    if (!isFresh) return;
    const searched = graph.restore(results.forget);
    if (searched !== null) rounds.restore(searched);
    results.adopt();
  };

  function* scan(isWalk = true): Generator<ScanStep, void> {
    const started = performance.now();
    start(isWalk);
    const paths = list.paths();
    const total = paths.length;
    const settled = new WeakSet<Diagnostic>();
    results.setScanning(true);
    texts.begin();
    try {
      yield { done: 0, total };
      for (const [index, path] of paths.entries()) {
        // Cheapest now, while the file is loaded.
        settleFixes(path, settled, results);
        yield { done: index + 1, total };
      }
      for (const _ of rounds.run(paths)) yield { done: total, total };
      if (results.askedIncomplete() > 0 && !options.isLive) list.walkRest().forEach(results.look);
    } finally {
      texts.end();
      results.setScanning(false);
    }
    if (results.askedIncomplete() > 0) for (const path of paths) settleFixes(path, settled, results);
    if (!options.isLive) analyser.finish();
    const isOnDisk = [...states.all()].every(({ overlay }) => overlay === null);
    if (isOnDisk) graph.save(paths, rounds.searched(), results.analysed() > 0);
    scanned = { files: total, milliseconds: Math.round(performance.now() - started) };
  }

  const report = (language: Language = 'en'): Report => {
    const paths = known(() => true);
    const problems = paths.flatMap((path) => {
      const { problem } = results.shown(path).analysis;
      return problem === null ? [] : [{ path, message: problem }];
    });
    const calls = paths.flatMap((path) => results.shown(path).analysis.calls);
    const diagnostics = paths.flatMap((path) => results.shown(path).findings);
    return buildReport({
      root,
      prices: { source: catalogue.provenance.source, date: catalogue.provenance.asOf },
      includesTests: options.includesTests,
      calls,
      diagnostics,
      problems: [...list.problems(), ...problems, ...results.failures(paths), ...rounds.problems()],
      stats: {
        files: Math.max(scanned.files, paths.length),
        parsed: modules.lowered(),
        bytes: analyser.bytes(),
        milliseconds: scanned.milliseconds,
      },
      unjoined: reportUnjoined(options.measuredSites ?? [], new Set(calls.map(({ id }) => id))),
      positions: modules.positions,
      urlOf: options.urlOf,
      language,
    });
  };

  return {
    root,
    catalogue,
    catalogueAt: (path) => options.policyAt(path).catalogue,
    code,
    setOverlay: (path, text) => {
      const stale = results.forget([path]);
      modules.setOverlay(path, text);
      return stale.add(path);
    },
    noteDiskChanges: (changes) => {
      callers.forget();
      return applyDiskChanges(changes, { states, modules, list, results });
    },
    file: results.file,
    settle: rounds.settle,
    findCallers: callers.find,
    findings: results.findings,
    shown: results.shown,
    paths: () => list.paths(),
    unreadIn: (path) => states.known(path)?.unread ?? [],
    found: () =>
      known(({ isRelevant }) => isRelevant).filter((path) => {
        const { analysis, findings } = results.shown(path);
        return analysis.calls.length > 0 || findings.length > 0;
      }),
    scan,
    calls: results.calls,
    known: results.known,
    mayChange,
    editsOf: (fix) => editsOf(fix, code.textOf, code.cellsOf, code.languageOf),
    report,
  };
}

function codeOf({ textOf, languageOf, positions }: Modules): Code {
  return { textOf, languageOf, positions, cellsOf: (path) => positions(path).cells };
}

/** Text on standard input is analysed like the file in a scan of the root, or by itself if it is outside. */
function rootOf(file: string, root: string): string {
  return isInside(file, root) ? root : file;
}

/** Finds out which fixes can be written, so that a report has nothing left to parse. */
function settleFixes(path: string, settled: WeakSet<Diagnostic>, results: Results): void {
  if (results.file(path).calls.length === 0) return;
  for (const diagnostic of results.findings(path)) {
    if (settled.has(diagnostic)) continue;
    const asked = results.askedIncomplete();
    diagnostic.fixes();
    // A fix that depends on calls which are not all known yet is tried again when they are.
    if (results.askedIncomplete() === asked) settled.add(diagnostic);
  }
}
