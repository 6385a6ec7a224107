import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmbeddings } from './embeddings.ts';
import { type TransformersEmbedderOptions, transformersEmbedder, transformersFrom } from './transformers.ts';
import type { LocalEmbedder } from './worker/worker-embedder.ts';

/**
 * The part of `@huggingface/transformers` that is used; the package itself, with its runtime, has hundreds of megabytes.
 * A text's vector says how it was asked for; `wait FILE` holds the thread until there is such a file.
 */
const FAKE = `
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
export const env = { allowRemoteModels: true, localModelPath: '/models' };
export async function pipeline(task, model, { dtype, local_files_only }) {
  const folder = join(env.localModelPath, model);
  const file = join(folder, 'onnx', { q8: 'model_quantized.onnx', fp32: 'model.onnx' }[dtype] ?? dtype);
  if (task !== 'feature-extraction' || !local_files_only || env.allowRemoteModels) throw new Error('would download');
  if (!existsSync(file)) throw new Error('file was not found locally at ' + file);
  const weight = Number(readFileSync(file, 'utf8'));
  return async (texts, { pooling, normalize }) => {
    for (const text of texts) {
      const [word, name] = text.split(' ');
      while (word === 'wait' && !existsSync(name));
    }
    return { tolist: () => texts.map((text) => [weight, text.length, ['mean', 'cls'].indexOf(pooling), Number(normalize)]) };
  };
}
`;

let folder = '';
let code = '';
const embedders: LocalEmbedder[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'farthing-transformers-'));
  const installed = join(folder, 'node_modules', '@huggingface', 'transformers');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(join(installed, 'index.js'), FAKE);
  code = pathToFileURL(join(installed, 'index.js')).href;
  mkdirSync(join(folder, 'e5', 'onnx'), { recursive: true });
  writeFileSync(join(folder, 'e5', 'config.json'), '{}');
  writeFileSync(join(folder, 'e5', 'onnx', 'model_quantized.onnx'), '7');
  writeFileSync(join(folder, 'e5', 'onnx', 'model.onnx'), '8');
});

afterEach(async () => {
  for (const embedder of embedders.splice(0)) await embedder.close?.();
  rmSync(folder, { recursive: true, force: true });
});

const start = (options: Omit<TransformersEmbedderOptions, 'path'> = {}): LocalEmbedder => {
  const embedder = transformersFrom(code, { path: join(folder, 'e5'), ...options });
  embedders.push(embedder);
  return embedder;
};
const vectorsOf = async (embedder: LocalEmbedder, texts: readonly string[]) =>
  (await embedder.embed(texts)).map((vector) => Array.from(vector));

test('texts are embedded together by the model in the folder, and nothing is downloaded', async () => {
  const [mean, one] = [0, 1];
  expect(await vectorsOf(start(), ['one', 'three'])).toEqual([
    [7, 3, mean, one],
    [7, 5, mean, one],
  ]);
});

test('the options choose the weights, the pooling, the prefix and the languages', async () => {
  const embedder = start({ dtype: 'fp32', pooling: 'cls', prefix: 'query: ', languages: ['es'] });
  expect(await vectorsOf(embedder, ['one'])).toEqual([[8, 10, 1, 1]]);
  expect(embedder.languages).toEqual(['es']);
  expect(start().languages).toBeUndefined();
});

test('the name differs by whatever changes vectors: options, and the contents of the files', () => {
  const before = [start(), start({ dtype: 'fp32' }), start({ pooling: 'cls' }), start({ prefix: 'query: ' })];
  writeFileSync(join(folder, 'e5', 'onnx', 'model_quantized.onnx'), '9');
  const names = [...before, start()].map(({ name }) => name);
  expect(new Set(names).size).toBe(5);
  expect(start().name).toBe(names.at(-1));
  expect(names.every((name) => name.startsWith('e5 '))).toBe(true);
});

test('a model that holds its thread holds neither the event loop nor a call beyond its time limit', async () => {
  const file = join(folder, 'go');
  const asked = createEmbeddings(start(), 20).of(`wait ${file}`);
  // The thread is held until this line has run, which it could not if it were this one.
  await expect(asked).rejects.toThrow(/did not answer within 20 ms/);
  writeFileSync(file, '');
  expect(await vectorsOf(embedders[0] as LocalEmbedder, ['next'])).toHaveLength(1);
});

test('an application that closes nothing ends by itself, after its answer', () => {
  const script = join(folder, 'main.mjs');
  const source = new URL('transformers.ts', import.meta.url).href;
  writeFileSync(
    script,
    `import { transformersEmbedder } from '${source}';
     const [vector] = await transformersEmbedder({ path: './e5' }).embed(['one']);
     console.log(Array.from(vector).join());`,
  );
  const run = spawnSync(process.execPath, ['--conditions=farthing-source', script], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect([run.status, run.stdout]).toEqual([0, '7,3,0,1\n']);
});

describe('what is missing is said', () => {
  test('the package', async () => {
    const embedder = transformersFrom('@farthing/no-code', { path: join(folder, 'e5') });
    embedders.push(embedder);
    await expect(embedder.embed(['a'])).rejects.toThrow(/cannot be loaded\. .*: npm install @farthing\/no-code/);
  });

  test('the weights', async () => {
    await expect(start({ dtype: 'fp16' }).embed(['a'])).rejects.toThrow(/not found locally at .*fp16/);
  });

  test('the folder, or what is in it', () => {
    expect(() => transformersEmbedder({ path: join(folder, 'none') })).toThrow(/cannot be read: ENOENT/);
    mkdirSync(join(folder, 'empty'));
    expect(() => transformersEmbedder({ path: join(folder, 'empty') })).toThrow(/There is no model in/);
  });

  test('an option', () => {
    // @ts-expect-error a path is required, and a pooling has a name.
    expect(() => transformersEmbedder({ pooling: 'sum' })).toThrow(
      /transformersEmbedder\.path is missing.*\n.*pooling must be "mean", "cls" or "last_token"; got "sum"/,
    );
  });
});
