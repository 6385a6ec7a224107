/** The last commit of a repository, next to what the disk has: read from git's objects, without waiting for git. */
import { statSync } from 'node:fs';
import { join } from '../paths.ts';
import { NOTEBOOK_LIMIT } from '../read.ts';
import { decode, readTextOrNull } from '../regular-file.ts';
import { BATCH_COMMAND, batchOf, blobsIn } from './blobs.ts';
import { gitFolder, sharedGitFolder } from './repository.ts';
import { askGit } from './run-git.ts';

/** Another text after each commit and each change of branch. Reads a few small files. */
export function headStamp(top: string): string {
  const [folder, shared] = [gitFolder(top), sharedGitFolder(top)];
  const head = readTextOrNull(join(folder, 'HEAD')) ?? '';
  const branch = /^ref:\s*(\S+)/.exec(head)?.[1];
  const commit = branch === undefined ? null : readTextOrNull(join(shared, branch));
  // A branch that has no file of its own is in one of these.
  const packed =
    commit === null ? ['packed-refs', 'reftable/tables.list'].map((name) => timeOf(join(shared, name))) : [];
  return [head, commit, ...packed].join('\n');
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export interface HeadTexts {
  /** By absolute path, the text of each file that differs on the disk; null for one that only the disk has. */
  readonly differing: ReadonlyMap<string, string | null>;
  /** Those of the files asked about that the last commit has. */
  readonly committed: ReadonlySet<string>;
}

/** Mode, mode, id at HEAD, id on the disk, kind of change; then the path. */
const CHANGE = /^:\d+ \d+ (\w+) \w+ (\w)/;
const DIFFERENCES = ['diff', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--ignore-submodules'];

/**
 * Null without git, or before the first commit.
 *
 * @param top of the repository
 * @param asked absolute paths in it
 * @param isWanted of the path of a file whose text matters
 */
export async function textsAtHead(
  top: string,
  asked: readonly string[],
  isWanted: (path: string) => boolean,
): Promise<HeadTexts | null> {
  const relative = asked.map((path) => path.slice(top.length).replace(/^\//, ''));
  const [raw, untracked, listed] = await Promise.all([
    askGit(top, [...DIFFERENCES, '--no-textconv', 'HEAD', '--']),
    askGit(top, ['ls-files', '--others', '--exclude-standard', '--full-name', '-z']),
    askGit(top, ['ls-tree', '-z', '--name-only', '--full-tree', 'HEAD', '--', ...relative]),
  ]);
  if (raw === null || untracked === null || listed === null) return null;
  const blobs = new Map<string, string>();
  const differing = new Map<string, string | null>();
  const fields = raw.toString().split('\0');
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, blob = '', kind] = CHANGE.exec(fields[at] ?? '') ?? [];
    const path = join(top, fields[at + 1] ?? '');
    if (!isWanted(path)) continue;
    if (kind === 'A') differing.set(path, null);
    else blobs.set(path, blob);
  }
  for (const name of namesIn(untracked)) if (isWanted(name)) differing.set(join(top, name), null);
  const output = blobs.size === 0 ? Buffer.of() : await askGit(top, BATCH_COMMAND, batchOf([...blobs.values()]));
  if (output === null) return null;
  const contents = blobsIn(output, NOTEBOOK_LIMIT);
  for (const [path, blob] of blobs) {
    const content = contents.get(blob);
    if (content !== undefined) differing.set(path, decode(content));
  }
  return { differing, committed: new Set(namesIn(listed).map((name) => join(top, name))) };
}

function namesIn(list: Buffer): readonly string[] {
  return list
    .toString()
    .split('\0')
    .filter((name) => name !== '');
}
