/** Whatever is sent, the server answers the next request, and its log stays empty. */
import { expect, test } from 'vitest';
import { type Workspace, workspace } from '../support/workspace.ts';

const SAMPLE = {
  'a.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export async function ask(q: string) {
  return client.chat.completions.create({ model: \`gpt-\${6}-luna\`, messages: [{ role: 'user', content: \`Hi 🪑 \${q}\` }] });
}
`,
  'a.py': `from openai import OpenAI
client = OpenAI()
async def ask(q: str) -> str:
    r = client.chat.completions.create(model="gpt-4-turbo", messages=[{"role": "user", "content": f"Hi 🪑 {q!r}"}])
    return r.choices[0].message.content
`,
};
const METHODS = [
  'textDocument/codeAction',
  'textDocument/codeLens',
  'textDocument/completion',
  'textDocument/diagnostic',
  'textDocument/hover',
  'textDocument/inlayHint',
  'farthing/summary',
  'farthing/breakdown',
];

/** Every method that is about a document. */
function askAll(editor: Workspace, uri: string, line: number, character: number): Promise<readonly unknown[]> {
  const position = { line, character };
  const range = { start: position, end: position };
  const given = { textDocument: { uri }, uri, call: 'none', position, range, context: { diagnostics: [] } };
  return Promise.all(METHODS.map((method) => editor.request(method, given)));
}

const NOTHING = [[], [], [], { kind: 'full', items: [] }, null, [], null, null];

test('unknown and foreign documents', async () => {
  const editor = await workspace(SAMPLE);
  for (const uri of [
    editor.uri('a.ts'),
    editor.uri('none.py'),
    'untitled:x',
    'git:/a.ts?x',
    'https://x.y/a.ts',
    'nonsense',
    '',
  ]) {
    expect(await askAll(editor, uri, 0, 0), uri).toEqual(NOTHING);
    await editor.close(uri === '' ? 'x:' : uri);
  }
  for (const [uri, language] of [
    ['git:/a.ts?x', 'typescript'],
    ['x:y', 'python'],
    ['untitled:', 'python'],
  ] as const) {
    await editor.open(uri, language, SAMPLE['a.py']);
    await askAll(editor, uri, 0, 0);
  }
  await editor.notify('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: 'x:y', type: 1 },
      { uri: 'file:///none', type: 3 },
    ],
  });
  await editor.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: 'x:y', name: '' }], removed: [{ uri: 'file:///none', name: '' }] },
  });
  await editor.notify('$/unknown', {});
  expect(await editor.request('farthing/explain', { rule: 'none' })).toBeNull();
  await editor.show('a.py');
  expect(await editor.pull(editor.path('a.py'))).not.toEqual([]);
});

test('positions and edits out of range', async () => {
  const editor = await workspace(SAMPLE);
  await editor.show('a.ts');
  for (const [line, character] of [
    [999, 0],
    [0, 999],
    [3, 99_999],
    [2 ** 31 - 1, 2 ** 31 - 1],
  ] as const) {
    await askAll(editor, editor.uri('a.ts'), line, character);
  }
  const far = { line: 999, character: 999 };
  await editor.change(editor.path('a.ts'), [{ range: { start: far, end: far }, text: '// end\n' }]);
  await editor.change(editor.path('a.ts'), [{ range: { start: { line: 1, character: 0 }, end: far }, text: '' }]);
  await askAll(editor, editor.uri('a.ts'), 1, 0);
  await editor.change(editor.path('a.ts'), [{ text: SAMPLE['a.ts'] }]);
  expect(await editor.pull(editor.path('a.ts'))).not.toEqual([]);
});

test.each(['a.ts', 'a.py'] as const)('half-typed code, at every prefix of %s', async (name) => {
  const editor = await workspace(SAMPLE);
  await editor.show(name, '');
  const text = SAMPLE[name];
  let position = { line: 0, character: 0 };
  for (let length = 1; length <= text.length; length++) {
    const typed = text.charAt(length - 1);
    await editor.change(editor.path(name), [{ range: { start: position, end: position }, text: typed }]);
    position =
      typed === '\n'
        ? { line: position.line + 1, character: 0 }
        : { line: position.line, character: position.character + 1 };
    await editor.pull(editor.path(name));
    if (length % 5 === 0) await askAll(editor, editor.uri(name), position.line, position.character);
  }
  expect(await editor.pull(editor.path(name))).not.toEqual([]);
});

test('a file of five megabytes, binary text, lone surrogates, very deep and very long code', async () => {
  const editor = await workspace({});
  const call = SAMPLE['a.py'];
  const texts = {
    'large.py': call + '# a line of a comment that says nothing\n'.repeat(130_000),
    'binary.ts': `import OpenAI from 'openai';\n${String.fromCharCode(...Array.from({ length: 4_000 }, (_, index) => index % 256))}`,
    'surrogates.ts': SAMPLE['a.ts'].replace('🪑', '\ud83e\ud83e \udc00'),
    'deep.ts': `import OpenAI from 'openai';\nconst x = ${'['.repeat(20_000)}`,
    'deep.py': `import openai\nx = ${'('.repeat(20_000)}`,
    'long.ts': `import OpenAI from 'openai';\nconst x = '${'a'.repeat(1_000_000)}';\n`,
  };
  for (const [name, text] of Object.entries(texts)) {
    await editor.open(editor.path(name), name.endsWith('ts') ? 'typescript' : 'python', text);
    await askAll(editor, editor.uri(name), 1, 5);
  }
  // A scan skips a file of this size.
  expect(await editor.pull(editor.path('large.py'))).toEqual([]);
  await editor.open(editor.path('a.py'), 'python', call);
  expect(await editor.pull(editor.path('a.py'))).not.toEqual([]);
});
