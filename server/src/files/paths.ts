/** Paths as the engine holds them: absolute, with forward slashes. */
import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';

const SOURCE_FILE = /\.(?:[mc]?[jt]sx?|py|ipynb)$/;
/** Declarations contain no calls; minified files and package-manager runtimes are generated. */
const NEVER_SOURCE = /(?:\.d\.(?:[^./]+\.)?[mc]?ts|[.-]min\.[mc]?js|\.bundle\.[mc]?js)$|^\.pnp\.(?:c?js|loader\.mjs)$/;

/** True for the name of a file in which people write calls: TypeScript, JavaScript, Python or a notebook. */
export function isSourceName(name: string): boolean {
  return SOURCE_FILE.test(name) && !NEVER_SOURCE.test(name);
}

/** True for any file that a frontend can read, including those that are excluded unless named (`x.min.js`). */
export function isReadableName(name: string): boolean {
  return SOURCE_FILE.test(name);
}

export function isNotebook(path: string): boolean {
  return path.endsWith('.ipynb');
}

export function toPosix(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

/** The absolute path with forward slashes, without `.`, `..` or a trailing slash. */
export function absolute(path: string, base: string = process.cwd()): string {
  return toPosix(resolve(base, path));
}

/** The folder that contains `path`; the root of a file system is its own folder. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  if (cut < 0) return path;
  const folder = path.slice(0, cut);
  return folder === '' || folder.endsWith(':') ? `${folder}/` : folder;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `folder` and `name` as one path; `folder` may be the root of a file system. */
export function join(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** The line of a `.gitignore` that stands for this one file or folder; `path` is relative. */
export function globOf(path: string): string {
  return `/${path.replace(/[\\*?[\]!#]/g, '\\$&').replace(/ $/, '\\ ')}`;
}

/** True if `path` is `folder` or inside it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` relative to `folder`, or unchanged if it is outside. */
export function relativeTo(path: string, folder: string): string {
  return path !== folder && isInside(path, folder)
    ? path.slice(folder.endsWith('/') ? folder.length : folder.length + 1)
    : path;
}

/** The folders from `start` up to the root of the file system, `start` first. */
export function* ancestors(start: string): Generator<string> {
  let folder = start;
  // Paths have at most 4,096 bytes on the systems that Node supports, so this many levels cover all of them.
  for (let level = 0; level < 2_048; level++) {
    yield folder;
    const parent = folderOf(folder);
    if (parent === folder) return;
    folder = parent;
  }
}

/** True for the user's home and for the root of a file system: their contents are not one project. */
export function isBeyondProjects(folder: string): boolean {
  return folder === toPosix(homedir()) || folder === folderOf(folder);
}

/** Orders by UTF-16 unit, so the result is the same on every machine and in every locale. */
export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
