/**
 * An application that imports the runtime, as bundlers make one file or folder of it: built where no optional peer is
 * installed, and run where nothing is.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type InstalledRuntime, installRuntime, runForJson } from './installed-runtime.ts';
import { type FakeProvider, startFakeProvider } from './provider/server.ts';

const APPLICATION = `
  import { createMeter, momentoStores, pineconeStores, postgresStores } from '@farthing/runtime';
  import { qdrantStores, redisStores, weaviateStores } from '@farthing/runtime';
  const url = process.argv[2];
  const why = (action) => action().catch((error) => error.message);
  const scope = { key: 'total', window: 'day', cap: 1 };
  async function main() {
    const meter = createMeter({ prices: [{ model: 'small', input: 1, output: 2 }], validate: { maximumTokens: 500 } });
    const ask = async (content) => {
      const body = JSON.stringify({ model: 'small', messages: [{ role: 'user', content }], max_completion_tokens: 20 });
      const headers = { authorization: 'Bearer key', 'content-type': 'application/json' };
      return (await meter.fetch(url + '/v1/chat/completions', { method: 'POST', headers, body })).status;
    };
    const statuses = [await ask('Hello'), await ask('many words '.repeat(300))];
    const [group] = await meter.report('model');
    await meter.close();
    const redis = await why(() => redisStores().budgets.states([scope]));
    const postgres = await why(() => postgresStores().budgets.states([scope]));
    const qdrant = await why(() => qdrantStores().vectors.delete('a'));
    const pinecone = await why(() => pineconeStores({ index: 'a' }).vectors.delete('a'));
    const weaviate = await why(() => weaviateStores().vectors.delete('a'));
    const momento = await why(() => momentoStores().cache.get('a'));
    console.log(JSON.stringify({ statuses, cost: group.cost, redis, postgres, qdrant, pinecone, weaviate, momento }));
  }
  void main();
`;

let installed: InstalledRuntime;
let provider: FakeProvider;
let elsewhere: string;

beforeAll(async () => {
  provider = await startFakeProvider();
  installed = await installRuntime();
  elsewhere = mkdtempSync(join(tmpdir(), 'farthing-bundle-'));
  writeFileSync(join(installed.folder, 'application.mjs'), APPLICATION);
});
afterAll(async () => {
  await provider.close();
  installed.remove();
  rmSync(elsewhere, { recursive: true, force: true });
});

async function expectToRun(file: string): Promise<void> {
  const seen = await runForJson(elsewhere, file, provider.url);
  expect(seen).toEqual({
    statuses: [200, expect.any(Number)],
    cost: expect.any(Number),
    redis: expect.stringContaining('npm install ioredis'),
    postgres: expect.stringContaining('npm install pg'),
    qdrant: expect.stringContaining('npm install @qdrant/js-client-rest'),
    pinecone: expect.stringContaining('npm install @pinecone-database/pinecone'),
    weaviate: expect.stringContaining('npm install weaviate-client'),
    momento: expect.stringContaining('npm install @gomomento/sdk'),
  });
  // The second is refused by its length, which is counted with the vocabulary.
  expect(seen).not.toMatchObject({ statuses: [200, 200] });
  expect(seen).not.toMatchObject({ cost: 0 });
}

test.each(['esm', 'cjs'] as const)('esbuild makes one file of it (%s), without a warning', async (format) => {
  const outfile = join(elsewhere, format === 'esm' ? 'esbuild.mjs' : 'esbuild.cjs');
  const { warnings } = await build({
    entryPoints: [join(installed.folder, 'application.mjs')],
    absWorkingDir: installed.folder,
    outfile,
    format,
    bundle: true,
    minify: true,
    platform: 'node',
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  await expectToRun(outfile);
});

test.each(['es', 'cjs'] as const)('Rollup makes chunks of it (%s), and leaves out what is missing', async (format) => {
  const dist = join(installed.folder, 'node_modules', '@farthing', 'runtime', 'dist');
  const missing: (string | undefined)[] = [];
  const bundle = await rollup({
    input: join(installed.folder, 'application.mjs'),
    external: /^node:/,
    plugins: [{ name: 'packages', resolveId: (id) => (id === '@farthing/runtime' ? join(dist, 'index.js') : null) }],
    onLog: (_, { code, exporter }) => {
      if (code === 'UNRESOLVED_IMPORT') missing.push(exporter);
    },
  });
  const folder = join(elsewhere, `rollup-${format}`);
  mkdirSync(folder);
  const names = format === 'es' ? '[name].mjs' : '[name].cjs';
  await bundle.write({ dir: folder, format, entryFileNames: names, chunkFileNames: names });
  await bundle.close();
  expect(missing.sort()).toEqual([
    '@gomomento/sdk',
    '@pinecone-database/pinecone',
    '@qdrant/js-client-rest',
    'ioredis',
    'pg',
    'weaviate-client',
  ]);
  await expectToRun(join(folder, format === 'es' ? 'application.mjs' : 'application.cjs'));
});
