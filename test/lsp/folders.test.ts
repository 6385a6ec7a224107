/** Several folders, each with its own configuration and its own meaning of imports. */
import { expect, test } from 'vitest';
import type { ReportResult } from '../../server/src/lsp/protocol.ts';
import { folderWith } from '../run-bundle.ts';
import { uriOf } from '../support/language-client.ts';
import { workspace } from '../support/workspace.ts';

const CALL = `import OpenAI from 'openai';
import { MODEL } from './models';
new OpenAI().responses.create({ model: MODEL, input: '' });
`;
const project = (model: string, severity: string) => ({
  '.git/HEAD': '',
  'models.ts': `export const MODEL = '${model}';\n`,
  'a.ts': CALL,
  'farthing.config.json': `{ "rules": { "unbounded-output": "${severity}" } }`,
});

test('each folder has its own configuration, and folders come and go', async () => {
  const one = folderWith(project('gpt-6-luna', 'error'));
  const two = folderWith(project('gpt-4-turbo', 'off'));
  const editor = await workspace({}, { root: [one, two] });
  const shown = async (root: string): Promise<unknown> =>
    (await editor.pull(`${root}/a.ts`)).map(({ code, severity }) => `${code} ${severity}`);
  await editor.open(`${one}/a.ts`, 'typescript', CALL);
  await editor.open(`${two}/a.ts`, 'typescript', CALL);
  expect(await shown(one)).toEqual(['unbounded-output 1']);
  expect(await shown(two)).toEqual(['retired-model 1']);
  const roots = async (): Promise<readonly string[]> =>
    (await editor.request<ReportResult>('farthing/report', null)).reports.map(({ rootUri }) => rootUri);
  expect(await roots()).toEqual([uriOf(one), uriOf(two)]);

  const change = (added: readonly string[], removed: readonly string[]): Promise<void> => {
    const named = (root: string) => ({ uri: uriOf(root), name: root });
    return editor.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: added.map(named), removed: removed.map(named) },
    });
  };
  await change([], [two]);
  expect(await roots()).toEqual([uriOf(one)]);
  // It is still open, and still belongs to its repository.
  expect(await shown(two)).toEqual(['retired-model 1']);
  await editor.close(`${two}/a.ts`);
  await change([two], [one]);
  await editor.open(`${two}/a.ts`, 'typescript', CALL);
  expect(await roots()).toEqual([uriOf(two)]);
  expect(await shown(two)).toEqual(['retired-model 1']);
});

test('a folder inside another is a separate folder', async () => {
  const outer = folderWith({
    ...project('gpt-6-luna', 'error'),
    'inner/farthing.config.json': '{ "rules": { "unbounded-output": "hint" } }',
    'inner/models.ts': "export const MODEL = 'gpt-6-luna';\n",
    'inner/a.ts': CALL,
  });
  const editor = await workspace({}, { root: [outer] });
  const inner = `${outer}/inner/a.ts`;
  const severity = async (): Promise<unknown> => (await editor.pull(inner)).map((found) => found.severity);
  await editor.open(inner, 'typescript', CALL);
  const roots = async (): Promise<readonly string[]> =>
    (await editor.request<ReportResult>('farthing/report', null)).reports.map(({ rootUri }) => rootUri);
  // Its configuration holds in either case.
  expect(await severity()).toEqual([4]);
  expect(await roots()).toEqual([uriOf(outer)]);
  await editor.notify('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: uriOf(`${outer}/inner`), name: 'inner' }], removed: [] },
  });
  expect(await severity()).toEqual([4]);
  expect(await roots()).toEqual([uriOf(outer), uriOf(`${outer}/inner`)]);
});
