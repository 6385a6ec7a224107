/** Hovers: what a model costs and what else it could cost, and what a prompt is made of. */
import { expect, test } from 'vitest';
import type { Hover, MarkupContent } from 'vscode-languageserver-protocol';
import { notebookJson, openNotebook, readCells } from '../support/notebooks.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const RULES = Array.from(
  { length: 150 },
  (_, index) => `Rule ${index + 1}: be brief, be kind, and say what you know.`,
).join('\\n');
const FILES = {
  'models.ts': "export const MODEL = 'claude-sonnet-5';\nexport const OTHER = 'a-model-of-our-own';\n",
  'a.ts': `import Anthropic from '@anthropic-ai/sdk';
import { MODEL, OTHER } from './models';

const client = new Anthropic();

export function ask(question: string) {
  return client.messages.create({
    model: MODEL,
    max_tokens: 500,
    system: \`${RULES} Today is \${new Date().toISOString()}. ${RULES}\`,
    messages: [{ role: 'user', content: question }],
  });
}

export const short = (model: string) =>
  client.messages.create({ model, max_tokens: 5, messages: [{ role: 'user', content: 'Is this "\`\`\`" a fence?' }] });
client.messages.create({ model: OTHER, max_tokens: 5, messages: [] });
`,
};

async function hoverAt(editor: Workspace, name: string, text: string): Promise<string | null> {
  const textDocument = { uri: editor.uri(name) };
  const hover = await editor.request<Hover | null>('textDocument/hover', {
    textDocument,
    position: editor.at(name, text),
  });
  return hover === null ? null : (hover.contents as MarkupContent).value;
}

async function open(): Promise<Workspace> {
  const editor = await workspace(FILES);
  await editor.show('a.ts');
  return editor;
}

test('on a model, also where the call names a constant of another file', async () => {
  const text = (await hoverAt(await open(), 'a.ts', 'MODEL,\n    max')) ?? '';
  // What can be decided comes first, then where each figure comes from.
  const parts = text.split('\n\n');
  expect(parts[0]).toBe('**claude-sonnet-5 (anthropic)**');
  expect(parts[1]).toMatch(/^this call: &#126;\$[\d.]+ per (?:call|1,000 calls) \(\$[\d.]+ to \$[\d.]+\), assumed$/);
  const table = (parts[2] ?? '').split('\n');
  expect(table[0]).toMatch(/^\| this call, about [\d,]+ in \+ 150 out \| per (?:call|1,000 calls) \| change \|$/);
  expect(table[1]).toBe('| --- | ---: | ---: |');
  expect(table[2]).toMatch(/^\| as it is \| &#126;\$[\d.]+ \| {2}\|$/);
  expect(table[3]).toMatch(/^\| [\d,]+ cached \(from 2nd use\) \| &#126;\$[\d.]+ \| -\d+% \|$/);
  expect(table[4]).toMatch(/^\| as a batch \(24 h\) \| &#126;\$[\d.]+ \| -50% \|$/);
  expect(table[5]).toMatch(/^\| claude-haiku-\S+ \| &#126;\$[\d.]+ \| -\d+% \|$/);
  expect(parts[3]).toBe('Another model may give worse answers: check quality on your own cases.');
  expect(parts[4]).toMatch(
    /^- per million: \$2 in, \$10 out, \$0\.20 cache read, \$2\.50 cache write, as of \d{4}-\d\d-\d\d, \[genai-prices.*\]\(https:\/\/github\.com\/pydantic\/genai-prices\)\n/,
  );
  expect(parts[4]).toMatch(/\n- output up to [\d,]+, context [\d,]+, caches marked prompts from [\d,]+ tokens/);
  expect(text).not.toMatch(/unknown|no date/);
  expect(parts.at(-1)).toMatch(/^model named at \[models\.ts:1:22\]\(file:\/\/\/\S+\/models\.ts#L1\)$/);
});

test('on a method, what its model costs', async () => {
  expect(await hoverAt(await open(), 'a.ts', 'create({\n')).toContain('claude-sonnet-5 (anthropic)');
});

test('on a prompt, its parts, what ends the cache marked', async () => {
  const text = (await hoverAt(await open(), 'a.ts', 'Rule 7:')) ?? '';
  const lines = text.split('\n');
  expect(lines[1]).toMatch(
    /^system [\d,]+ \+ new Date\(\)\.toISOString\(\) \| user text {3}(about )?[\d,]+( to [\d,]+)? tokens as sent$/,
  );
  expect(lines[2]).toMatch(
    /^\[stable [\d,]+\]\[VOLATILE new Date\(\)\.toISOString\(\)\]\[stable [\d,]+\]\[varying text\]$/,
  );
  const marked = lines[3] ?? '';
  expect(marked).toMatch(
    /^ +\^+ the provider's cache ends here: [\d,]+ stable tokens after it are paid in full every time$/,
  );
  // The mark stands under the part that it is about.
  const part = '[VOLATILE new Date().toISOString()]';
  expect(marked.indexOf('^')).toBe(lines[2]?.indexOf(part));
  expect(marked.lastIndexOf('^')).toBe((lines[2]?.indexOf(part) ?? 0) + part.length - 1);
});

test('a short prompt is not said to miss a cache that it could not have; a fence in it stays text', async () => {
  const short = FILES['a.ts'].replaceAll('model,', 'model: MODEL,').replace('(model: string)', '()');
  const editor = await workspace(FILES);
  await editor.show('a.ts', short);
  const text = (await hoverAt(editor, 'a.ts', 'Is this')) ?? '';
  expect(text).toContain('too short to cache: the provider caches from 1,024 tokens');
  expect(text.match(/```/g)).toHaveLength(2);
});

test('what is not known is said to be unknown', async () => {
  const editor = await open();
  expect(await hoverAt(editor, 'a.ts', 'model, max_tokens')).toContain('quick fix "Declare the model"');
  expect(await hoverAt(editor, 'a.ts', 'OTHER, max_tokens')).toMatch(
    /a-model-of-our-own \(anthropic\)\*\*\n\nprice unknown: add it under "prices"/,
  );
});

test('elsewhere there is none', async () => {
  const editor = await open();
  expect(await hoverAt(editor, 'a.ts', 'import Anthropic')).toBeNull();
  expect(await hoverAt(editor, 'a.ts', 'max_tokens: 500')).toBeNull();
});

test('a client without Markdown gets plain text', async () => {
  const editor = await workspace(FILES, { capabilities: { textDocument: { diagnostic: {} } } });
  await editor.show('a.ts');
  const position = editor.at('a.ts', 'MODEL,\n    max');
  const hover = await editor.request<Hover>('textDocument/hover', {
    textDocument: { uri: editor.uri('a.ts') },
    position,
  });
  expect(hover.contents).toMatchObject({ kind: 'plaintext', value: expect.stringMatching(/^claude-sonnet-5/) });
  expect(hover.range).toEqual({ start: position, end: { ...position, character: position.character + 5 } });
});

test('in a notebook, in the cell', async () => {
  const json = notebookJson([
    { kind: 'code', text: 'from openai import OpenAI\nMODEL = "gpt-6-luna"' },
    { kind: 'code', text: '!pip list\nOpenAI().responses.create(model=MODEL, input="Hello")' },
  ]);
  const editor = await workspace({ 'a.ipynb': json });
  const { cells } = await openNotebook(editor, editor.uri('a.ipynb'), readCells(json, editor.uri('a.ipynb')));
  const position = { line: 1, character: 34 };
  const hover = await editor.request<Hover>('textDocument/hover', { textDocument: { uri: cells()[1]?.uri }, position });
  expect(hover.range).toEqual({ start: { line: 1, character: 32 }, end: { line: 1, character: 37 } });
});

test('on a feature call, its way to the request; on the request, the feature calls behind its cost', async () => {
  const editor = await workspace({
    'lib/ask.ts': `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = (system: string) =>
  client.chat.completions.create({ model: 'gpt-6-sol', max_completion_tokens: 200, messages: [{ role: 'system', content: system }] });
`,
    'a.ts': `import { ask } from './lib/ask';
export const sort = () => ask('You sort letters for a public library. Answer with the name of one shelf.');
export const shelve = () => ask('${'You sort letters for a public library. '.repeat(9)}');
`,
  });
  await editor.show('lib/ask.ts');
  await editor.show('a.ts');
  const request = () => hoverAt(editor, 'lib/ask.ts', 'create(');
  await request();
  expect(await hoverAt(editor, 'a.ts', "ask('You sort letters for a public library. Answer")).toMatch(
    /\nvia ask: request \[lib\/ask\.ts:4:3\]\(file:\/\/\S+\/lib\/ask\.ts#L4\)$/,
  );
  expect(await request()).toMatch(
    /\n\| 2 callers, \$[\d.]+ to \$[\d.]+ per 1,000 calls \| per 1,000 calls \|\n\| --- \| ---: \|\n\| \[a\.ts:3:29\]\(\S+#L3\) \| &#126;\$[\d.]+ \|\n\| \[a\.ts:2:27\]\(\S+#L2\) \| &#126;\$[\d.]+ \|$/,
  );
});
