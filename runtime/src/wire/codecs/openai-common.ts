/** Common parts of OpenAI's APIs. */
import { PROVIDER_TABLE } from '@farthing/shared/providers/index';
import { asObject } from '../../support/json-body.ts';
import { percentDecoded } from '../../support/percent.ts';
import type { Codec } from '../codec.ts';

export const withModelInBody: Codec['withModel'] = (url, body, model) => ({
  url,
  body: body.withMember('model', model),
});

export const openaiError: Codec['errorBody'] = ({ message, code }) => ({
  error: { message, type: code, param: null, code },
});

export const bearerKey: Codec['keyHeader'] = (key) => ['authorization', `Bearer ${key}`];

/** For OpenAI's APIs; `store` and `background` are not included, because they have side effects. */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'stream',
  'stream_options',
  'metadata',
  'user',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'prompt_cache_options',
]);

export const sameUrl: Codec['cacheUrl'] = (url) => url;

export const withCacheKey: Codec['withPromptCache'] = (body, provider, feature) => {
  const isWanted =
    feature !== null && PROVIDER_TABLE[provider].takesPromptCacheKey === true && body.prompt_cache_key === undefined;
  return isWanted ? { ...body, prompt_cache_key: feature } : null;
};

export const withStreamUsage: Codec['withStreamUsage'] = (body) => {
  const options = asObject(body.member('stream_options'));
  return options?.include_usage === true
    ? null
    : body.withMember('stream_options', { ...options, include_usage: true });
};

/** Azure's older addresses have the deployment in the path, and the body may name no model. */
export function deploymentIn(path: string): string | null {
  const match = /\/deployments\/([^/]+)\//.exec(path);
  return match?.[1] === undefined ? null : percentDecoded(match[1]);
}
