/** The workspace is scanned on request, and then kept up to date; before that, no client is asked to poll. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes, type WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import type { ReportResult } from '../../server/src/lsp/protocol.ts';
import { type Workspace, workspace } from '../support/workspace.ts';

const FILES = {
  'models.ts': "export const MODEL = 'gpt-4-turbo';\n",
  'a.ts': `import OpenAI from 'openai';
import { MODEL } from './models';
new OpenAI().responses.create({ model: MODEL, input: '', max_output_tokens: 5 });
`,
  'b.ts':
    "import OpenAI from 'openai';\nnew OpenAI().responses.create({ model: 'gpt-4-turbo', input: '', max_output_tokens: 5 });\n",
};
const many = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [join('src', `f${index}.ts`), FILES['b.ts'].repeat(10)]),
  );

/**
 * What has to be seen while a scan runs: should the server be done before this process got its turn, that says nothing,
 * and the scan has to be a longer one.
 */
async function duringScan(
  look: (editor: Workspace, scan: Promise<unknown>, source: CancellationTokenSource, files: number) => Promise<boolean>,
): Promise<void> {
  for (let files = 300; files <= 20_000; files *= 4) {
    const editor = await workspace(many(files));
    await editor.show('src/f0.ts');
    await editor.pull(editor.path('src/f0.ts'));
    const source = new CancellationTokenSource();
    const scan = editor.request('farthing/scanWorkspace', { workDoneToken: 'mine' }, source.token);
    await editor.next('$/progress', ({ value }: { value: { kind: string } }) => value.kind === 'report');
    if (await look(editor, scan, source, files)) return;
  }
  throw new Error('No scan was long enough to be seen.');
}

interface Registration {
  readonly registrations: readonly {
    readonly method: string;
    readonly registerOptions: { workspaceDiagnostics?: boolean };
  }[];
}
const offers = (editor: Workspace): readonly unknown[] =>
  editor.received.flatMap(({ method, params }) =>
    method === 'client/registerCapability'
      ? (params as Registration).registrations
          .filter((one) => one.method === 'textDocument/diagnostic')
          .map((one) => one.registerOptions.workspaceDiagnostics)
      : [],
  );
const ask = (editor: Workspace, known: WorkspaceDiagnosticReport['items'] = []): Promise<WorkspaceDiagnosticReport> =>
  editor.request('workspace/diagnostic', {
    identifier: 'farthing',
    previousResultIds: known.map(({ uri, resultId }) => ({ uri, value: resultId })),
  });
const counts = ({ items }: WorkspaceDiagnosticReport): Record<string, number> =>
  Object.fromEntries(
    items.map((item) => [item.uri.replace(/.*\//, ''), item.kind === 'full' ? item.items.length : -1]),
  );

test('nothing but what is open is looked at before a scan', async () => {
  const editor = await workspace(FILES);
  await editor.show('a.ts');
  await editor.pull(editor.path('a.ts'));
  await new Promise((resolve) => setTimeout(resolve, 800));
  expect(offers(editor)).toEqual([false]);
  const { reports, isWholeWorkspace } = await editor.request<ReportResult>('farthing/report', null);
  expect(isWholeWorkspace).toBe(false);
  expect(reports.map(({ stats, calls }) => [stats.files, calls.length])).toEqual([[1, 1]]);
});

test('a scan answers with what it found, shows how far it is, and offers diagnostics of the workspace once', async () => {
  const editor = await workspace(FILES);
  const scan = () => editor.request('farthing/scanWorkspace', { workDoneToken: 'mine' });
  expect(await scan()).toMatchObject({ files: 3, calls: 2, findings: 2 });
  await scan();
  expect(offers(editor)).toEqual([false, true]);
  const progress = editor.received.filter(({ method }) => method === '$/progress').map(({ params }) => params);
  expect(progress).toContainEqual({
    token: 'mine',
    value: expect.objectContaining({ kind: 'begin', cancellable: true }),
  });
  expect(progress).toContainEqual({
    token: 'mine',
    value: { kind: 'report', percentage: 100, message: '3 of 3 files' },
  });
  expect(progress.at(-1)).toEqual({ token: 'mine', value: { kind: 'end' } });
  expect(await editor.request('farthing/report', null)).toMatchObject({ isWholeWorkspace: true });
});

test('what the client has already is held back, and an answer waits for news', async () => {
  const editor = await workspace(FILES);
  await editor.show('b.ts');
  await editor.request('farthing/scanWorkspace', {});
  const first = await ask(editor);
  expect(counts(first)).toEqual({ 'a.ts': 1, 'b.ts': 1 });
  let isAnswered = false;
  const second = ask(editor, first.items).finally(() => {
    isAnswered = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(isAnswered).toBe(false);
  await editor.save('models.ts', "export const MODEL = 'gpt-6-luna';\n");
  expect(counts(await second)).toEqual({ 'a.ts': 0 });
});

test('what rests on an edited file is shown again before anything is saved', async () => {
  const editor = await workspace(FILES);
  await editor.show('models.ts');
  await editor.request('farthing/scanWorkspace', {});
  const first = await ask(editor);
  await editor.replace('models.ts', 'gpt-4-turbo', 'gpt-3.5-turbo-instruct');
  const resultOfA = ({ items }: WorkspaceDiagnosticReport) => items.find(({ uri }) => uri.endsWith('a.ts'))?.resultId;
  const counted = { 'a.ts': 1, 'b.ts': 1 };
  await expect
    .poll(async () => {
      const report = await ask(editor);
      // Nothing vanishes until the file was looked at again.
      expect(counts(report)).toEqual(counted);
      return resultOfA(report);
    })
    .not.toBe(resultOfA(first));
});

test('files that come, go and are renamed, and folders', async () => {
  const editor = await workspace({ ...FILES, 'old/c.ts': FILES['b.ts'] });
  await editor.request('farthing/scanWorkspace', {});
  expect(counts(await ask(editor))).toEqual({ 'a.ts': 1, 'b.ts': 1, 'c.ts': 1 });
  await editor.save('d.ts', FILES['b.ts']);
  await editor.save('b.ts', null);
  // A folder that goes is reported by itself.
  await editor.save('old', null);
  await expect.poll(async () => counts(await ask(editor))).toEqual({ 'a.ts': 1, 'd.ts': 1 });
});

test('a scan that is cancelled stops, and says so', async () => {
  await duringScan(async (editor, scan, source, files) => {
    source.cancel();
    const result = await scan.catch((error: unknown) => error);
    if (!(result instanceof Error)) return false;
    expect(result).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    const { reports, isWholeWorkspace } = await editor.request<ReportResult>('farthing/report', null);
    expect(isWholeWorkspace).toBe(false);
    expect(reports[0]?.stats.files).toBeLessThan(files);
    expect(offers(editor)).toEqual([false]);
    expect(editor.received.at(-1)).not.toMatchObject({ method: 'workspace/diagnostic/refresh' });
    return true;
  });
});

test('a request that is cancelled before its turn is answered as cancelled', async () => {
  const editor = await workspace(many(300));
  const source = new CancellationTokenSource();
  const textDocument = { uri: editor.uri('src/f1.ts') };
  await editor.show('src/f1.ts', FILES['b.ts'].repeat(500));
  const first = editor.request('textDocument/codeLens', { textDocument });
  const second = editor.request('textDocument/diagnostic', { textDocument }, source.token);
  source.cancel();
  await expect(second).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  await first;
  const waiting = new CancellationTokenSource();
  const news = editor.request(
    'workspace/diagnostic',
    { previousResultIds: (await ask(editor)).items.map(({ uri, resultId }) => ({ uri, value: resultId })) },
    waiting.token,
  );
  setTimeout(() => waiting.cancel(), 100);
  await expect(news).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test('what is typed is answered during a scan', async () => {
  await duringScan(async (editor, scan) => {
    let isDone = false;
    const done = scan.finally(() => {
      isDone = true;
    });
    await editor.replace('src/f0.ts', "'gpt-4-turbo'", "'gpt-6-luna'");
    expect(await editor.pull(editor.path('src/f0.ts'))).toHaveLength(9);
    if (isDone) return false;
    await done;
    return true;
  });
});
