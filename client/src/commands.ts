/** Commands of the command palette, code lenses and code actions. */
import * as vscode from 'vscode';
import type * as protocol from '../../server/src/lsp/protocol.ts';
import { chooseModel } from './choose-model.ts';
import { addCommitLine } from './commit-line.ts';
import { countCalls, countFiles, countFindings } from './counts.ts';
import type { MarkdownPages } from './markdown-pages.ts';
import { fetchReport } from './report/data.ts';
import { exportReport } from './report/export.ts';
import type { ReportPanel } from './report/panel.ts';
import type { Server } from './server.ts';
import { showCalls } from './show-calls.ts';
import { showFindings } from './show-findings.ts';
import type { CallTree } from './tree.ts';
import type { TreeFilter } from './tree-filter.ts';

interface Parts {
  readonly server: Server;
  readonly pages: MarkdownPages;
  readonly report: ReportPanel;
  readonly tree: CallTree;
  readonly filter: TreeFilter;
  readonly log: vscode.LogOutputChannel;
}

const BREAKDOWN: typeof protocol.BREAKDOWN = 'farthing/breakdown';
const EXPLAIN: typeof protocol.EXPLAIN = 'farthing/explain';

export function registerCommands({ server, pages, report, tree, filter, log }: Parts): vscode.Disposable[] {
  const commands: Readonly<Record<string, (...given: never[]) => unknown>> = {
    'farthing.scanWorkspace': () => scanWorkspace(server, report),
    'farthing.openReport': () => report.open(),
    'farthing.exportReport': () => exportReport(server),
    'farthing.addCommitLine': () => addCommitLine(server),
    'farthing.explainRule': (rule?: string) => explainRule(rule, server, pages),
    'farthing.restartServer': () => server.restart(),
    'farthing.showLog': () => log.show(),
    'farthing.showBreakdown': (uri: string, call: string) => showBreakdown(uri, call, server, pages),
    'farthing.showFindings': (uri: string, call: string) => showFindings(uri, call, server),
    'farthing.showCalls': showCalls,
    'farthing.chooseModel': (uri: string, call: string) => chooseModel(uri, call, server),
    'farthing.openUrl': (url: string) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
    'farthing.groupByFile': () => tree.setGrouped(true),
    'farthing.sortByCost': () => tree.setGrouped(false),
    'farthing.filterCalls': () => filter.ask(),
    'farthing.clearFilter': () => filter.clear(),
    'farthing.refreshCalls': () => tree.refresh(),
  };
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run));
}

async function scanWorkspace(server: Server, report: ReportPanel): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Farthing: open a folder first; there is nothing to scan.'),
    );
    return;
  }
  const title = vscode.l10n.t('Farthing: scanning the workspace');
  const result = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      let shown = 0;
      return server.scan(token, (percent, message) => {
        progress.report({ increment: percent - shown, message });
        shown = percent;
      });
    },
  );
  if (result === null) return;
  const open = vscode.l10n.t('Open report');
  const message = vscode.l10n.t(
    'Farthing: {0} and {1} in {2}.',
    countCalls(result.calls),
    countFindings(result.findings),
    countFiles(result.files),
  );
  // Not awaited: the command is done when the scan is, whether or not the user opens the report.
  void vscode.window.showInformationMessage(message, open).then((chosen) => {
    if (chosen === open) report.open();
  });
}

async function explainRule(ruleId: string | undefined, server: Server, pages: MarkdownPages): Promise<void> {
  const rule = ruleId ?? (await pickRule(server));
  if (rule === undefined) return;
  const markdown = await server.request<string>(EXPLAIN, { rule });
  if (markdown === null) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Farthing: "{0}" is not a rule.', rule));
  } else await pages.show(rule, markdown);
}

async function pickRule(server: Server): Promise<string | undefined> {
  const found = await fetchReport(server);
  const items = (found?.rules ?? []).map(({ id, summary, technique }) => ({
    label: id,
    description: technique,
    detail: summary,
  }));
  const placeHolder = vscode.l10n.t('Which rule?');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.label;
}

async function showBreakdown(uri: string, call: string, server: Server, pages: MarkdownPages): Promise<void> {
  const load = () => server.request<protocol.Breakdown>(BREAKDOWN, { uri, call });
  const breakdown = await load();
  if (breakdown === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Farthing: this call no longer exists.'));
  } else await pages.show(breakdown.title, breakdown.markdown, async () => (await load())?.markdown ?? null);
}
