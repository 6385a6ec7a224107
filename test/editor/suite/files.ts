/** Files that change beside the editor. */
import * as vscode from 'vscode';
import {
  closeEditors,
  eventually,
  fileUri,
  finding,
  findingsOf,
  noFinding,
  openFile,
  readFile,
  writeFile,
} from './support.ts';

const MODELS = 'src/models.ts';

suite('files', () => {
  suiteTeardown(async () => {
    await closeEditors();
    for (const path of [MODELS, 'src/call.ts']) {
      await vscode.workspace.fs.delete(fileUri(path)).then(undefined, () => undefined);
    }
  });

  test('a change of another file on the disk changes what an open file says', async () => {
    await writeFile(MODELS, "export const MODEL = 'gpt-6-luna';\n");
    const call =
      "import OpenAI from 'openai';\nimport { MODEL } from './models.ts';\n\nawait new OpenAI().responses.create({ model: MODEL, max_output_tokens: 40, input: 'Hello' });\n";
    await writeFile('src/call.ts', call);
    const { document } = await openFile('src/call.ts');
    await eventually('the server', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        10,
      );
      return lenses.some(({ command }) => command?.command.startsWith('farthing.'));
    });
    await writeFile(MODELS, "export const MODEL = 'gpt-4-turbo';\n");
    await finding(document.uri, 'retired-model');
    await writeFile(MODELS, "export const MODEL = 'gpt-6-luna';\n");
    await noFinding(document.uri, 'retired-model');
  });

  test('a renamed file takes its findings along', async () => {
    const text = await readFile('jobs/titles.py');
    const { document } = await openFile('jobs/titles.py');
    await finding(document.uri, 'retired-model');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(fileUri('jobs/titles.py'), fileUri('jobs/headings.py'));
    await vscode.workspace.applyEdit(edit);
    await finding(fileUri('jobs/headings.py'), 'retired-model');
    await eventually('nothing at the old place', () => findingsOf(fileUri('jobs/titles.py')).length === 0);
    await closeEditors();
    await vscode.workspace.fs.delete(fileUri('jobs/headings.py'));
    await writeFile('jobs/titles.py', text);
  });

  test('a rule that the configuration turns off is silent, and speaks again', async () => {
    const before = await readFile('farthing.config.json');
    const { document } = await openFile('src/answer.ts');
    await finding(document.uri, 'unbounded-output');
    await writeFile('farthing.config.json', '{ "rules": { "unbounded-output": "off" } }\n');
    await noFinding(document.uri, 'unbounded-output');
    await writeFile('farthing.config.json', before);
    await finding(document.uri, 'unbounded-output');
  });
});
