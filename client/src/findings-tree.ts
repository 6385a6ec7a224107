/** The findings of the workspace in the side bar, by rule: what saves the most comes first, with what fixes all of a rule. */
import * as vscode from 'vscode';
import { countFindings } from './counts.ts';
import { fetchReport } from './report/data.ts';
import { fixRule } from './report/fix-rule.ts';
import { reveal as revealPlace } from './report/reveal.ts';
import { type FindingRow, findingRows, nameOf } from './report/rows.ts';
import type { Server } from './server.ts';
import type { TreeFilter } from './tree-filter.ts';

type Node =
  | { readonly kind: 'rule'; readonly rule: string; readonly findings: readonly FindingRow[] }
  | { readonly kind: 'finding'; readonly finding: FindingRow };

const VIEW = 'farthing.findings';
const REVEAL = 'farthing.revealFinding';

export function createFindingsTree(server: Server, filter: TreeFilter): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();

  const roots = async (): Promise<Node[]> => {
    const found = await fetchReport(server);
    const findings = (found === null ? [] : findingRows(found))
      .filter(({ rule, place, message }) => filter.accepts(rule, place, message))
      .toSorted((a, b) => (b.saving ?? -1) - (a.saving ?? -1));
    return [...Map.groupBy(findings, ({ rule }) => rule)].map(([rule, members]) => ({
      kind: 'rule',
      rule,
      findings: members,
    }));
  };
  const view = vscode.window.createTreeView<Node>(VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => {
        if (node === undefined) return roots();
        return node.kind === 'rule' ? node.findings.map((finding): Node => ({ kind: 'finding', finding })) : [];
      },
      getTreeItem: (node) => (node.kind === 'rule' ? ruleItem(node.rule, node.findings) : findingItem(node.finding)),
    },
  });
  const ofRule = (run: (rule: string) => unknown) => (node: Node) =>
    node.kind === 'rule' ? run(node.rule) : undefined;
  const parts = [
    vscode.commands.registerCommand(REVEAL, (finding: FindingRow) => revealPlace(finding)),
    vscode.commands.registerCommand(
      'farthing.fixAllOfRule',
      ofRule((rule) => fixRule(rule, server)),
    ),
    vscode.commands.registerCommand(
      'farthing.explainRuleOfFindings',
      ofRule((rule) => vscode.commands.executeCommand('farthing.explainRule', rule)),
    ),
    server.onChanged(() => changed.fire()),
    filter.onChanged(() => {
      view.message = filter.message();
      changed.fire();
    }),
  ];
  return {
    dispose: () => {
      for (const part of [...parts, view, changed]) part.dispose();
    },
  };
}

function ruleItem(rule: string, findings: readonly FindingRow[]): vscode.TreeItem {
  const item = new vscode.TreeItem(rule, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = rule;
  const [first] = findings;
  // Costs per call are never added up: what the best of its fixes saves.
  const saving = first === undefined || first.savingText === '' ? '' : `${first.savingText}  `;
  item.description = `${saving}${countFindings(findings.length)}`;
  item.iconPath = new vscode.ThemeIcon('lightbulb');
  item.contextValue = findings.some(({ isFixable }) => isFixable) ? 'fixableRule' : 'rule';
  return item;
}

function findingItem(finding: FindingRow): vscode.TreeItem {
  const item = new vscode.TreeItem(nameOf(finding.place));
  item.description = [finding.savingText, finding.message].filter((part) => part !== '').join('  ');
  item.tooltip = `${finding.message}\n${finding.place}`;
  item.iconPath = new vscode.ThemeIcon('circle-outline');
  item.command = { command: REVEAL, title: vscode.l10n.t('Go to the finding'), arguments: [finding] };
  return item;
}
