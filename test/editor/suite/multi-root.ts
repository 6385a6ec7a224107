/** The suite with two folders open, each with its own configuration. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runTests } from './mocha.ts';
import { closeEditors, finding, findingsOf } from './support.ts';

export function run(): Promise<void> {
  return runTests(async () => {
    suite('two folders', () => {
      suiteTeardown(closeEditors);

      test('both are scanned, each by its own configuration', async () => {
        const [first, second] = vscode.workspace.workspaceFolders ?? [];
        assert.ok(first && second, 'two folders are not open');
        const extension = vscode.extensions.getExtension('farthing.farthing-vscode');
        await extension?.activate();
        await vscode.commands.executeCommand('farthing.scanWorkspace');
        await finding(vscode.Uri.joinPath(second.uri, 'embed.py'), 'embedding-in-loop');
        await finding(vscode.Uri.joinPath(first.uri, 'src/answer.ts'), 'unbounded-output');
      });

      test('a folder that is taken away takes its findings along', async () => {
        const [, second] = vscode.workspace.workspaceFolders ?? [];
        assert.ok(second);
        const file = vscode.Uri.joinPath(second.uri, 'embed.py');
        vscode.workspace.updateWorkspaceFolders(1, 1);
        const end = Date.now() + 60_000;
        while (findingsOf(file).length > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
        assert.deepEqual(findingsOf(file), []);
      });
    });
  });
}
