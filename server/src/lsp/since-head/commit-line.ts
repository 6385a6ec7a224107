/**
 * `farthing/commitLine`: what the changes since HEAD cost, for the message of a commit. Both sides are looked at afresh and
 * in the same way: what changed on the disk, what is open, and every file that is known to hold calls.
 */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { textsAtHead } from '../../files/git/head.ts';
import { repositoryTop } from '../../files/git/repository.ts';
import { isInside, isSourceName, nameOf, relativeTo } from '../../files/paths.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Documents } from '../documents/documents.ts';
import type { Folder } from '../folders/folder.ts';
import type { Folders } from '../folders/folders.ts';
import { throwIfCancelled } from '../guard.ts';
import { COMMIT_LINE, type CommitLine } from '../protocol.ts';
import { nextTurn, runSlice } from '../slices.ts';
import { uriOf } from '../uris.ts';
import { isText } from './base-calls.ts';
import { commitWords } from './change-words.ts';
import { changesBetween, type KnownCall, knownCall } from './file-changes.ts';

interface Parts {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly documents: Documents;
  readonly mayAskGit: () => boolean;
}

export function answerCommitLine({ connection, folders, documents, mayAskGit }: Parts): void {
  connection.onRequest(COMMIT_LINE, async (_parameters: unknown, token): Promise<readonly CommitLine[]> => {
    const lines: CommitLine[] = [];
    for (const folder of mayAskGit() ? folders.opened() : []) {
      const top = repositoryTop(folder.root);
      if (top !== null) lines.push({ rootUri: uriOf(folder.root), line: await lineOf(folder, top, documents, token) });
    }
    return lines;
  });
}

async function lineOf(
  folder: Folder,
  top: string,
  documents: Documents,
  token: CancellationToken,
): Promise<string | null> {
  const texts = await textsAtHead(top, [], isText);
  if (texts === null) return null;
  const open = [...documents.all()].map(({ path }) => path);
  const paths = [...new Set([...texts.differing.keys(), ...folder.workspace().found(), ...open])].filter(
    (path) => isInside(path, folder.root) && isSourceName(nameOf(path)),
  );
  const base = folder.openFresh(false);
  for (const [path, text] of texts.differing) base.setOverlay(path, text ?? '');
  const before = await callsIn(paths, base, token);
  const now = await callsIn(paths, folder.openFresh(true), token);
  return commitWords(changesBetween(before, now));
}

async function callsIn(
  paths: readonly string[],
  workspace: Workspace,
  token: CancellationToken,
): Promise<readonly KnownCall[]> {
  const found: KnownCall[] = [];
  for (const path of paths) {
    const steps = workspace.settle(path);
    while (!runSlice(steps)) await nextTurn();
    throwIfCancelled(token);
    const calls = workspace.file(path).calls.filter(({ isTest }) => !isTest);
    found.push(...calls.map((call) => knownCall(call, relativeTo(path, workspace.root))));
    await nextTurn();
  }
  return found;
}
