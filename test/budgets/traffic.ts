/** What every process of the budget test knows: the requests, their prices and how they go wrong. */
import type { StoreAddress } from '../stores/open.ts';

export interface WorkerTask {
  readonly url: string;
  readonly address: StoreAddress;
  readonly calls: number;
  readonly parallel: number;
  /** Of the choices that a worker makes, and the beginning of its questions: no two workers have the same. */
  readonly seed: number;
  readonly dollars: number;
  readonly lease: number;
}

/** A worker's word to its parent. */
export type WorkerMessage =
  | { readonly type: 'progress'; readonly done: number; readonly refused: number }
  /** A call that ended in an error other than a refusal: what its last request used is not known to the caller. */
  | { readonly type: 'failed'; readonly question: string; readonly error: string };

/** Dollars per million tokens. */
export const PRICES = [
  { model: 'large', input: 10, output: 20 },
  { model: 'small', input: 2, output: 4 },
] as const;

/** Nano-dollars for one token. */
export const TOKEN_PRICES = Object.fromEntries(
  PRICES.map(({ model, input, output }) => [model, { input: input * 1000, output: output * 1000 }]),
);

export const OUTPUT_LIMIT = 60;
/** Of all requests, how many the caller gives up, and how many go wrong at the provider. */
export const ABORTED = 0.03;
export const BROKEN = 0.03;
export const FAILING = 0.05;

/** What a call asks: of all calls, only one has this text. */
export function promptOf(question: string): string {
  return `Question ${question}?`;
}

/** The question in a request's body. */
export function questionIn(body: string): string {
  return /Question ([\d.]+)\?/.exec(body)?.[1] ?? '';
}

/** Numbers from 0 to 1 that only depend on the seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
