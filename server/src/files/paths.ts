/** Paths as the engine holds them: absolute, with forward slashes. */
import { homedir } from 'node:os';
import { resolve, sep } from 'node:path';

const SOURCE_FILE = /\.(?:[mc]?[jt]sx?|py|ipynb)$/;
/** Declarations hold no calls; minified files and package-manager runtimes are made by a program. */
const NEVER_SOURCE = /(?:\.d\.(?:[^./]+\.)?[mc]?ts|[.-]min\.[mc]?js|\.bundle\.[mc]?js)$|^\.pnp\.(?:c?js|loader\.mjs)$/;

/** True for the name of a file that a person writes calls in: TypeScript, JavaScript, Python or a notebook. */
export function isSourceName(name: string): boolean {
  return SOURCE_FILE.test(name) && !NEVER_SOURCE.test(name);
}

/** True for any file that a frontend reads, also one that is left out unless it is named (`x.min.js`). */
export function isReadableName(name: string): boolean {
  return SOURCE_FILE.test(name);
}

export function isNotebook(path: string): boolean {
  return path.endsWith('.ipynb');
}

export function toPosix(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

/** The absolute path with forward slashes and without `.`, `..` or a slash at its end. */
export function absolute(path: string, base: string = process.cwd()): string {
  return toPosix(resolve(base, path));
}

/** The folder that holds `path`; a file system's root is its own folder. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  if (cut < 0) return path;
  const folder = path.slice(0, cut);
  return folder === '' || folder.endsWith(':') ? `${folder}/` : folder;
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `folder` and `name` as one path; `folder` may be a file system's root. */
export function join(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** True where `path` is `folder` or lies in it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** `path` relative to `folder`, or unchanged where it lies outside. */
export function relativeTo(path: string, folder: string): string {
  return path !== folder && isInside(path, folder)
    ? path.slice(folder.endsWith('/') ? folder.length : folder.length + 1)
    : path;
}

/** The folders from `start` upwards to the file system's root, `start` first. */
export function* ancestors(start: string): Generator<string> {
  let folder = start;
  // Paths are at most 4,096 bytes on the systems that Node runs on, so this many levels cover all of them.
  for (let level = 0; level < 2_048; level++) {
    yield folder;
    const parent = folderOf(folder);
    if (parent === folder) return;
    folder = parent;
  }
}

/** True for the user's home and for a file system's root: whatever they hold, it is not one project. */
export function isBeyondProjects(folder: string): boolean {
  return folder === toPosix(homedir()) || folder === folderOf(folder);
}

/** Orders by UTF-16 unit: the same on every machine and locale. */
export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
