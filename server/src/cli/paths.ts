/** The paths of a command line: what is scanned, and what the paths of a report are relative to. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Report, ReportPosition } from '@farthing/shared/report';
import { absolute, isInside } from '../files/paths.ts';
import { describeError, isMissing } from '../files/problem.ts';
import { isUsageError, UsageError } from './exit.ts';

export interface Target {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Absolute: the only folder that was named, or else the folder that contains everything that was named. */
  readonly root: string;
}

/** @throws UsageError for a path that is neither a file nor a folder, or may not be read */
export function targetOf(names: readonly string[], cwd: string): Target {
  const paths = (names.length === 0 ? ['.'] : names).map((path) => resolve(cwd, path));
  const folders = paths.map((path, index) => (isFolder(path, names[index] ?? path) ? path : dirname(path)));
  return { paths, root: commonFolder(folders) };
}

/** A path that was named must be readable: a report on the others would look clean. */
function isFolder(path: string, name: string): boolean {
  try {
    const stats = statSync(path);
    if (!stats.isFile() && !stats.isDirectory()) throw new UsageError(`${name} is neither a file nor a folder.`);
    accessSync(path, stats.isDirectory() ? constants.R_OK | constants.X_OK : constants.R_OK);
    return stats.isDirectory();
  } catch (error) {
    if (isUsageError(error)) throw error;
    throw new UsageError(
      isMissing(error) ? `there is no file or folder ${name}.` : `${name} cannot be read: ${describeError(error)}.`,
    );
  }
}

function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...others] = folders;
  let common = first;
  const holdsAll = () => others.every((folder) => isInside(absolute(folder), absolute(common)));
  while (!holdsAll() && dirname(common) !== common) common = dirname(common);
  return common;
}

/**
 * Makes the report's paths relative to `cwd`, so that a terminal can open them and an annotation finds its file. Paths
 * outside `cwd` are not changed.
 */
export function relativeTo(cwd: string, report: Report): Report {
  const prefix = relative(cwd, report.root);
  if (prefix === '' || !isInside(absolute(report.root), absolute(cwd))) return report;
  const base = prefix.split(sep).join('/');
  const move = <T extends Pick<ReportPosition, 'path'>>(place: T): T =>
    isAbsolute(place.path) ? place : { ...place, path: `${base}/${place.path}` };
  return {
    ...report,
    root: cwd,
    calls: report.calls.map(move),
    diagnostics: report.diagnostics.map(move),
    problems: report.problems.map(move),
  };
}

/** The paths of a report as they are below `folder`, with `/`. */
export function pathsIn(folder: string, { root }: Report): (position: { readonly path: string }) => string {
  return ({ path }) => relative(folder, resolve(root, path)).split(sep).join('/');
}
