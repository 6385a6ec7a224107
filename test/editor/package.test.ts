/** The packed extension: what is in it, and that its server works from where it was installed, with nothing around it. */
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeLens } from 'vscode-languageserver-protocol';
import { packagePath } from '../../scripts/lib/pack-extension.ts';
import { root } from '../../scripts/lib/root.ts';
import { extensionsFolder, installExtension } from '../../scripts/lib/workbench.ts';
import { startClient } from '../support/language-client.ts';
import { createFixture } from './support/fixture.ts';

const fixture = createFixture();
let extension = '';
beforeAll(() => {
  mkdirSync(fixture.home, { recursive: true });
  installExtension(fixture.home, packagePath());
  const [folder] = globSync('farthing.farthing-vscode-*', { cwd: extensionsFolder(fixture.home) });
  if (folder === undefined) throw new Error('the extension was not unpacked');
  extension = join(extensionsFolder(fixture.home), folder);
});
afterAll(() => fixture.remove());

test('it holds what runs, and no source, test or package', () => {
  const files = globSync('**/*.*', { cwd: extension }).map((path) => path.replaceAll('\\', '/'));
  expect(files.filter((path) => !path.startsWith('media/walkthrough/')).toSorted()).toEqual([
    'LICENSE.txt',
    'changelog.md',
    'client/dist/THIRD-PARTY-LICENSES.txt',
    'client/dist/extension.cjs',
    'client/dist/report.css',
    'client/dist/report.js',
    'l10n/bundle.l10n.es.json',
    'media/coin-dark.svg',
    'media/coin-light.svg',
    'media/coin.svg',
    'media/gutter/less.svg',
    'media/gutter/more.svg',
    'media/gutter/new.svg',
    'media/gutter/other.svg',
    'media/icon.png',
    'package.json',
    'package.nls.es.json',
    'package.nls.json',
    'readme.md',
    'server/dist/THIRD-PARTY-LICENSES.txt',
    'server/dist/cl100k.bin',
    'server/dist/cl100k.cjs',
    'server/dist/farthing.schema.json',
    'server/dist/lsp.cjs',
    'server/dist/o200k.bin',
    'server/dist/o200k.cjs',
    'server/dist/server.cjs',
    'server/dist/typescript.cjs',
  ]);
});

test('every file that the manifest names is there', () => {
  const manifest = readFileSync(join(extension, 'package.json'), 'utf8');
  const named = [...manifest.matchAll(/"\.?\/?((?:media|client|server)\/[\w./-]+\.\w+)"/g)].map(
    ([, path]) => path ?? '',
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => globSync(path, { cwd: extension }).length === 0)).toEqual([]);
});

test('its page refers to nothing that is not in it, and its pictures are in the repository', () => {
  const page = readFileSync(join(extension, 'readme.md'), 'utf8');
  expect(page).toMatch(/^# Farthing/);
  expect(page.match(/\]\((?!https:)/g)).toBeNull();
  const pictures = [...page.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, address]) => address ?? '');
  expect(pictures.length).toBeGreaterThan(0);
  for (const address of pictures) {
    const path = address.replace('https://github.com/farthing-llm/farthing/raw/main/', '');
    expect(existsSync(join(root, path)), address).toBe(true);
  }
});

test('its server finds, prices and counts', async () => {
  const workspace = join(fixture.home, 'workspace');
  mkdirSync(workspace, { recursive: true });
  const file = join(workspace, 'ask.py');
  const text = 'from openai import OpenAI\n\nOpenAI().responses.create(model="gpt-4-turbo", input="hello world")\n';
  writeFileSync(file, text);
  const server = [join(extension, 'server', 'dist', 'lsp.cjs'), '--stdio'];
  const client = await startClient({ server, root: workspace });
  try {
    await client.open(file, 'python', text);
    const rules = (await client.pull(file)).map(({ code }) => code);
    expect(rules).toContain('retired-model');
    const textDocument = { uri: `file://${file}` };
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
    // Two tokens by the model's own vocabulary, which is in a separate file, four around a message and three for the
    // reply.
    expect(lenses.map(({ command }) => command?.title)).toEqual([
      expect.stringMatching(/per call|per 1,000 calls/),
      expect.stringMatching(/^about 9 in \| /),
      expect.stringMatching(/findings?$/),
    ]);
  } finally {
    expect(await client.stop()).toBe(0);
  }
});
