/** Whether outputs are up to date: a hash over the paths, sizes and times of everything that they are made from. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `sources` are files or folders under `root`; tests and build output below them do not count. */
export function stampOf(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) addTo(hash, join(root, source));
  return hash.digest('hex');
}

export function isUpToDate(stampFile: string, stamp: string, outputs: readonly string[]): boolean {
  return (
    existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && outputs.every((path) => existsSync(path))
  );
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (status.isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      if (name !== 'dist' && name !== 'node_modules' && !name.endsWith('.test.ts')) addTo(hash, join(path, name));
    }
  } else hash.update(`${path}\0${status.size}\0${status.mtimeMs}\n`);
}
