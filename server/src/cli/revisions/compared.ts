/** What a command line compares: two commits, a commit and the work tree, a patch, or two folders. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DiffRevision } from '@farthing/shared/diff-report';
import { parsePatch } from 'diff';
import { repositoryTop } from '../../files/git/repository.ts';
import { absolute } from '../../files/paths.ts';
import { describeError } from '../../files/problem.ts';
import { readRegularFile } from '../../files/regular-file.ts';
import { UsageError } from '../exit.ts';
import type { Io } from '../io.ts';
import { changesBetween, commitOf, mergeBase, type Tree, treeAt } from './commits.ts';
import { createScratchTree, type ScratchTree } from './scratch-tree.ts';

export interface Compared {
  readonly revisions: { readonly base: DiffRevision; readonly head: DiffRevision };
  readonly base: string;
  readonly head: string;
  /** Null where the revisions are two folders. */
  readonly steps: RevisionSteps | null;
  readonly problems: () => readonly string[];
  readonly remove: () => void;
}

/** Both revisions in one folder: turns it into the one or the other, and says what that changes. */
export interface RevisionSteps {
  readonly advance: () => FolderChanges;
  readonly retreat: () => FolderChanges;
}

export interface FolderChanges {
  /** Relative to the folder, as of before and after. */
  readonly written: readonly string[];
  /** Those of them that were not there. */
  readonly created: ReadonlySet<string>;
  readonly deleted: readonly string[];
  readonly renamed: ReadonlyMap<string, string>;
}

const NOTHING_TO_REMOVE = () => undefined;

/** @throws UsageError */
export function comparedBy(names: readonly string[], patch: string | null, io: Io): Compared {
  const [base, head = null] = names;
  if (patch === null && base !== undefined && head !== null && isFolder(base, io) && isFolder(head, io))
    return folders(base, head, io);
  const top = repositoryTop(absolute(io.cwd));
  if (top === null) throw new UsageError('farthing diff compares commits of a git repository, or two folders.');
  if (patch !== null) return patched(top, base ?? 'HEAD', patch, io);
  if (base === undefined) throw new UsageError('name what to compare with: farthing diff BASE, such as origin/main.');
  return commits(top, base, head);
}

function folders(base: string, head: string, io: Io): Compared {
  const named = (name: string): DiffRevision => ({ name, commit: null });
  return {
    revisions: { base: named(base), head: named(head) },
    base: resolve(io.cwd, base),
    head: resolve(io.cwd, head),
    steps: null,
    problems: () => [],
    remove: NOTHING_TO_REMOVE,
  };
}

function commits(top: string, base: string, head: string | null): Compared {
  const [named, now] = [commitOf(top, base), commitOf(top, head ?? 'HEAD')];
  const from = mergeBase(top, named, now);
  const { tree, files } = scratchAt(top, from);
  const changes = changesBetween(top, from, head === null ? null : now);
  return {
    revisions: {
      base: { name: base, commit: from },
      head: head === null ? { name: 'the working tree', commit: null } : { name: head, commit: now },
    },
    base: tree.folder,
    head: tree.folder,
    steps: {
      advance: () => {
        tree.apply(changes);
        tree.track(now);
        return { ...changes, written: [...changes.written.keys()] };
      },
      retreat: () => restore(tree, files, from, { ...changes, written: [...changes.written.keys()] }),
    },
    problems: () => problemsOf(tree),
    remove: tree.remove,
  };
}

function patched(top: string, base: string, name: string, io: Io): Compared {
  const patch = name === '-' ? io.readInput() : readPatch(resolve(io.cwd, name), name);
  const from = commitOf(top, base);
  const { tree, files } = scratchAt(top, from);
  const changes = pathsIn(patch, name);
  return {
    revisions: { base: { name: base, commit: from }, head: { name: name === '-' ? 'the patch' : name, commit: null } },
    base: tree.folder,
    head: tree.folder,
    steps: {
      advance: () => {
        if (!tree.patch(patch)) throw new UsageError(`--patch: ${name} does not apply to ${base}.`);
        return changes;
      },
      retreat: () => restore(tree, files, from, changes),
    },
    problems: () => problemsOf(tree),
    remove: tree.remove,
  };
}

function scratchAt(top: string, commit: string): { readonly tree: ScratchTree; readonly files: Tree } {
  const tree = createScratchTree(top);
  const files = treeAt(top, commit);
  tree.write(files);
  tree.track(commit);
  return { tree, files };
}

/** Takes the changes back; `files` are those of the commit. */
function restore(tree: ScratchTree, files: Tree, commit: string, changes: FolderChanges): FolderChanges {
  const paths = [...changes.written, ...changes.deleted].filter((path) => files.has(path));
  const written = new Map(
    paths.flatMap((path) => files.get(path) ?? []).map((file, at) => [paths[at] as string, file]),
  );
  const deleted = changes.written.filter((path) => !files.has(path));
  tree.apply({ written, deleted });
  tree.track(commit);
  return { written: [...written.keys()], created: new Set(changes.deleted), deleted, renamed: new Map() };
}

function problemsOf(tree: ScratchTree): readonly string[] {
  const missing = tree.missing();
  if (missing.length === 0) return [];
  const count = missing.length === 1 ? `${missing[0]} is` : `${missing.length} files are`;
  return [`${count} not in this clone, and so not compared: git fetch --refetch brings them.`];
}

function isFolder(name: string, io: Io): boolean {
  try {
    return statSync(resolve(io.cwd, name)).isDirectory();
  } catch {
    return false;
  }
}

/** Bytes. */
const MAX_PATCH = 64 * 1024 * 1024;

function readPatch(path: string, name: string): string {
  try {
    const file = readRegularFile(path, MAX_PATCH);
    if (file.kind === 'read') return file.bytes.toString();
  } catch (error) {
    throw new UsageError(`--patch: ${name} cannot be read: ${describeError(error)}.`);
  }
  throw new UsageError(`--patch: ${name} is not a regular file, or too large.`);
}

const NO_FILE = '/dev/null';

function pathsIn(patch: string, name: string): FolderChanges {
  const written = new Set<string>();
  const created = new Set<string>();
  const deleted = new Set<string>();
  const renamed = new Map<string, string>();
  const note = (before: string, now: string): void => {
    if (now !== NO_FILE) written.add(now);
    if (now !== NO_FILE && now !== before) created.add(now);
    if (before !== NO_FILE && before !== now) deleted.add(before);
    if (before !== NO_FILE && now !== NO_FILE && before !== now) renamed.set(before, now);
  };
  try {
    for (const { oldFileName = NO_FILE, newFileName = NO_FILE } of parsePatch(patch))
      note(oldFileName.replace(/^a\//, ''), newFileName.replace(/^b\//, ''));
  } catch (error) {
    throw new UsageError(`--patch: ${name} is not a unified diff, such as git diff prints: ${describeError(error)}.`);
  }
  for (const [, before = '', now = ''] of patch.matchAll(/^rename from (.+)\nrename to (.+)$/gm)) note(before, now);
  return { written: [...written], created, deleted: [...deleted], renamed };
}
