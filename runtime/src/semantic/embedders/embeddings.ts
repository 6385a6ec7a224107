/** The vectors of texts: several texts in one request, each text once, and none after the time limit. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { hasDirection } from '../vectors/quantized.ts';
import type { Embedder } from './embedder.ts';
import { EmbedderError } from './embedder-error.ts';

export interface Embeddings {
  /** @throws EmbedderError, or what the embedder throws */
  readonly of: (text: string) => Promise<Float32Array>;
}

/** Texts in one request. */
const MAX_BATCH = 64;
/** Texts whose vectors are remembered. */
const MAX_REMEMBERED = 1000;

/** @param timeLimit milliseconds */
export function createEmbeddings(embedder: Embedder, timeLimit: number): Embeddings {
  const remembered = new LRUCache<string, Promise<Float32Array>>({ max: MAX_REMEMBERED });
  let waiting: Waiting[] = [];
  /** Numbers in a vector, once the first is known. */
  let dimension: number | null = null;

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const texts = batch.map(({ text }) => text);
      const vectors = await within(timeLimit, embedder.name, async (signal) => embedder.embed(texts, signal));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const vector = vectorOf(vectors?.[index]);
        if (vector === null) {
          reject(new EmbedderError(`${embedder.name} returned no vector for a text.`));
        } else if (vector.length !== (dimension ?? vector.length)) {
          reject(
            new EmbedderError(
              `${embedder.name} returned a vector of ${vector.length} numbers after one of ${dimension}. Use a different name for each model.`,
            ),
          );
        } else {
          dimension = vector.length;
          resolve(vector);
        }
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  /** Texts that are asked for in the same turn of the event loop go together. */
  const sendWaiting = async (): Promise<void> => {
    await nextTurn();
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += MAX_BATCH) void send(all.slice(at, at + MAX_BATCH));
  };

  return {
    of: (text) => {
      const known = remembered.get(text);
      if (known !== undefined) return known;
      const { promise, resolve, reject } = Promise.withResolvers<Float32Array>();
      remembered.set(text, promise);
      promise.catch(() => remembered.delete(text));
      if (waiting.length === 0) void sendWaiting();
      waiting.push({ text, resolve, reject });
      return promise;
    },
  };
}

interface Waiting {
  readonly text: string;
  readonly resolve: (vector: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Null for anything but a list of numbers that has a direction. */
function vectorOf(value: ArrayLike<number> | undefined): Float32Array | null {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return null;
  const vector = Float32Array.from(value as ArrayLike<number>);
  return hasDirection(vector) ? vector : null;
}

/** The embedder may ignore the signal: nothing waits for it. */
async function within<Value>(
  timeLimit: number,
  name: string,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const stop = new AbortController();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new EmbedderError(`${name} did not answer within ${timeLimit} ms.`);
    stop.abort(error);
    reject(error);
  }, timeLimit);
  timer.unref();
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
