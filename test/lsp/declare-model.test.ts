/** "Declare the model": what is offered for a call whose model is set at run time, and what it writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { actionsAt, resolve, textsAfter } from '../support/code-actions.ts';
import { type Workspace, type WorkspaceOptions, workspace } from '../support/workspace.ts';

const CALLS = `import OpenAI from 'openai';
const client = new OpenAI();
const ask = (model: string) => client.responses.create({ model, input: 'Hello' });
const fast = () => client.responses.create({ model: 'gpt-6-luna', input: 'Hello there' });
const smart = () => client.responses.create({ model: 'gpt-6-sol', input: 'Hello there' });
`;
const CONFIG = 'farthing.config.json';
const CREATES: WorkspaceOptions = {
  capabilities: { workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } },
};

async function declarations(editor: Workspace, name: string, text: string): Promise<readonly CodeAction[]> {
  const actions = await actionsAt(editor, name, text, { only: ['quickfix'] });
  return actions.filter(({ title }) => title.startsWith('Declare the model'));
}

const ACTION = 'Declare the model of this file: gpt-6-sol';

test('each model that the file names, and all of them, for calls that leave it open', async () => {
  const editor = await workspace({ 'src/a.ts': CALLS });
  await editor.show('src/a.ts');
  expect(
    (await declarations(editor, 'src/a.ts', 'client.responses.create({ model,')).map(({ title }) => title),
  ).toEqual(['Declare the model of this file: gpt-6-luna', ACTION, 'Declare the models of this file: any of 2']);
  expect(await declarations(editor, 'src/a.ts', "client.responses.create({ model: 'gpt-6-sol'")).toEqual([]);
});

test('it is written to the configuration as that is laid out, and then the call has a cost', async () => {
  const disk = '{\n\t// Ours.\n\t"ignore": ["old/**"], // why\n}\n';
  const editor = await workspace({ 'app/[id]/a.ts': CALLS, [CONFIG]: disk });
  await editor.show('app/[id]/a.ts');
  const action = (await declarations(editor, 'app/[id]/a.ts', 'client.responses')).find(
    ({ title }) => title === ACTION,
  );
  const { edit } = await resolve(editor, action as CodeAction);
  const after = textsAfter(edit ?? {})[editor.uri(CONFIG)] ?? '';
  expect(after).toBe(
    '{\n\t// Ours.\n\t"ignore": ["old/**"], // why\n\t"models": [\n\t\t{ "path": "/app/\\\\[id\\\\]/a.ts", "model": "gpt-6-sol" }\n\t],\n}\n',
  );
  expect(readFileSync(editor.path(CONFIG), 'utf8')).toBe(disk);

  writeFileSync(editor.path(CONFIG), after);
  await editor.open(editor.path(CONFIG), 'jsonc', after);
  const lenses = await editor.request<readonly { readonly command?: { readonly title: string } }[]>(
    'textDocument/codeLens',
    { textDocument: { uri: editor.uri('app/[id]/a.ts') } },
  );
  expect(lenses[0]?.command?.title).toMatch(/^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed$/);
  expect(await declarations(editor, 'app/[id]/a.ts', 'client.responses.create({ model,')).toEqual([]);
});

test('in a file that pays several providers the entry names the one', async () => {
  const both = `${CALLS}import Anthropic from '@anthropic-ai/sdk';
const other = (model: string) => new Anthropic().messages.create({ model, max_tokens: 9, messages: [] });
`;
  const editor = await workspace({ 'a.ts': both, [CONFIG]: '{}' });
  await editor.show('a.ts');
  const [first] = await declarations(editor, 'a.ts', 'new Anthropic().messages');
  const { edit } = await resolve(editor, first as CodeAction);
  const { models } = JSON.parse(textsAfter(edit ?? {})[editor.uri(CONFIG)] ?? '');
  expect(models).toEqual([{ path: '/a.ts', provider: 'anthropic', model: expect.stringMatching(/^claude-/) }]);
});

test('without a configuration one is created', async () => {
  const editor = await workspace({ 'a.ts': CALLS }, CREATES);
  await editor.show('a.ts');
  const action = (await declarations(editor, 'a.ts', 'client.responses')).find(({ title }) => title === ACTION);
  const { edit } = await resolve(editor, action as CodeAction);
  expect(edit?.documentChanges).toMatchObject([
    { kind: 'create', uri: editor.uri(CONFIG) },
    { edits: [{ newText: '{\n  "models": [\n    { "path": "/a.ts", "model": "gpt-6-sol" }\n  ]\n}\n' }] },
  ]);
});
