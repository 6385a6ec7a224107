/** Scans both revisions: the second as a change of the first, so that what did not change is not analysed twice. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { CONFIG_FILE_NAME } from '@farthing/shared/config-defaults';
import { NANO_DOLLARS } from '@farthing/shared/money';
import type { EstimationLog } from '../../calls/estimate/estimation.ts';
import type { DiffInput } from '../../diff/build-diff.ts';
import type { Side } from '../../diff/side.ts';
import { repositoryTop } from '../../files/git/repository.ts';
import { absolute, isInside, nameOf, relativeTo } from '../../files/paths.ts';
import { defaultSeverities } from '../../lint/rule-list.ts';
import type { DiskChange } from '../../workspace/disk-changes.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { AnalysisOptions } from '../analyse.ts';
import { loadConfigs, type ScanConfigs } from '../config.ts';
import type { Io } from '../io.ts';
import type { Compared, FolderChanges, RevisionSteps } from './compared.ts';

export type RevisionOptions = Pick<AnalysisOptions, 'config' | 'includeTests' | 'minSaving'>;

export type ScannedRevisions = Omit<DiffInput, 'revisions'>;

/** A workspace with everything that a scan of it says. */
interface Scanned {
  readonly workspace: Workspace;
  readonly configs: ScanConfigs;
  readonly log: EstimationLog;
}

export async function scanRevisions(compared: Compared, options: RevisionOptions, io: Io): Promise<ScannedRevisions> {
  const within = compared.steps === null ? '' : folderWithin(io.cwd);
  const [baseRoot, headRoot] = [join(compared.base, within), join(compared.head, within)];
  // A new folder has nothing in the old revision.
  if (!existsSync(baseRoot)) mkdirSync(baseRoot, { recursive: true });
  const first = await open(baseRoot, options, io);
  if (compared.steps !== null)
    return compareInPlace(first, compared, compared.steps, within, () => open(headRoot, options, io));
  const base = sideOf(first);
  const second = await open(headRoot, options, io);
  return { base, head: sideOf(second), lineOf: linesIn(second.workspace), renamed: new Map() };
}

/** @param reopen opens the new revision by itself */
async function compareInPlace(
  first: Scanned,
  { base: baseFolder, head: headFolder }: Compared,
  { advance, retreat }: RevisionSteps,
  within: string,
  reopen: () => Promise<Scanned>,
): Promise<ScannedRevisions> {
  let base = sideOf(first);
  const changes = advance();
  const isSettingNew = [...changes.written, ...changes.deleted].some((path) => DECIDES_WHAT_IS_READ.has(nameOf(path)));
  const isAnew = isSettingNew || first.configs.nested?.refresh() === true;
  const second = isAnew ? await reopen() : again(first, changesOn(headFolder, changes));
  let head = sideOf(second);
  // What a limit cut short depends on what was looked at before: both revisions are looked at in the same way.
  if (!isAnew && isLookedAtAgain(base, head)) {
    base = sideOf(again(first, changesOn(baseFolder, retreat())));
    head = sideOf(again(first, changesOn(headFolder, advance())));
  }
  const renamed = new Map([...changes.renamed].map(([from, to]) => [inside(from, within), inside(to, within)]));
  return { base, head, lineOf: linesIn(second.workspace), renamed };
}

/** Files that a workspace reads once, when it is opened. */
const DECIDES_WHAT_IS_READ = new Set([CONFIG_FILE_NAME, '.gitignore']);

function changesOn(folder: string, { written, deleted, created }: FolderChanges): readonly DiskChange[] {
  const at = (path: string): string => absolute(join(folder, path));
  return [
    ...deleted.map((path): DiskChange => ({ path: at(path), kind: 'deleted' })),
    ...written.map((path): DiskChange => ({ path: at(path), kind: created.has(path) ? 'created' : 'changed' })),
  ];
}

async function open(root: string, options: RevisionOptions, io: Io): Promise<Scanned> {
  const config = options.config === undefined ? null : resolve(io.cwd, options.config);
  const configs = await loadConfigs(config, root, config === null ? root : io.cwd, defaultSeverities());
  const [{ scan }, { createEstimationLog }] = await Promise.all([
    import('../../analyzer.ts'),
    import('../../calls/estimate/estimation.ts'),
  ]);
  const log = createEstimationLog();
  const { workspace } = scan({
    paths: [root],
    root,
    ...configs,
    includesTests: options.includeTests === true,
    minSaving: options.minSaving * NANO_DOLLARS,
    estimations: log,
    cache: null,
    now: new Date(),
  });
  return { workspace, configs, log };
}

function again(scanned: Scanned, changes: readonly DiskChange[]): Scanned {
  scanned.workspace.noteDiskChanges(changes);
  for (const _ of scanned.workspace.scan());
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
