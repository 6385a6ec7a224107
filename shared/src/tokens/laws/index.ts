/** Selects the law for a request. One file per maker; the first entry that matches applies. */
import { LRUCache } from 'lru-cache';
import type { ApiName, ProviderName } from '../../vocabulary.ts';
import type { LawEntry, TokenLaw } from '../law.ts';
import { anthropicLaws } from './anthropic.ts';
import { googleLaws } from './google.ts';
import { openaiLaws } from './openai.ts';
import { OTHER, otherLaws } from './others.ts';

const LAWS: readonly LawEntry[] = [...openaiLaws, ...anthropicLaws, ...googleLaws, ...otherLaws];

export interface LawQuery {
  readonly provider: ProviderName;
  /** As the request names it; null if it is only known at run time. */
  readonly model: string | null;
  readonly api: ApiName;
}

/** A scan asks for the same few models again and again. */
let known: LRUCache<string, TokenLaw> | null = null;

/** @example lawFor({ provider: 'openai', model: 'gpt-4o', api: 'chat.completions' }).name // 'gpt-4' */
export function lawFor({ provider, model, api }: LawQuery): TokenLaw {
  if (model === null) return OTHER;
  const key = `${provider} ${api} ${model}`;
  known ??= new LRUCache({ max: 500 });
  const law = known.get(key) ?? findLaw(provider, api, model.toLowerCase());
  known.set(key, law);
  return law;
}

function findLaw(provider: ProviderName, api: ApiName, name: string): TokenLaw {
  const found = LAWS.find(
    ({ models, providers, apis }) =>
      models.test(name) &&
      (providers === undefined || providers.includes(provider)) &&
      (apis === undefined || apis.includes(api)),
  );
  return found?.law ?? OTHER;
}
