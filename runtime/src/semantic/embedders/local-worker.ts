/** The program of the local embedder's thread. It is a text, because a bundle has no file to start a thread from. */

export type WorkerAnswer =
  | { readonly id: number; readonly vectors: readonly Float32Array[] }
  | { readonly id: number; readonly message: string; readonly isMissing: boolean };

export const WORKER_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const load = async () => {
  const [code, weights] = await Promise.all([import(workerData.code), import(workerData.weights)]);
  const { initModel } = code.initModel ? code : code.default;
  const { modelSource } = weights.modelSource ? weights : weights.default;
  return initModel(modelSource);
};
let model = load();
model.catch(() => {});
parentPort.on('message', async ({ id, texts }) => {
  try {
    const vectors = await (await model).embed(texts);
    parentPort.postMessage({ id, vectors: vectors.map((vector) => Float32Array.from(vector)) });
  } catch (error) {
    const isMissing = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(error?.code);
    // A missing package may be installed later.
    model = model.catch(load);
    model.catch(() => {});
    parentPort.postMessage({ id, message: String(error?.message ?? error), isMissing });
  }
});
`;
