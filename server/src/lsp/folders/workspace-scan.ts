/**
 * Scans folders while the editor is in use: a few milliseconds at a time, so that requests are answered in between.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { Folder } from './folder.ts';

/** Milliseconds of work before other tasks get their turn: less than a keystroke may wait. */
const SLICE = 12;

/** Returns false if it was cancelled; the results so far are kept. `isWalk` looks for added and removed files. */
export async function scanFolders(
  folders: readonly Folder[],
  isWalk: boolean,
  token: Pick<CancellationToken, 'isCancellationRequested'>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<boolean> {
  const totals = new Map<Folder, { done: number; total: number }>();
  for (const folder of folders) {
    let until = performance.now() + SLICE;
    for (const step of folder.workspace().scan(isWalk)) {
      totals.set(folder, step);
      if (performance.now() < until) continue;
      onProgress(sum(totals, 'done'), sum(totals, 'total'));
      await new Promise(setImmediate);
      if (token.isCancellationRequested) return false;
      until = performance.now() + SLICE;
    }
    folder.isScanned = true;
  }
  onProgress(sum(totals, 'done'), sum(totals, 'total'));
  return true;
}

function sum(totals: ReadonlyMap<Folder, Record<'done' | 'total', number>>, which: 'done' | 'total'): number {
  return [...totals.values()].reduce((result, step) => result + step[which], 0);
}
