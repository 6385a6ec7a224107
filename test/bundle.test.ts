/** The build: it runs from an empty folder, starts quickly, and its parser is TypeScript's own. */
import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { DIST, farthing, folderWith } from './run-bundle.ts';

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

test('the parser in the bundle makes the trees that TypeScript makes', () => {
  const bundled: typeof ts = createRequire(import.meta.url)(join(DIST, 'typescript.cjs'));
  const texts = [
    readFileSync(new URL('./cli.test.ts', import.meta.url), 'utf8'),
    readFileSync(new URL('../server/src/ir/nodes.ts', import.meta.url), 'utf8'),
    'const a = <T,>(x: T) => <div {...x}>{`a$\u007b1}`}</div>; @dec class B<T> extends C { #x?: number; accessor y = 1 }',
    'if (a { b. ; const = `$\u007b',
    'enum E { A = 1 } namespace N.M { export = x } import x = require("y"); type T = { [K in keyof U]?: `a$\u007bK}` };',
  ];
  const isIn = (names: object, name: string) => Object.hasOwn(names, name);
  expect(isIn(bundled, 'createSourceFile')).toBe(true);
  for (const text of texts) expect(treeOf(bundled, text)).toEqual(treeOf(ts, text));
});

function treeOf(parser: typeof ts, text: string): unknown {
  const file = parser.createSourceFile(
    'a.tsx',
    text,
    { languageVersion: ts.ScriptTarget.ESNext },
    false,
    ts.ScriptKind.TSX,
  );
  const walk = (node: ts.Node): unknown => {
    const children: unknown[] = [];
    ts.forEachChild(node, (child) => {
      children.push(walk(child));
    });
    return [node.kind, node.pos, node.end, node.flags, children];
  };
  return walk(file);
}
