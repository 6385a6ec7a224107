/** The file that a path in an import stands for, by the rules that TypeScript and bundlers share. */
import type { Files } from '../files/file-system.ts';
import { join } from '../files/paths.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'] as const;
/** What an import says, and what it stands for before the program is compiled. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.ts', '.jsx', '.js'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

/**
 * `path` with the extension that exists, or its folder's index file; null where there is neither. `path` is absolute, as
 * the import says it (`/app/lib/models`, `/app/lib/models.js`).
 */
export function findTypeScriptFile(files: Files, path: string): string | null {
  const direct = findAsFile(files, path);
  if (direct !== null) return direct;
  return files.isDirectory(path) ? findAsFile(files, join(path, 'index')) : null;
}

function findAsFile(files: Files, path: string): string | null {
  const written = /\.[mc]?jsx?$/.exec(path)?.[0];
  if (written !== undefined) {
    const stem = path.slice(0, -written.length);
    for (const extension of WRITTEN_AS[written] ?? []) {
      if (files.isFile(stem + extension)) return stem + extension;
    }
  }
  for (const extension of EXTENSIONS) {
    if (files.isFile(path + extension)) return path + extension;
  }
  return files.isFile(path) ? path : null;
}
