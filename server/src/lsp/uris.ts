/** Between the addresses of documents and the engine's paths. */
import { URI } from 'vscode-uri';
import { absolute, toPosix } from '../engine/paths.ts';

/** The folder in which documents that have no file yet are taken to lie, where no folder is open. */
const NOWHERE = '/';
const EXTENSIONS: Readonly<Record<string, string>> = {
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  python: '.py',
};

/** Absolute POSIX path; null for an address that is not a file's. */
export function pathOf(uri: string): string | null {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? absolute(toPosix(parsed.fsPath)) : null;
}

export function uriOf(path: string): string {
  return URI.file(path).toString();
}

/**
 * The path under which a document is analysed; one that was never saved gets a name of its own in `folder`. Null for
 * languages and addresses that are not analysed.
 */
export function analysedPathOf(uri: string, languageId: string, folder: string | null): string | null {
  const extension = EXTENSIONS[languageId];
  if (extension === undefined) return null;
  const { scheme, path } = URI.parse(uri);
  if (scheme === 'untitled') return absolute(`${path.replace(/^.*\//, '')}${extension}`, folder ?? NOWHERE);
  return pathOf(uri);
}
