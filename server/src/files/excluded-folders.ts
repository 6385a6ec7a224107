/**
 * Which folders are left out of a scan unless they are named: dependencies, build output, caches and vendored copies.
 *
 * A folder is left out by its name alone only where the name is a tool's own (`node_modules`, `.next`). Names that people
 * also give to real sources need evidence beside them or in them:
 * - `dist`, `build`, `out` are output where they stand beside a project's manifest; `src/build/` and `packages/build/` are
 *   sources.
 * - `target` is output beside `Cargo.toml`, `pom.xml` or `build.sbt`; `coverage` beside a manifest.
 * - `vendor`, `third_party` and the like hold copies where a tool's index stands in them (`modules.txt`, `autoload.php`)
 *   or where what they hold carries a licence of its own.
 * - A folder of any name with `pyvenv.cfg` or `conda-meta` in it is a virtual environment.
 *
 * `.gitignore` and the configuration's `ignore` decide before this.
 */
import type { Listing } from './listing.ts';

const ALWAYS = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'site-packages',
  '__pycache__',
  '__pypackages__',
  'venv',
  '_build',
  'cdk.out',
  '.git',
  '.hg',
  '.svn',
  '.jj',
  '.venv',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.ipynb_checkpoints',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.docusaurus',
  '.astro',
  '.turbo',
  '.nx',
  '.vercel',
  '.netlify',
  '.serverless',
  '.aws-sam',
  '.terraform',
  '.cache',
  '.parcel-cache',
  '.yarn',
  '.pnpm-store',
  '.gradle',
  '.farthing',
]);

const MANIFEST = [
  'package.json',
  'tsconfig.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'Cargo.toml',
  'build.gradle',
];
/** By folder name: the files of which one must stand beside the folder. */
const BESIDE = new Map<string, readonly string[]>([
  ['dist', MANIFEST],
  ['build', [...MANIFEST, 'conf.py', 'build.gradle.kts', 'CMakeLists.txt']],
  ['out', MANIFEST],
  ['coverage', MANIFEST],
  ['target', ['Cargo.toml', 'pom.xml', 'build.sbt']],
  ['site', ['mkdocs.yml', 'mkdocs.yaml']],
]);

const VENDORED = new Set(['vendor', 'vendored', '_vendor', 'third_party', 'third-party', 'thirdparty']);
const VENDOR_INDEX = ['modules.txt', 'autoload.php', 'vendor.txt', 'bundle'];
const LICENCE = /^(?:un)?(?:licen[cs]e|copying|notice)\b/i;
/** Copies are told by the first of them; a folder with more sources than this is not searched to its end. */
const MAX_COPIES = 64;

/**
 * True where the folder `name` is left out. `siblings` is what stands beside it; `list` reads the folder itself and what
 * it holds, by path relative to it (the empty path is the folder).
 */
export function isExcludedFolder(name: string, siblings: Listing, list: (path: string) => Listing | null): boolean {
  if (ALWAYS.has(name) || name.endsWith('.egg-info')) return true;
  const evidence = BESIDE.get(name);
  if (evidence?.some((file) => siblings.has(file))) return true;
  return VENDORED.has(name) && holdsCopies(list);
}

/** True for the listing of a virtual environment, whatever its folder is called. */
export function isEnvironment(listing: Listing): boolean {
  return listing.has('pyvenv.cfg') || listing.has('conda-meta');
}

function holdsCopies(list: (path: string) => Listing | null): boolean {
  const own = list('');
  if (!own) return false;
  if (VENDOR_INDEX.some((file) => own.has(file))) return true;
  const folders = [...own].filter(([, kind]) => kind === 'directory').slice(0, MAX_COPIES);
  return folders.some(([folder]) => {
    const copy = list(folder);
    return copy !== null && [...copy.keys()].some((file) => LICENCE.test(file));
  });
}
