/** Pages that the server writes (rules, breakdowns), shown in the built-in preview of Markdown. */
import * as vscode from 'vscode';

export interface MarkdownPages extends vscode.Disposable {
  /** Opens the page, or brings it to the front with its new text. `name` is the tab's title. */
  readonly show: (name: string, markdown: string) => Promise<void>;
}

const SCHEME = 'farthing';

export function createMarkdownPages(): MarkdownPages {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path) ?? '',
  });
  return {
    show: async (name, markdown) => {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name.replaceAll('/', ' ')}.md` });
      texts.set(uri.path, markdown);
      changed.fire(uri);
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    },
    dispose: () => {
      provider.dispose();
      changed.dispose();
    },
  };
}
