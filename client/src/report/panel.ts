/** The cost report: a page in an editor tab. The page only draws; the panel has the data and handles clicks. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Server } from '../server.ts';
import { fetchReport } from './data.ts';
import { fixRule } from './fix-rule.ts';
import type { FromPage, PageData, ToPage } from './messages.ts';
import { pageData } from './page-data.ts';
import { type Place, reveal } from './reveal.ts';

export interface ReportPanel extends vscode.Disposable {
  readonly open: () => void;
}

const VIEW_TYPE = 'farthing.report';

export function createReportPanel(extensionUri: vscode.Uri, server: Server): ReportPanel {
  let panel: vscode.WebviewPanel | null = null;
  let shown: PageData | null = null;

  const send = async (): Promise<void> => {
    const found = panel === null ? null : await fetchReport(server);
    if (panel === null || found === null) return;
    shown = pageData(found, vscode.env.language);
    const message: ToPage = { type: 'data', data: shown };
    await panel.webview.postMessage(message);
  };

  const show = async (place: Place | undefined): Promise<void> => {
    if (place) await reveal(place, vscode.ViewColumn.Beside);
  };

  const receive = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        return send();
      case 'scan':
        return void vscode.commands.executeCommand('farthing.scanWorkspace');
      case 'export':
        return void vscode.commands.executeCommand('farthing.exportReport');
      case 'openCall':
        return show(shown?.calls.find(({ id }) => id === message.call));
      case 'openFinding':
        return show(shown?.findings[message.finding]);
      case 'fixAll':
        return fixRule(message.rule, server);
      case 'explain':
        return void vscode.commands.executeCommand('farthing.explainRule', message.rule);
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
      // The icon of a tab keeps its own colour, unlike that of a view.
      const media = vscode.Uri.joinPath(extensionUri, 'media');
      panel.iconPath = {
        light: vscode.Uri.joinPath(media, 'coin-light.svg'),
        dark: vscode.Uri.joinPath(media, 'coin-dark.svg'),
      };
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
<title>${vscode.l10n.t('Farthing: cost report')}</title>
<link rel="stylesheet" href="${address('report.css')}">
</head>
<body><main id="report"></main><script nonce="${nonce}" src="${address('report.js')}"></script></body>
</html>`;
}
