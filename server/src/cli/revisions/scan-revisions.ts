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
import type { Compared, FolderChanges } from './compared.ts';

export type RevisionOptions = Pick<AnalysisOptions, 'config' | 'includeTests' | 'minSaving'>;

export interface ScannedRevisions extends Omit<DiffInput, 'revisions'> {
  /** Of the new revision, still open. */
  readonly workspace: Workspace;
  /** Relative to the folder that is compared. */
  readonly changes: FolderChanges | null;
}

/** A workspace with everything that a scan of it says. */
interface Scanned {
  readonly workspace: Workspace;
  readonly configs: ScanConfigs;
  readonly log: EstimationLog;
}

export async function scanRevisions(compared: Compared, options: RevisionOptions, io: Io): Promise<ScannedRevisions> {
  const within = compared.advance === null ? '' : folderWithin(io.cwd);
  const [baseRoot, headRoot] = [join(compared.base, within), join(compared.head, within)];
  // A new folder has nothing in the old revision.
  if (!existsSync(baseRoot)) mkdirSync(baseRoot, { recursive: true });
  const first = await open(baseRoot, options, io);
  const base = sideOf(first);
  if (compared.advance === null) {
    const second = await open(headRoot, options, io);
    return {
      base,
      head: sideOf(second),
      ...placesIn(second.workspace),
      renamed: new Map(),
      workspace: second.workspace,
      changes: null,
    };
  }
  const changes = compared.advance();
  const isSettingNew = [...changes.written, ...changes.deleted].some((path) => DECIDES_WHAT_IS_READ.has(nameOf(path)));
  const isConfigNew = first.configs.nested?.refresh() === true;
  const second =
    isSettingNew || isConfigNew ? await open(headRoot, options, io) : again(first, changesOn(compared.head, changes));
  const inRoot = new Map([...changes.renamed].map(([from, to]) => [inside(from, within), inside(to, within)]));
  return {
    base,
    head: sideOf(second),
    ...placesIn(second.workspace),
    renamed: inRoot,
    workspace: second.workspace,
    changes,
  };
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

function placesIn(workspace: Workspace): Pick<ScannedRevisions, 'lineOf'> {
  return {
    lineOf: ({ path, start }) => {
      if (!isInside(path, workspace.root)) return null;
      return `${relativeTo(path, workspace.root)}:${workspace.code.positions(path).at(start).line}`;
    },
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
