/** The runtime as npm would install it: packed, beside an SDK and nothing else. */
import { execFile } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../scripts/lib/root.ts';
import { type InstalledRuntime, installRuntime } from './installed-runtime.ts';
import { type FakeProvider, startFakeProvider } from './provider/server.ts';
import { pineconeServer } from './stores/servers/pinecone-server.ts';

const run = promisify(execFile);
let installed: InstalledRuntime;
let provider: FakeProvider;

beforeAll(async () => {
  provider = await startFakeProvider();
  installed = await installRuntime('openai');
});
afterAll(async () => {
  await provider.close();
  installed.remove();
});

async function runFile(name: string, text: string): Promise<unknown> {
  writeFileSync(join(installed.folder, name), text);
  return installed.runFile(name);
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
    import { momentoStores, pineconeStores, postgresStores, qdrantStores, redisStores, weaviateStores } from '@farthing/runtime';
    const why = async (action) => { try { await action(); } catch (error) { return error.message; } };
    const scope = { key: 'total', window: 'day', cap: 1 };
    console.log(JSON.stringify([
      await why(() => redisStores().budgets.states([scope])),
      await why(() => postgresStores().budgets.states([scope])),
      await why(() => qdrantStores().vectors.delete('a')),
      await why(() => pineconeStores({ index: 'a' }).vectors.delete('a')),
      await why(() => momentoStores().cache.get('a')),
      await why(() => weaviateStores().vectors.delete('a')),
    ]));`;
  const clients = [
    'ioredis',
    'pg',
    '@qdrant/js-client-rest',
    '@pinecone-database/pinecone',
    '@gomomento/sdk',
    'weaviate-client',
  ];
  expect(await runFile('servers.mjs', text)).toEqual(
    clients.map((name) => expect.stringContaining(`npm install ${name}`)),
  );
});

test('with its client installed beside it, a store of a service is used', async () => {
  const server = await pineconeServer(2);
  const withClient = await installRuntime('@pinecone-database/pinecone');
  try {
    const text = `
      import { pineconeStores } from '@farthing/runtime';
      const { vectors } = pineconeStores({ host: '${server.url}', apiKey: 'key', timeout: 120_000 });
      const vector = Float32Array.of(3, 4);
      await vectors.set({ id: 'a', space: 's', partition: 't', vector, meta: 'm', lifetime: 3_600_000 });
      console.log(JSON.stringify(await vectors.nearest('s', vector, 1)));`;
    writeFileSync(join(withClient.folder, 'with-client.mjs'), text);
    expect(await withClient.runFile('with-client.mjs')).toMatchObject([{ id: 'a', meta: 'm' }]);
  } finally {
    withClient.remove();
    await server.stop();
  }
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

/** Ways of finding modules, with the files that each can have. */
const RESOLUTIONS: Readonly<Record<string, readonly [options: object, files: readonly string[]]>> = {
  'modules of both kinds': [{ module: 'nodenext' }, ['typed.mts', 'typed.cts', 'wrong.mts']],
  'the modules of Node 16': [{ module: 'node16', moduleResolution: 'node16' }, ['typed.mts', 'wrong.mts']],
  bundlers: [{ module: 'esnext', moduleResolution: 'bundler' }, ['typed.mts', 'wrong.mts']],
  'programs from before `exports` (node10)': [
    { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' },
    ['typed.ts', 'wrong.ts'],
  ],
};

test.each(Object.entries(RESOLUTIONS))(
  'its types, declarations included, hold in %s, and refuse what is wrong',
  async (_, [resolution, files]) => {
    const { folder } = installed;
    const lib = ['es2024', 'dom', 'dom.iterable'];
    const compilerOptions = { strict: true, noEmit: true, target: 'es2023', lib, types: [], ...resolution };
    for (const name of files) writeFileSync(join(folder, name), name.startsWith('typed') ? TYPED : WRONG);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await run(process.execPath, [tsc, '-p', '.'], { cwd: folder }).catch((error) => error);
    // What an SDK's own declarations lack here is theirs.
    const ours = String(stdout)
      .split('\n')
      .filter((line) => /^(error|typed|wrong|tsconfig)|@farthing/.test(line));
    expect(ours).toEqual([expect.stringMatching(/^wrong\.m?ts.*"planet"/)]);
  },
);

test('its types have no arrays with a parameter, which TypeScript below 5.7 refuses', () => {
  const types = readFileSync(join(installed.folder, 'package', 'dist', 'index.d.ts'), 'utf8');
  expect(types.match(/\b(Big)?(Int|Uint|Float)\d+(Clamped)?Array<|\bBuffer</g)).toBeNull();
});

test('the tarball holds the build, its licences and nothing else', () => {
  const built = [
    ...['index.js', 'index.cjs', 'index.d.ts', 'index.d.cts', 'tokens.js', 'farthing-runtime.cjs'],
    ...['record.js', 'record.cjs'],
  ];
  const expected = [...built, 'THIRD-PARTY-LICENSES.txt'].map((name) => `dist/${name}`);
  expect([...installed.files].sort()).toEqual([...expected, 'LICENSE', 'README.md', 'package.json'].sort());
  const licences = readFileSync(join(installed.folder, 'package', 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
  for (const name of ['eventsource-parser', 'lru-cache', 'tiktoken', '@pydantic/genai-prices']) {
    expect(licences).toContain(`${name} `);
  }
});

test.each(['import', 'require'])('the vocabulary is loaded only by a limit in tokens (%s)', async (way) => {
  const text = `
    const { createMeter } = ${way === 'import' ? 'await import' : 'require'}('@farthing/runtime');
    globalThis.fetch = async () => new Response('{}', { headers: { 'content-type': 'application/json' } });
    const failed = [];
    const onEvent = ({ type, error }) => failed.push(type + ' ' + error?.code);
    const ask = (validate) => createMeter({ validate, onEvent }).fetch('https://api.openai.com/v1/chat/completions', {
      method: 'POST',
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'many words '.repeat(300) }] }),
    });
    await ask({ empty: true });
    const before = [...failed];
    await ask({ maximumTokens: 500 });
    console.log(JSON.stringify([before, failed]));`;
  const vocabulary = join(installed.folder, 'node_modules', '@farthing', 'runtime', 'dist', 'tokens.js');
  renameSync(vocabulary, `${vocabulary}.away`);
  try {
    const name = way === 'import' ? 'without.mjs' : 'without.cjs';
    const seen = await runFile(name, way === 'import' ? text : `(async () => {${text}})();`);
    expect(seen).toEqual([[], [expect.stringContaining('ERR_MODULE_NOT_FOUND')]]);
  } finally {
    renameSync(`${vocabulary}.away`, vocabulary);
  }
});
