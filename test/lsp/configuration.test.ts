/** `farthing.config.json` decides what is found, the client's settings only what is shown of it. */
import { expect, test } from 'vitest';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { lensLines } from '../support/lenses.ts';
import { changeSettings } from '../support/settings.ts';
import { workspace } from '../support/workspace.ts';

const CALL = `from openai import OpenAI
OpenAI().chat.completions.create(model="gpt-6-sol", messages=[{"role": "user", "content": "Say hello."}])
`;
const CONFIG = 'farthing.config.json';

test('a change of the configuration is a change of every result', async () => {
  const editor = await workspace({ 'a.py': CALL });
  await editor.show('a.py');
  const codes = async (): Promise<unknown> => (await editor.pull(editor.path('a.py'))).map(({ severity }) => severity);
  expect(await codes()).toEqual([2]);
  await editor.save(CONFIG, '{ "rules": { "unbounded-output": "error" } }');
  await editor.next('workspace/diagnostic/refresh');
  expect(await codes()).toEqual([1]);
  await editor.save(CONFIG, '{ "rules": { "unbounded-output": "off" } }');
  expect(await codes()).toEqual([]);
  await editor.save(CONFIG, null);
  expect(await codes()).toEqual([2]);
});

test('what is wrong with the configuration is shown in it, until it is right', async () => {
  const editor = await workspace({ 'a.py': CALL, [CONFIG]: '{\n  "rules": { "unbounded-output": "warn" }\n}\n' });
  const next = (count: number): Promise<PublishDiagnosticsParams> =>
    editor.next(
      'textDocument/publishDiagnostics',
      (sent: PublishDiagnosticsParams) => sent.uri === editor.uri(CONFIG) && sent.diagnostics.length === count,
    );
  expect((await next(1)).diagnostics).toMatchObject([
    {
      range: { start: { line: 1, character: 0 } },
      severity: 2,
      source: 'farthing',
      message: expect.stringContaining('"warn"'),
    },
  ]);
  await editor.save(CONFIG, '{ "rules": ');
  await editor.save(CONFIG, '{}');
  await next(0);
});

test('settings change what is shown and nothing else', async () => {
  const configuration: Record<string, unknown> = {};
  const long = 'Answer in one short sentence, and say nothing about prices. '.repeat(20);
  const editor = await workspace({ 'a.py': CALL.replace('Say hello.', long) }, { configuration });
  await editor.show('a.py');
  const textDocument = { uri: editor.uri('a.py') };
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const shown = async (): Promise<readonly number[]> => [
    (await lensLines(editor, 'a.py')).length,
    (await editor.request<unknown[]>('textDocument/inlayHint', { textDocument, range })).length,
    (await editor.request('textDocument/hover', { textDocument, position: editor.at('a.py', 'gpt-6') })) === null
      ? 0
      : 1,
    (await editor.pull(editor.path('a.py'))).length,
  ];
  const set = (farthing: unknown): Promise<void> => changeSettings(editor, configuration, farthing);
  expect(await shown()).toEqual([1, 1, 1, 1]);
  await set({ codeLens: { enabled: false } });
  expect(await shown()).toEqual([0, 1, 1, 1]);
  await editor.next('workspace/codeLens/refresh');
  await set({ hover: { enabled: false }, inlayHints: { minimumTokens: 1_000 } });
  expect(await shown()).toEqual([1, 0, 0, 1]);
  await set({ inlayHints: { enabled: false } });
  expect(await shown()).toEqual([1, 0, 1, 1]);
  for (const wrong of [null, 5, { codeLens: 'no', hover: { enabled: 'no' }, inlayHints: { minimumTokens: -1 } }]) {
    await set(wrong);
    expect(await shown()).toEqual([1, 1, 1, 1]);
  }
  expect(editor.received.filter(({ method }) => method === 'workspace/diagnostic/refresh')).toEqual([]);
});
