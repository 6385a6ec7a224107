/** The cost report: a page in an editor tab. The page only draws; the panel has the data and handles clicks. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { fetchReport } from './data.ts';
import type { FromPage, ToPage } from './messages.ts';
import { pageData } from './page-data.ts';
import { revealCall } from './reveal.ts';
import { type CallRow, callRows } from './rows.ts';

export interface ReportPanel extends vscode.Disposable {
  readonly open: () => void;
}

const VIEW_TYPE = 'farthing.report';

export function createReportPanel(extensionUri: vscode.Uri, server: Server): ReportPanel {
  let panel: vscode.WebviewPanel | null = null;
  let rows: readonly CallRow[] = [];

  const send = async (): Promise<void> => {
    const found = panel === null ? null : await fetchReport(server);
    if (panel === null || found === null) return;
    rows = callRows(found);
    const message: ToPage = { type: 'data', data: pageData(found, vscode.env.language) };
    await panel.webview.postMessage(message);
  };

  const receive = async (message: FromPage): Promise<void> => {
    if (message.type === 'ready') await send();
    if (message.type === 'scan') await vscode.commands.executeCommand('farthing.scanWorkspace');
    if (message.type === 'open') {
      const row = rows.find(({ id }) => id === message.call);
      if (row) await revealCall(row, vscode.ViewColumn.Beside);
    }
  };

  const listener = server.onChanged(() => void send());
  return {
    open: () => {
      if (panel) {
        panel.reveal();
        return;
      }
      const files = vscode.Uri.joinPath(extensionUri, 'client', 'dist');
      panel = vscode.window.createWebviewPanel(
        VIEW_TYPE,
        vscode.l10n.t('Farthing: cost report'),
        vscode.ViewColumn.Active,
        {
          enableScripts: true,
          localResourceRoots: [files],
          enableFindWidget: true,
        },
      );
      panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'coin.svg');
      panel.onDidDispose(() => {
        panel = null;
      });
      panel.webview.onDidReceiveMessage(receive);
      panel.webview.html = pageOf(panel.webview, files);
    },
    dispose: () => {
      listener.dispose();
      panel?.dispose();
    },
  };
}

/** The page loads its own two files and nothing else: no inline code or style, nothing from the network. */
function pageOf(webview: vscode.Webview, files: vscode.Uri): string {
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource};`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${address('report.css')}">
</head>
<body><main id="report"></main><script nonce="${nonce}" src="${address('report.js')}"></script></body>
</html>`;
}
