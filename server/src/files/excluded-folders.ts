/**
 * Which folders are excluded from a scan unless they are named: dependencies, build output, caches and vendored copies.
 *
 * A folder is excluded by its name alone only if a tool reserves that name (`node_modules`, `.next`). Names that are
 * also used for real sources need further evidence:
 * - `dist`, `build` and `out` are output if they are next to a project's manifest; `src/build/` and `packages/build/`
 *   are sources.
 * - `target` is output next to `Cargo.toml`, `pom.xml` or `build.sbt`; `coverage` next to a manifest.
 * - `vendor`, `third_party` and the like contain copies if they have a tool's index (`modules.txt`, `autoload.php`) or
 *   if their subfolders have their own licences.
 * - A folder of any name that contains `pyvenv.cfg` or `conda-meta` is a virtual environment.
 *
 * `.gitignore` and the configuration's `ignore` are applied before this.
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
/** By folder name: files, one of which must be next to the folder. */
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
/** Copies are recognised by the first few of them; the search stops after this many subfolders. */
const MAX_COPIES = 64;

/**
 * True if the folder `name` is excluded. `siblings` is what is next to it; `list` reads the folder or a path inside it,
 * relative to the folder (an empty path is the folder itself).
 */
export function isExcludedFolder(name: string, siblings: Listing, list: (path: string) => Listing | null): boolean {
  if (ALWAYS.has(name) || name.endsWith('.egg-info')) return true;
  const evidence = BESIDE.get(name);
  if (evidence?.some((file) => siblings.has(file))) return true;
  return VENDORED.has(name) && holdsCopies(list);
}

/** True for the listing of a virtual environment, whatever the name of its folder. */
export function isEnvironment(listing: Listing): boolean {
  return listing.has('pyvenv.cfg') || listing.has('conda-meta');
}

function holdsCopies(list: (path: string) => Listing | null): boolean {
  const entries = list('');
  if (!entries) return false;
  if (VENDOR_INDEX.some((file) => entries.has(file))) return true;
  const folders = [...entries].filter(([, kind]) => kind === 'directory').slice(0, MAX_COPIES);
  return folders.some(([folder]) => {
    const copy = list(folder);
    return copy !== null && [...copy.keys()].some((file) => LICENCE.test(file));
  });
}
