/** What is stored with the vector of a question. What a store returns is checked, and anything else is ignored. */
import type { VectorMatch } from '../../../stores/store.ts';
import { asString, parseObject } from '../../../support/json-body.ts';

export interface StoredQuestion {
  readonly text: string;
  /** The key of its answer in the cache. */
  readonly key: string;
}

export function metaOf(question: StoredQuestion): string {
  return JSON.stringify(question);
}

export function storedQuestion({ meta }: VectorMatch): StoredQuestion | null {
  const value = parseObject(meta);
  const [text, key] = [asString(value?.text), asString(value?.key)];
  return text === null || key === null ? null : { text, key };
}
