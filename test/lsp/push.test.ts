/** Clients that do not ask are sent their diagnostics; those that ask are not told twice. */
import { expect, test } from 'vitest';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { FULL_CAPABILITIES } from '../support/language-client.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const FILES = {
  'models.ts': "export const MODEL = 'gpt-4-turbo';\n",
  'a.ts': `import OpenAI from 'openai';
import { MODEL } from './models';
new OpenAI().responses.create({ model: MODEL, input: '', max_output_tokens: 5 });
`,
  'b.ts':
    "import OpenAI from 'openai';\nnew OpenAI().responses.create({ model: 'gpt-4-turbo', input: '', max_output_tokens: 5 });\n",
};
const { diagnostic: _, ...textDocument } = FULL_CAPABILITIES.textDocument;
const PUSH = { capabilities: { ...FULL_CAPABILITIES, textDocument } };
/** Asks, but takes no registrations: so it is never told that it may ask about the workspace. */
const PLAIN_PULL = {
  capabilities: { ...FULL_CAPABILITIES, textDocument: { ...FULL_CAPABILITIES.textDocument, diagnostic: {} } },
};

const PUBLISH = 'textDocument/publishDiagnostics';
const next = (editor: Workspace, name: string, count: number, from = 0): Promise<PublishDiagnosticsParams> =>
  editor.next(
    PUBLISH,
    (sent: PublishDiagnosticsParams) => sent.uri === editor.uri(name) && sent.diagnostics.length === count,
    from,
  );
const sent = (editor: Workspace): readonly string[] =>
  editor.received.flatMap(({ method, params }) =>
    method === PUBLISH ? [(params as PublishDiagnosticsParams).uri] : [],
  );

test('what is found is sent, with the version that it is about, and again when it changes', async () => {
  const editor = await workspace(FILES, PUSH);
  expect(editor.capabilities.diagnosticProvider).toBeUndefined();
  await editor.show('a.ts');
  expect(await next(editor, 'a.ts', 1)).toMatchObject({ version: 1, diagnostics: [{ code: 'retired-model' }] });
  await editor.show('models.ts');
  await editor.replace('models.ts', 'gpt-4-turbo', 'gpt-6-luna');
  await next(editor, 'a.ts', 0);
  await editor.replace('models.ts', 'gpt-6-luna', 'gpt-4-turbo');
  await next(editor, 'a.ts', 1, editor.received.length);
});

test('what has not changed is not sent again', async () => {
  const editor = await workspace(FILES, PUSH);
  await editor.show('a.ts');
  await editor.show('b.ts');
  await next(editor, 'a.ts', 1);
  await next(editor, 'b.ts', 1);
  await editor.replace('b.ts', "input: ''", "input: 'more'");
  await editor.replace('b.ts', "'gpt-4-turbo'", "'gpt-6-luna'");
  await next(editor, 'b.ts', 0);
  expect(sent(editor).filter((uri) => uri === editor.uri('a.ts'))).toHaveLength(1);
});

test('a file that is closed leaves nothing behind', async () => {
  const editor = await workspace(FILES, PUSH);
  await editor.show('a.ts');
  await next(editor, 'a.ts', 1);
  await editor.close(editor.path('a.ts'));
  await next(editor, 'a.ts', 0);
});

test('after a scan everything is sent, and kept true', async () => {
  const editor = await workspace(FILES, PUSH);
  await editor.request('workspace/executeCommand', { command: 'farthing.server.scanWorkspace' });
  await next(editor, 'a.ts', 1);
  await next(editor, 'b.ts', 1);
  expect(await editor.next('window/showMessage')).toEqual({
    type: 3,
    message: 'Farthing: 2 calls and 2 findings in 3 files.',
  });
  await editor.save('models.ts', "export const MODEL = 'gpt-6-luna';\n");
  await next(editor, 'a.ts', 0);
  await editor.save('b.ts', null);
  await next(editor, 'b.ts', 0);
});

test('a client that asks about documents only is sent those of the files that are not open', async () => {
  const editor = await workspace(FILES, PLAIN_PULL);
  expect(editor.capabilities.diagnosticProvider).toMatchObject({
    interFileDependencies: true,
    workspaceDiagnostics: false,
  });
  await editor.show('a.ts');
  await editor.request('workspace/executeCommand', { command: 'farthing.server.scanWorkspace' });
  await next(editor, 'b.ts', 1);
  await editor.show('b.ts');
  await next(editor, 'b.ts', 0);
  expect(await editor.pull(editor.path('b.ts'))).toHaveLength(1);
  await editor.close(editor.path('b.ts'));
  await next(editor, 'b.ts', 1, editor.received.length);
  expect(sent(editor)).not.toContain(editor.uri('a.ts'));
});

test.each([
  ['es-ES', 'se retiró el', 'El nombre del modelo está escrito aquí.'],
  ['fr', 'was shut down on', "The model's name is written here."],
])('findings are told in the language of the editor: %s', async (locale, words, place) => {
  const editor = await workspace(FILES, { ...PUSH, locale });
  await editor.show('a.ts');
  const [finding] = (await next(editor, 'a.ts', 1)).diagnostics;
  expect(finding?.message).toContain(words);
  expect(finding?.relatedInformation?.map(({ message }) => message)).toEqual([place]);
});
