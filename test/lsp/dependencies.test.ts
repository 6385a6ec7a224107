/** A change shows in every file that rests on it, and in no other. */
import { expect, test } from 'vitest';
import { type Workspace, workspace } from '../support/workspace.ts';

const FILES = {
  'models.ts': "export const MODEL = 'gpt-6-luna';\n",
  'clients.ts': "import OpenAI from 'openai';\nexport const client = new OpenAI();\n",
  'a.ts': `import { client } from './clients';
import { MODEL } from './models';
client.responses.create({ model: MODEL, input: '', max_output_tokens: 5 });
`,
  'b.ts': `import { client } from './clients';
client.responses.create({ model: 'gpt-4-turbo', input: '', max_output_tokens: 5 });
`,
};

const codes = async (editor: Workspace, name: string): Promise<readonly unknown[]> =>
  (await editor.pull(editor.path(name))).map(({ code }) => code);

const refreshes = (editor: Workspace): number =>
  editor.received.filter(({ method }) => method === 'workspace/diagnostic/refresh').length;

test('a constant that changes in another editor', async () => {
  const editor = await workspace(FILES);
  for (const name of ['a.ts', 'b.ts', 'models.ts']) await editor.show(name);
  expect(await codes(editor, 'a.ts')).toEqual([]);
  const b = await editor.pullReport(editor.path('b.ts'));
  await editor.replace('models.ts', 'gpt-6-luna', 'gpt-4-turbo');
  // The client is asked to ask again, since it knows only of the file that it edits.
  await editor.next('workspace/diagnostic/refresh');
  expect(await codes(editor, 'a.ts')).toEqual(['retired-model']);
  expect(await editor.pullReport(editor.path('b.ts'), b.resultId)).toEqual({ kind: 'unchanged', resultId: b.resultId });
});

test('a constant that changes on the disk', async () => {
  const editor = await workspace(FILES);
  await editor.show('a.ts');
  expect(await codes(editor, 'a.ts')).toEqual([]);
  await editor.save('models.ts', "export const MODEL = 'gpt-4-turbo';\n");
  await editor.next('workspace/diagnostic/refresh');
  expect(await codes(editor, 'a.ts')).toEqual(['retired-model']);
});

test('a change that no other open file rests on asks for nothing', async () => {
  const editor = await workspace(FILES);
  await editor.show('b.ts');
  await editor.show('models.ts');
  await codes(editor, 'b.ts');
  const before = refreshes(editor);
  await editor.replace('models.ts', 'gpt-6-luna', 'gpt-4-turbo');
  await editor.save('a.ts', `${FILES['a.ts']}// more\n`);
  await codes(editor, 'models.ts');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(refreshes(editor)).toBe(before);
});

test('an import that leads elsewhere, nowhere, and back', async () => {
  const editor = await workspace(FILES);
  await editor.show('a.ts', FILES['a.ts'].replace('./models', './old'));
  expect(await codes(editor, 'a.ts')).toEqual([]);
  await editor.save('old.ts', "export const MODEL = 'gpt-4-turbo';\n");
  expect(await codes(editor, 'a.ts')).toEqual(['retired-model']);
  await editor.save('old.ts', null);
  expect(await codes(editor, 'a.ts')).toEqual([]);
  await editor.replace('a.ts', './old', './models');
  await editor.show('models.ts', "export const MODEL = 'gpt-4-turbo';\n");
  expect(await codes(editor, 'a.ts')).toEqual(['retired-model']);
});

test('findings in another file say where, and where the loop and the call of the function are', async () => {
  const editor = await workspace({
    ...FILES,
    'models.ts': "export const MODEL = 'gpt-4-turbo';\n",
    'c.ts': `import { client } from './clients';
const OLD = 'gpt-4-turbo';
export async function all(texts: string[]) {
  for (const text of texts) await client.embeddings.create({ model: 'text-embedding-3-small', input: text });
  await client.responses.create({ model: OLD, input: '', max_output_tokens: 5 });
}
`,
  });
  await editor.show('a.ts');
  await editor.show('c.ts');
  await editor.show(
    'd.ts',
    `import { client } from './clients';
async function embed(text: string) {
  return client.embeddings.create({ model: 'text-embedding-3-small', input: text });
}
for (const text of ['a', 'b']) await embed(text);
`,
  );
  const [a] = await editor.pull(editor.path('a.ts'));
  expect(a).toMatchObject({
    range: { start: { line: 2, character: 0 }, end: { line: 2, character: 23 } },
    tags: [2],
    source: 'farthing',
    codeDescription: { href: expect.stringMatching(/docs\/rules\/retired-model/) },
    relatedInformation: [
      {
        message: "The model's name is written here.",
        location: {
          uri: editor.uri('models.ts'),
          range: { start: { line: 0, character: 21 }, end: { line: 0, character: 34 } },
        },
      },
    ],
  });
  const found = await editor.pull(editor.path('c.ts'));
  expect(found.find(({ code }) => code === 'embedding-in-loop')?.relatedInformation).toMatchObject([
    { message: 'The loop over the texts.', location: { uri: editor.uri('c.ts'), range: { start: { line: 3 } } } },
  ]);
  const [called] = await editor.pull(editor.path('d.ts'));
  expect(called?.relatedInformation).toMatchObject([
    { message: 'The loop over the texts.', location: { range: { start: { line: 4, character: 0 } } } },
    { message: 'The call of embed in it.', location: { range: { start: { line: 4, character: 37 } } } },
  ]);
  expect(found.find(({ code }) => code === 'retired-model')).toMatchObject({
    range: { start: { line: 1, character: 12 } },
    relatedInformation: [
      { message: 'The call that this finding is about.', location: { range: { start: { line: 4, character: 8 } } } },
    ],
  });
  expect(found.find(({ code }) => code === 'embedding-in-loop')).not.toHaveProperty('tags');
});
