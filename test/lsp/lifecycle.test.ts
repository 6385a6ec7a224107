/** The process: how it begins, how it ends, and that nothing a client does or refuses ends it early. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import {
  createMessageConnection,
  ErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { DIST, folderWith } from '../run-bundle.ts';
import { FULL_CAPABILITIES, startClient } from '../support/language-client.ts';
import { workspace } from '../support/workspace.ts';

const CALL = `from openai import OpenAI
OpenAI().chat.completions.create(model="gpt-4-turbo", messages=[])
`;

const SERVERS = [
  ['the file that an extension starts', [join(DIST, 'lsp.cjs'), '--stdio']],
  ['farthing lsp --stdio', [join(DIST, 'farthing.cjs'), 'lsp', '--stdio']],
] as const;

test.each(SERVERS)('%s speaks, and ends when it is told to', async (_name, server) => {
  const editor = await workspace({ 'a.py': CALL }, { server });
  await editor.show('a.py');
  expect((await editor.pull(editor.path('a.py'))).map(({ code }) => code)).toContain('retired-model');
  expect(await editor.stop()).toBe(0);
});

test('what comes before initialize, after shutdown or twice is refused, and an unknown method is unknown', async () => {
  const child = spawn(process.execPath, [join(DIST, 'lsp.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill();
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const hover = { textDocument: { uri: 'file:///a.py' }, position: { line: 0, character: 0 } };
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri: 'file:///a.py', text: CALL } });
  await expect(connection.sendRequest('textDocument/hover', hover)).rejects.toMatchObject({
    code: ErrorCodes.ServerNotInitialized,
  });
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  await expect(connection.sendRequest('textDocument/implementation', hover)).rejects.toMatchObject({
    code: ErrorCodes.MethodNotFound,
  });
  expect(await connection.sendRequest('textDocument/hover', hover)).toBeNull();
  const refused = { code: ErrorCodes.InvalidRequest };
  const initialize = { processId: null, rootUri: null, capabilities: {} };
  await expect(connection.sendRequest('initialize', initialize)).rejects.toMatchObject({
    ...refused,
    message: 'initialize was sent twice',
  });
  expect(await connection.sendRequest('textDocument/hover', hover)).toBeNull();
  await connection.sendRequest('shutdown');
  for (const method of ['textDocument/hover', 'textDocument/diagnostic', 'farthing/scanWorkspace', 'shutdown']) {
    await expect(connection.sendRequest(method, hover), method).rejects.toMatchObject(refused);
  }
});

test('a client may refuse whatever the server asks of it', async () => {
  const refuse = (): never => {
    throw new Error('no');
  };
  const methods = [
    'client/registerCapability',
    'workspace/configuration',
    'workspace/diagnostic/refresh',
    'workspace/codeLens/refresh',
    'workspace/inlayHint/refresh',
    'window/workDoneProgress/create',
  ];
  const editor = await workspace(
    {
      'a.py': 'from b import M\nfrom openai import OpenAI\nOpenAI().responses.create(model=M, input="")\n',
      'b.py': '',
    },
    { answers: Object.fromEntries(methods.map((method) => [method, refuse])), expectedLog: /failed/ },
  );
  await editor.show('a.py');
  expect(await editor.pull(editor.path('a.py'))).toEqual([]);
  await editor.show('b.py', 'M = "gpt-4-turbo"\n');
  await editor.next('workspace/diagnostic/refresh');
  await editor.request('farthing/scanWorkspace', {}).catch(() => null);
  expect((await editor.pull(editor.path('a.py'))).map(({ code }) => code)).toContain('retired-model');
  for (const name of ['diagnostics', 'watched files', 'settings']) {
    expect(editor.log.filter((line) => line.startsWith(`the registration of ${name} failed`))).toHaveLength(1);
  }
});

/** A client in a separate process, which can be killed: it starts the server and reports its process id. */
const CLIENT = `
const { spawn } = require('node:child_process');
const [, , root, ...server] = process.argv;
const child = spawn(process.execPath, server, { stdio: ['pipe', 'pipe', 'ignore'] });
let id = 0;
const send = (method, params, isRequest = true) => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...(isRequest ? { id: ++id } : {}), method, params });
  child.stdin.write('Content-Length: ' + Buffer.byteLength(text) + '\\r\\n\\r\\n' + text);
};
const workspaceFolders = [{ uri: require('node:url').pathToFileURL(root).href, name: 'x' }];
let seen = '';
child.stdout.on('data', (data) => {
  seen += data;
  if (seen.includes('"capabilities"')) {
    seen = '';
    send('initialized', {}, false);
    send('farthing/scanWorkspace', { workDoneToken: 'scan' });
    console.log('server ' + child.pid);
  } else if (seen.includes('"milliseconds"')) console.log('scanned');
  else if (seen.includes('"report"')) console.log('scanning');
});
send('initialize', { processId: PARENT, rootUri: null, workspaceFolders, capabilities: {} });
`;

test.each([
  ['while it is idle', 'scanned', SERVERS[0][1]],
  ['during a scan of the workspace', 'scanning', SERVERS[0][1]],
  ['started by the command, during a scan', 'scanning', SERVERS[1][1]],
])('the server ends when its client is killed: %s', async (_name, when, server) => {
  const files = when === 'scanning' ? 800 : 3;
  const texts = Array.from({ length: files }, (_, index) => [`src/f${index}.py`, `${CALL}# ${index}\n`.repeat(20)]);
  const root = folderWith(Object.fromEntries(texts));
  const script = join(root, 'client.cjs');
  writeFileSync(script, CLIENT.replace('PARENT', 'process.pid'));
  const client = spawn(process.execPath, [script, root, ...server], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    client.kill('SIGKILL');
  });
  let id = 0;
  for await (const line of createInterface(client.stdout)) {
    if (line.startsWith('server ')) id = Number(line.slice('server '.length));
    if (line === when) break;
  }
  expect(isRunning(id)).toBe(true);
  client.kill('SIGKILL');
  await expect.poll(() => isRunning(id)).toBe(false);
});

test('the server ends when the process that it was told about has ended, though its input stays open', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const child = spawn(
    process.execPath,
    [join(DIST, 'farthing.cjs'), 'lsp', '--stdio', '--clientProcessId', String(parent.pid)],
    { stdio: ['pipe', 'ignore', 'ignore'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  parent.kill('SIGKILL');
  expect(await ended).toBe(1);
});

test('a server without a folder answers about single files', async () => {
  const client = await startClient({
    server: [join(DIST, 'lsp.cjs'), '--stdio'],
    root: null,
    capabilities: FULL_CAPABILITIES,
  });
  const path = join(folderWith({ 'a.py': CALL }), 'a.py');
  await client.open(path, 'python', CALL);
  expect((await client.pull(path)).map(({ code }) => code)).toContain('retired-model');
  expect(await client.request('farthing/report', null)).toMatchObject({
    isWholeWorkspace: false,
    reports: [{ calls: [{}] }],
  });
  expect(await client.stop()).toBe(0);
  expect(client.log).toEqual([]);
});

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
