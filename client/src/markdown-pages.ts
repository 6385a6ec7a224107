/** Pages that the server writes (rules, breakdowns), shown in the built-in preview of Markdown. */
import * as vscode from 'vscode';
import type { Server } from './server.ts';

export interface MarkdownPages extends vscode.Disposable {
  /**
   * Opens the page, or brings it to the front with its new text. `name` is the tab's title. `renew`, if given, is asked for
   * the text again whenever results change; null leaves the page as it is.
   */
  readonly show: (name: string, markdown: string, renew?: () => Promise<string | null>) => Promise<void>;
}

interface MarkdownPage {
  readonly markdown: string;
  readonly renew: (() => Promise<string | null>) | null;
}

const SCHEME = 'farthing';

export function createMarkdownPages({ onChanged }: Pick<Server, 'onChanged'>): MarkdownPages {
  const pages = new Map<string, MarkdownPage>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => pages.get(uri.path)?.markdown ?? '',
  });

  const set = (uri: vscode.Uri, page: MarkdownPage): void => {
    const hasNews = pages.get(uri.path)?.markdown !== page.markdown;
    pages.set(uri.path, page);
    if (hasNews) changed.fire(uri);
  };
  const renewOpen = async (): Promise<void> => {
    for (const { uri } of vscode.workspace.textDocuments) {
      const page = uri.scheme === SCHEME ? pages.get(uri.path) : undefined;
      const markdown = (await page?.renew?.()) ?? null;
      // Another one may have been shown under this name meanwhile.
      if (page && markdown !== null && pages.get(uri.path) === page) set(uri, { ...page, markdown });
    }
  };
  const listener = onChanged(() => void renewOpen());

  return {
    show: async (name, markdown, renew) => {
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name.replaceAll('/', ' ')}.md` });
      set(uri, { markdown, renew: renew ?? null });
      await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
    },
    dispose: () => {
      for (const part of [listener, provider, changed]) part.dispose();
    },
  };
}
