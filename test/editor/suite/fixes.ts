/** Code actions: what they offer, in which order, and what their edits do to the text. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  closeEditors,
  eventually,
  fileUri,
  finding,
  findingsOf,
  lensesOf,
  noFinding,
  openFile,
  readFile,
  writeFile,
} from './support.ts';

const PATH = 'src/answer.ts';
/** The indentation of the JSON is paid for with each request. */
const PADDED = `import OpenAI from 'openai';

const client = new OpenAI();

export async function explain(order: object) {
  return client.responses.create({
    model: 'gpt-6-sol',
    max_output_tokens: 400,
    input: \`Explain this order: \${JSON.stringify(order, null, 2)}\`,
  });
}
`;

suite('fixes', () => {
  suiteTeardown(closeEditors);

  test('the fix comes first and what excuses a finding comes last', async () => {
    const { document } = await openFile(PATH);
    const { range } = await finding(document.uri, 'unbounded-output');
    const titles = (await actionsAt(document.uri, range)).map(({ title }) => title);
    assert.match(titles[0] ?? '', /max_completion_tokens/);
    assert.deepEqual(titles.slice(-3), [
      'Suppress unbounded-output here, with a reason',
      'Suppress unbounded-output in this file, with a reason',
      'Turn unbounded-output off in the configuration',
    ]);
  });

  test('a fix that is applied is written in the style of the file, and ends the finding', async () => {
    const { document } = await openFile(PATH);
    const before = document.getText();
    await apply(document, 'unbounded-output', /max_completion_tokens/);
    const added = document
      .getText()
      .split('\n')
      .filter((line) => !before.includes(line));
    assert.equal(added.length, 1);
    assert.match(added[0] ?? '', /^ {4}max_completion_tokens: [\d_]+,$/);
    await noFinding(document.uri, 'unbounded-output');
  });

  test('a suppression has a place for the reason, and silences its rule alone', async () => {
    const { document } = await openFile(PATH);
    await apply(document, 'unbounded-output', /^Suppress unbounded-output here/);
    assert.match(document.getText(), /^ {2}\/\/ farthing-ignore-next-line unbounded-output -- /m);
    await noFinding(document.uri, 'unbounded-output');
  });

  test('a suppression for the file stands on top of it', async () => {
    const { document } = await openFile(PATH);
    await apply(document, 'unbounded-output', /^Suppress unbounded-output in this file/);
    assert.match(document.getText(), /^\/\/ farthing-ignore-file unbounded-output -- /);
    await noFinding(document.uri, 'unbounded-output');
  });

  test('a rule can be turned off in the configuration, which keeps what it says', async () => {
    const { document } = await openFile(PATH);
    await apply(document, 'unbounded-output', /^Turn unbounded-output off/);
    const configuration = await vscode.workspace.openTextDocument(fileUri('farthing.config.json'));
    assert.deepEqual(JSON.parse(configuration.getText()), {
      volumes: [{ path: 'src/triage.ts', callsPerMonth: '50k' }],
      rules: { 'unbounded-output': 'off' },
    });
    const before = await readFile('farthing.config.json');
    await configuration.save();
    await noFinding(document.uri, 'unbounded-output');
    await vscode.workspace.fs.writeFile(configuration.uri, new TextEncoder().encode(before));
    await finding(document.uri, 'unbounded-output');
  });

  test('how often a call runs can be declared above it, and the cost of a month appears', async () => {
    const { document } = await openFile(PATH);
    const { range } = await finding(document.uri, 'unbounded-output');
    const actions = await actionsAt(document.uri, range, vscode.CodeActionKind.RefactorRewrite);
    const action = actions.find(({ title }) => title === 'Declare how often this call runs');
    assert.ok(action?.edit, 'no such action, or it has no edit');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.match(document.getText(), /\/\/ farthing: calls=1k\/month/);
    await eventually('the cost of a month', async () => {
      const [lens] = await lensesOf(document.uri);
      return lens?.command?.title.includes('/month at 1k');
    });
  });

  test('saving with fix-all makes the safe fixes', async () => {
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update(
      'codeActionsOnSave',
      { 'source.fixAll.farthing': 'explicit' },
      vscode.ConfigurationTarget.Global,
    );
    const path = 'src/orders.ts';
    await writeFile(path, PADDED);
    const { document } = await openFile(path);
    await finding(document.uri, 'padded-json');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    assert.match(await readFile(path), /JSON\.stringify\(order, null, 0\)|JSON\.stringify\(order\)/);
    await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    await closeEditors();
    await vscode.workspace.fs.delete(fileUri(path));
  });

  test('saving with fix-all changes nothing that could change an answer', async () => {
    const settings = vscode.workspace.getConfiguration('editor');
    await settings.update('codeActionsOnSave', { 'source.fixAll': 'explicit' }, vscode.ConfigurationTarget.Global);
    const editor = await openFile(PATH);
    const before = await readFile(PATH);
    await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '\n'));
    await finding(editor.document.uri, 'unbounded-output');
    await editor.document.save();
    assert.equal(await readFile(PATH), `\n${before}`);
    await editor.edit((builder) => builder.delete(new vscode.Range(0, 0, 1, 0)));
    await editor.document.save();
    await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    assert.equal(await readFile(PATH), before);
    assert.equal(findingsOf(editor.document.uri).length, 1);
  });
});

async function apply(document: vscode.TextDocument, rule: string, title: RegExp): Promise<void> {
  const { range } = await finding(document.uri, rule);
  const action = (await actionsAt(document.uri, range)).find((candidate) => title.test(candidate.title));
  assert.ok(action?.edit, `no action ${title}, or it has no edit`);
  assert.ok(await vscode.workspace.applyEdit(action.edit), 'the edit was refused');
}
