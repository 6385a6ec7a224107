/**
 * The calls of open documents as the last commit has them: what an edit costs is said next to them. They are looked at once
 * per file and commit, in the background, in a workspace of their own that is let go of afterwards: typing waits for
 * nothing. Without git there are none.
 */
import { headStamp, textsAtHead } from '../../files/git/head.ts';
import { repositoryTop } from '../../files/git/repository.ts';
import { isNotebook, isSourceName, nameOf } from '../../files/paths.ts';
import { readTextOrNull } from '../../files/regular-file.ts';
import type { FileAnalysis } from '../../workspace/file-state.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Updates } from '../diagnostics/updates.ts';
import type { Documents, OpenDocument } from '../documents/documents.ts';
import type { Folder } from '../folders/folder.ts';
import type { Guard } from '../guard.ts';
import { nextTurn, runSlice } from '../slices.ts';
import { changesBetween, type FileChanges, type KnownCall, knownCall } from './file-changes.ts';

/** Milliseconds without a change before git is asked: after the callers were looked for. */
const QUIET = 700;
/** Texts that code is made of, or that a program reads as a prompt. */
const TEXT = /\.(?:json|md|mdx|txt|ya?ml|toml|j2|jinja2?|hbs|mustache|prompt|liquid|njk)$/i;

export interface BaseCalls {
  /** Null while it is not known, and for a file that the last commit does not have. */
  readonly changesIn: (folder: Folder, path: string) => FileChanges | null;
  /** Documents were opened or changed, or files on the disk. */
  readonly lookSoon: () => void;
}

interface Parts {
  readonly documents: Documents;
  readonly updates: Updates;
  readonly guard: Guard;
  /** False if the user does not want it, or does not trust the folder: git may run programs that a repository names. */
  readonly mayAskGit: () => boolean;
}

/** What is known of one commit. */
interface Commit {
  readonly stamp: string;
  /** By path; null for a file that it does not have. */
  readonly files: Map<string, readonly KnownCall[] | null>;
}

export function createBaseCalls({ documents, updates, guard, mayAskGit }: Parts): BaseCalls {
  const commits = new WeakMap<Workspace, Commit>();
  const changes = new WeakMap<FileAnalysis, { readonly base: readonly KnownCall[]; readonly found: FileChanges }>();
  let timer: NodeJS.Timeout | null = null;
  /** Another one with each change: what was begun before it is begun again. */
  let turn = 0;

  const look = async (): Promise<void> => {
    timer = null;
    if (!mayAskGit()) return;
    const thisTurn = ++turn;
    const byFolder = Map.groupBy(documents.all(), ({ folder }) => folder);
    for (const [folder, open] of byFolder) {
      const top = repositoryTop(folder.root);
      if (top === null) continue;
      const workspace = folder.workspace();
      const stamp = headStamp(top);
      const isNew = commits.get(workspace)?.stamp !== stamp;
      const commit = isNew ? { stamp, files: new Map() } : (commits.get(workspace) as Commit);
      const missing = open.filter(({ path }) => !commit.files.has(path) && workspace.file(path).calls.length > 0);
      if (missing.length > 0 && !(await lookAt(missing, folder, commit, top, () => turn === thisTurn))) return;
      if (turn !== thisTurn) return;
      commits.set(workspace, commit);
      if (isNew || missing.length > 0) updates.display();
    }
  };

  return {
    changesIn: (folder, path) => {
      if (!mayAskGit()) return null;
      const workspace = folder.workspace();
      const base = commits.get(workspace)?.files.get(path) ?? null;
      if (base === null) return null;
      const analysis = workspace.file(path);
      const known = changes.get(analysis);
      if (known?.base === base) return known.found;
      const found = changesBetween(
        base,
        analysis.calls.map((call) => knownCall(call)),
      );
      changes.set(analysis, { base, found });
      return found;
    },
    lookSoon: () => {
      turn++;
      if (timer) clearTimeout(timer);
      timer = setTimeout(() => guard.runLater('the comparison with HEAD', look), QUIET);
      timer.unref();
    },
  };
}

/** Returns false if it was left because something changed. */
async function lookAt(
  missing: readonly OpenDocument[],
  folder: Folder,
  { files }: Commit,
  top: string,
  isCurrent: () => boolean,
): Promise<boolean> {
  const paths = [...new Set(missing.map(({ path }) => path))];
  const found = await textsAtHead(top, paths, isText);
  if (found === null) for (const path of paths) files.set(path, null);
  if (found === null || !isCurrent()) return isCurrent();
  // Where nothing differs from the commit, what is known is what it has.
  const isSame = found.differing.size === 0 && missing.every(isAsOnDisk);
  const workspace = isSame ? folder.workspace() : folder.openFresh(false);
  if (!isSame) for (const [path, text] of found.differing) workspace.setOverlay(path, text ?? '');
  for (const path of paths) {
    if (!found.committed.has(path)) {
      files.set(path, null);
      continue;
    }
    const steps = workspace.settle(path);
    while (!runSlice(steps)) {
      await nextTurn();
      if (!isCurrent()) return false;
    }
    files.set(
      path,
      workspace.file(path).calls.map((call) => knownCall(call)),
    );
    await nextTurn();
    if (!isCurrent()) return false;
  }
  return true;
}

export function isText(path: string): boolean {
  return isSourceName(nameOf(path)) || TEXT.test(path);
}

function isAsOnDisk({ path, document }: OpenDocument): boolean {
  return !isNotebook(path) && readTextOrNull(path) === document.getText();
}
