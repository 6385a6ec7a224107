/**
 * A process whose calls were marked by `farthing measure prepare`: each is recorded by its id, with the calls of the
 * project's own functions that led to it, whatever the SDK does on its way to the network.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MeasuredFile } from '@farthing/shared/measured/measured';
import type { Report } from '@farthing/shared/report';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type InstalledRuntime, installRuntime } from '../installed-runtime.ts';
import { type FakeProvider, startFakeProvider } from '../provider/server.ts';
import { farthing } from '../run-bundle.ts';

const PACKAGES = ['openai', '@anthropic-ai/sdk', 'ai', '@ai-sdk/openai', '@langchain/openai', '@langchain/core', 'zod'];

let installed: InstalledRuntime;
let provider: FakeProvider;

beforeAll(async () => {
  provider = await startFakeProvider();
  installed = await installRuntime(...PACKAGES);
});
afterAll(async () => {
  await provider.close();
  installed.remove();
});

interface Row {
  readonly callSite: string | null;
  readonly callers: readonly string[];
}

interface Ran {
  readonly folder: string;
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
  readonly rows: readonly Row[];
  /** The ids of the calls, by the line in which they begin. */
  readonly idAt: (path: string, line: number) => string | undefined;
}

let projects = 0;

/** Prepares and runs a project, of which the first file is what is started. */
async function ran(files: Readonly<Record<string, string>>, change: (folder: string) => void = () => {}): Promise<Ran> {
  const folder = join(installed.folder, `project-${projects++}`);
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text.replaceAll('URL_OF_PROVIDER', JSON.stringify(`${provider.url}/v1`)));
  }
  expect(farthing(['measure', 'prepare'], { cwd: folder })).toMatchObject({ status: 0, err: '' });
  const report: Report = JSON.parse(farthing(['scan', '--format', 'json'], { cwd: folder }).out);
  change(folder);
  const [main = ''] = Object.keys(files);
  const env = { ...process.env, OPENAI_API_KEY: 'key', ANTHROPIC_API_KEY: 'key', NODE_PATH: '' };
  const child = spawn(process.execPath, ['--import', '@farthing/runtime/record', main], { cwd: folder, env });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const path = join(folder, '.farthing/calls.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  const idAt = (path: string, line: number) =>
    report.calls.find((call) => call.path === path && call.line === line)?.id;
  return { folder, status, out, err, rows: lines.map((line) => JSON.parse(line)), idAt };
}

const imported = (folder: string) => farthing(['measure', 'import', '.farthing/calls.jsonl'], { cwd: folder });

describe('each SDK', () => {
  const OPENAI = `import OpenAI from 'openai';
const client = new OpenAI({ baseURL: URL_OF_PROVIDER, maxRetries: 0 });
`;
  test.each([
    [
      "OpenAI's, in TypeScript that Node runs as it is",
      'main.ts',
      `${OPENAI}async function answer(content: string): Promise<string | null> {
  const { choices } = await client.chat.completions.create({ model: 'gpt-6-luna', messages: [{ role: 'user', content }] });
  return choices[0]?.message.content ?? null;
}
console.log(typeof (await answer('Hello')));
`,
      4,
    ],
    [
      "OpenAI's, with the promise's own methods, in CommonJS",
      'main.cjs',
      `const OpenAI = require('openai');
const client = new OpenAI({ baseURL: URL_OF_PROVIDER, maxRetries: 0 });
const messages = [{ role: 'user', content: 'Hello' }];
client.chat.completions.create({ model: 'gpt-6-luna', messages }).withResponse().then(({ response }) => console.log(typeof response.status === 'number' ? 'string' : ''));
`,
      4,
    ],
    [
      "Anthropic's, as a stream",
      'main.mjs',
      `import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic({ baseURL: URL_OF_PROVIDER.slice(0, -3), maxRetries: 0 });
const stream = client.messages.stream({ model: 'claude-haiku-4-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] });
console.log(typeof (await stream.finalText()));
`,
      3,
    ],
    [
      "the AI SDK's streamText, with a callback that awaits",
      'main.mjs',
      `import { createOpenAI } from '@ai-sdk/openai';
import { streamText } from 'ai';
const openai = createOpenAI({ baseURL: URL_OF_PROVIDER, apiKey: 'key' });
const result = streamText({ model: openai.chat('gpt-6-luna'), prompt: 'Hello', onFinish: async () => { await null; } });
let text = '';
for await (const part of result.textStream) text += part;
console.log(typeof text);
`,
      4,
    ],
    [
      "LangChain's, in a call that awaits its own argument",
      'main.mjs',
      `import { ChatOpenAI } from '@langchain/openai';
const model = new ChatOpenAI({ model: 'gpt-6-luna', apiKey: 'key', maxRetries: 0, configuration: { baseURL: URL_OF_PROVIDER } });
const question = Promise.resolve('Hello');
const { content } = await model.invoke(await question);
console.log(typeof content);
`,
      4,
    ],
  ])('%s', async (_, name, text, line) => {
    const { folder, status, out, err, rows, idAt } = await ran({ [name]: text });
    expect([status, out, err]).toEqual([0, 'string\n', '']);
    expect(idAt(name, line)).toBeDefined();
    expect(rows.map(({ callSite }) => callSite)).toEqual([idAt(name, line)]);
    expect(imported(folder).out).toContain('1 call site, 1 of 1 call joined');
  });
});

const WRAPPED = {
  'main.mjs': `import { ask } from './ask.mjs';
const letter = () => ask('You write letters.', 'A letter to the bank');
const label = async () => await ask('You answer yes or no.', 'Is it a complaint?');
await Promise.all([letter(), letter(), label()]);
`,
  'ask.mjs': `import OpenAI from 'openai';
const client = new OpenAI({ baseURL: URL_OF_PROVIDER, maxRetries: 0 });
export async function ask(system, content) {
  await new Promise((resolve) => setTimeout(resolve, 1));
  const messages = [{ role: 'system', content: system }, { role: 'user', content }];
  return await client.chat.completions.create({ model: 'gpt-6-luna', messages });
}
`,
};

test("a feature call has its own share of the wrapper's cost, which no sum counts twice", async () => {
  const { folder, rows, idAt } = await ran(WRAPPED);
  const request = idAt('ask.mjs', 6);
  const letter = idAt('main.mjs', 2);
  const label = idAt('main.mjs', 3);
  expect(rows.map(({ callSite }) => callSite)).toEqual([request, request, request]);
  expect(rows.map(({ callers }) => callers).sort()).toEqual([[label], [letter], [letter]].sort());

  const { out } = imported(folder);
  expect(out).toContain('1 call site, 3 of 3 calls joined');
  expect(out).toContain('2 feature calls led to them');
  const { sites }: MeasuredFile = JSON.parse(readFileSync(join(folder, '.farthing/measured.json'), 'utf8'));
  const counts = sites.map(({ call, isFeature, calls }) => [call, isFeature, calls]);
  expect(counts).toHaveLength(3);
  expect(counts).toEqual(
    expect.arrayContaining([
      [request, false, 3],
      [letter, true, 2],
      [label, true, 1],
    ]),
  );

  const report: Report = JSON.parse(farthing(['scan', '--format', 'json'], { cwd: folder }).out);
  expect(report.unjoined).toBeNull();
  expect(report.calls.map(({ id, measured }) => [id, measured?.calls])).toEqual(
    expect.arrayContaining([
      [request, 3],
      [letter, 2],
      [label, 1],
    ]),
  );
});

test("a request that another one's tool makes does not belong to what led to the first", async () => {
  const { rows, idAt } = await ran({
    'main.mjs': `import { createOpenAI } from '@ai-sdk/openai';
import { generateText } from 'ai';
const openai = createOpenAI({ baseURL: URL_OF_PROVIDER, apiKey: 'key' });
const onFinish = async () => { await generateText({ model: openai.chat('gpt-6-luna'), prompt: 'And a title' }); };
const run = async (prompt) => await generateText({ model: openai.chat('gpt-6-luna'), prompt, onFinish });
await run('A long letter');
`,
  });
  const inner = rows.find(({ callSite }) => callSite === idAt('main.mjs', 4));
  const outer = rows.find(({ callSite }) => callSite === idAt('main.mjs', 5));
  expect([inner?.callers, outer?.callers]).toEqual([[], [idAt('main.mjs', 6)]]);
});

test('a file that has changed since is run as it is, and said once', async () => {
  const { status, err, rows } = await ran(WRAPPED, (folder) => {
    const path = join(folder, 'ask.mjs');
    writeFileSync(path, `// Changed.\n${readFileSync(path, 'utf8')}`);
  });
  expect([status, rows.map(({ callSite }) => callSite)]).toEqual([0, Array(3).fill('ask.mjs:7:10')]);
  expect(rows.map(({ callers }) => callers.length)).toEqual([1, 1, 1]);
  expect(err).toMatch(/^farthing: [^\n]*ask\.mjs has changed since "farthing measure prepare": [^\n]*\n$/);
});

test.each([
  ['no JSON', '{'],
  ['another version', '{"version":2,"files":{}}'],
  [
    'code in the place of an id',
    '{"version":1,"files":{"main.mjs":{"hash":"","calls":[{"id":"\\",process.exit(9)","start":0,"end":1,"form":"plain","isRequest":true}]}}}',
  ],
])('a file of call sites with %s is said and not used', async (_, text) => {
  const { status, err, rows } = await ran(WRAPPED, (folder) => {
    writeFileSync(join(folder, '.farthing/call-sites.json'), text);
  });
  expect([status, rows.length]).toEqual([0, 3]);
  expect(err).toMatch(/^farthing: \.farthing\/call-sites\.json is not used: [^\n]*\n$/);
});
