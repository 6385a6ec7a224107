/** Scans both revisions: the second as a change of the first, so that what did not change is not analysed twice. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { LOCK_FILE } from '@farthing/shared/catalogue/lock/price-lock';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { NANO_DOLLARS } from '@farthing/shared/money';
import type { ReportProblem } from '@farthing/shared/report';
import type { EstimationLog } from '../../calls/estimate/estimation.ts';
import type { DiffInput } from '../../diff/build-diff.ts';
import type { Side } from '../../diff/side.ts';
import { repositoryTop } from '../../files/git/repository.ts';
import { readMeasuredFile } from '../../files/measured-file.ts';
import { absolute, isInside, nameOf, relativeTo } from '../../files/paths.ts';
import { projectRoot } from '../../files/project-root.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import type { HeldPolicy } from '../../policy/held-policy.ts';
import type { DiskChange } from '../../workspace/disk-changes.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AnalysisOptions } from '../analyse.ts';
import { loadConfigs, type ScanConfigs } from '../config.ts';
import type { Io } from '../io.ts';
import { type Drive, driveAtOnce } from '../progress.ts';
import type { Compared, FolderChanges, RevisionSteps } from './compared.ts';
import { changedPolicies, type HeldConfigs, heldConfigs } from './held-configs.ts';

export type RevisionOptions = Pick<AnalysisOptions, 'config' | 'includeTests' | 'minSaving'>;

export interface ScannedRevisions extends Omit<DiffInput, 'revisions'> {
  /** Of the new revision. */
  readonly policies: readonly HeldPolicy[];
  /** Names of the configurations whose policy differs between the revisions. */
  readonly changedPolicies: readonly string[];
  /** Invalid values in the configurations of the new revision. */
  readonly configProblems: readonly ReportProblem[];
}

/** A workspace with everything that a scan of it says. */
interface Scanned {
  readonly workspace: Workspace;
  readonly configs: ScanConfigs;
  readonly log: EstimationLog;
}

export async function scanRevisions(
  compared: Compared,
  options: RevisionOptions,
  io: Io,
  drive: Drive = driveAtOnce(),
): Promise<ScannedRevisions> {
  const within = compared.steps === null ? '' : folderWithin(io.cwd);
  const [baseRoot, headRoot] = [join(compared.base, within), join(compared.head, within)];
  // A new folder has nothing in the old revision.
  if (!existsSync(baseRoot)) mkdirSync(baseRoot, { recursive: true });
  const first = await open(baseRoot, compared.base, options, io, drive);
  const held = heldConfigs(first);
  if (compared.steps !== null)
    return compareInPlace(first, held, compared, compared.steps, within, drive, () =>
      open(headRoot, compared.head, options, io, drive),
    );
  const base = sideOf(first);
  const second = await open(headRoot, compared.head, options, io, drive);
  return {
    base,
    head: sideOf(second),
    lineOf: linesIn(second.workspace),
    renamed: new Map(),
    ...policiesOf(held, second),
  };
}

/** @param reopen opens the new revision by itself */
async function compareInPlace(
  first: Scanned,
  held: HeldConfigs,
  { base: baseFolder, head: headFolder }: Compared,
  { advance, retreat }: RevisionSteps,
  within: string,
  drive: Drive,
  reopen: () => Promise<Scanned>,
): Promise<ScannedRevisions> {
  let base = sideOf(first);
  const changes = advance();
  const isSettingNew = [...changes.written, ...changes.deleted].some((path) => DECIDES_WHAT_IS_READ.has(nameOf(path)));
  const isAnew = isSettingNew || first.configs.nested?.refresh() === true;
  const second = isAnew ? await reopen() : await again(first, changesOn(headFolder, changes), drive);
  let head = sideOf(second);
  // What a limit cut short depends on what was looked at before: both revisions are looked at in the same way.
  if (!isAnew && isLookedAtAgain(base, head)) {
    base = sideOf(await again(first, changesOn(baseFolder, retreat()), drive));
    head = sideOf(await again(first, changesOn(headFolder, advance()), drive));
  }
  const renamed = new Map([...changes.renamed].map(([from, to]) => [inside(from, within), inside(to, within)]));
  return { base, head, lineOf: linesIn(second.workspace), renamed, ...policiesOf(held, second) };
}

function policiesOf(
  before: HeldConfigs,
  scanned: Scanned,
): Pick<ScannedRevisions, 'policies' | 'changedPolicies' | 'configProblems'> {
  const now = heldConfigs(scanned);
  return {
    policies: now.policies,
    changedPolicies: changedPolicies(before.policies, now.policies),
    configProblems: now.problems,
  };
}

/** Files that a workspace reads once, when it is opened. */
const DECIDES_WHAT_IS_READ = new Set([CONFIG_FILE_NAME, LOCK_FILE, '.gitignore']);

function changesOn(folder: string, { written, deleted, created }: FolderChanges): readonly DiskChange[] {
  const at = (path: string): string => absolute(join(folder, path));
  return [
    ...deleted.map((path): DiskChange => ({ path: at(path), kind: 'deleted' })),
    ...written.map((path): DiskChange => ({ path: at(path), kind: created.has(path) ? 'created' : 'changed' })),
  ];
}

/** @param top the folder that stands for the top of the repository */
async function open(root: string, top: string, options: RevisionOptions, io: Io, drive: Drive): Promise<Scanned> {
  const config = options.config === undefined ? null : resolve(io.cwd, options.config);
  const loaded = await loadConfigs(config, root, config === null ? root : io.cwd, defaultSeverities());
  const configs = config === null ? loaded : { ...loaded, configFolder: folderFor(config, root, top, io) };
  const [{ scanSteps }, { createEstimationLog }] = await Promise.all([
    import('../../analyzer.ts'),
    import('../../calls/estimate/estimation.ts'),
  ]);
  const log = createEstimationLog();
  const steps = scanSteps({
    paths: [root],
    root,
    ...configs,
    includesTests: options.includeTests === true,
    minSaving: options.minSaving * NANO_DOLLARS,
    measured: readMeasuredFile(projectRoot(absolute(io.cwd))),
    estimations: log,
    cache: null,
    now: new Date(),
  });
  const { workspace } = await drive(steps);
  return { workspace, configs, log };
}

/** Globs of a configuration that the command line names are relative to its folder, as it is in the revision. */
function folderFor(config: string, root: string, top: string, { cwd }: Io): string {
  const repository = repositoryTop(absolute(cwd));
  const isInRepository = repository !== null && isInside(absolute(config), absolute(repository));
  return isInRepository ? join(top, relative(repository, dirname(absolute(config)))) : root;
}

async function again(scanned: Scanned, changes: readonly DiskChange[], drive: Drive): Promise<Scanned> {
  scanned.workspace.noteDiskChanges(changes);
  await drive(scanned.workspace.scan());
  return scanned;
}

/** True if a call of one side rests on what changed. */
function isLookedAtAgain(base: Side, head: Side): boolean {
  return [...base.analysed].some(([id, call]) => head.analysed.has(id) && head.analysed.get(id) !== call);
}

/** As it is now: the workspace goes on to the other revision. */
function sideOf({ workspace, log }: Scanned): Side {
  const calls = workspace.found().flatMap((path) => workspace.shown(path).analysis.calls);
  return {
    report: workspace.report(),
    estimations: new Map(log.all()),
    analysed: new Map(calls.map((call) => [call.id, call])),
    catalogueAt: (path) => workspace.catalogueAt(join(workspace.root, path)),
  };
}

function linesIn(workspace: Workspace): ScannedRevisions['lineOf'] {
  return ({ path, start }) => {
    if (!isInside(path, workspace.root)) return null;
    return `${relativeTo(path, workspace.root)}:${workspace.code.positions(path).at(start).line}`;
  };
}

/** The current folder, relative to its repository: a comparison is about what a scan of it would be about. */
function folderWithin(cwd: string): string {
  const top = repositoryTop(absolute(cwd));
  return top === null ? '' : relative(top, absolute(cwd));
}

/** A path of the repository as the report of a folder in it has it. */
function inside(path: string, folder: string): string {
  return folder === '' ? path : relativeTo(path, folder.replaceAll('\\', '/'));
}
