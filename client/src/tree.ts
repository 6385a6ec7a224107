/**
 * The calls of the workspace in the side bar, by file, or the most expensive first: then calls of one function of the
 * project stand together, at the place of the most expensive.
 */
import * as vscode from 'vscode';
import { countCalls, countFindings } from './counts.ts';
import { fetchReport } from './report/data.ts';
import { reveal as revealPlace } from './report/reveal.ts';
import { byCost, type CallRow, callRows, nameOf } from './report/rows.ts';
import type { ScanOffer } from './scan-offer.ts';
import type { Server } from './server.ts';
import type { TreeFilter } from './tree-filter.ts';

export interface CallTree extends vscode.Disposable {
  readonly setGrouped: (isGrouped: boolean) => void;
  readonly refresh: () => void;
}

type Node =
  | { readonly kind: 'file' | 'wrapper'; readonly name: string; readonly calls: readonly CallRow[] }
  | { readonly kind: 'call'; readonly call: CallRow }
  | { readonly kind: 'scan' };

const VIEW = 'farthing.calls';
const REVEAL = 'farthing.revealCall';

export function createCallTree(server: Server, filter: TreeFilter, offer: ScanOffer): CallTree {
  const changed = new vscode.EventEmitter<void>();
  let isGrouped = false;

  const roots = async (): Promise<Node[]> => {
    const found = await fetchReport(server);
    // The text of an empty list depends on whether the workspace has been scanned.
    const isWholeWorkspace = found?.isWholeWorkspace === true;
    void vscode.commands.executeCommand('setContext', 'farthing.isScanned', isWholeWorkspace);
    const all = found === null ? [] : callRows(found);
    const facts = found === null ? '' : offer.message(all.length, isWholeWorkspace);
    view.message = [filter.message(), facts].filter((text) => text !== '').join('\n');
    const calls = all
      .filter(({ path, name, model, api, rules }) => filter.accepts(path, name, model, api, ...rules))
      .toSorted(byCost);
    const nodes = isGrouped
      ? groupsOf(calls, 'file', ({ path }) => path)
      : groupsOf(calls, 'wrapper', ({ wrapper }) => wrapper);
    // A message hides the buttons that an empty list has, and a list that has only a part says how to get the rest.
    return facts === '' ? nodes : [...nodes, { kind: 'scan' }];
  };

  const view = vscode.window.createTreeView<Node>(VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => {
        if (node === undefined) return roots();
        return 'calls' in node ? node.calls.map(callNode) : [];
      },
      getTreeItem: (node) => {
        if (node.kind === 'scan') return scanItem();
        return node.kind === 'call' ? callItem(node.call, isGrouped) : groupItem(node);
      },
    },
  });
  const setGrouped = (grouped: boolean): void => {
    isGrouped = grouped;
    void vscode.commands.executeCommand('setContext', 'farthing.isGrouped', grouped);
    changed.fire();
  };
  const reveal = vscode.commands.registerCommand(REVEAL, (call: CallRow) => revealPlace(call));
  const listener = server.onChanged(() => changed.fire());
  const filtered = filter.onChanged(() => changed.fire());
  const named = offer.onChanged(() => changed.fire());
  return {
    setGrouped,
    refresh: () => changed.fire(),
    dispose: () => {
      for (const part of [listener, filtered, named, reveal, view, changed]) part.dispose();
    },
  };
}

function callNode(call: CallRow): Node {
  return { kind: 'call', call };
}

/** Groups at the place of their first call; a call without a key stands by itself. */
function groupsOf(
  calls: readonly CallRow[],
  kind: 'file' | 'wrapper',
  keyOf: (call: CallRow) => string | null,
): Node[] {
  const groups = Map.groupBy(calls, keyOf);
  return calls.flatMap((call): Node[] => {
    const name = keyOf(call);
    const group = groups.get(name) ?? [];
    if (name === null) return [callNode(call)];
    return group[0] === call ? [{ kind, name, calls: group }] : [];
  });
}

function groupItem({ kind, name, calls }: Extract<Node, { kind: 'file' | 'wrapper' }>): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(name, kind === 'file' ? Expanded : Collapsed);
  item.id = `${kind} ${name}`;
  const [first] = calls;
  // Of a group that is closed, the figure of its most expensive call.
  const brief = first === undefined || kind === 'file' ? '' : `${first.brief}  `;
  item.description = `${brief}${countCalls(calls.length)}`;
  if (kind === 'wrapper') {
    item.iconPath = new vscode.ThemeIcon('symbol-function');
    return item;
  }
  item.iconPath = vscode.ThemeIcon.File;
  if (first) item.resourceUri = vscode.Uri.parse(first.uri);
  return item;
}

function scanItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Scan the workspace'));
  item.id = 'scan';
  item.iconPath = new vscode.ThemeIcon('search');
  item.tooltip = vscode.l10n.t('A scan reads the files in this folder. Nothing is sent anywhere.');
  item.command = { command: 'farthing.scanWorkspace', title: vscode.l10n.t('Scan the workspace') };
  return item;
}

function callItem(call: CallRow, isGrouped: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(call.name);
  item.id = `call ${call.id}`;
  // The side bar is narrow: the figure comes first, and the rest is in the tooltip.
  item.description = isGrouped ? call.brief : `${call.brief}  ${nameOf(call.path)}`;
  const findings = call.rules.length === 0 ? '' : countFindings(call.rules.length);
  item.tooltip = [call.api, call.model, call.input, call.output, call.cost, findings, call.place]
    .filter((part) => part !== '')
    .join('\n');
  item.iconPath = new vscode.ThemeIcon(call.rules.length > 0 ? 'lightbulb' : 'circle-outline');
  item.contextValue = 'call';
  item.command = { command: REVEAL, title: vscode.l10n.t('Go to the call'), arguments: [call] };
  return item;
}
