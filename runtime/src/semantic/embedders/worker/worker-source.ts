/**
 * The program of a thread that embeds. It is a text, because a bundle has no file to start a thread from.
 *
 * @param load the source of an async function of `workerData` that returns an async function from texts to vectors
 */
export function workerSource(load: string): string {
  return `
const { parentPort, workerData } = require('node:worker_threads');
const load = async () => (${load})(workerData);
let embed = load();
embed.catch(() => {});
parentPort.on('message', async ({ id, texts }) => {
  try {
    const vectors = Array.from(await (await embed)(texts), (vector) => Float32Array.from(vector));
    parentPort.postMessage({ id, vectors }, vectors.map(({ buffer }) => buffer));
  } catch (error) {
    const isMissing = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(error?.code);
    // A missing package may be installed later.
    embed = embed.catch(load);
    embed.catch(() => {});
    parentPort.postMessage({ id, message: String(error?.message ?? error), isMissing });
  }
});
`;
}

export type WorkerAnswer =
  | { readonly id: number; readonly vectors: readonly Float32Array[] }
  | { readonly id: number; readonly message: string; readonly isMissing: boolean };
