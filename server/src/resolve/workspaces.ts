/** The packages of a workspace (npm, yarn, bun, pnpm), by name. */
import { isExcludedFolder } from '../files/excluded-folders.ts';
import type { Files } from '../files/file-system.ts';
import { ancestors, join, nameOf, relativeTo } from '../files/paths.ts';
import { alternativesOf, matchesPath, matchesStep, stepsOf } from './globs.ts';
import { pnpmPackages } from './pnpm-workspace.ts';

/** Package name -> absolute folder. */
export type Packages = ReadonlyMap<string, string>;

/** `packages/**` is followed this deep; packages of real workspaces are nearer. */
const MAX_DEPTH = 6;
const MAX_FOLDERS = 20_000;
const MAX_GLOBS = 1_000;
const MAX_EXCLUSIONS = 50;
const NO_PACKAGES: Packages = new Map();

/** Finds the packages of the workspaces that contain a folder, innermost workspace first; each is expanded once. */
export function createWorkspaces(files: Files): (folder: string) => readonly Packages[] {
  const byFolder = new Map<string, readonly Packages[]>();
  const expanded = new Map<string, Packages>();

  const at = (root: string): Packages => {
    const known = expanded.get(root);
    if (known) return known;
    const patterns = workspacePatterns(files, root);
    const packages = patterns.length ? expand(files, root, patterns) : NO_PACKAGES;
    expanded.set(root, packages);
    return packages;
  };

  const of = (folder: string): readonly Packages[] => {
    const known = byFolder.get(folder);
    if (known) return known;
    const found = [...ancestors(folder)].map(at).filter((packages) => packages.size > 0);
    byFolder.set(folder, found);
    return found;
  };
  return of;
}

/** The globs of a workspace's packages; none if `root` is not a workspace. */
function workspacePatterns(files: Files, root: string): readonly string[] {
  if (!files.isFile(join(root, 'package.json'))) return [];
  const { workspaces } = files.readJson(join(root, 'package.json')) ?? {};
  const listed =
    typeof workspaces === 'object' && workspaces !== null && 'packages' in workspaces
      ? workspaces.packages
      : workspaces;
  const patterns = Array.isArray(listed) ? listed.filter((pattern) => typeof pattern === 'string') : [];
  const pnpm = files.readText(join(root, 'pnpm-workspace.yaml'));
  return pnpm === null ? patterns : [...patterns, ...pnpmPackages(pnpm)];
}

function expand(files: Files, root: string, patterns: readonly string[]): Packages {
  const included = new Set<string>();
  const left = { folders: MAX_FOLDERS };
  const globs = patterns.slice(0, MAX_GLOBS).flatMap(alternativesOf);
  const exclusions = globs.filter((glob) => glob.startsWith('!')).slice(0, MAX_EXCLUSIONS);
  const excluded = exclusions.map((glob) => stepsOf(glob.slice(1)));
  for (const glob of globs) {
    if (!glob.startsWith('!')) collect(files, root, stepsOf(glob), MAX_DEPTH, included, left);
  }
  const packages = new Map<string, string>();
  for (const folder of included) {
    const steps = stepsOf(relativeTo(folder, root));
    if (folder !== root && excluded.some((glob) => matchesPath(steps, glob))) continue;
    const name = files.readJson(join(folder, 'package.json'))?.name;
    if (typeof name === 'string' && !packages.has(name)) packages.set(name, folder);
  }
  return packages;
}

function collect(
  files: Files,
  folder: string,
  parts: readonly string[],
  depth: number,
  found: Set<string>,
  left: { folders: number },
): void {
  if (left.folders-- <= 0) return;
  const [part, ...rest] = parts;
  if (part === undefined) {
    if (files.isFile(join(folder, 'package.json'))) found.add(folder);
    return;
  }
  if (part === '**') {
    collect(files, folder, rest, depth, found, left);
    if (depth > 0) for (const inner of folders(files, folder)) collect(files, inner, parts, depth - 1, found, left);
    return;
  }
  if (!part.includes('*')) {
    if (files.isDirectory(join(folder, part))) collect(files, join(folder, part), rest, depth, found, left);
    return;
  }
  for (const inner of folders(files, folder)) {
    if (matchesStep(nameOf(inner), part)) collect(files, inner, rest, depth, found, left);
  }
}

function folders(files: Files, folder: string): readonly string[] {
  const listing = files.list(folder);
  if (!listing) return [];
  return [...listing]
    .filter(([name, kind]) => kind === 'directory' && !isExcludedFolder(name, listing, () => null))
    .map(([name]) => join(folder, name));
}
