/** The file that a path in an import refers to, by the rules that TypeScript and bundlers share. */
import type { Files } from '../files/file-system.ts';
import { join } from '../files/paths.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'] as const;
/** The extension in an import, and the extensions it may have before the program is compiled. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.ts', '.jsx', '.js'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

/**
 * `path` with the extension that exists, or the index file of its folder; null if there is neither. `path` is absolute,
 * as written in the import (`/app/lib/models`, `/app/lib/models.js`).
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
