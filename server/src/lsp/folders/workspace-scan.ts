/** Scans folders while the editor is in use. */
import type { CancellationToken } from 'vscode-languageserver';
import { nextTurn, runSlice } from '../slices.ts';
import type { Folder } from './folder.ts';

/** Returns false if it was cancelled; the results so far are kept. `isWalk` looks for added and removed files. */
export async function scanFolders(
  folders: readonly Folder[],
  isWalk: boolean,
  token: Pick<CancellationToken, 'isCancellationRequested'>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<boolean> {
  const totals = new Map<Folder, { done: number; total: number }>();
  for (const folder of folders) {
    const steps = folder.workspace().scan(isWalk);
    while (!runSlice(steps, (step) => totals.set(folder, step))) {
      onProgress(sum(totals, 'done'), sum(totals, 'total'));
      await nextTurn();
      if (token.isCancellationRequested) return false;
    }
    folder.isScanned = true;
  }
  onProgress(sum(totals, 'done'), sum(totals, 'total'));
  return true;
}

function sum(totals: ReadonlyMap<Folder, Record<'done' | 'total', number>>, which: 'done' | 'total'): number {
  return [...totals.values()].reduce((result, step) => result + step[which], 0);
}
