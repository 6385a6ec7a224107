/** Asks which model a call uses whose model is set at run time, and declares it in `farthing.config.json`. */
import * as vscode from 'vscode';
import type * as protocol from '../../server/src/lsp/protocol.ts';
import type { Server } from './server.ts';

const MODEL_CHOICES: typeof protocol.MODEL_CHOICES = 'farthing/modelChoices';

export async function chooseModel(uri: string, call: string, server: Server): Promise<void> {
  const options = await server.request<readonly protocol.ModelOption[]>(MODEL_CHOICES, { uri, call });
  if (options === null || options.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Farthing: there is no model to choose for this call.'));
    return;
  }
  const items = options.map(({ label, price, action }) => ({ label, description: price, action }));
  const placeHolder = vscode.l10n.t('Which model does this file use? Your choice is written to farthing.config.json.');
  const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (chosen !== undefined) await server.applyAction(chosen.action);
}
