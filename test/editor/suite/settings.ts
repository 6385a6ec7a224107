/** VS Code's settings change what is displayed, at once. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, eventually, hoverAt, lensesOf, openFile, placeOf } from './support.ts';

suite('settings', () => {
  async function change(name: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration('farthing').update(name, value, vscode.ConfigurationTarget.Global);
  }
  suiteTeardown(closeEditors);

  test('lenses can be switched off and on', async () => {
    const { document } = await openFile('src/answer.ts');
    await eventually('the lens', async () => (await lensesOf(document.uri)).length > 0);
    await change('codeLens.enabled', false);
    await eventually('no lens', async () => (await lensesOf(document.uri)).length === 0);
    await change('codeLens.enabled', undefined);
    await eventually('the lens', async () => (await lensesOf(document.uri)).length > 0);
  });

  test('hovers can be switched off', async () => {
    const { document } = await openFile('src/answer.ts');
    const place = placeOf(document, 'gpt-6-sol', 3);
    const isShown = async (): Promise<boolean> => (await hoverAt(document, place)).includes('per million');
    await eventually('the hover', isShown);
    await change('hover.enabled', false);
    await eventually('no hover', async () => !(await isShown()));
    await change('hover.enabled', undefined);
  });

  test('short prompts have a token count only where that is asked for', async () => {
    const { document } = await openFile('src/answer.ts');
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const hints = async (): Promise<vscode.InlayHint[]> =>
      vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole);
    assert.deepEqual(await hints(), []);
    await change('inlayHints.minimumTokens', 5);
    const [hint] = await eventually('the hint', async () => {
      const found = await hints();
      return found.length > 0 && found;
    });
    assert.match(String(hint?.label), /^(about )?\d+ tokens$/);
    await change('inlayHints.minimumTokens', undefined);
  });
});
