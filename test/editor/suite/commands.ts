/** The commands of the palette. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  closeEditors,
  eventually,
  fileUri,
  finding,
  lensesOf,
  noFinding,
  openFile,
  tabLabels,
  writeFile,
} from './support.ts';

suite('commands', () => {
  suiteTeardown(closeEditors);

  test('every command of the manifest is there', async () => {
    await openFile('src/answer.ts');
    const manifest = vscode.extensions.getExtension('farthing.farthing-vscode')?.packageJSON as {
      contributes: { commands: readonly { command: string }[] };
    };
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });

  test('a lens opens the breakdown of its call', async () => {
    const { document } = await openFile('src/answer.ts');
    const [lens] = await eventually('the lens', async () => {
      const lenses = await lensesOf(document.uri);
      return lenses.length > 0 && lenses;
    });
    assert.ok(lens?.command);
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    await eventually('the breakdown', () => isOpen(/chat\.completions in answer/));
  });

  test('a rule is explained', async () => {
    await vscode.commands.executeCommand('farthing.explainRule', 'unbounded-output');
    await eventually('the document', () => isOpen(/unbounded-output/));
  });

  test('an assistant that is asked gets the calls with their costs and findings', async () => {
    await openFile('src/answer.ts');
    await finding(fileUri('src/answer.ts'), 'unbounded-output');
    assert.ok(vscode.lm.tools.some(({ name }) => name === 'farthing_costs'));
    const { content } = await vscode.lm.invokeTool('farthing_costs', {
      input: { path: 'answer' },
      toolInvocationToken: undefined,
    });
    const text = content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
    assert.match(text, /src\/answer\.ts:\d+ \| answer \| openai chat\.completions \| gpt-6-sol/);
    assert.match(text, /unbounded-output: No output limit/);
  });

  test('the report opens in a tab, once', async () => {
    await vscode.commands.executeCommand('farthing.openReport');
    await eventually('the report', () => isOpen(/cost report/));
    await vscode.commands.executeCommand('farthing.openReport');
    assert.equal(tabLabels().filter((label) => /cost report/.test(label)).length, 1);
  });

  test('the log is shown', async () => {
    await vscode.commands.executeCommand('farthing.showLog');
  });

  test('after a restart of the server everything is there again', async () => {
    const { document } = await openFile('src/answer.ts');
    await finding(document.uri, 'unbounded-output');
    await vscode.commands.executeCommand('farthing.restartServer');
    await finding(document.uri, 'unbounded-output');
    await eventually('the lens', async () => (await lensesOf(document.uri)).length > 0);
  });

  test('a scan finds what is not open, and keeps it up to date', async () => {
    await closeEditors();
    await vscode.commands.executeCommand('farthing.scanWorkspace');
    await finding(fileUri('jobs/titles.py'), 'retired-model');
    await writeFile(
      'jobs/new.py',
      'from openai import OpenAI\n\nOpenAI().responses.create(model="gpt-4-turbo", input="Hello")\n',
    );
    await finding(fileUri('jobs/new.py'), 'retired-model');
    await vscode.workspace.fs.delete(fileUri('jobs/new.py'));
    await noFinding(fileUri('jobs/new.py'), 'retired-model');
  });
});

function isOpen(name: RegExp): boolean {
  return tabLabels().some((label) => name.test(label));
}
