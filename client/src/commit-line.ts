/** Writes what the changes since the last commit cost into the message of the next one. */
import * as vscode from 'vscode';
import type * as protocol from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

const COMMIT_LINE: typeof protocol.COMMIT_LINE = 'farthing/commitLine';

/** What is used here of the interface of VS Code's own git extension. */
interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
}
interface GitExtension {
  readonly getAPI: (version: 1) => { readonly getRepository: (uri: vscode.Uri) => Repository | null };
}

export async function addCommitLine(server: Server): Promise<void> {
  const { t } = vscode.l10n;
  const title = t('Farthing: comparing with HEAD');
  const lines = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.SourceControl, title },
    (_progress, token) => server.request<readonly protocol.CommitLine[]>(COMMIT_LINE, null, token),
  );
  const changed = (lines ?? []).flatMap(({ rootUri, line }) => (line === null ? [] : [{ rootUri, line }]));
  if (changed.length === 0) {
    void vscode.window.showInformationMessage(t('Farthing: no LLM call has changed since HEAD.'));
    return;
  }
  for (const { rootUri, line } of changed) {
    const repository = await repositoryAt(vscode.Uri.parse(rootUri, true));
    if (repository === null) {
      await vscode.env.clipboard.writeText(line);
      void vscode.window.showInformationMessage(t('Farthing: copied "{0}".', line));
      continue;
    }
    const message = repository.inputBox.value.trimEnd();
    if (!message.includes(line)) repository.inputBox.value = message === '' ? line : `${message}\n\n${line}`;
    await vscode.commands.executeCommand('workbench.view.scm');
  }
}

/** Null without the git extension, or where it has not opened the repository. */
async function repositoryAt(folder: vscode.Uri): Promise<Repository | null> {
  try {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    return git?.getAPI(1).getRepository(folder) ?? null;
  } catch {
    // It is switched off by `git.enabled`.
    return null;
  }
}
