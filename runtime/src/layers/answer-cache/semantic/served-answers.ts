/** Which cached answer belongs to a call: the one that it was answered from, or the one that it paid for. */
import type { CacheStore } from '../../../stores/store.ts';
import { asString, parseObject } from '../../../support/json-body.ts';
import { digest } from '../../support/digest.ts';

export interface ServedAnswer {
  /** The key of the answer, and of its question's vector. */
  readonly entry: string;
  /** Null unless the answer was given to another question. */
  readonly match: ServedMatch | null;
}

export interface ServedMatch {
  readonly pair: string;
  readonly space: string;
  readonly similarity: number;
  /** Of the model; null if the rules or the verifier decided. */
  readonly score: number | null;
}

/** Records are no tenant's answers; they contain digests only. */
export const SERVED = digest('answers by call');
/** Feedback is given while people look at an answer. */
const LIFETIME = 24 * 60 * 60 * 1000;

export async function noteServed(cache: CacheStore, call: string, served: ServedAnswer): Promise<void> {
  const meta = JSON.stringify(served);
  await cache.set({ key: keyOf(call), partition: SERVED, bytes: new Uint8Array(), meta, lifetime: LIFETIME });
}

/** Null if the call is unknown, or too long ago. */
export async function servedTo(cache: CacheStore, call: string): Promise<ServedAnswer | null> {
  const record = await cache.get(keyOf(call));
  const value = record === null ? null : parseObject(record.meta);
  const entry = asString(value?.entry);
  return entry === null ? null : { entry, match: matchOf(value?.match) };
}

function matchOf(value: unknown): ServedMatch | null {
  if (typeof value !== 'object' || value === null) return null;
  const { pair, space, similarity, score } = value as Readonly<Record<string, unknown>>;
  return typeof pair === 'string' && typeof space === 'string' && typeof similarity === 'number'
    ? { pair, space, similarity, score: typeof score === 'number' ? score : null }
    : null;
}

function keyOf(call: string): string {
  return digest(`served ${call}`);
}
