/**
 * Scanning folders while the editor is at work: a few milliseconds at a time, so that what the user types is answered
 * in between.
 */
import type { CancellationToken } from 'vscode-languageserver';
import type { Folder } from './folder.ts';

/** Milliseconds of work before others get their turn: below what a keystroke may wait for. */
const SLICE = 12;

/** Returns false where it was cancelled; what was found until then is kept. */
export async function scanFolders(
  folders: readonly Folder[],
  token: Pick<CancellationToken, 'isCancellationRequested'>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<boolean> {
  for (const folder of folders) {
    const steps = folder.session().scan();
    let until = performance.now() + SLICE;
    for (const { done, total } of steps) {
      if (performance.now() < until) continue;
      onProgress(done, total);
      await new Promise(setImmediate);
      if (token.isCancellationRequested) return false;
      until = performance.now() + SLICE;
    }
    folder.isScanned = true;
  }
  return true;
}
