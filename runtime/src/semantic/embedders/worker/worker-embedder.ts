/** A model in a separate thread of this process: the event loop never waits for it, and no text leaves the machine. */
import { Worker } from 'node:worker_threads';
import type { Embedder } from '../embedder.ts';
import { EmbedderError } from '../embedder-error.ts';
import { type WorkerAnswer, workerSource } from './worker-source.ts';

/** It costs nothing. */
export interface LocalEmbedder extends Embedder {
  readonly embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>;
}

export interface WorkerModel extends Pick<Embedder, 'name' | 'languages'> {
  /** @see workerSource */
  readonly load: string;
  /** The only argument of `load`. */
  readonly data: unknown;
  /** Those that are loaded from where the process runs. */
  readonly packages: readonly string[];
}

/** The model is loaded at once. */
export function workerEmbedder({ load, data, packages, ...model }: WorkerModel): LocalEmbedder {
  const source = workerSource(load);
  const waiting = new Map<number, PromiseWithResolvers<readonly Float32Array[]>>();
  let asked = 0;
  let worker: Worker | null = null;

  const end = (error: Error): void => {
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  const start = (): Worker => {
    const started = new Worker(source, { eval: true, workerData: data });
    started.on('message', (answer: WorkerAnswer) => {
      const call = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
      if ('vectors' in answer) call?.resolve(answer.vectors);
      else call?.reject(answer.isMissing ? missing(packages) : new EmbedderError(answer.message));
    });
    started.on('error', end);
    started.on('exit', () => {
      if (worker === started) end(new EmbedderError(`The worker of ${model.name} has ended.`));
    });
    // The process may end while nothing is asked. After the listeners: the first one for messages keeps the process alive.
    started.unref();
    return started;
  };

  worker = start();
  return {
    ...model,
    embed: (texts) => {
      worker ??= start();
      const call = Promise.withResolvers<readonly Float32Array[]>();
      waiting.set(++asked, call);
      worker.ref();
      worker.postMessage({ id: asked, texts });
      return call.promise;
    },
    close: async () => {
      const closed = worker;
      end(new EmbedderError(`${model.name} is closed.`));
      await closed?.terminate();
    },
  };
}

function missing(packages: readonly string[]): EmbedderError {
  return new EmbedderError(
    `The packages of the embedder cannot be loaded. Install them where the process runs: npm install ${packages.join(' ')}`,
  );
}
