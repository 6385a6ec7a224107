/** The current scan, from the cache as far as nothing changed. */
import { relative } from 'node:path';
import { printableData } from '@farthing/shared/printable';
import type { Report } from '@farthing/shared/report';
import { findCodeOwners } from '../../files/code-owners.ts';
import { absolute } from '../../files/paths.ts';
import type { OwnersOf } from '../../inspect/groups.ts';
import { analyse } from '../analyse.ts';
import { relativeTo, targetOf } from '../paths.ts';
import type { ToolContext } from './tool.ts';

/** @param path absolute, inside the root. Paths of the report are relative to the root. */
export async function scanned(
  { io, root, drive, usesCache }: ToolContext,
  path: string = root,
  includesTests = false,
): Promise<Report> {
  const options = { cache: usesCache, minSaving: 1, ...(includesTests ? { includeTests: true as const } : {}) };
  const { report, configs } = await analyse(targetOf([relative(root, path) || '.'], root), options, io, null, null, {
    drive,
  });
  const problems = configs.flatMap((config) => config.problems);
  return printableData(relativeTo(root, { ...report, problems: [...problems, ...report.problems] }));
}

export function ownersIn(root: string): OwnersOf {
  const owners = findCodeOwners(absolute(root));
  return (path) => owners?.ownersOf(absolute(path, root)) ?? [];
}
