/** The build holds all that it needs. `typescript-parser.test.ts` is about the parser in it. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { DIST, farthing, folderWith } from './run-bundle.ts';
import { startClient } from './support/language-client.ts';

const APPLICATION = {
  'app/a.ts': `import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic();
export const ask = (text: string) =>
  client.messages.create({ model: 'claude-sonnet-5-5', max_tokens: 300, system: 'Answer briefly.', messages: [{ role: 'user', content: text }] });
`,
  'app/b.py': `from openai import OpenAI
client = OpenAI()
def embed(text):
    return client.embeddings.create(model="text-embedding-3-small", input=text)
def complete(text):
    return client.completions.create(model="gpt-4", prompt="Say hello", max_tokens=5)
`,
  'app/c.ipynb': JSON.stringify({
    cells: [
      { cell_type: 'code', source: ['import ollama\n', 'ollama.chat(model="llama3", messages=[])'], outputs: [] },
    ],
    metadata: {},
    nbformat: 4,
  }),
};

test('the bundle runs from an empty folder, with every language and tokenizer', () => {
  const folder = folderWith(APPLICATION);
  cpSync(DIST, join(folder, 'dist'), { recursive: true });
  const { status, out, err } = farthing(['scan', 'app', '--format', 'json', '--no-cache'], {
    cwd: folder,
    dist: join(folder, 'dist'),
    env: { NODE_PATH: '', FARTHING_CACHE_DIR: join(folder, 'cache') },
  });
  expect({ status, err }).toEqual({ status: expect.any(Number), err: '' });
  const { calls, problems } = JSON.parse(out);
  expect(problems).toEqual([]);
  expect(calls.map(({ path, sdk }: { path: string; sdk: string }) => `${path} ${sdk}`)).toEqual([
    'a.ts anthropic',
    'b.py openai',
    'b.py openai',
    'c.ipynb ollama',
  ]);
  expect(calls[0].tokens.input.expected).toBeGreaterThan(0);
  for (const format of ['text', 'sarif', 'github', 'markdown']) {
    const args = ['scan', 'app', '--format', format, '--fail-on', 'never'];
    expect(farthing(args, { cwd: folder, dist: join(folder, 'dist') })).toMatchObject({ status: 0, err: '' });
  }
});

test('the language server runs from an empty folder, with every language', async () => {
  const folder = folderWith(APPLICATION);
  cpSync(DIST, join(folder, 'dist'), { recursive: true });
  const client = await startClient({
    server: [join(folder, 'dist', 'lsp.cjs'), '--stdio'],
    root: join(folder, 'app'),
    env: { NODE_PATH: '', FARTHING_CACHE_DIR: join(folder, 'cache') },
  });
  for (const [name, language] of [
    ['app/a.ts', 'typescript'],
    ['app/b.py', 'python'],
  ] as const) {
    const path = join(folder, name);
    await client.open(path, language, APPLICATION[name]);
    const textDocument = { uri: pathToFileURL(path).href };
    expect(await client.request<unknown[]>('textDocument/codeLens', { textDocument })).not.toEqual([]);
  }
  expect(await client.request('farthing/scanWorkspace', {})).toMatchObject({ files: 3, calls: 4 });
  expect(await client.stop()).toBe(0);
  expect(client.log).toEqual([]);
});
