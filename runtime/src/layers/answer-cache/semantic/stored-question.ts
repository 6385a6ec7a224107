/** What is stored with the vector of a question. What a store returns is checked, and anything else is ignored. */
import { asString, parseObject } from '../../../support/json-body.ts';

export interface StoredQuestion {
  readonly text: string;
  /** The key of its answer in the cache. */
  readonly key: string;
  readonly feature: string | null;
  /** As requested. */
  readonly model: string | null;
}

export function metaOf(question: StoredQuestion): string {
  return JSON.stringify(question);
}

export function storedQuestion({ meta }: { readonly meta: string }): StoredQuestion | null {
  const value = parseObject(meta);
  const [text, key] = [asString(value?.text), asString(value?.key)];
  if (text === null || key === null) return null;
  return { text, key, feature: asString(value?.feature), model: asString(value?.model) };
}
