/** Embeddings by a sentence model in a folder of this machine, run by `@huggingface/transformers`. */
import { basename, dirname, resolve } from 'node:path';
import { listOf, object, oneOf, readOptions, required, text } from '../../support/schema.ts';
import type { LanguageName } from '../judge/language.ts';
import { EmbedderError } from './embedder-error.ts';
import { folderFingerprint } from './folder-fingerprint.ts';
import { type LocalEmbedder, workerEmbedder } from './worker/worker-embedder.ts';

export interface TransformersEmbedderOptions {
  /** The folder of the model, with `config.json`, `tokenizer.json` and the weights in `onnx/`. Nothing is downloaded. */
  readonly path: string;
  /** The form of the weights, as the package names it: `fp32`, `fp16`, `q8`, `q4`. Default: `q8`. */
  readonly dtype?: string;
  /** How the vectors of a text's tokens become one; the model's description says which it needs. Default: `mean`. */
  readonly pooling?: Pooling;
  /** Written before each text, for models that need it: `query: ` for the E5 family. Default: nothing. */
  readonly prefix?: string;
  /** The languages that the model understands. Default: all. */
  readonly languages?: readonly LanguageName[];
}

type Pooling = (typeof POOLINGS)[number];
const POOLINGS = ['mean', 'cls', 'last_token'] as const;

const optionsSchema = object<TransformersEmbedderOptions>('TransformersEmbedderOptions', {
  path: required(text()),
  dtype: text(),
  pooling: oneOf(POOLINGS),
  prefix: text(),
  languages: listOf(oneOf(['en', 'es'])),
});

const CODE = '@huggingface/transformers';

/**
 * The model runs in a separate thread and is loaded at once. Its name has a fingerprint of its files, so vectors of
 * another model in the same folder are never compared with its own.
 *
 * @example transformersEmbedder({ path: '/models/multilingual-e5-small', prefix: 'query: ' })
 * @throws EmbedderError for invalid options, and for a folder that cannot be read
 */
export function transformersEmbedder(input: TransformersEmbedderOptions): LocalEmbedder {
  return transformersFrom(CODE, input);
}

/** @param code the package, as an `import()` names it */
export function transformersFrom(code: string, input: TransformersEmbedderOptions): LocalEmbedder {
  const options = readOptions(optionsSchema, input, (message) => new EmbedderError(message), 'transformersEmbedder');
  const { dtype = 'q8', pooling = 'mean', prefix = '', languages } = options;
  const path = resolve(options.path);
  const settings = [dtype, pooling, prefix === '' ? '' : JSON.stringify(prefix)].filter(Boolean).join(' ');
  return workerEmbedder({
    name: `${basename(path)} ${settings} ${folderFingerprint(path)}`,
    ...(languages !== undefined && { languages }),
    load: LOAD,
    data: { code, folder: dirname(path), model: basename(path), dtype, pooling, prefix },
    packages: [code],
  });
}

const LOAD = `async ({ code, folder, model, dtype, pooling, prefix }) => {
  const { env, pipeline } = await import(code);
  env.allowRemoteModels = false;
  env.localModelPath = folder;
  const extract = await pipeline('feature-extraction', model, { dtype, local_files_only: true });
  return async (texts) => {
    const tensor = await extract(texts.map((text) => prefix + text), { pooling, normalize: true });
    return tensor.tolist();
  };
}`;
