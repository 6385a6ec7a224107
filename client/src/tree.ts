/** The calls of the workspace in the side bar, most expensive first or by file. */
import * as vscode from 'vscode';
import { countCalls, countFindings } from './counts.ts';
import { fetchReport } from './report/data.ts';
import { revealCall } from './report/reveal.ts';
import { byCost, type CallRow, callRows, nameOf } from './report/rows.ts';
import type { Server } from './server.ts';

export interface CallTree extends vscode.Disposable {
  readonly setGrouped: (isGrouped: boolean) => void;
  readonly refresh: () => void;
}

type Node =
  | { readonly kind: 'file'; readonly path: string; readonly calls: readonly CallRow[] }
  | { readonly kind: 'call'; readonly call: CallRow };

const VIEW = 'farthing.calls';
const REVEAL = 'farthing.revealCall';

export function createCallTree(server: Server): CallTree {
  const changed = new vscode.EventEmitter<void>();
  let isGrouped = false;

  const roots = async (): Promise<Node[]> => {
    const found = await fetchReport(server);
    // The text of an empty list depends on whether the workspace has been scanned.
    void vscode.commands.executeCommand('setContext', 'farthing.isScanned', found?.isWholeWorkspace === true);
    const calls = found === null ? [] : callRows(found).toSorted(byCost);
    if (!isGrouped) return calls.map((call): Node => ({ kind: 'call', call }));
    const files = new Map<string, CallRow[]>();
    for (const call of calls) files.set(call.path, [...(files.get(call.path) ?? []), call]);
    return [...files].map(([path, own]): Node => ({ kind: 'file', path, calls: own }));
  };

  const view = vscode.window.createTreeView<Node>(VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => {
        if (node === undefined) return roots();
        return node.kind === 'file' ? node.calls.map((call): Node => ({ kind: 'call', call })) : [];
      },
      getTreeItem: (node) => (node.kind === 'file' ? fileItem(node.path, node.calls) : callItem(node.call, isGrouped)),
    },
  });
  const setGrouped = (grouped: boolean): void => {
    isGrouped = grouped;
    void vscode.commands.executeCommand('setContext', 'farthing.isGrouped', grouped);
    changed.fire();
  };
  const reveal = vscode.commands.registerCommand(REVEAL, (call: CallRow) => revealCall(call));
  const listener = server.onChanged(() => changed.fire());
  return {
    setGrouped,
    refresh: () => changed.fire(),
    dispose: () => {
      for (const part of [listener, reveal, view, changed]) part.dispose();
    },
  };
}

function fileItem(path: string, calls: readonly CallRow[]): vscode.TreeItem {
  const item = new vscode.TreeItem(path, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `file ${path}`;
  item.description = countCalls(calls.length);
  item.iconPath = vscode.ThemeIcon.File;
  const [first] = calls;
  if (first) item.resourceUri = vscode.Uri.parse(first.uri);
  return item;
}

function callItem(call: CallRow, isGrouped: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(call.name);
  item.id = `call ${call.id}`;
  // The side bar is narrow: the figure comes first, and the rest is in the tooltip.
  item.description = isGrouped ? call.brief : `${call.brief}  ${nameOf(call.path)}`;
  const findings = call.findings === 0 ? '' : countFindings(call.findings);
  item.tooltip = [call.api, call.model, call.input, call.output, call.cost, findings, call.place]
    .filter((part) => part !== '')
    .join('\n');
  item.iconPath = new vscode.ThemeIcon(call.findings > 0 ? 'lightbulb' : 'circle-outline');
  item.contextValue = 'call';
  item.command = { command: REVEAL, title: vscode.l10n.t('Go to the call'), arguments: [call] };
  return item;
}
