/** The source file behind an import of a package whose sources are available: a workspace package, or `#imports`. */
import { type PathConditions, type PathConditionsMap, resolveExports, resolveImports } from 'resolve-pkg-maps';
import { type Files, isRecord } from '../files/file-system.ts';
import { absolute, ancestors, join } from '../files/paths.ts';
import { findTypeScriptFile } from './typescript-files.ts';

const CONDITIONS = ['source', 'development', 'import', 'module', 'node', 'require', 'default', 'types'];
/** Names of build output folders; the same file is looked for in the sources. */
const OUTPUT = /^(?:dist|build|out|lib|esm|cjs|es|types|_build|dist-[^/]+)\//;

/** The file that `subpath` (empty, or `utils/models`) of the package in `folder` refers to; null if none is found. */
export function findPackageEntry(files: Files, folder: string, subpath: string): string | null {
  const manifest = files.readJson(join(folder, 'package.json')) ?? {};
  const targets: string[] = [];
  if (isExports(manifest.exports))
    targets.push(...tryResolve(() => resolveExports(manifest.exports as PathConditions, subpath, CONDITIONS)));
  if (subpath === '') {
    for (const field of ['source', 'module', 'main', 'types', 'typings']) {
      const value = manifest[field];
      if (typeof value === 'string') targets.push(value);
    }
  } else targets.push(subpath);
  for (const target of targets) {
    const found = findSource(files, folder, target);
    if (found !== null) return found;
  }
  const guesses =
    subpath === ''
      ? ['src/index', 'index', 'src/main', 'lib/index', 'src']
      : [`src/${subpath}`, subpath, `lib/${subpath}`];
  return firstFile(files, folder, guesses);
}

/** The file behind `#name`, according to the nearest package.json that has `imports`. */
export function findPackageImport(files: Files, from: string, specifier: string): string | null {
  for (const folder of ancestors(from)) {
    if (!files.isFile(join(folder, 'package.json'))) continue;
    const { imports } = files.readJson(join(folder, 'package.json')) ?? {};
    if (!isRecord(imports)) return null;
    const targets = tryResolve(() => resolveImports(imports as PathConditionsMap, specifier, CONDITIONS));
    for (const target of targets) {
      const found = target.startsWith('.') ? findSource(files, folder, target) : null;
      if (found !== null) return found;
    }
    return null;
  }
  return null;
}

/** A target as the manifest gives it, or else the source that a build would have made it from. */
function findSource(files: Files, folder: string, target: string): string | null {
  const relative = target.replace(/^\.\//, '');
  const bare = relative.replace(/\.d\.([mc]?)ts$/, '.$1js');
  if (!OUTPUT.test(relative)) return firstFile(files, folder, [bare]);
  let inner = bare;
  // `dist/esm/index.js`: removes one output folder after the other.
  for (let level = 0; level < 4 && OUTPUT.test(inner); level++) inner = inner.replace(OUTPUT, '');
  return firstFile(files, folder, [`src/${inner.replace(/^src\//, '')}`, inner, bare]);
}

function firstFile(files: Files, folder: string, candidates: readonly string[]): string | null {
  for (const candidate of candidates) {
    const found = findTypeScriptFile(files, absolute(candidate, folder));
    if (found !== null && !found.endsWith('.json')) return found;
  }
  return null;
}

function isExports(value: unknown): value is PathConditions {
  return typeof value === 'string' || Array.isArray(value) || isRecord(value);
}

/** Returns nothing if the manifest does not export the path, or is malformed. */
function tryResolve(resolve: () => string[]): string[] {
  try {
    return resolve();
  } catch {
    return [];
  }
}
