/** What the commands that scan have in common: the configuration, the analyzer, the cache and the progress. */
import { NANO_DOLLARS } from '@farthing/shared/money';
import { printable } from '@farthing/shared/printable';
import type { Report } from '@farthing/shared/report';
import type { EstimationLog } from '../calls/estimate/estimation.ts';
import { cacheDirectory } from '../files/cache-directory.ts';
import { readMeasuredFile } from '../files/measured-file.ts';
import { absolute } from '../files/paths.ts';
import { projectRoot } from '../files/project-root.ts';
import { defaultSeverities } from '../lint/rule-list.ts';
import { BUILD } from '../version.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type HoldingConfig, loadConfigs, unlocked } from './config.ts';
import { boundHeap } from './heap.ts';
import type { Io } from './io.ts';
import type { Target } from './paths.ts';
import { createProgress, type Drive, driveAtOnce } from './progress.ts';

export interface AnalysisOptions {
  readonly config?: string;
  readonly cache: boolean;
  readonly includeTests?: true;
  readonly forceExclude?: true;
  /** Dollars per month. */
  readonly minSaving: number;
}

/** A file that is scanned with this text, and alone. */
export interface Overlay {
  readonly path: string;
  readonly text: string;
}

/** How an analysis is run, where that is not at once and with a line of progress. */
export interface Way {
  readonly drive?: Drive;
  /** Keeps what the figures of each call were computed from; without a cache, which has none of it. */
  readonly estimations?: EstimationLog;
  /** True takes the prices of the tables, whatever a lock pins. */
  readonly isUnlocked?: boolean;
}

export interface Analysis {
  readonly report: Report;
  /** Still open. */
  readonly workspace: Workspace;
  /** Those that hold for any of its files. */
  readonly configs: readonly HoldingConfig[];
  readonly now: Date;
}

/** @param rules those that were asked for by name; null for none */
export async function analyse(
  target: Target,
  options: AnalysisOptions,
  io: Io,
  rules: ReadonlySet<string> | null = null,
  overlay: Overlay | null = null,
  { drive, estimations, isUnlocked = false }: Way = {},
): Promise<Analysis> {
  const loaded = await loadConfigs(options.config ?? null, target.root, io.cwd, defaultSeverities());
  const configs = isUnlocked ? unlocked(loaded) : loaded;
  // The parsers and price tables are loaded here, so that an invalid command line and the other commands do not have
  // to.
  const { scanSteps } = await import('../analyzer.ts');
  const progress = createProgress(io);
  const now = new Date();
  const measured = readMeasuredFile(projectRoot(absolute(target.root)));
  if (measured.problem !== null) io.err(printable(`farthing: ${measured.problem}`).concat('\n'));
  const steps = scanSteps({
    paths: target.paths,
    root: target.root,
    ...configs,
    includesTests: options.includeTests === true,
    ...(rules === null ? {} : { askedRules: rules }),
    forceExclude: options.forceExclude === true,
    minSaving: options.minSaving * NANO_DOLLARS,
    measured,
    stdin: overlay,
    cache: options.cache && BUILD !== null ? { directory: cacheDirectory(io.env, io.platform), build: BUILD } : null,
    now,
    onLargeFile: boundHeap,
    ...(estimations === undefined ? {} : { estimations }),
  });
  const { report, workspace } = await (drive ?? driveAtOnce(progress.update))(steps);
  progress.clear();
  return { report, workspace, configs: configs.holding(workspace.paths()), now };
}
