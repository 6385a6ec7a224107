/** What throws costs its own answer, is said once in the log, and everything else goes on. */
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import {
  type CodeAction,
  type CodeLens,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { startServer } from '../../server/src/lsp/server.ts';
import type { CallRule, Rule } from '../../server/src/rules/rule.ts';
import { folderWith } from '../run-bundle.ts';
import { textsAfter } from '../support/code-actions.ts';
import { type ConnectedClient, connectClient, uriOf } from '../support/language-client.ts';

/** Made before the modules that are replaced below. */
const { FAILING, SAFE } = vi.hoisted(() => {
  const REST: Omit<CallRule<string>, 'id' | 'check'> = {
    scope: 'call',
    summary: 'For this test.',
    technique: 'policy',
    severity: 'warning',
    fix: 'safe',
    since: '0.0.0',
    documentation: 'For this test.',
    message: { en: String, es: String },
  };
  const FAILING: CallRule<string> = {
    ...REST,
    id: 'failing',
    check: () => {
      throw new Error('the rule is broken');
    },
  };
  /** No rule so far has a fix that is safe everywhere: this one renames the model. */
  const SAFE: CallRule<string> = {
    ...REST,
    id: 'safe',
    *check({ origin, model }) {
      const operation = model.origin && ({ kind: 'replace-text', origin: model.origin, value: 'gpt-6-luna' } as const);
      const fix = (title: string, safety: 'safe' | 'suggested') => ({
        title: { en: title, es: title },
        safety,
        operations: operation ? [operation] : [],
      });
      yield { data: 'It is safe.', origin, fixes: () => [fix('Maybe', 'suggested'), fix('Surely', 'safe')] };
    },
  };
  return { FAILING, SAFE };
});

vi.mock('../../server/src/rules/index.ts', async (original) => {
  const { rules } = await original<{ rules: readonly Rule[] }>();
  return { rules: [FAILING, ...rules, SAFE] };
});
vi.mock('../../server/src/lsp/handlers/hover.ts', () => ({
  hover: () => {
    throw new Error('the handler is broken');
  },
}));

const CALL = `from openai import OpenAI
client = OpenAI()
client.chat.completions.create(model="gpt-4-turbo", messages=[])
client.responses.create(model="gpt-4-turbo", input="", max_output_tokens=5)
`;

/** The server in this process, so that its parts can be made to fail. */
async function start(): Promise<ConnectedClient & { readonly path: string }> {
  const root = folderWith({ 'a.py': CALL });
  const [up, down] = [new PassThrough(), new PassThrough()];
  startServer(createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down)));
  const client = await connectClient(new StreamMessageReader(down), new StreamMessageWriter(up), { root });
  const path = `${root}/a.py`;
  await client.open(path, 'python', CALL);
  return { ...client, path };
}

test('a rule that throws is said once, and the others run', async () => {
  const client = await start();
  for (let round = 1; round < 4; round++) {
    const codes = (await client.pull(client.path)).map(({ code }) => code);
    expect(codes.filter((code) => code === 'retired-model')).toHaveLength(2);
    expect(codes).not.toContain('failing');
    await client.change(client.path, [{ text: `${CALL}# ${round}\n` }]);
  }
  expect(client.log).toHaveLength(1);
  expect(client.log[0]).toContain('a.py: the rule failing failed on 2 calls');
  expect(client.log[0]).toContain('the rule is broken');
});

test('a handler that throws answers nothing, is said once with its stack, and the others answer', async () => {
  const client = await start();
  const textDocument = { uri: uriOf(client.path) };
  for (const line of [0, 1, 2]) {
    expect(await client.request('textDocument/hover', { textDocument, position: { line, character: 0 } })).toBeNull();
  }
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument });
  expect(new Set(lenses.map(({ range }) => range.start.line)).size).toBe(2);
  const said = client.log.filter((line) => line.includes('textDocument/hover'));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('failed and was skipped');
  expect(said[0]).toContain('failures.test.ts');
});

test('fix-all makes the safe fixes, all of them, and no other', async () => {
  const client = await start();
  const textDocument = { uri: uriOf(client.path) };
  const place = { line: 0, character: 0 };
  const ask = (only: readonly string[]): Promise<readonly CodeAction[]> =>
    client.request('textDocument/codeAction', {
      textDocument,
      range: { start: place, end: place },
      context: { diagnostics: [], only },
    });
  for (const only of ['source.fixAll.farthing', 'source.fixAll', 'source']) {
    const actions = await ask([only]);
    expect(actions.map(({ kind }) => kind)).toEqual(['source.fixAll.farthing']);
    const { edit } = await client.request<CodeAction>('codeAction/resolve', actions[0]);
    expect(textsAfter(edit ?? {})).toEqual({ [textDocument.uri]: CALL.replaceAll('gpt-4-turbo', 'gpt-6-luna') });
  }
  expect(await ask(['source.organizeImports'])).toEqual([]);
});

test('of fixes only a safe one is preferred', async () => {
  const client = await start();
  const textDocument = { uri: uriOf(client.path) };
  const place = { line: 2, character: 3 };
  const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: { start: place, end: place },
    context: { diagnostics: [], only: ['quickfix'] },
  });
  expect(actions.filter(({ isPreferred }) => isPreferred).map(({ title }) => title)).toEqual(['Surely']);
});
