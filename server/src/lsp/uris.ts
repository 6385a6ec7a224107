/** Converts between the addresses of documents and the engine's paths. */
import { URI } from 'vscode-uri';
import { absolute, isNotebook, isReadableName, nameOf, toPosix } from '../files/paths.ts';

/** The assumed folder of documents without a file, if no folder is open. */
const NOWHERE = '/';
const EXTENSIONS: Readonly<Record<string, string>> = {
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
  python: '.py',
};

/** Absolute POSIX path; null for an address that is not a file. */
export function pathOf(uri: string): string | null {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? absolute(toPosix(parsed.fsPath)) : null;
}

export function uriOf(path: string): string {
  return URI.file(path).toString();
}

/**
 * The path under which a document is analysed. The file name decides, as in a scan; an unsaved document gets a name in
 * `folder` according to its language. Null for documents that are not analysed.
 */
export function analysedPathOf(uri: string, languageId: string, folder: string | null): string | null {
  const { scheme, path } = URI.parse(uri);
  if (scheme === 'untitled') {
    const extension = EXTENSIONS[languageId];
    return extension === undefined ? null : absolute(`${nameOf(path)}${extension}`, folder ?? NOWHERE);
  }
  const file = pathOf(uri);
  return file !== null && isReadableName(file) && !isNotebook(file) ? file : null;
}

/** Texts that programs read as prompts or as templates. Data and code have other readers. */
const PROMPT_FILE = /\.(?:md|mdx|txt|prompt|j2|jinja2?|hbs|mustache|liquid|njk)$/i;

/** Absolute POSIX path; null for a document that is no prompt file. */
export function promptPathOf(uri: string): string | null {
  const path = pathOf(uri);
  return path !== null && PROMPT_FILE.test(path) ? path : null;
}
