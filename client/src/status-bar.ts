/** The active file in one line: the cost of its calls, and the number of its findings. */
import * as vscode from 'vscode';
import type * as protocol from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

const SUMMARY: typeof protocol.SUMMARY = 'farthing/summary';
/** Milliseconds without a change before the server is asked. */
const QUIET = 150;

export function createStatusBar(server: Server): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('farthing.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Farthing';
  item.command = 'farthing.openReport';
  let timer: NodeJS.Timeout | undefined;
  let latestRequest = 0;

  const update = async (): Promise<void> => {
    const request = ++latestRequest;
    const uri = activeUri();
    const summary = uri === null ? null : await server.request<protocol.Summary>(SUMMARY, { uri });
    // The user has moved on while the server was working.
    if (request !== latestRequest) return;
    if (summary === null || (summary.calls === 0 && summary.findings === 0)) {
      item.hide();
      return;
    }
    const findings = summary.findings === 0 ? '' : `  $(lightbulb) ${summary.findings}`;
    // What the edit costs says what the calls cost now as well.
    const cost = summary.change ?? summary.cost ?? vscode.l10n.t('no LLM call');
    item.text = `$(credit-card) ${cost}${findings}`;
    item.tooltip = new vscode.MarkdownString(summary.details);
    item.accessibilityInformation = { label: `Farthing: ${cost}. ${summary.details}` };
    item.show();
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(update, QUIET);
  };
  const listeners = [
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.window.onDidChangeActiveNotebookEditor(soon),
    server.onChanged(soon),
  ];
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const listener of [...listeners, item]) listener.dispose();
    },
  };
}

function activeUri(): string | null {
  const document = vscode.window.activeTextEditor?.document;
  return document === undefined ? null : document.uri.toString();
}
