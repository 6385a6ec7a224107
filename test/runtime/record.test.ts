/** `node --import @farthing/runtime/record`: a program that knows nothing of it, packed and run as a user would. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InstalledRuntime, installRuntime } from '../installed-runtime.ts';
import { type FakeProvider, startFakeProvider } from '../provider/server.ts';

let installed: InstalledRuntime;
let provider: FakeProvider;

beforeAll(async () => {
  provider = await startFakeProvider();
  installed = await installRuntime('openai', 'undici');
});
afterAll(async () => {
  await provider.close();
  installed.remove();
});

interface Ran {
  readonly status: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
  readonly rows: readonly Record<string, unknown>[];
}

/** @param signal is sent once the program has printed a line */
function recorded(name: string, text: string, { signal, to }: { signal?: NodeJS.Signals; to?: string } = {}) {
  const path = to ?? join(installed.folder, `${name}.jsonl`);
  writeFileSync(join(installed.folder, name), text);
  const env = { ...process.env, FARTHING_RECORD: path, FARTHING_REVISION: '3f2a1c0', NODE_PATH: '' };
  const flags = ['--import', '@farthing/runtime/record'];
  return new Promise<Ran>((resolve) => {
    const child = spawn(process.execPath, [...flags, name], { cwd: installed.folder, env });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => {
      out += data;
      if (signal !== undefined) child.kill(signal);
    });
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.on('close', (status, ended) => {
      const lines = statSync(path, { throwIfNoEntry: false })?.isFile()
        ? readFileSync(path, 'utf8').split('\n').filter(Boolean)
        : [];
      resolve({ status, signal: ended, out, err, rows: lines.map((line) => JSON.parse(line)) });
    });
  });
}

const ASK = `
  const openai = new OpenAI({ baseURL: URL_OF_PROVIDER, apiKey: 'key', maxRetries: 0 });
  async function answer(content) {
    return await openai.chat.completions.create({ model: 'gpt-6-luna', messages: [{ role: 'user', content }] });
  }
  await answer('A secret question.');
`;
const ask = (): string => ASK.replace('URL_OF_PROVIDER', JSON.stringify(`${provider.url}/v1`));
const AS_MODULE = "import OpenAI from 'openai';\n";

describe('a process that is recorded', () => {
  test('as an ES module: each call has its figures and its place, and no text', async () => {
    const { status, err, rows } = await recorded('module.mjs', AS_MODULE + ask());
    expect([status, err]).toEqual([0, '']);
    expect(rows).toEqual([
      expect.objectContaining({
        callSite: 'module.mjs:5:12',
        revision: '3f2a1c0',
        model: 'gpt-6-luna',
        status: 200,
        origin: 'provider',
        inputTokens: expect.any(Number),
        outputTokens: expect.any(Number),
      }),
    ]);
    expect(JSON.stringify(rows)).not.toContain('secret');
  });

  test('as CommonJS it is the same', async () => {
    const text = `const { OpenAI } = require('openai');\n(async () => {${ask()}})();`;
    const { status, rows } = await recorded('common.cjs', text);
    expect([status, rows.map(({ callSite }) => callSite)]).toEqual([0, ['common.cjs:5:12']]);
  });

  test("a stream, plain fetch and an installed undici's fetch are recorded, and no other request", async () => {
    const url = JSON.stringify(`${provider.url}/v1/chat/completions`);
    const body = (model: string) =>
      `JSON.stringify({ model: '${model}', messages: [{ role: 'user', content: 'Hi' }] })`;
    const { rows } = await recorded(
      'others.mjs',
      `${AS_MODULE}import { fetch as undici } from 'undici';
      import { createServer } from 'node:http';
      const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const openai = new OpenAI({ baseURL: ${JSON.stringify(`${provider.url}/v1`)}, apiKey: 'key' });
      const messages = [{ role: 'user', content: 'Hi' }];
      const options = { include_usage: true };
      for await (const _ of await openai.chat.completions.create({ model: 'a', messages, stream: true, stream_options: options }));
      const headers = { 'content-type': 'application/json', authorization: 'Bearer key' };
      await (await fetch(${url}, { method: 'POST', headers, body: ${body('b')} })).json();
      await (await undici(${url}, { method: 'POST', headers, body: ${body('c')} })).json();
      await (await fetch('http://127.0.0.1:' + server.address().port, { method: 'POST', body: '{"model":"d"}' })).text();
      server.close();`,
    );
    expect(rows.map(({ model }) => model)).toEqual(['a', 'b', 'c']);
    for (const row of rows) expect(row).toMatchObject({ status: 200, outputTokens: expect.any(Number) });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends it as before, and what was recorded is written',
    async (signal) => {
      const text = `${AS_MODULE}${ask()}console.log('asked'); setInterval(() => {}, 1000);`;
      const ran = await recorded(`${signal}.mjs`, text, { signal });
      expect([ran.signal, ran.rows.length]).toEqual([signal, 1]);
    },
  );

  test('an application that listens to the signal ends itself', async () => {
    const text = `${AS_MODULE}process.on('SIGTERM', () => { process.stdout.write('bye'); process.exit(7); });
      ${ask()}console.log('asked'); setInterval(() => {}, 1000);`;
    const ran = await recorded('own-signal.mjs', text, { signal: 'SIGTERM' });
    expect([ran.status, ran.out, ran.rows.length]).toEqual([7, 'asked\nbye', 1]);
  });

  test('a file that cannot be written is said once, and the application runs as before', async () => {
    const folder = join(installed.folder, 'a-folder');
    mkdirSync(folder);
    const text = `${AS_MODULE}${ask()}await answer('again'); console.log('done');`;
    const ran = await recorded('unwritable.mjs', text, { to: folder });
    expect([ran.status, ran.out]).toEqual([0, 'done\n']);
    expect(ran.err).toMatch(/^farthing: calls are not recorded: [^\n]*\n$/);
  });
});
