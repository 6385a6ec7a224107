/** Fixes all findings of a rule. What may change an answer is only done once the user has agreed. */
import * as vscode from 'vscode';
import type * as protocol from '../../../server/src/lsp/protocol.ts';
import { countFiles, countFindings } from '../counts.ts';
import type { Server } from '../server.ts';

const FIX_RULE: typeof protocol.FIX_RULE = 'farthing/fixRule';

export async function fixRule(rule: string, server: Server): Promise<void> {
  const { t } = vscode.l10n;
  const found = await server.request<protocol.RuleFix>(FIX_RULE, { rule });
  if (found === null) return;
  if (found.edit === null) {
    void vscode.window.showInformationMessage(t('Farthing: {0} has no fix that can be applied to this code.', rule));
    return;
  }
  if (!found.isSafe && !(await isAgreed(rule, found))) return;
  // As a refactoring, files that are not open are saved.
  const isMade = await vscode.workspace.applyEdit(await server.editOf(found.edit), { isRefactoring: true });
  if (!isMade) return;
  const left = found.left === 0 ? '' : ` ${t('{0} have to be fixed by hand.', countFindings(found.left))}`;
  const done = t('Farthing: fixed {0} of {1}.', countFindings(found.fixed), rule);
  void vscode.window.showInformationMessage(`${done}${left}`);
}

async function isAgreed(rule: string, { fixed, files }: protocol.RuleFix): Promise<boolean> {
  const { t } = vscode.l10n;
  const fix = t('Fix all');
  const question = t('Fix {0} of {1} in {2}?', countFindings(fixed), rule, countFiles(files));
  const detail = t(
    'These fixes change what is sent, so answers may change. Look at the changes before you commit them.',
  );
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, fix)) === fix;
}
