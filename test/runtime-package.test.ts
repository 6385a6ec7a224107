/** The runtime as npm would install it: packed, beside an SDK and nothing else. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../scripts/lib/root.ts';
import { type FakeProvider, startFakeProvider } from './provider/server.ts';

const run = promisify(execFile);
let folder: string;
let provider: FakeProvider;
let files: readonly string[];

beforeAll(async () => {
  provider = await startFakeProvider();
  folder = mkdtempSync(join(tmpdir(), 'farthing-package-'));
  const pack = ['pack', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', pack, { cwd: join(root, 'runtime'), shell: process.platform === 'win32' });
  const packed: unknown = JSON.parse(stdout);
  // npm 12 answers with an object by name, earlier ones with a list.
  const [tarball] = Object.values(packed as Record<string, { filename: string; files: { path: string }[] }>);
  files = tarball?.files.map(({ path }) => path) ?? [];
  await run('tar', ['-xzf', `${tarball?.filename.replace(/^@farthing\//, 'farthing-')}`], { cwd: folder });
  mkdirSync(join(folder, 'node_modules', '@farthing'), { recursive: true });
  cpSync(join(folder, 'package'), join(folder, 'node_modules', '@farthing', 'runtime'), { recursive: true });
  symlinkSync(join(root, 'node_modules', 'openai'), join(folder, 'node_modules', 'openai'), 'junction');
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a file in the folder, with nothing of the repository to be found. */
async function runFile(name: string, text: string): Promise<unknown> {
  writeFileSync(join(folder, name), text);
  const { stdout } = await run(process.execPath, [name], { cwd: folder, env: { ...process.env, NODE_PATH: '' } });
  return JSON.parse(stdout);
}

const CALL = `
  const meter = createMeter({ prices: [{ model: 'small', input: 1, output: 2 }], validate: { maximumTokens: 500 } });
  const openai = meter.wrap(new OpenAI({ baseURL: process.argv[2] ?? URL_OF_PROVIDER, apiKey: 'key', maxRetries: 0 }));
  const ask = (content) =>
    openai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content }], max_completion_tokens: 20 });
  await ask('Hello');
  const tooLong = await ask('many words '.repeat(300)).catch((error) => error.message);
  const [group] = await meter.report('model');
  await meter.close();
  console.log(JSON.stringify({ cost: group.cost, calls: group.calls, tooLong }));
`;
const call = (): string => CALL.replace('URL_OF_PROVIDER', JSON.stringify(`${provider.url}/v1`));
const EXPECTED = { cost: expect.any(Number), calls: 2, tooLong: expect.stringContaining('at most 500') };

test('as an ES module it makes calls, and counts tokens with a vocabulary that it brings along', async () => {
  const imports = `import OpenAI from 'openai';\nimport { createMeter } from '@farthing/runtime';\n`;
  const result = await runFile('module.mjs', `${imports}${call()}`);
  expect(result).toEqual(EXPECTED);
  expect(result).not.toMatchObject({ cost: 0 });
});

test('as CommonJS it does the same', async () => {
  const imports = `const { OpenAI } = require('openai');\nconst { createMeter } = require('@farthing/runtime');\n`;
  expect(await runFile('common.cjs', `${imports}(async () => {${call()}})();`)).toEqual(EXPECTED);
});

test('the copies that a module and `require` load see one run, and each meter its own last call', async () => {
  const text = `
    import { createRequire } from 'node:module';
    import * as asModule from '@farthing/runtime';
    const common = createRequire(import.meta.url)('@farthing/runtime');
    const answer = () => new Response('{"choices":[],"model":"m"}', { headers: { 'content-type': 'application/json' } });
    globalThis.fetch = async () => answer();
    const [one, other] = [asModule, common].map(({ createMeter }) => createMeter());
    const ask = (meter) => meter.fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', body: '{"model":"m"}' });
    console.log(JSON.stringify(await one.run({ user: 'ada' }, async () => {
      await ask(other);
      const before = one.lastCall();
      await ask(one);
      return [asModule.createMeter !== common.createMeter, before, other.lastCall().user, one.lastCall().user];
    })));`;
  expect(await runFile('copies.mjs', text)).toEqual([true, null, 'ada', 'ada']);
});

test('stores of servers are found, and say what to install where their client is not', async () => {
  const text = `
    import { postgresStores, redisStores } from '@farthing/runtime';
    const why = async (action) => { try { await action(); } catch (error) { return error.message; } };
    const scope = { key: 'total', window: 'day', cap: 1 };
    console.log(JSON.stringify([
      await why(() => redisStores().budgets.states([scope])),
      await why(() => postgresStores().budgets.states([scope])),
    ]));`;
  const [redis, postgres] = (await runFile('servers.mjs', text)) as string[];
  expect(redis).toContain('npm install ioredis');
  expect(postgres).toContain('npm install pg');
});

test('a recorded call site is the call of a report that stands there', async () => {
  const text = `
    import { callAt } from '@farthing/runtime';
    const call = (id, line) => ({ id, path: 'src/a.ts', cell: null, line, column: 9, endLine: line, endColumn: 40 });
    const calls = [call('first', 3), call('second', 7)];
    const places = ['src/a.ts:7:21', 'first', 'src/a.ts:5:21'];
    console.log(JSON.stringify(places.map((place) => callAt(calls, place)?.id ?? null)));`;
  expect(await runFile('places.mjs', text)).toEqual(['second', 'first', null]);
});

const TYPED = `import OpenAI from 'openai';
import {
  callAt,
  type CallResult,
  createMeter,
  type Meter,
  type Report,
  type ReportCall,
  sqliteStores,
} from '@farthing/runtime';

const seen: CallResult[] = [];
const meter: Meter = createMeter({ stores: sqliteStores({ path: 'a.db' }), onCall: (call) => seen.push(call) });
const openai: OpenAI = meter.wrap(new OpenAI());
export const text: Promise<string | null | undefined> = meter
  .run({ feature: 'chat' }, () => openai.chat.completions.create({ model: 'm', messages: [], stream: false }))
  .then(({ choices }) => choices[0]?.message.content);
export const nanos: number | undefined = seen[0]?.cost?.amount;
export const callIn = ({ calls }: Report): ReportCall | null => callAt(calls, seen[0]?.callSite ?? '');
`;

const WRONG = `import { createMeter } from '@farthing/runtime';
createMeter({ budgets: [{ per: 'planet', window: 'day', dollars: 1 }] });
`;

test('its types hold in modules of both kinds, its own declarations checked as well, and refuse what is wrong', async () => {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2024', 'dom', 'dom.iterable'],
    types: [],
  };
  const program = { 'typed.mts': TYPED, 'typed.cts': TYPED, 'wrong.mts': WRONG };
  for (const [name, text] of Object.entries(program)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(program) }));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = await run(process.execPath, [tsc, '-p', '.'], { cwd: folder }).catch((error) => error);
  // What an SDK's own declarations lack here is theirs.
  const ours = String(stdout)
    .split('\n')
    .filter((line) => /^(typed|wrong)|@farthing/.test(line));
  expect(ours).toEqual([expect.stringMatching(/^wrong\.mts.*"planet"/)]);
});

test('the tarball holds the build, its licences and nothing else', () => {
  expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.cjs', 'dist/index.d.ts', 'README.md']));
  expect(
    files.filter((path) => !/^(dist\/[\w-]+(\.d)?\.(js|cjs|ts|cts)|package\.json|README\.md)$/.test(path)),
  ).toEqual(['dist/THIRD-PARTY-LICENSES.txt']);
  const licences = readFileSync(join(folder, 'package', 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of ['eventsource-parser', 'lru-cache', 'tiktoken', '@pydantic/genai-prices']) {
    expect(licences).toContain(`${name} `);
  }
});

test('the vocabulary is loaded only by a limit in tokens', async () => {
  const text = `
    const Module = require('node:module');
    const loaded = [];
    const load = Module._load;
    Module._load = (name, ...rest) => { loaded.push(name); return load(name, ...rest); };
    const { createMeter } = require('@farthing/runtime');
    createMeter();
    console.log(JSON.stringify(loaded));`;
  const loaded = (await runFile('loaded.cjs', text)) as string[];
  expect(loaded.filter((name) => !name.startsWith('node:'))).toEqual(['@farthing/runtime']);
});
