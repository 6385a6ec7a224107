/** The nearest `farthing.config.json` holds for a file, whatever else is scanned, in the terminal and in an editor. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-protocol';
import { farthing, folderWith } from '../run-bundle.ts';
import { actionsAt, resolve } from '../support/code-actions.ts';
import { workspace } from '../support/workspace.ts';

const CALL = `import OpenAI from 'openai';
export const ask = () => new OpenAI().responses.create({ model: 'gpt-6-luna', input: 'Say hello.' });
`;
const severity = (level: string) => `{ "rules": { "unbounded-output": "${level}" } }`;
const TREE = {
  '.git/HEAD': '',
  'farthing.config.json': severity('error'),
  'top.ts': CALL,
  'packages/one/a.ts': CALL,
  'packages/two/farthing.config.json': severity('hint'),
  'packages/two/src/b.ts': CALL,
};

function severities(cwd: string, ...args: readonly string[]): Readonly<Record<string, string>> {
  const { out } = farthing(['scan', ...args, '--format', 'json', '--fail-on', 'never'], { cwd });
  const { diagnostics } = JSON.parse(out) as { diagnostics: { path: string; severity: string }[] };
  return Object.fromEntries(diagnostics.map(({ path, severity }) => [path.split('/').at(-1), severity]));
}

test('what is named does not decide which configuration holds', () => {
  const cwd = folderWith(TREE);
  const all = { 'top.ts': 'error', 'a.ts': 'error', 'b.ts': 'hint' };
  expect(severities(cwd)).toEqual(all);
  expect(severities(cwd, 'packages')).toEqual({ 'a.ts': 'error', 'b.ts': 'hint' });
  expect(severities(cwd, 'packages/two/src/b.ts')).toEqual({ 'b.ts': 'hint' });
  expect(severities(cwd, 'packages/two/src/b.ts', 'top.ts')).toEqual({ 'top.ts': 'error', 'b.ts': 'hint' });
  expect(severities(cwd, '--config', 'packages/two/farthing.config.json')).toEqual({
    'top.ts': 'hint',
    'a.ts': 'hint',
    'b.ts': 'hint',
  });
});

test('the report says which ones hold', () => {
  const { out } = farthing(['scan'], { cwd: folderWith(TREE) });
  expect(out).toContain('configuration: farthing.config.json, packages/two/farthing.config.json; prices: ');
});

test('a change of one is noticed by the next scan', () => {
  const cwd = folderWith(TREE);
  const path = join(cwd, 'packages/two/farthing.config.json');
  expect(severities(cwd)).toMatchObject({ 'b.ts': 'hint' });
  writeFileSync(path, severity('warning'));
  expect(severities(cwd)).toMatchObject({ 'b.ts': 'warning' });
  rmSync(path);
  expect(severities(cwd)).toMatchObject({ 'b.ts': 'error' });
});

test('each has its own files to skip, prices, volumes and models', () => {
  const model = { provider: 'openai', model: 'gpt-6-luna', input: 1000, output: 0 };
  const inner = {
    ignore: ['gen/'],
    prices: [model],
    volumes: [
      { path: 'src/**', callsPerMonth: 10 },
      { path: 'top.ts', callsPerMonth: 10 },
    ],
  };
  const cwd = folderWith({
    ...TREE,
    'farthing.config.json': JSON.stringify({ ignore: ['packages/two/src/'] }),
    'packages/two/farthing.config.json': JSON.stringify(inner),
    'packages/two/gen/c.ts': CALL,
    'gen/d.ts': CALL,
  });
  const { out } = farthing(['scan', '--format', 'json', '--fail-on', 'never'], { cwd });
  const { calls, problems } = JSON.parse(out);
  const shown = calls.map(({ path, cost }: (typeof calls)[0]) => [path, cost.perMonth !== null]);
  expect(shown).toEqual([
    ['gen/d.ts', false],
    ['packages/one/a.ts', false],
    ['packages/two/src/b.ts', true],
    ['top.ts', false],
  ]);
  const [, one, two] = calls.map(({ cost }: (typeof calls)[0]) => cost.perCall.low);
  expect(two).toBeGreaterThan(100 * one);
  expect(problems).toEqual([
    {
      path: 'packages/two/farthing.config.json',
      message: 'volumes: no call matches path "top.ts".',
    },
  ]);
});

test('what is wrong with one is said, and ends the scan where nothing of it can be used', () => {
  const broken = (text: string) =>
    farthing(['scan', 'top.ts', 'packages'], {
      cwd: folderWith({ ...TREE, 'packages/two/farthing.config.json': text }),
    });
  const invalid = broken('{ "rules": { "unbounded-output": "warn" } }');
  expect(invalid.status).toBe(2);
  expect(invalid.err).toContain('packages/two/farthing.config.json:1');
  const unreadable = broken('{');
  expect(unreadable).toMatchObject({ status: 2, out: '' });
  expect(unreadable.err).toContain('Nothing was scanned.');
});

test('one that holds for nothing that is scanned is not spoken of', () => {
  const cwd = folderWith({ ...TREE, 'packages/two/farthing.config.json': '{' });
  const { status, out, err } = farthing(['scan', 'packages/one', '--fail-on', 'never'], { cwd });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain('configuration: farthing.config.json; prices: ');
});

test('an editor has the same', async () => {
  const editor = await workspace(TREE);
  const shown = async (name: string): Promise<unknown> =>
    (await editor.pull(editor.path(name))).map((found) => found.severity);
  await editor.show('top.ts');
  await editor.show('packages/two/src/b.ts');
  expect(await shown('top.ts')).toEqual([1]);
  expect(await shown('packages/two/src/b.ts')).toEqual([4]);
  await editor.save('packages/two/farthing.config.json', severity('off'));
  expect(await shown('top.ts')).toEqual([1]);
  expect(await shown('packages/two/src/b.ts')).toEqual([]);
  await editor.save('packages/two/farthing.config.json', null);
  expect(await shown('packages/two/src/b.ts')).toEqual([1]);
});

test('an editor writes to the one that holds, and shows what is wrong with it', async () => {
  const editor = await workspace({ ...TREE, 'packages/two/farthing.config.json': severity('warn') });
  await editor.show('packages/two/src/b.ts');
  expect(await editor.pull(editor.path('packages/two/src/b.ts'))).toHaveLength(1);
  const uri = editor.uri('packages/two/farthing.config.json');
  const sent = await editor.next('textDocument/publishDiagnostics', (one: { uri: string }) => one.uri === uri);
  expect(sent).toMatchObject({ diagnostics: [{ message: expect.stringContaining('"warn"') }] });
  const actions = await actionsAt(editor, 'packages/two/src/b.ts', 'new OpenAI');
  const off = actions.find(({ title }) => title === 'Turn unbounded-output off in the configuration');
  const { edit } = await resolve(editor, off as CodeAction);
  expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri } }]);
});

test('init proposes nothing for calls that a configuration below holds', () => {
  const open = (provider: string) => `import { generateText } from 'ai';
import { ${provider} } from '@ai-sdk/${provider}';
export const ask = (model: string) => generateText({ model: ${provider}(model), prompt: 'Say hello to our customers.' });
`;
  const cwd = folderWith({ ...TREE, 'top.ts': open('openai'), 'packages/two/src/b.ts': open('anthropic') });
  const { out } = farthing(['init', '--models'], { cwd });
  expect(out).toContain('"openai"');
  expect(out).not.toContain('"anthropic"');
  const inner = farthing(['init', '--models'], { cwd: join(cwd, 'packages/two') });
  expect(inner.out).toContain('"anthropic"');
});
