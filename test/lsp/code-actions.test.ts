/** What the light bulb offers: mends first, what excuses a finding last, edits when they are wanted. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { actionsAt, resolve, textsAfter } from '../support/code-actions.ts';
import { FULL_CAPABILITIES } from '../support/language-client.ts';
import { notebookJson, openNotebook, readCells } from '../support/notebooks.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const TWO_FINDINGS = `import OpenAI from 'openai';

const client = new OpenAI();

export function ask(question: string) {
  return client.chat.completions.create({
    model: 'gpt-4-turbo',
    messages: [{ role: 'user', content: question }],
  });
}
`;
const SAME_IN_PYTHON = `#!/usr/bin/env python3
# -*- coding: utf-8 -*-
from openai import OpenAI

client = OpenAI()

def ask(question):
    return client.chat.completions.create(
        model="gpt-6-luna",
        messages=[{"role": "user", "content": question}],
    )
`;

const kinds = (actions: readonly CodeAction[]): readonly string[] =>
  actions.map(({ kind, title }) => `${kind}: ${title}`);

async function edited(editor: Workspace, name: string, at: string, title: RegExp): Promise<string | undefined> {
  const action = (await actionsAt(editor, name, at)).find((one) => title.test(one.title));
  if (action === undefined) return undefined;
  const { edit } = await resolve(editor, action);
  return edit && textsAfter(edit)[editor.uri(name)];
}

test('an editor in Spanish offers them in Spanish', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS }, { locale: 'es' });
  await editor.show('a.ts');
  expect(kinds(await actionsAt(editor, 'a.ts', 'client.chat'))).toEqual([
    'quickfix: Limitar la respuesta a 1024 tokens (max_completion_tokens)',
    'refactor.rewrite: Declarar con qué frecuencia se ejecuta esta llamada',
    ': ¿Por qué esta cifra?',
    'quickfix: Suprimir unbounded-output aquí, con un motivo',
    'quickfix: Suprimir unbounded-output en este archivo, con un motivo',
    'quickfix: Desactivar unbounded-output en la configuración',
  ]);
  expect(kinds(await actionsAt(editor, 'a.ts', "'gpt-4-turbo'"))[0]).toBe(
    'quickfix: Usar gpt-6.1-sol, que sigue a gpt-5.6-sol, el sustituto del propio proveedor',
  );
});

test('fixes come first, then what declares, and what excuses comes last', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS });
  await editor.show('a.ts');
  expect(kinds(await actionsAt(editor, 'a.ts', 'client.chat'))).toEqual([
    'quickfix: Limit the answer to 1,024 tokens (max_completion_tokens)',
    'refactor.rewrite: Declare how often this call runs',
    ': Why this figure?',
    'quickfix: Suppress unbounded-output here, with a reason',
    'quickfix: Suppress unbounded-output in this file, with a reason',
    'quickfix: Turn unbounded-output off in the configuration',
  ]);
  expect(kinds(await actionsAt(editor, 'a.ts', "'gpt-4-turbo'"))).toEqual([
    "quickfix: Use gpt-6.1-sol, which follows gpt-5.6-sol, the provider's own replacement",
    'refactor.rewrite: Declare how often this call runs',
    ': Why this figure?',
    'quickfix: Suppress retired-model here, with a reason',
    'quickfix: Suppress retired-model in this file, with a reason',
    'quickfix: Turn retired-model off in the configuration',
  ]);
  expect(await actionsAt(editor, 'a.ts', 'import OpenAI')).toEqual([]);
});

test('a finding is explained, and a figure, by commands of the extension; without it by those of the server', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS }, { initializationOptions: { hasClientCommands: true } });
  await editor.show('a.ts');
  const found = await actionsAt(editor, 'a.ts', 'client.chat');
  const commands = found.flatMap(({ title, command }) => (command ? [[title, command.command]] : []));
  expect(commands).toEqual([
    ['Explain unbounded-output', 'farthing.explainRule'],
    ['Why this figure?', 'farthing.showBreakdown'],
  ]);
  expect(found.find(({ title }) => title === 'Explain unbounded-output')?.command?.arguments).toEqual([
    'unbounded-output',
  ]);
  const plain = await workspace({ 'a.ts': TWO_FINDINGS });
  await plain.show('a.ts');
  const why = (await actionsAt(plain, 'a.ts', 'client.chat')).find(({ title }) => title === 'Why this figure?');
  expect(why?.command?.command).toBe('farthing.server.showBreakdown');
});

test('a client gets the kinds that it asks for', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS });
  await editor.show('a.ts');
  const ask = async (only: readonly string[]): Promise<number> =>
    (await actionsAt(editor, 'a.ts', 'client.chat', { only })).length;
  expect(await ask(['quickfix'])).toBe(4);
  expect(await ask(['refactor'])).toBe(1);
  expect(await ask([''])).toBe(6);
  // There is nothing here that can be mended without a second look.
  expect(await ask(['source.fixAll'])).toBe(0);
});

test('an edit is worked out when it is wanted, and belongs to its finding', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS });
  await editor.show('a.ts');
  const diagnostics = await editor.pull(editor.path('a.ts'));
  const [limit] = await actionsAt(editor, 'a.ts', 'client.chat', { diagnostics });
  expect(limit).toMatchObject({ diagnostics: [{ code: 'unbounded-output' }] });
  expect(limit).not.toHaveProperty('edit');
  expect(limit).not.toHaveProperty('isPreferred');
  const { edit } = await resolve(editor, limit as CodeAction);
  expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri: editor.uri('a.ts'), version: 1 } }]);
  expect(textsAfter(edit ?? {})).toEqual({
    [editor.uri('a.ts')]: TWO_FINDINGS.replace(
      "model: 'gpt-4-turbo',",
      "model: 'gpt-4-turbo',\n    max_completion_tokens: 1024,",
    ),
  });
});

test('a fix is made in the file that names the model', async () => {
  const models = "export const MODEL = 'gpt-4-turbo';\n";
  const text = TWO_FINDINGS.replace("'gpt-4-turbo'", 'MODEL').replace(
    '\n\n',
    "\nimport { MODEL } from './models.ts';\n\n",
  );
  const editor = await workspace({ 'a.ts': text, 'models.ts': models });
  await editor.show('a.ts');
  const actions = await actionsAt(editor, 'a.ts', 'client.chat');
  const action = actions.find(({ title }) => title.startsWith('Use gpt-6.1-sol'));
  const { edit } = await resolve(editor, action as CodeAction);
  expect(textsAfter(edit ?? {})[editor.uri('models.ts')]).toBe(models.replace('gpt-4-turbo', 'gpt-6.1-sol'));
});

test('what concerns the whole file or the configuration is offered once', async () => {
  const call = 'client.chat.completions.create({ model: MODEL, max_completion_tokens: 9, messages: [] });\n';
  const text = `import OpenAI from 'openai';\nconst client = new OpenAI();\nconst MODEL = 'gpt-4-turbo';\n${call}${call}`;
  const editor = await workspace({ 'a.ts': text });
  await editor.show('a.ts');
  const titles = (await actionsAt(editor, 'a.ts', "'gpt-4-turbo'")).map(({ title }) => title);
  expect(titles.filter((title) => title.startsWith('Turn retired-model off'))).toHaveLength(1);
  expect(titles.filter((title) => title.includes('in this file'))).toHaveLength(1);
});

test('a suppression stands above the call, in the language and with its indentation', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS, 'a.py': SAME_IN_PYTHON });
  await editor.show('a.ts');
  await editor.show('a.py');
  expect(await edited(editor, 'a.ts', "'gpt-4-turbo'", /^Suppress retired-model here/)).toBe(
    TWO_FINDINGS.replace('  return', '  // farthing-ignore-next-line retired-model -- <reason>\n  return'),
  );
  expect(await edited(editor, 'a.py', 'client.chat', /^Suppress unbounded-output here/)).toBe(
    SAME_IN_PYTHON.replace('    return', '    # farthing-ignore-next-line unbounded-output -- <reason>\n    return'),
  );
});

test('a suppressed finding disappears', async () => {
  const editor = await workspace({ 'a.py': SAME_IN_PYTHON });
  await editor.show('a.py');
  for (const title of [/^Suppress unbounded-output here/, /^Suppress unbounded-output in this file/]) {
    const text = await edited(editor, 'a.py', 'client.chat', title);
    await editor.change(editor.path('a.py'), [{ text: text ?? '' }]);
    expect(await editor.pull(editor.path('a.py'))).toEqual([]);
    await editor.change(editor.path('a.py'), [{ text: SAME_IN_PYTHON }]);
  }
});

test('a suppression of the whole file stands behind what has to come first', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS, 'a.py': SAME_IN_PYTHON });
  await editor.show('a.ts');
  await editor.show('a.py');
  expect(await edited(editor, 'a.ts', 'client.chat', /in this file/)).toBe(
    `// farthing-ignore-file unbounded-output -- <reason>\n${TWO_FINDINGS}`,
  );
  expect(await edited(editor, 'a.py', 'client.chat', /in this file/)).toBe(
    SAME_IN_PYTHON.replace('utf-8 -*-\n', 'utf-8 -*-\n# farthing-ignore-file unbounded-output -- <reason>\n'),
  );
});

test('line ends are those of the file', async () => {
  const text = TWO_FINDINGS.replaceAll('\n', '\r\n');
  const editor = await workspace({ 'a.ts': text });
  await editor.show('a.ts');
  expect(await edited(editor, 'a.ts', 'client.chat', /^Suppress unbounded-output here/)).toBe(
    text.replace('  return', '  // farthing-ignore-next-line unbounded-output -- <reason>\r\n  return'),
  );
});

test('how often a call runs is declared in a comment, and shows in the lens', async () => {
  const sized = SAME_IN_PYTHON.replace('"content": question', '"content": "Say hello."');
  const editor = await workspace({ 'a.py': sized });
  await editor.show('a.py');
  const text = await edited(editor, 'a.py', 'client.chat', /^Declare how often/);
  expect(text).toContain('    # farthing: calls=<1k/month>\n    return client');
  await editor.change(editor.path('a.py'), [{ text: text?.replace(/[<>]/g, '') ?? '' }]);
  const textDocument = { uri: editor.uri('a.py') };
  const [lens] = await editor.request<readonly { command: { title: string } }[]>('textDocument/codeLens', {
    textDocument,
  });
  expect(lens?.command.title).toContain('/month at 1k');
  expect(kinds(await actionsAt(editor, 'a.py', 'client.chat'))).not.toContain(
    'refactor.rewrite: Declare how often this call runs',
  );
});

test('a rule is turned off in the configuration, beside what stands there', async () => {
  const config = '{\n\t// Ours.\n\t"rules": { "oversized-model": "off" }, // the rest\n}\n';
  const editor = await workspace({ 'a.ts': TWO_FINDINGS, 'farthing.config.json': config });
  await editor.show('a.ts');
  const actions = await actionsAt(editor, 'a.ts', 'client.chat');
  const { edit } = await resolve(editor, actions.find(({ title }) => title.startsWith('Turn')) as CodeAction);
  const text = textsAfter(edit ?? {})[editor.uri('farthing.config.json')];
  expect(text).toContain('// Ours.');
  expect(text).toContain('// the rest');
  expect(text).toMatch(/"oversized-model": "off",\s+"unbounded-output": "off"/);
  await editor.save('farthing.config.json', text ?? '');
  expect((await editor.pull(editor.path('a.ts'))).map(({ code }) => code)).toEqual(['retired-model']);
});

test('a configuration is made where there is none, by clients that can', async () => {
  const editor = await workspace({ 'a.ts': TWO_FINDINGS });
  await editor.show('a.ts');
  const actions = await actionsAt(editor, 'a.ts', 'client.chat');
  const { edit } = await resolve(editor, actions.find(({ title }) => title.startsWith('Turn')) as CodeAction);
  const uri = editor.uri('farthing.config.json');
  expect(edit?.documentChanges?.[0]).toEqual({ kind: 'create', uri, options: { ignoreIfExists: true } });
  expect(JSON.parse(textsAfter(edit ?? {})[uri] ?? '')).toEqual({ rules: { 'unbounded-output': 'off' } });
});

test('a client that can do little gets whole edits, without snippets, in the old form', async () => {
  const { workspaceEdit: _, ...less } = FULL_CAPABILITIES.workspace;
  const editor = await workspace(
    { 'a.ts': TWO_FINDINGS },
    { capabilities: { textDocument: { codeAction: {}, diagnostic: { dynamicRegistration: true } }, workspace: less } },
  );
  await editor.show('a.ts');
  const actions = await actionsAt(editor, 'a.ts', 'client.chat');
  // It cannot make the configuration that is missing.
  expect(actions.map(({ title }) => title)).toEqual([
    'Limit the answer to 1,024 tokens (max_completion_tokens)',
    'Declare how often this call runs',
    'Why this figure?',
    'Suppress unbounded-output here, with a reason',
    'Suppress unbounded-output in this file, with a reason',
  ]);
  for (const { edit, data } of actions.filter(({ command }) => command === undefined)) {
    expect(data).toBeUndefined();
    expect(Object.keys(edit ?? {})).toEqual(['changes']);
  }
  expect(textsAfter(actions[3]?.edit ?? {})[editor.uri('a.ts')]).toContain(
    '  // farthing-ignore-next-line unbounded-output -- reason\n  return',
  );
});

test('in a notebook an edit is made in the cell', async () => {
  const json = notebookJson([
    { kind: 'markdown', text: '# Ask' },
    { kind: 'code', text: '%load_ext x\nfrom openai import OpenAI\nclient = OpenAI()' },
    { kind: 'code', text: 'client.chat.completions.create(model="gpt-4-turbo", messages=[])' },
  ]);
  const editor = await workspace({ 'a.ipynb': json });
  const cells = readCells(json, editor.uri('a.ipynb'));
  await openNotebook(editor, editor.uri('a.ipynb'), cells);
  const uri = cells[2]?.uri;
  const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: range(40, 40),
    context: { diagnostics: [] },
  });
  const fix = await resolve(editor, actions[0] as CodeAction);
  expect(fix.edit?.documentChanges).toEqual([
    {
      textDocument: { uri, version: 1 },
      edits: [
        { range: range(38, 49), newText: 'gpt-6.1-sol' },
        { range: range(50, 50), newText: ', reasoning_effort="none"' },
      ],
    },
  ]);
  const excuse = actions.find(({ title }) => title.endsWith('here, with a reason'));
  expect((await resolve(editor, excuse as CodeAction)).edit?.documentChanges).toMatchObject([
    { textDocument: { uri }, edits: [{ range: range(0, 0) }] },
  ]);
});

test('in a notebook of TypeScript an edit is made in that language', async () => {
  const json = notebookJson([
    { kind: 'code', text: "import OpenAI from 'npm:openai';\nconst client: OpenAI = new OpenAI();" },
    { kind: 'code', text: "await client.chat.completions.create({ model: 'gpt-4-turbo', messages: [] });" },
  ]);
  const editor = await workspace({ 'a.ipynb': json });
  const cells = readCells(json, editor.uri('a.ipynb'));
  await openNotebook(editor, editor.uri('a.ipynb'), cells, 'typescript');
  const uri = cells[1]?.uri;
  const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: range(50, 50),
    context: { diagnostics: [] },
  });
  const fix = await resolve(editor, actions[0] as CodeAction);
  expect(fix.edit?.documentChanges).toEqual([
    {
      textDocument: { uri, version: 1 },
      edits: [
        { range: range(47, 58), newText: 'gpt-6.1-sol' },
        { range: range(59, 59), newText: ", reasoning_effort: 'none'" },
      ],
    },
  ]);
  const excuse = actions.find(({ title }) => title.endsWith('here, with a reason'));
  expect((await resolve(editor, excuse as CodeAction)).edit?.documentChanges).toMatchObject([
    {
      textDocument: { uri },
      edits: [{ snippet: { value: expect.stringMatching(/^\/\/ farthing-ignore-next-line /) } }],
    },
  ]);
});

function range(from: number, to: number) {
  return { start: { line: 0, character: from }, end: { line: 0, character: to } };
}
test('every fix that is offered can be made, and one that cannot is not offered', async () => {
  const fixture = new URL('../fixtures/editor-workspace/', import.meta.url);
  const names = ['src/support.ts', 'src/models.ts', 'src/clients.ts', 'src/handbook.ts'];
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(new URL(name, fixture), 'utf8')]));
  const editor = await workspace(files);
  await editor.show('src/support.ts');
  const diagnostics = await editor.pull(editor.path('src/support.ts'));
  const titles: string[] = [];
  for (const { range } of diagnostics) {
    const textDocument = { uri: editor.uri('src/support.ts') };
    const asked = { textDocument, range, context: { diagnostics, only: ['quickfix'] } };
    for (const action of await editor.request<CodeAction[]>('textDocument/codeAction', asked)) {
      const { title, edit } = await resolve(editor, action);
      titles.push(title);
      expect(edit, title).toBeDefined();
    }
  }
  expect(titles).toContain("Mark the system prompt for the provider's cache");
  // The loop's vectors are pushed one by one with a default: what one request would give is not the same.
  expect(titles.filter((title) => title.startsWith('Embed all'))).toEqual([]);
});
