/** Calls of a project's own functions show their cost as soon as their file is open, and follow the function's file. */
import { expect, test } from 'vitest';
import { REPORT, type ReportResult } from '../../server/src/lsp/protocol.ts';
import { lensLines as titles } from '../support/lenses.ts';
import { scanReport } from '../support/scan-text.ts';
import { workspace } from '../support/workspace.ts';

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const ASK = `import OpenAI from 'openai';
const client = new OpenAI();
export async function ask(system: string, prompt: string) {
  return client.chat.completions.create({
    model: 'gpt-6-luna',
    max_completion_tokens: 20,
    messages: [{ role: 'system', content: system }, { role: 'user', content: prompt }],
  });
}
`;
const FILES = {
  'llm/ask.ts': ASK,
  'llm/index.ts': "export { ask as complete } from './ask';\n",
  'app/sort.ts': `import { complete } from '../llm';\nexport const sort = (letter: string) => complete('${RULES}', letter);\n`,
};

test('a file that is opened first shows its feature calls, as a scan of it does', async () => {
  const editor = await workspace(FILES);
  await editor.show('app/sort.ts');
  expect(await titles(editor, 'app/sort.ts')).toEqual([expect.stringContaining('via ask')]);
  const { reports } = await editor.request<ReportResult>(REPORT, {});
  expect(reports[0]?.calls).toEqual(scanReport(editor.root, 'app/sort.ts', FILES['app/sort.ts']).calls);
});

test('an edit of a function reaches its callers in other open files', async () => {
  const editor = await workspace(FILES);
  await editor.show('app/sort.ts');
  await editor.show('llm/ask.ts');
  const [before] = await titles(editor, 'app/sort.ts');
  const seen = editor.received.length;
  await editor.replace('llm/ask.ts', 'gpt-6-luna', 'gpt-6-sol');
  await editor.next('workspace/codeLens/refresh', undefined, seen);
  const [after] = await titles(editor, 'app/sort.ts');
  expect(after).not.toBe(before);
  await editor.replace(
    'llm/ask.ts',
    'content: system',
    "content: 'One fixed prompt for every letter there is, whatever it says.'",
  );
  expect(await titles(editor, 'app/sort.ts')).toEqual([]);
  await editor.replace(
    'llm/ask.ts',
    "content: 'One fixed prompt for every letter there is, whatever it says.'",
    'content: system',
  );
  expect(await titles(editor, 'app/sort.ts')).toEqual([after]);
});

test('a function that is saved on the disk, moved or gone counts as well', async () => {
  const editor = await workspace(FILES);
  await editor.show('app/sort.ts');
  expect(await titles(editor, 'app/sort.ts')).toHaveLength(1);
  await editor.save('llm/index.ts', 'export const complete = (rules: string) => rules;\n');
  expect(await titles(editor, 'app/sort.ts')).toEqual([]);
  await editor.save('llm/index.ts', "export { ask as complete } from './ask';\n");
  expect(await titles(editor, 'app/sort.ts')).toHaveLength(1);
  await editor.save('llm/ask.ts', null);
  expect(await titles(editor, 'app/sort.ts')).toEqual([]);
});

test('who calls a function of an open file is found without a scan, over other functions as well', async () => {
  const editor = await workspace({
    ...FILES,
    'app/polite.ts':
      "import { ask } from '../llm/ask';\nexport const politely = (text: string, rules: string) => ask(rules, text);\n",
    'web/page.ts': `import { politely } from '../app/polite';\nexport const page = (text: string) => politely(text, '${RULES}');\n`,
    'tests/ask.test.ts': `import { ask } from '../llm/ask';\nask('${RULES}', 'a letter');\n`,
    'web/other.ts': 'export const other = 1;\n',
  });
  await editor.show('llm/ask.ts');
  await titles(editor, 'llm/ask.ts');
  await editor.next('workspace/codeLens/refresh');
  expect(await titles(editor, 'llm/ask.ts')).toEqual([expect.stringContaining('2 callers')]);
  // Nothing but what is open is reported.
  const { reports } = await editor.request<ReportResult>(REPORT, {});
  expect(reports[0]?.calls.map(({ path }) => path)).toEqual(['llm/ask.ts']);
  const seen = editor.received.length;
  await editor.save(
    'web/more.ts',
    `import { ask } from '../llm/ask';\nexport const more = (text: string) => ask('${RULES}', text);\n`,
  );
  await editor.next('workspace/codeLens/refresh', undefined, seen);
  expect(await titles(editor, 'llm/ask.ts')).toEqual([expect.stringContaining('3 callers')]);
});
