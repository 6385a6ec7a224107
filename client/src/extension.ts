/** The VS Code extension: starts the language server and shows what the protocol cannot express. */
import * as vscode from 'vscode';
import { registerCommands } from './commands.ts';
import { registerCostTool } from './cost-tool.ts';
import { createFindingsTree } from './findings-tree.ts';
import { createGutter } from './gutter.ts';
import { createMarkdownPages } from './markdown-pages.ts';
import { createReportPanel } from './report/panel.ts';
import { createScanOffer } from './scan-offer.ts';
import { createServer } from './server.ts';
import { createStatusBar } from './status-bar.ts';
import { createCallTree } from './tree.ts';
import { createTreeFilter } from './tree-filter.ts';

let stop: (() => Promise<void>) | null = null;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Farthing', { log: true });
  const server = createServer(context, log);
  const pages = createMarkdownPages(server);
  const report = createReportPanel(context.extensionUri, server);
  const filter = createTreeFilter();
  const offer = createScanOffer(server, context.workspaceState);
  const tree = createCallTree(server, filter, offer);
  context.subscriptions.push(log, server, pages, report, tree, createStatusBar(server));
  context.subscriptions.push(createGutter(context.extensionUri, server), registerCostTool(server));
  context.subscriptions.push(filter, offer, createFindingsTree(server, filter));
  context.subscriptions.push(...registerCommands({ server, pages, report, tree, filter, log }));
  stop = server.stop;
  await server.start();
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
