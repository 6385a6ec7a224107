/** Which commits a command line means, and what lies between them. */

import { sep } from 'node:path';
import { runGit } from '../../files/git/run-git.ts';
import { UsageError } from '../exit.ts';

export interface TreeFile {
  /** The id of its content; null for a file that only the work tree has. */
  readonly blob: string | null;
}

/** By path, relative to the top of the repository. Links and submodules are left out: a scan does not follow them. */
export type Tree = ReadonlyMap<string, TreeFile>;

export interface TreeChanges {
  /** New contents, by path. */
  readonly written: Tree;
  /** Those of them that were not there. */
  readonly created: ReadonlySet<string>;
  readonly deleted: readonly string[];
  /** The new path of each file that was renamed, by its old one. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** @throws UsageError if there is no such commit */
export function commitOf(top: string, ref: string): string {
  const commit = runGit(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const id = commit?.toString().trim();
  if (id) return id;
  throw new UsageError(
    `there is no commit "${ref}" here. In CI, check out the whole history (fetch-depth: 0). Nothing was compared.`,
  );
}

/** What the other branch did since this one left it is no change of this one. */
export function mergeBase(top: string, base: string, head: string): string {
  return runGit(top, ['merge-base', base, head])?.toString().trim() || base;
}

/** Modes of regular files. */
const REGULAR = /^100/;

/** @throws UsageError if git cannot read it */
export function treeAt(top: string, commit: string): Tree {
  const listing = runGit(top, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (listing === null) throw new UsageError(`git cannot list the files of ${commit}.`);
  const entries = listing
    .toString()
    .split('\0')
    .flatMap((line): [string, TreeFile][] => {
      const [, mode = '', blob = '', path = ''] = /^(\d+) blob (\w+)\t(.+)$/s.exec(line) ?? [];
      return REGULAR.test(mode) && isSafe(path) ? [[path, { blob }]] : [];
    });
  return new Map(entries);
}

/** @param head null for the work tree, with what git does not track or ignore */
export function changesBetween(top: string, base: string, head: string | null): TreeChanges {
  const common = ['-z', '--raw', '--no-abbrev', '--find-renames', '--ignore-submodules'];
  const args =
    head === null
      ? ['diff', '--no-ext-diff', '--no-textconv', '--no-relative', ...common, base, '--']
      : ['diff-tree', '-r', ...common, base, head, '--'];
  const raw = runGit(top, args);
  const untracked =
    head === null ? runGit(top, ['ls-files', '--others', '--exclude-standard', '--full-name', '-z']) : Buffer.of();
  if (raw === null || untracked === null) throw new UsageError('git cannot compare the two revisions.');
  const changes = readRaw(raw.toString(), head === null);
  for (const path of untracked.toString().split('\0')) {
    if (!isSafe(path)) continue;
    changes.written.set(path, { blob: null });
    changes.created.add(path);
  }
  return changes;
}

interface EditableChanges extends TreeChanges {
  readonly written: Map<string, TreeFile>;
  readonly created: Set<string>;
}

/** `:100644 100644 <old> <new> M NUL path NUL`; a rename has two paths. */
function readRaw(raw: string, isWorkTree: boolean): EditableChanges {
  const written = new Map<string, TreeFile>();
  const created = new Set<string>();
  const deleted: string[] = [];
  const renamed = new Map<string, string>();
  const fields = raw.split('\0');
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , mode = '', , blob = '', status = ''] = /^:(\d+) (\d+) (\w+) (\w+) (\w)/.exec(fields[at++] ?? '') ?? [];
    const path = fields[at++] ?? '';
    const isMoved = status === 'R' || status === 'C';
    const now = isMoved ? (fields[at++] ?? '') : path;
    if (status === 'R') {
      deleted.push(path);
      renamed.set(path, now);
    }
    if (!isSafe(now)) continue;
    if (status !== 'M') created.add(now);
    if (REGULAR.test(mode)) written.set(now, { blob: isWorkTree ? null : blob });
    else deleted.push(now);
  }
  return { written, created, deleted, renamed };
}

/** With a colon, Windows names another drive, or a stream of a file. */
const UNSAFE = sep === '\\' ? /[\\:]/ : /\\/;

/** False for names with which a crafted tree would lead out of the folder that it is written to, or into git's own. */
function isSafe(path: string): boolean {
  return path !== '' && path.split('/').every((part) => !/^(?:|\.|\.\.|\.git)$/i.test(part) && !UNSAFE.test(part));
}
