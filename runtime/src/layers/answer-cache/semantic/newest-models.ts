/** Which version of a model answered last: the answers of an earlier one are not served. */
import { LRUCache } from 'lru-cache';
import type { Exchange } from '../../../core/pipeline.ts';
import { readMeta } from '../meta.ts';

export interface NewestModels {
  /** @param meta of an answer that has just come */
  readonly note: (exchange: Exchange, meta: string) => void;
  /** True if the answer is known to come from another version than the newest. */
  readonly isOutdated: (exchange: Exchange, servedModel: string | null) => boolean;
}

/** Names of models may come from users. */
const MAX_MODELS = 1000;

export function createNewestModels(): NewestModels {
  const newest = new LRUCache<string, string>({ max: MAX_MODELS });
  return {
    note: (exchange, meta) => {
      const served = readMeta({ bytes: new Uint8Array(), meta, age: 0 })?.answer.servedModel ?? null;
      if (served !== null) newest.set(nameOf(exchange), served);
    },
    isOutdated: (exchange, servedModel) => {
      const known = newest.get(nameOf(exchange));
      return known !== undefined && known !== servedModel;
    },
  };
}

function nameOf({ provider, facts }: Exchange): string {
  return JSON.stringify([provider, facts.model]);
}
