/** Opens the code of a call or a finding. */
import * as vscode from 'vscode';
import type { CallRow } from './rows.ts';

export type Place = Pick<CallRow, 'uri' | 'cell' | 'line' | 'character'>;

export async function reveal(
  { uri, cell, line, character }: Place,
  viewColumn: vscode.ViewColumn = vscode.ViewColumn.Active,
): Promise<void> {
  const target = vscode.Uri.parse(uri, true);
  const place = new vscode.Range(line, character, line, character);
  if (cell === null) {
    await vscode.window.showTextDocument(target, { selection: place, viewColumn });
    return;
  }
  const notebook = await vscode.workspace.openNotebookDocument(target);
  const selections = [new vscode.NotebookRange(cell, cell + 1)];
  const editor = await vscode.window.showNotebookDocument(notebook, { selections, viewColumn });
  editor.revealRange(selections[0] as vscode.NotebookRange, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
}
