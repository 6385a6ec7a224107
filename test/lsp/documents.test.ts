/** What the editor holds is what is analysed, to the unit: edits, line ends, characters of two units, names, places. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { REPORT, type ReportResult } from '../../server/src/lsp/protocol.ts';
import { folderWith } from '../run-bundle.ts';
import { lensLines } from '../support/lenses.ts';
import { projectScan, scanReport, shownByEditor, shownByScan } from '../support/scan-text.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const TEXT = `import OpenAI from 'openai';
const client = new OpenAI();
// 🪑🪑 chairs
export const ask = (text: string) => { /* 👩‍👩‍👧 */ return client.chat.completions.create({ model: 'gpt-4-turbo', messages: [{ role: 'user', content: text }] }); };
`;

/** After each edit the server shows what a scan of the same text says. */
async function expectSame(editor: Workspace, name: string, text: string): Promise<void> {
  const shown = shownByEditor(await editor.pull(editor.path(name)));
  expect(shown).toEqual(shownByScan(scanReport(editor.root, name, text)));
  expect(shown.length).toBeGreaterThan(0);
}

test.each([
  ['\n', 'line feeds'],
  ['\r\n', 'carriage returns and line feeds'],
  ['\r', 'carriage returns'],
])('edits at any place, with lines ended by %j', async (end) => {
  const text = TEXT.replaceAll('\n', end);
  const editor = await workspace({ 'a.ts': '' });
  await editor.show('a.ts', text);
  const replace = async (old: string, by: string): Promise<void> => {
    await editor.replace('a.ts', old, by);
    current = current.replace(old, () => by);
    await expectSame(editor, 'a.ts', current);
  };
  let current = text;
  await expectSame(editor, 'a.ts', text);
  await replace('🪑🪑', '🪑');
  await replace('👩‍👩‍👧', '👩‍👩‍👧 🪑');
  await replace("'gpt-4-turbo', messages", `'gpt-4-turbo',${end}  messages`);
  await replace('import OpenAI', `// first 🪑${end}import OpenAI`);
  await replace(`}); };${end}`, '}); };');
  await replace('}); };', `}); }; // 🪑${end}${end}`);
  await replace(`const client = new OpenAI();${end}`, `const client = new OpenAI({ maxRetries: 1 });${end}`);
});

test('several edits in one change count from the text that the one before left', async () => {
  const editor = await workspace({ 'a.ts': '' });
  await editor.show('a.ts', TEXT);
  const at = (line: number, character: number) => ({ start: { line, character }, end: { line, character } });
  await editor.change(editor.path('a.ts'), [
    { range: at(0, 0), text: '// one\n' },
    { range: at(1, 0), text: '// two 🪑\n' },
    { range: { start: { line: 4, character: 3 }, end: { line: 4, character: 7 } }, text: '' },
  ]);
  await expectSame(editor, 'a.ts', `// one\n// two 🪑\n${TEXT.replace('🪑🪑', '')}`);
});

test('a document that was never saved is analysed by its language', async () => {
  const editor = await workspace({ 'models.ts': "export const MODEL = 'gpt-4-turbo';\n" });
  const text = TEXT.replace("'gpt-4-turbo'", 'MODEL').replace(
    "'openai';",
    "'openai';\nimport { MODEL } from './models';",
  );
  await editor.open('untitled:Untitled-1', 'typescript', text);
  expect((await editor.pull('untitled:Untitled-1')).map(({ code }) => code)).toEqual([
    'retired-model',
    'unbounded-output',
  ]);
  await editor.open('untitled:Untitled-2', 'markdown', text);
  expect(await editor.pull('untitled:Untitled-2')).toEqual([]);
  await editor.close('untitled:Untitled-1');
  expect(await editor.pull('untitled:Untitled-1')).toEqual([]);
});

test('fixes, comments and volumes of a document that was never saved are edits of that document', async () => {
  const editor = await workspace({});
  const uri = 'untitled:Untitled-1';
  await editor.open(uri, 'typescript', TEXT);
  const [found] = await editor.pull(uri);
  const actions = await editor.request<readonly CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri },
    range: found?.range,
    context: { diagnostics: [] },
  });
  const titles = [
    "Use gpt-6.1-sol, which follows gpt-5.6-sol, the provider's own replacement",
    'Declare how often this call runs',
    'here, with a reason',
  ];
  for (const title of titles) {
    const action = actions.find((one) => one.title.includes(title));
    const { edit } = await editor.request<CodeAction>('codeAction/resolve', action);
    expect(edit?.documentChanges, title).toMatchObject([{ textDocument: { uri, version: 1 } }]);
  }
});

test('a large or minified document is skipped, as its file is', async () => {
  const call = TEXT.replaceAll('\n', ' ').replace('// 🪑🪑 chairs', '');
  const minified = `${call}const rows = [${'1,'.repeat(20_000)}];`;
  const large = `${TEXT}const text = '${'x'.repeat(4_000_000)}';\n`;
  const editor = await workspace({ 'min.js': minified, 'large.js': large, 'small.js': TEXT });
  const shown = async (name: string) => {
    await editor.show(name);
    return [await editor.pull(editor.path(name)), await lensLines(editor, name)].map(({ length }) => length);
  };
  expect(await shown('min.js')).toEqual([0, 0]);
  expect(await shown('large.js')).toEqual([0, 0]);
  expect(await shown('small.js')).toEqual([2, 1]);
  const { reports } = await editor.request<ReportResult>(REPORT, {});
  expect(reports[0]?.problems).toEqual(projectScan(editor.root).report.problems);
  expect(reports[0]?.problems).toHaveLength(2);
});

test('a file outside every folder has its own surroundings and configuration', async () => {
  const outside = folderWith({
    'farthing.config.json': '{ "rules": { "unbounded-output": "error" } }',
    'src/models.ts': "export const MODEL = 'gpt-4-turbo';\n",
    '.git/HEAD': '',
  });
  const text = TEXT.replace("'gpt-4-turbo'", 'MODEL').replace(
    "'openai';",
    "'openai';\nimport { MODEL } from './models';",
  );
  const editor = await workspace({ 'a.ts': '' });
  const path = join(outside, 'src', 'a.ts');
  await editor.open(path, 'typescript', text);
  expect((await editor.pull(path)).map(({ code, severity }) => `${code} ${severity}`)).toEqual([
    'retired-model 1',
    'unbounded-output 1',
  ]);
});

test("a file's name says what it is, whatever the client calls its language", async () => {
  const editor = await workspace({});
  await editor.open(editor.path('a.mts'), 'some-dialect', TEXT);
  expect(await editor.pull(editor.path('a.mts'))).toHaveLength(2);
  await editor.open(editor.path('notes.txt'), 'typescript', TEXT);
  expect(await editor.pull(editor.path('notes.txt'))).toEqual([]);
});

test('a closed file is what the disk has', async () => {
  const editor = await workspace({ 'models.ts': "export const MODEL = 'gpt-6-luna';\n", 'a.ts': '' });
  const text = TEXT.replace("'gpt-4-turbo'", 'MODEL').replace(
    "'openai';",
    "'openai';\nimport { MODEL } from './models';",
  );
  await editor.show('a.ts', text);
  await editor.show('models.ts', "export const MODEL = 'gpt-4-turbo';\n");
  const codes = async (): Promise<unknown> => (await editor.pull(editor.path('a.ts'))).map(({ code }) => code);
  expect(await codes()).toContain('retired-model');
  await editor.close(editor.path('models.ts'));
  expect(await codes()).not.toContain('retired-model');
});
