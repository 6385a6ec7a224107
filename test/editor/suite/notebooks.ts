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
    const diagnostic = await finding(cell.uri, 'retired-model');
    assert.equal(diagnostic.range.start.line, 3);
    const [lens] = await eventually('the lens', async () => {
      const lenses = await lensesOf(cell.uri);
      return lenses.length > 0 && lenses;
    });
    assert.equal(lens?.range.start.line, 2);
  });

  test('a fix changes the cell alone', async () => {
    const cell = await openCell();
    const { range } = await finding(cell.uri, 'retired-model');
    const action = (await actionsAt(cell.uri, range)).find(({ title }) => title.includes('gpt-6.1-sol'));
    assert.ok(action?.edit, 'no such action, or it has no edit');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.match(cell.getText(), /^ {4}model="gpt-6\.1-sol",$/m);
    await noFinding(cell.uri, 'retired-model');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
