/** Saves the report as a file that others can read without the editor. */
import * as vscode from 'vscode';
import type * as protocol from '../../../server/src/lsp/protocol.ts';
import type { Server } from '../server.ts';
import { fetchReport } from './data.ts';
import { nameOf } from './rows.ts';

const EXPORT: typeof protocol.EXPORT = 'farthing/export';

const FORMATS: Readonly<Record<protocol.ExportFormat, { readonly label: string; readonly extension: string }>> = {
  html: { label: 'HTML', extension: 'html' },
  csv: { label: 'CSV', extension: 'csv' },
  markdown: { label: 'Markdown', extension: 'md' },
};

export async function exportReport(server: Server): Promise<void> {
  const { t } = vscode.l10n;
  const rootUri = await chooseFolder(server);
  if (rootUri === undefined) return;
  const formats = Object.entries(FORMATS).map(([format, { label, extension }]) => ({ format, label, extension }));
  const chosen = await vscode.window.showQuickPick(formats, { placeHolder: t('Which format?') });
  if (chosen === undefined) return;
  const text = await server.request<string>(EXPORT, { rootUri, format: chosen.format });
  if (text === null) return;
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(vscode.Uri.parse(rootUri, true), `llm-costs.${chosen.extension}`),
    filters: { [chosen.label]: [chosen.extension] },
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = t('Open');
  const message = t('Farthing: saved {0}.', nameOf(target.path));
  // HTML is for a browser, the others for the program that the user has for them.
  if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.env.openExternal(target);
}

/** The address of the folder whose report is saved; undefined if there is none, or the user chose none. */
async function chooseFolder(server: Server): Promise<string | undefined> {
  const roots = (await fetchReport(server))?.reports.map(({ rootUri }) => rootUri) ?? [];
  if (roots.length < 2) return roots[0];
  const items = roots.map((rootUri) => ({ label: nameOf(rootUri), rootUri }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which folder?') }))?.rootUri;
}
