/** Marks in the gutter at calls that are new or changed since the last commit. */
import * as vscode from 'vscode';
import type * as protocol from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

const CHANGES: typeof protocol.CHANGES = 'farthing/changes';
const KINDS: readonly protocol.ChangedCall['kind'][] = ['new', 'more', 'less', 'other'];
/** Milliseconds without a change before the server is asked. */
const QUIET = 150;

export function createGutter(extensionUri: vscode.Uri, server: Server): vscode.Disposable {
  const marks = KINDS.map((kind) => {
    const gutterIconPath = vscode.Uri.joinPath(extensionUri, 'media', 'gutter', `${kind}.svg`);
    return { kind, mark: vscode.window.createTextEditorDecorationType({ gutterIconPath, gutterIconSize: 'contain' }) };
  });
  let timer: NodeJS.Timeout | undefined;

  const update = async (editor: vscode.TextEditor): Promise<void> => {
    const { version, uri } = editor.document;
    const changes = await server.request<readonly protocol.ChangedCall[]>(CHANGES, { uri: uri.toString() });
    // An edit came in between: the next answer is on its way.
    if (editor.document.version !== version) return;
    for (const { kind, mark } of marks) {
      const places = (changes ?? []).filter((change) => change.kind === kind);
      editor.setDecorations(
        mark,
        places.map(({ range: { start } }) => new vscode.Range(start.line, 0, start.line, 0)),
      );
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const editor of vscode.window.visibleTextEditors) void update(editor);
    }, QUIET);
  };
  const listeners = [vscode.window.onDidChangeVisibleTextEditors(soon), server.onChanged(soon)];
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const part of [...listeners, ...marks.map(({ mark }) => mark)]) part.dispose();
    },
  };
}
