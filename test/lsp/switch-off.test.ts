/** "Turn RULE off" on a configuration that the editor holds and the disk has not: what is typed counts at once. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { actionsAt, resolve } from '../support/code-actions.ts';
import { lensLines } from '../support/lenses.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const CALLS = `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = (text: string) =>
  client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content: text }] });
`;
const CONFIG = 'farthing.config.json';

/** A configuration in an editor that takes edits only for the version that it has, and saves nothing. */
function configEditor(editor: Workspace, text: string) {
  let document = TextDocument.create(editor.uri(CONFIG), 'jsonc', 1, text);
  const set = async (next: string): Promise<void> => {
    document = TextDocument.create(document.uri, 'jsonc', document.version + 1, next);
    await editor.change(editor.path(CONFIG), [{ text: next }]);
  };
  return {
    text: () => document.getText(),
    set,
    open: () => editor.open(editor.path(CONFIG), 'jsonc', document.getText()),
    apply: async (edit: TextDocumentEdit): Promise<void> => {
      expect(edit.textDocument).toEqual({ uri: document.uri, version: document.version });
      await set(TextDocument.applyEdits(document, edit.edits as TextEdit[]));
    },
  };
}

async function turnOff(editor: Workspace, rule: string): Promise<CodeAction['edit']> {
  const actions = await actionsAt(editor, 'a.ts', rule === 'retired-model' ? "'gpt-4-turbo'" : 'client.chat');
  const action = actions.find(({ title }) => title === `Turn ${rule} off in the configuration`);
  return (await resolve(editor, action as CodeAction)).edit;
}

async function codesOf(editor: Workspace): Promise<unknown> {
  return (await editor.pull(editor.path('a.ts'))).map(({ code }) => code).toSorted();
}

test('twice without saving: both edits fit what the editor holds, and findings go at once', async () => {
  const disk = '{\n\t// Ours.\n\t"ignore": ["old/**"],\n}\n';
  const editor = await workspace({ 'a.ts': CALLS, [CONFIG]: disk });
  await editor.show('a.ts');
  expect(await codesOf(editor)).toEqual(['retired-model', 'unbounded-output']);
  // A line above what the disk has, so that places on the disk are places elsewhere here.
  const config = configEditor(editor, disk.replace('{\n', '{\n\t"volumes": [], // None yet.\n'));
  await config.open();

  for (const [rule, left] of [
    ['retired-model', ['unbounded-output']],
    ['unbounded-output', []],
  ] as const) {
    const edit = await turnOff(editor, rule);
    expect(edit?.documentChanges).toHaveLength(1);
    await config.apply(edit?.documentChanges?.[0] as TextDocumentEdit);
    expect(await codesOf(editor)).toEqual(left);
  }
  expect(config.text()).toBe(
    '{\n\t"volumes": [], // None yet.\n\t// Ours.\n\t"ignore": ["old/**"],\n\t"rules": {\n\t\t"retired-model": "off",\n\t\t"unbounded-output": "off"\n\t},\n}\n',
  );
  expect(readFileSync(editor.path(CONFIG), 'utf8')).toBe(disk);
});

test('half-typed text changes nothing: what held before holds on, and is not edited', async () => {
  const editor = await workspace(
    { 'a.ts': CALLS, [CONFIG]: '{ "rules": { "retired-model": "off" } }' },
    { expectedLog: /changed nothing/ },
  );
  await editor.show('a.ts');
  const config = configEditor(editor, '{ "rules": { "retired-model": "off" } }');
  await config.open();
  await config.set('{ "rules": { "retired-model": "off", "unb');
  expect(await codesOf(editor)).toEqual(['unbounded-output']);
  expect(await turnOff(editor, 'unbounded-output')).toBeUndefined();
});

test('a configuration that is closed without saving is what the disk has', async () => {
  const editor = await workspace({ 'a.ts': CALLS, [CONFIG]: '{}' });
  await editor.show('a.ts');
  const config = configEditor(editor, '{ "rules": { "retired-model": "off", "unbounded-output": "off" } }');
  await config.open();
  expect(await codesOf(editor)).toEqual([]);
  await editor.close(editor.path(CONFIG));
  expect(await codesOf(editor)).toEqual(['retired-model', 'unbounded-output']);
});

test('twice where there is no configuration: it is made once', async () => {
  const editor = await workspace({ 'a.ts': CALLS });
  await editor.show('a.ts');
  const first = await turnOff(editor, 'retired-model');
  expect(first?.documentChanges).toMatchObject([{ kind: 'create', uri: editor.uri(CONFIG) }, {}]);
  // The editor makes the file, and holds the text. That it did so is not said before the next action is taken.
  writeFileSync(editor.path(CONFIG), '');
  const config = configEditor(editor, '');
  await config.open();
  const insertion = first?.documentChanges?.[1] as TextDocumentEdit;
  await config.set(TextDocument.applyEdits(TextDocument.create('', '', 0, ''), insertion.edits as TextEdit[]));
  const second = await turnOff(editor, 'unbounded-output');
  await config.apply(second?.documentChanges?.[0] as TextDocumentEdit);
  expect(JSON.parse(config.text())).toEqual({ rules: { 'retired-model': 'off', 'unbounded-output': 'off' } });
  expect(await codesOf(editor)).toEqual([]);
});

test('a folder that is renamed under an open file takes no calls with it', async () => {
  const editor = await workspace({ 'src/a.ts': CALLS, 'other.ts': CALLS });
  const lenses = () => lensLines(editor, 'src/a.ts');
  await editor.show('src/a.ts');
  expect(await lenses()).toHaveLength(1);
  renameSync(editor.path('src'), editor.path('lib'));
  const changes = [
    { uri: editor.uri('src'), type: 3 },
    { uri: editor.uri('lib'), type: 1 },
  ];
  await editor.notify('workspace/didChangeWatchedFiles', { changes });
  // The editor still shows the file as it was.
  expect(await lenses()).toHaveLength(1);
  // Other editors open it at its new place first.
  await editor.open(editor.path('lib/a.ts'), 'typescript', CALLS);
  await editor.close(editor.path('src/a.ts'));
  expect(await lensLines(editor, 'lib/a.ts')).toHaveLength(1);
});
