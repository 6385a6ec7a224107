/** Notebooks: cells are read together, and findings, lenses and edits lie in their cell. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { actionsAt, closeEditors, eventually, fileUri, finding, lensesOf, noFinding } from './support.ts';

suite('a notebook', () => {
  suiteTeardown(closeEditors);

  async function openCell(): Promise<vscode.TextDocument> {
    const notebook = await vscode.workspace.openNotebookDocument(fileUri('notes.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    return notebook.cellAt(2).document;
  }

  test('a finding and a lens stand in the cell', async () => {
    const cell = await openCell();
    const diagnostic = await finding(cell.uri, 'unbounded-output');
    assert.equal(diagnostic.range.start.line, 2);
    const [lens] = await eventually('the lens', async () => {
      const lenses = await lensesOf(cell.uri);
      return lenses.length === 1 && lenses;
    });
    assert.equal(lens?.range.start.line, 2);
  });

  test('a fix changes the cell alone', async () => {
    const cell = await openCell();
    const { range } = await finding(cell.uri, 'unbounded-output');
    const action = (await actionsAt(cell.uri, range)).find(({ title }) => title.includes('max_completion_tokens'));
    assert.ok(action?.edit, 'no such action, or it has no edit');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.match(cell.getText(), /^ {4}max_completion_tokens=[\d_]+,$/m);
    await noFinding(cell.uri, 'unbounded-output');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
