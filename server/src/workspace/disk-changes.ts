/** What happens on the disk while a workspace is open, as changes of what is known. */
import { isInside, nameOf } from '../files/paths.ts';
import type { FileList } from './file-list.ts';
import type { FileStates } from './file-state.ts';
import type { Modules } from './modules.ts';
import type { Results } from './results.ts';

export interface DiskChange {
  /** Absolute POSIX path of a file or a folder. */
  readonly path: string;
  readonly kind: 'changed' | 'created' | 'deleted';
}

interface Parts {
  readonly states: FileStates;
  readonly modules: Pick<Modules, 'setOverlay' | 'refresh'>;
  readonly list: Pick<FileList, 'outdate'>;
  readonly results: Pick<Results, 'forget'>;
}

/** Files that say what imports mean, in any folder. */
const SAYS_WHAT_IMPORTS_MEAN = /^(?:package\.json|pnpm-workspace\.yaml|[jt]sconfig(?:\..+)?\.json|__init__\.py)$/;

/** Returns the files whose results are out of date. An open document counts until the editor closes it. */
export function applyDiskChanges(
  changes: readonly DiskChange[],
  { states, modules, list, results }: Parts,
): ReadonlySet<string> {
  const isHeld = (path: string): boolean => states.known(path)?.overlay != null;
  const seen = changes.filter(({ path }) => !isHeld(path));
  const gone = seen.filter(({ kind }) => kind === 'deleted').map(({ path }) => path);
  // A folder that went takes what it held with it.
  const inside = [...states.all()].flatMap(({ path, analysis }) =>
    analysis !== null && !isHeld(path) && gone.some((folder) => isInside(path, folder)) ? [path] : [],
  );
  const paths = new Set([...seen.map(({ path }) => path), ...inside]);
  const stale = results.forget(paths);
  for (const path of paths) modules.setOverlay(path, null);
  if (seen.some(({ kind }) => kind !== 'changed')) list.outdate();
  if (seen.some(({ path, kind }) => kind !== 'changed' || SAYS_WHAT_IMPORTS_MEAN.test(nameOf(path)))) {
    for (const path of results.forget(modules.refresh())) stale.add(path);
  }
  return stale;
}
