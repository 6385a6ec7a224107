/** A notebook in the editor is the notebook on the disk: the same findings, each in its cell. */
import { expect, test } from 'vitest';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { cellUri, notebookJson, type OpenNotebook, openNotebook, readCells } from '../support/notebooks.ts';
import { scanReport, shownByEditor, shownByScan, sorted } from '../support/scan-text.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const NAME = 'work/a.ipynb';
const JSON_TEXT = notebookJson([
  { kind: 'markdown', text: '# Ask 🪑' },
  { kind: 'code', text: '%load_ext autoreload\nfrom openai import OpenAI\nclient = OpenAI()\nMODEL = "gpt-4-turbo"' },
  {
    kind: 'code',
    text: '# 🪑\nanswers = [client.responses.create(model=MODEL, input=text, max_output_tokens=90) for text in texts]',
  },
  {
    kind: 'code',
    text: 'for text in texts:\n    client.embeddings.create(model="text-embedding-3-small", input=text)',
  },
]);

async function open(): Promise<{ editor: Workspace; notebook: OpenNotebook }> {
  const editor = await workspace({ [NAME]: JSON_TEXT });
  const uri = editor.uri(NAME);
  return { editor, notebook: await openNotebook(editor, uri, readCells(JSON_TEXT, uri)) };
}

/** What is shown in each cell is what a scan of the file says, and it is something. */
async function expectSame(editor: Workspace, notebook: OpenNotebook): Promise<readonly (number | null)[]> {
  const shown = await Promise.all(
    notebook.cells().map(async ({ uri }, index) => shownByEditor(await editor.pull(uri), index)),
  );
  expect(sorted(shown.flat())).toEqual(shownByScan(scanReport(editor.root, NAME, notebookJson(notebook.cells()))));
  return shown.flat().map(({ cell }) => cell);
}

test('findings are in their cells', async () => {
  const { editor, notebook } = await open();
  expect(await expectSame(editor, notebook)).toEqual([1, 2, 3]);
  const textDocument = { uri: notebook.cells()[2]?.uri };
  const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', { textDocument });
  expect([...new Set(lenses.map(({ range }) => range.start.line))]).toEqual([1]);
});

test('an edit in one cell shows in another', async () => {
  const { editor, notebook } = await open();
  const cell = notebook.cells()[1];
  const text = cell?.text.replace('gpt-4-turbo', 'gpt-6-luna') ?? '';
  const range = { start: { line: 3, character: 9 }, end: { line: 3, character: 20 } };
  await notebook.edit(cell?.uri ?? '', [{ range, text: 'gpt-6-luna' }], text);
  expect(await expectSame(editor, notebook)).toEqual([2, 3]);
});

test('cells are added, moved and removed', async () => {
  const { editor, notebook } = await open();
  const [title, setup, ask, loop] = notebook.cells();
  if (!title || !setup || !ask || !loop) throw new Error('the notebook has four cells');
  await notebook.splice(2, 0, [{ uri: `${editor.uri(NAME)}#new`, kind: 'code', text: ask.text }]);
  expect(await expectSame(editor, notebook)).toEqual([1, 2, 3, 4]);
  // The client is not yet known where it is called.
  await notebook.splice(0, 2, [setup, title]);
  expect(await expectSame(editor, notebook)).toEqual([0, 2, 3, 4]);
  await notebook.splice(2, 2, []);
  expect(await expectSame(editor, notebook)).toEqual([2]);
  await notebook.splice(2, 1, []);
  expect(await expectSame(editor, notebook)).toEqual([]);
});

test('a closed notebook is what the disk has, and nothing is shown in its cells', async () => {
  const { editor, notebook } = await open();
  const [, first] = notebook.cells();
  await notebook.close();
  expect(await editor.pull(first?.uri ?? '')).toEqual([]);
  expect(await editor.request('farthing/scanWorkspace', {})).toMatchObject({ calls: 2, findings: 3 });
  const { items } = await editor.request<{ items: readonly { uri: string; items: readonly { message: string }[] }[] }>(
    'workspace/diagnostic',
    { previousResultIds: [] },
  );
  // The file has one address for all its cells: the message names the cell.
  expect(items).toMatchObject([{ uri: editor.uri(NAME) }]);
  expect(items[0]?.items.map(({ message }) => message.split(':')[0]).toSorted()).toEqual([
    'cell 2, line 4',
    'cell 3, line 2',
    'cell 4, line 2',
  ]);
});

test('a cell that is moved, and nothing else, runs after the cells that are then above it', async () => {
  const editor = await workspace({});
  const texts = [
    'from openai import OpenAI\nclient = OpenAI()',
    'MODEL = "gpt-4-turbo"',
    'MODEL = "gpt-6-luna"',
    'client.responses.create(model=MODEL, input="Hello", max_output_tokens=5)',
  ];
  const cells = texts.map((text, index) => ({
    uri: cellUri(editor.uri(NAME), `c${index}`),
    kind: 'code' as const,
    text,
  }));
  const notebook = await openNotebook(editor, editor.uri(NAME), cells);
  const [, old, recent] = cells;
  if (!old || !recent) throw new Error('the notebook has four cells');
  const rules = async () => (await editor.pull(old.uri)).map(({ code }) => code);
  expect(await rules()).toEqual([]);
  await notebook.splice(1, 2, [recent, old]);
  expect(await rules()).toEqual(['retired-model']);
  await notebook.splice(1, 2, [old, recent]);
  expect(await rules()).toEqual([]);
});
