/**
 * The vectors of texts: several texts in one request, each text once, none after the time limit, and none for a while
 * after several failures in a row.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { createCircuit } from '../../support/circuit.ts';
import { hasDirection } from '../vectors/quantized.ts';
import type { Embedded, Embedder, EmbeddingUsage, Vectors } from './embedder.ts';
import { EmbedderError } from './embedder-error.ts';

export interface Embeddings {
  /** @throws EmbedderError, what the embedder throws, or an `OpenCircuitError` while it is left alone */
  readonly of: (text: string) => Promise<Embedding>;
}

export interface Embedding {
  readonly vector: Float32Array;
  /** Null if it costs nothing, as the second time that a text is asked for. */
  readonly usage: EmbeddingUsage | null;
}

/** Texts in one request. */
const MAX_BATCH = 64;
/** Texts whose vectors are remembered. */
const MAX_REMEMBERED = 1000;
/** Requests that fail in a row before the embedder is left alone, and for how many milliseconds. */
const FAILURES = 5;
const PAUSE = 30_000;

/** @param timeLimit milliseconds */
export function createEmbeddings(embedder: Embedder, timeLimit: number): Embeddings {
  const remembered = new LRUCache<string, Promise<Embedding>>({ max: MAX_REMEMBERED });
  const circuit = createCircuit<Answer>({
    failures: FAILURES,
    pause: PAUSE,
    findingOf: ({ vectors }) => (vectors.some((vector) => vector !== null) ? 'answered' : 'failed'),
  });
  let waiting: Waiting[] = [];
  /** Numbers in a vector, once the first is known. */
  let dimension: number | null = null;

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const texts = batch.map(({ text }) => text);
      const { vectors, usage } = await circuit(async () =>
        answerOf(await within(timeLimit, embedder.name, async (signal) => embedder.embed(texts, signal)), texts),
      );
      for (const [index, { text, resolve, reject }] of batch.entries()) {
        const vector = vectors[index] ?? null;
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
          resolve({ vector, usage: usage === null ? null : shareOf(usage, text, texts) });
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
      // The first call that asks for a text pays for it.
      if (known !== undefined) return known.then(({ vector }) => ({ vector, usage: null }));
      const { promise, resolve, reject } = Promise.withResolvers<Embedding>();
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
  readonly resolve: (embedding: Embedding) => void;
  readonly reject: (error: unknown) => void;
}

interface Answer {
  /** Null for a text without a usable vector. */
  readonly vectors: readonly (Float32Array | null)[];
  readonly usage: EmbeddingUsage | null;
}

/** What an embedder returned is checked: it may be the application's own. */
function answerOf(answer: Vectors | Embedded | undefined, texts: readonly string[]): Answer {
  const isPaid = typeof answer === 'object' && 'vectors' in answer;
  const vectors = isPaid ? answer.vectors : answer;
  return {
    vectors: texts.map((_, index) => vectorOf(vectors?.[index])),
    usage: (isPaid ? answer.usage : undefined) ?? null,
  };
}

/** The part of a request's usage that one of its texts has, by length. */
function shareOf(usage: EmbeddingUsage, text: string, texts: readonly string[]): EmbeddingUsage {
  const length = texts.reduce((sum, other) => sum + other.length, 0);
  const { tokens } = usage;
  return {
    ...usage,
    tokens: tokens === null ? null : tokens * (length === 0 ? 1 / texts.length : text.length / length),
  };
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
