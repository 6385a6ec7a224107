/** Above each call its cost in one line, behind each long prompt its tokens, inside a model's name the models. */

import { expect, test } from 'vitest';
import type { CompletionItem, InlayHint } from 'vscode-languageserver-protocol';
import { lensesOf, lensLines, numberedLenses } from '../support/lenses.ts';
import { commandReport } from '../support/scan-text.ts';
import { changeSettings } from '../support/settings.ts';
import { workspace } from '../support/workspace.ts';

const LONG = 'Answer in one short sentence, and say nothing about prices. '.repeat(20);
const TEXT = `import OpenAI from 'openai';
const client = new OpenAI();

// farthing: calls=50k/month
client.chat.completions.create({ model: 'gpt-6-sol', max_completion_tokens: 500, messages: [{ role: 'user', content: '${LONG}' }] });
client.responses.create({ model: process.env.MODEL ?? 'gpt-6-luna', input: 'Hello' });
export const ask = (model: string) => client.responses.create({ model, input: 'Hello' });
client.embeddings.create({ model: 'text-embedding-3-small', input: 'Hello' });
`;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

test('a lens says what a call costs, on what that rests, and opens the breakdown', async () => {
  const editor = await workspace({ 'a.ts': TEXT }, { initializationOptions: { hasClientCommands: true } });
  await editor.show('a.ts');
  expect(await numberedLenses(editor, 'a.ts')).toEqual([
    expect.stringMatching(
      /^4 ~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), ~\$[\d.,]+\/month at 50k, assumed \| about [\d,]+ in \| up to 500 out$/,
    ),
    expect.stringMatching(
      /^5 ~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed \| [\w ,]+ in \| 20 to 1,000 out \| 1 finding$/,
    ),
    expect.stringMatching(/^6 model set at run time: choose\.\.\. \| /),
    expect.stringMatching(/^7 \$[\d.]+ per 1,000 calls, \w+ \| [\d,]+ in$/),
  ]);
  const { calls } = commandReport(editor.root, 'a.ts', TEXT);
  const commands = (await lensesOf(editor, 'a.ts')).map(({ command }) => command);
  const named = (name: string): readonly unknown[] =>
    commands.filter((command) => command?.command === name).map((command) => command?.arguments);
  const of = (index: number) => [editor.uri('a.ts'), calls[index]?.id];
  expect(named('farthing.showBreakdown')).toEqual([of(0), of(0), of(1), of(1), of(2), of(3), of(3)]);
  expect(named('farthing.chooseModel')).toEqual([of(2)]);
  expect(named('farthing.showFindings')).toEqual([of(1)]);
});

test('the cost stands at the end of the line or nowhere, and not where it is below a floor, as the settings have it', async () => {
  const configuration: Record<string, unknown> = {};
  const options = { configuration, initializationOptions: { hasClientCommands: true } };
  const editor = await workspace({ 'a.ts': TEXT }, options);
  await editor.show('a.ts');
  const costs = async (): Promise<readonly InlayHint[]> => {
    const params = { textDocument: { uri: editor.uri('a.ts') }, range: WHOLE };
    const hints = await editor.request<readonly InlayHint[]>('textDocument/inlayHint', params);
    return hints.filter(({ label }) => typeof label !== 'string');
  };
  const above = await lensLines(editor, 'a.ts');
  expect(await costs()).toEqual([]);
  await changeSettings(editor, configuration, { codeLens: { position: 'end' } });
  expect(await lensesOf(editor, 'a.ts')).toEqual([]);
  const atEnd = await costs();
  expect(atEnd.map(({ label }) => (typeof label === 'string' ? '' : label.map(({ value }) => value).join('')))).toEqual(
    above,
  );
  expect(atEnd[1]?.position).toEqual(editor.at('a.ts', "'gpt-6-luna', input: 'Hello' });", true));
  await changeSettings(editor, configuration, { codeLens: { position: 'hover' } });
  expect([...(await costs()), ...(await lensesOf(editor, 'a.ts'))]).toEqual([]);
  await changeSettings(editor, configuration, { codeLens: { minimumCost: 0.1 } });
  // The embedding certainly costs less; a cost that is unknown may be any.
  expect((await numberedLenses(editor, 'a.ts')).map((line) => line[0])).toEqual(['4', '5', '6']);
});

test('without the extension a lens has a command of the server, which shows the breakdown as text', async () => {
  const editor = await workspace({ 'a.ts': TEXT });
  await editor.show('a.ts');
  const [first] = await lensesOf(editor, 'a.ts');
  expect(first?.command?.command).toBe('farthing.server.showBreakdown');
  await editor.request('workspace/executeCommand', first?.command);
  const { message } = await editor.next<{ message: string }>('window/showMessage');
  expect(message).toMatch(/^Farthing: openai chat\.completions\n\n~\$[\d.]+ per 1,000 calls \(/);
  expect(message).not.toMatch(/^#|\*\*|```/m);
  await editor.request('workspace/executeCommand', { command: 'farthing.server.showBreakdown', arguments: [1] });
  await editor.next<{ message: string }>('window/showMessage', ({ message }) => message.includes('no longer there'));
});

test('several models are named by their number, and what to do about none is said once per file', async () => {
  const editor = await workspace({
    'a.ts': `import OpenAI from 'openai';
const client = new OpenAI();
const MODELS = { fast: 'gpt-6-luna', smart: 'gpt-6-sol', own: 'our-own' };
export const pick = (kind: string) => client.responses.create({ model: MODELS[kind], input: 'Hello' });
export const one = (model: string) => client.responses.create({ model, input: 'Hello' });
export const two = (model: string) => client.responses.create({ model, input: 'Hello' });
export const big = (input: any) => client.responses.create({ model: 'gpt-6-sol', input });
`,
  });
  await editor.show('a.ts');
  expect(await lensLines(editor, 'a.ts')).toEqual([
    expect.stringMatching(
      /^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed, one of 3 models, 1 without a price \| /,
    ),
    expect.stringMatching(/^model set at run time: declare it \| /),
    expect.stringMatching(/^[\d ]+(?:to [\d ]+)?in \| /),
    expect.stringMatching(/^\$2 in, \$10 out per million tokens \| size unknown/),
  ]);
});

test('a lens says how much of a prompt the provider can cache', async () => {
  const text = TEXT.replace(LONG, LONG.repeat(8));
  const editor = await workspace({ 'a.ts': text });
  await editor.show('a.ts');
  expect((await lensLines(editor, 'a.ts'))[0]).toMatch(/ \| about [\d,]+ in, [\d,]+ cacheable \| /);
});

test('a hint stands behind a long prompt and says for which model it was counted', async () => {
  const editor = await workspace({ 'a.ts': TEXT });
  await editor.show('a.ts');
  const ask = (range = WHOLE): Promise<readonly InlayHint[]> =>
    editor.request('textDocument/inlayHint', { textDocument: { uri: editor.uri('a.ts') }, range });
  expect(await ask()).toEqual([
    {
      position: editor.at('a.ts', `${LONG}'`, true),
      label: expect.stringMatching(/^(about )?\d{3} tokens$/),
      paddingLeft: true,
      tooltip: 'user prompt, stable: counted for gpt-6-sol',
    },
  ]);
  expect(await ask({ start: { line: 5, character: 0 }, end: { line: 7, character: 0 } })).toEqual([]);
});

test('in a model argument the models of the provider are offered with their prices, the newest first', async () => {
  const editor = await workspace({ 'a.ts': TEXT });
  await editor.show('a.ts');
  const ask = (text: string, isBehind = true): Promise<readonly CompletionItem[]> =>
    editor.request('textDocument/completion', {
      textDocument: { uri: editor.uri('a.ts') },
      position: editor.at('a.ts', text, isBehind),
    });
  const items = await ask("model: 'gpt-6-s");
  expect(items.map(({ label }) => label)).toContain('gpt-6-luna');
  expect(items.some(({ label }) => label.startsWith('claude'))).toBe(false);
  expect(items.map(({ sortText }) => sortText)).toEqual(items.map(({ sortText }) => sortText).toSorted());
  const luna = items.find(({ label }) => label === 'gpt-6-luna');
  const start = editor.at('a.ts', 'gpt-6-sol');
  expect(luna).toMatchObject({
    detail: '$0.10 in, $0.50 out per million',
    documentation: { kind: 'markdown', value: expect.stringContaining('as of ') },
    // The whole name is replaced, also what stands behind the cursor.
    textEdit: { newText: 'gpt-6-luna', range: { start, end: { ...start, character: start.character + 9 } } },
  });
  // A retired model is only offered once its name is being typed, struck through.
  expect(items.map(({ label }) => label)).not.toContain('gpt-4-turbo');
  await editor.replace('a.ts', 'gpt-6-sol', 'gpt-4');
  expect((await ask("model: 'gpt-4")).find(({ label }) => label === 'gpt-4-turbo')).toMatchObject({ tags: [1] });
  const embeddings = await ask("model: 'text-emb");
  expect(embeddings.map(({ label }) => label)).toContain('text-embedding-3-large');
  expect(embeddings.map(({ label }) => label)).not.toContain('gpt-6-luna');
});

test('models are offered in code that is still being written, and nowhere else', async () => {
  const editor = await workspace({ 'a.py': '' });
  const ask = async (text: string): Promise<number> => {
    await editor.show('a.py', text);
    const position = { line: text.split('\n').length - 1, character: text.split('\n').at(-1)?.length ?? 0 };
    const items = await editor.request<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: editor.uri('a.py') },
      position,
    });
    return items.length;
  };
  const head = 'from openai import OpenAI\nclient = OpenAI()\n';
  expect(await ask(`${head}client.responses.create(model="`)).toBeGreaterThan(5);
  expect(await ask(`${head}client.responses.create(\n    model='gpt`)).toBeGreaterThan(5);
  expect(await ask(`${head}client.responses.create(input="`)).toBe(0);
  expect(await ask(`${head}print("a.`)).toBe(0);
});

const RULES = 'You sort letters for a public library. Answer with the name of one shelf, and nothing else at all.';
const wrapper = (model: string) => `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = (system: string, ${model === 'model' ? 'model: string' : 'prompt = ""'}) =>
  client.chat.completions.create({ model: ${model}, max_completion_tokens: 200, messages: [{ role: 'system', content: system }] });
`;
const caller = (first: string, second: string) =>
  `import { ask } from './ask';\nexport const sort = () => ask('${RULES}'${first});\nexport const shelve = () => ask('${RULES} ${RULES}'${second});\n`;

test('a feature call has its own cost, and the request behind it that of its callers', async () => {
  const editor = await workspace({ 'ask.ts': wrapper("'gpt-6-sol'"), 'a.ts': caller('', '') });
  await editor.show('ask.ts');
  await editor.show('a.ts');
  const titles = (name: string) => lensLines(editor, name);
  await titles('ask.ts');
  expect(await titles('a.ts')).toEqual([
    expect.stringMatching(
      /^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed, via ask \| [\w ,]+ in \| up to 200 out$/,
    ),
    expect.stringMatching(
      /^~\$[\d.]+ per 1,000 calls \(\$[\d.]+ to \$[\d.]+\), assumed, via ask \| [\w ,]+ in \| up to 200 out$/,
    ),
  ]);
  expect(await titles('ask.ts')).toEqual([
    expect.stringMatching(/^2 callers, \$[\d.]+ to \$[\d.]+ per 1,000 calls \| [\w ,]+ \| up to 200 out$/),
  ]);
});

test('what makes an unknown cost known is said once a file, not at each feature call', async () => {
  const editor = await workspace({ 'ask.ts': wrapper('model'), 'a.ts': caller(', read()', ', read()') });
  await editor.show('ask.ts');
  await editor.show('a.ts');
  const titles = (name: string) => lensLines(editor, name);
  await titles('ask.ts');
  expect(await titles('a.ts')).toEqual([
    expect.stringMatching(/^model set at run time: declare it \| via ask \| /),
    expect.stringMatching(/^via ask \| /),
  ]);
  expect(await titles('ask.ts')).toEqual([
    expect.stringMatching(/^model set at run time: declare it \| 2 callers \| /),
  ]);
});

test('what makes a cost known is not said of a request that costs what its callers cost, but of the next call', async () => {
  const asked = (name: string) =>
    `export const ${name} = (text: string, model: string) => client.chat.completions.create({ model, messages: [{ role: 'user', content: text }] });\n`;
  const editor = await workspace({
    'ask.ts': wrapper('model') + asked('open'),
    'a.ts': caller(", 'gpt-6-sol'", ", 'gpt-6-luna'"),
  });
  await editor.show('a.ts');
  await editor.show('ask.ts');
  await lensLines(editor, 'a.ts');
  expect(await lensLines(editor, 'ask.ts')).toEqual([
    expect.stringMatching(/^2 callers, \$[\d.]+ to \$[\d.]+ per 1,000 calls \| /),
    expect.stringMatching(/^model set at run time: declare it \| /),
  ]);
});
